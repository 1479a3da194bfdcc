"""What a page is given to begin with: all that there is to choose from, and this server's limits."""

from __future__ import annotations

from typing import Any

from descent_lab import listings
from descent_lab.datasets.csv_samples import MOST_DRAWN
from descent_lab.limits import MOST_VARIED
from descent_lab.links.defaults import completed, opening
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.search.asking import MOST_SEEDS, TRIES, suggested
from descent_lab.search.axes import ALIKE, FIELDS, USUAL, usual_values
from descent_lab.setups.layers import DEEPEST, WIDEST
from descent_lab.setups.network_setup import OUTPUTS
from descent_lab.tables.files import WHOLE

from ..settings import Settings


def network_catalogue(settings: Settings) -> dict[str, Any]:
    """The catalogue of the page of networks, in the shape of the other pages' and with this server's limits."""
    return {
        "surfaces": [],
        "optimizers": listings.network_optimizers(),
        "schedules": listings.schedules(),
        "scenes": [],
        "pointSets": [],
        "tables": [],
        "blank": completed({"csv": ""}),
        "losses": listings.NETWORK_LOSSES,
        "sampleSets": listings.sample_sets(),
        "activations": listings.activations(),
        "initialisations": listings.initialisations(),
        "outputs": list(OUTPUTS),
        "limits": limits(settings)
        | {
            "training": settings.max_training,
            "layers": DEEPEST,
            "neurons": WIDEST,
            "drawn": MOST_DRAWN,
        },
    }


def search_catalogue(settings: Settings) -> dict[str, Any]:
    """What the page of searches is given: names of all that a setup may hold, what can be varied, and what people would
    try of it."""
    opens = opening("network") | {"entrants": [{"optimizer": "adam", "knobs": {}}]}
    named = {"data": listings.sample_sets(), "preset": listings.point_sets(), "dataset": listings.tables()}
    return {
        "names": {source: {each["key"]: each["name"] for each in listed} for source, listed in named.items()},
        "optimizers": {
            key: {
                "name": each.name,
                "knobs": {name: usual_values(knob) for name, knob in each.knobs.items()},
            }
            for key, each in OPTIMIZERS.items()
        },
        "fields": {
            kind: {name: USUAL[name] for name in names if name not in ALIKE} for kind, names in FIELDS.items()
        },
        "opening": {"setup": opens, "search": suggested(opens).described()},
        "usual": {"tries": TRIES},
        "limits": limits(settings)
        | {"searched": settings.max_searched, "seeds": MOST_SEEDS, "varied": MOST_VARIED},
    }


def catalogue(settings: Settings) -> dict[str, Any]:
    """All of it, with this server's limits. `whole`: the setup that a scene or a set of data stands for; `blank`: that
    of points of one's own."""
    return {
        "surfaces": listings.surfaces(),
        "optimizers": listings.optimizers(),
        "schedules": listings.schedules(),
        "scenes": [each | {"whole": completed(each["setup"])} for each in listings.scenes()],
        "pointSets": [each | {"whole": completed({"preset": each["key"]})} for each in listings.point_sets()],
        "tables": [each | {"whole": completed({"dataset": each["key"]})} for each in listings.tables()],
        "blank": completed({"points": []}),
        "losses": listings.losses(),
        "limits": limits(settings),
    }


def limits(settings: Settings) -> dict[str, int]:
    """What a client of this server may ask for."""
    return {
        "steps": settings.max_steps,
        "entrants": settings.max_entrants,
        "points": settings.max_points,
        "changes": settings.max_changes,
        "grid": settings.max_grid,
        "lanes": settings.max_sweep,
        "budget": settings.max_tune_budget,
        "tries": settings.max_tries,
        "text": WHOLE,
    }

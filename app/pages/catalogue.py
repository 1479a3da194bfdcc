"""What a page is given to begin with: all that there is to choose from, and this server's limits."""

from __future__ import annotations

from typing import Any

from descent_lab import listings
from descent_lab.datasets.csv_samples import MOST_DRAWN
from descent_lab.links.defaults import completed
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

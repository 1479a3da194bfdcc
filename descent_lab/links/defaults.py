"""What a setup has where nothing is said: a whole setup from a part of one, and what the pages open with.

Links, scenes and sets of data name only what matters. What is missing comes from here, for page, API and command line
alike, in one normal form: nothing that only repeats a default of its own (a constant schedule, an offset of nothing).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from descent_lab.datasets import POINT_SETS, SAMPLE_SETS, TABLES
from descent_lab.links.grammar import SOURCES, Kind, kind_of
from descent_lab.links.rates import POINT_RACERS, TABLE_RACERS, racers_on
from descent_lab.links.writing import loss_of
from descent_lab.races.scenes import SCENES
from descent_lab.races.suggestions import suggested
from descent_lab.refusals import Refusal
from descent_lab.regression.regression import Regression
from descent_lab.setups.network_setup import own_samples
from descent_lab.setups.race_setup import completed_parameters
from descent_lab.setups.reading import read_model, read_table_reading
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.typed import parsed
from descent_lab.tables.brought import Brought
from descent_lab.training.scenes import NETWORK_SCENES

TYPED_START, TYPED_STEPS = [1, 1], 240
"""Of a surface that a formula makes."""

LINE: Mapping[str, Any] = {
    **{
        "degree": 1,
        "loss": "mse",
        "delta": 1,
        "l2": 0,
        "l1": 0,
        "jitter": 0,
        "batch": 0,
        "split": [100, 0, 0],
    },
    "patience": 0,
}
"""A straight line through points."""

LINE_STEPS, MOST_DEGREES = 300, 100

NETWORK: Mapping[str, Any] = {
    **{
        "split": [70, 15, 15],
        "output": "linear",
        "initial": "xavier",
        "batch": 32,
        "l2": 0,
        "l1": 0,
        "dropout": 0,
    },
    **{"jitter": 0, "patience": 0},
}
HIDDEN, ACTIVATION, NETWORK_STEPS = [8, 8], "tanh", 2000
"""A network of which nothing is said."""


# ---------------------------------------------------------------- whole setups


def opening(kind: Kind) -> dict[str, Any]:
    """What the page of a kind opens with."""
    if kind == "race":
        return completed(next(iter(SCENES.values())).setup, kind)
    if kind == "network":
        return completed(next(iter(NETWORK_SCENES.values())).setup, kind)
    return completed({}, kind)


def completed(part: Mapping[str, Any], kind: Kind | None = None) -> dict[str, Any]:
    """A whole setup from a part of one. kind: what it is where the part does not say. `Refusal` where it names two
    things to race on, or one that there is not."""
    kind = kind_of(part) or kind or "race"
    named = [name for name in SOURCES[kind] if part.get(name) is not None]
    if len(named) > 1:
        raise Refusal("several sources", field=named[0], known=list(SOURCES[kind]), given=named)
    known = {
        name: value for name, value in part.items() if value is not None and (name, value) != ("samples", 0)
    }
    return {"race": _race, "regression": _regression, "network": _network}[kind](known)


def _race(part: Mapping[str, Any]) -> dict[str, Any]:
    key = part.get("surface", next(iter(SURFACES)))
    surface = SURFACES[key]
    typed = "expression" in part
    source = {"expression": part["expression"], **_letters(part)} if typed else {"surface": key}
    start, steps = (TYPED_START, TYPED_STEPS) if typed else ([*surface.start], surface.steps)
    return _whole({**source, "start": [*start]}, part, steps, suggested(key))


def _letters(part: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters of a typed formula; nothing where it has none, or is none itself and will be refused."""
    try:
        letters = completed_parameters(part.get("parameters", ()), parsed(part["expression"]))
    except Refusal:
        return {}
    return {"parameters": letters} if letters else {}


def _regression(part: Mapping[str, Any]) -> dict[str, Any]:
    named = [name for name in SOURCES["regression"] if name in part]
    point_set = None
    if not named or "preset" in named:
        point_set = POINT_SETS[part.get("preset", next(iter(POINT_SETS)))]
    model = dict(point_set.model) if point_set else {}
    source = {"preset": point_set.key} if point_set else {name: part[name] for name in named}
    start, steps, racers = (
        model.pop("start", None),
        model.pop("steps", LINE_STEPS),
        model.pop("entrants", POINT_RACERS),
    )
    of_model = {**LINE, **model}
    names = (*LINE, "standardise")
    of_model |= {name: part[name] for name in names if name in part}
    if "dataset" in part:
        dim, racers = len(TABLES[part["dataset"]].names) + 1, TABLE_RACERS
    elif "table" in part or "table_file" in part:
        problem = _own_table(part)
        dim, start, racers = problem.dim, [*problem.start], racers_on(problem)
        of_model |= {"batch": problem.batch}
        if "reading" in part:
            source["reading"] = part["reading"]
    else:
        degree = of_model["degree"]
        dim = degree + 1 if degree in range(1, MOST_DEGREES) else 2  # else the degree will be refused
    if start is None or len(start) != dim:
        start = [0] * dim
    return _whole({**source, **of_model, "start": start}, part, steps, racers)


def _own_table(part: Mapping[str, Any]) -> Regression:
    """What is fitted to a table of somebody's own, of any size: how large it may be is looked at with the rest."""
    told = ("table", "table_file", "reading", "standardise", "split", "batch", "seed")
    setup = {name: part[name] for name in told if name in part} | {"entrants": POINT_RACERS}
    problem = read_model(setup).problem(sys.maxsize)
    assert isinstance(problem, Regression)
    return problem


def _network(part: Mapping[str, Any]) -> dict[str, Any]:
    own = any(name in part for name in ("drawn", "csv", "file"))
    key = part.get("data", None if own else next(iter(SAMPLE_SETS)))
    source = {} if key is None else {"data": SAMPLE_SETS[key].key}
    brought = {name: part[name] for name in ("drawn", "csv", "file", "reading") if name in part}
    sized = {name: part[name] for name in ("samples", "spread") if name in part}
    hidden, activation = part.get("hidden", HIDDEN), part.get("activation", ACTIVATION)
    scene = NETWORK_SCENES[key if key and key in NETWORK_SCENES else next(iter(NETWORK_SCENES))]
    setup: dict[str, Any] = {
        **source,
        **brought,
        **sized,
        **NETWORK,
        **{name: part[name] for name in NETWORK if name in part},
        "hidden": [*hidden],
        "activation": [activation] * len(hidden) if isinstance(activation, str) else [*activation],
        "loss": part.get("loss") or _loss_of(part, source),
    }
    return _whole(setup, part, NETWORK_STEPS, scene.setup["entrants"])


def _loss_of(part: Mapping[str, Any], source: Mapping[str, Any]) -> str:
    """What suits the samples; of a text of columns, what its target holds, if it is not to be refused anyway."""
    if "csv" not in part and "file" not in part:
        return loss_of(source)
    try:
        reading = read_table_reading(part.get("reading"))
        samples = own_samples(Brought(part.get("csv"), part.get("file")), sys.maxsize, reading)
    except Refusal:
        return loss_of(source)
    return "cross_entropy" if samples.classes else "mse"


def _whole(
    own: Mapping[str, Any], part: Mapping[str, Any], steps: int, racers: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """With what every setup has. own: what it is raced on, whose start the part may say otherwise."""
    whole = {
        **own,
        **({"start": part.get("start", own["start"])} if "start" in own else {}),
        "steps": part.get("steps", steps),
        "seed": part.get("seed", 0),
        "noise": part.get("noise", 0),
        "entrants": [tidied(each) for each in part.get("entrants") or racers],
        "changes": [*part.get("changes", ())],
    }
    return whole | {name: value for name, value in part.items() if name not in whole}


def tidied(entrant: Mapping[str, Any]) -> dict[str, Any]:
    """An entrant with nothing that only repeats a default."""
    schedule = entrant.get("schedule")
    more = {
        "schedule": schedule if schedule and schedule.get("kind", "constant") != "constant" else None,
        "offset": entrant["offset"] if any(entrant.get("offset") or ()) else None,
        **{name: entrant.get(name) for name in ("label", "color", "hidden")},
    }
    known = {name: value for name, value in more.items() if value}
    return {"optimizer": entrant["optimizer"], "knobs": dict(entrant.get("knobs") or {}), **known}

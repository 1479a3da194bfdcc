"""The suggested race of every surface: rates found by our own tuning, kept as data, remade by one command."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from descent_lab.races.tuning import tune
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces import SURFACES

FILE = Path(__file__).with_name("suggestions.json")

RACERS = ("gd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam")
"""Radford's six, and Adam, which came later."""

STRIDE = 0.06
"""A suggested race is made to be watched: no step is longer than this share of the map's diagonal."""


@cache
def _races() -> dict[str, Any]:
    return json.loads(FILE.read_text())


def suggested(surface: str) -> list[dict[str, Any]]:
    """The entrants of a surface's suggested race, as plain JSON values of a setup."""
    rates = _races()["surfaces"][SURFACES[surface].key]
    return [{"optimizer": key, "knobs": dict(rates[key])} for key in RACERS]


def remade() -> dict[str, Any]:
    """All suggested races, tuned anew; the same code gives the same file."""
    races: dict[str, Any] = {}
    metric = ""
    for surface in SURFACES.values():
        setup = read_setup({"surface": surface.key, "entrants": [{"optimizer": key} for key in RACERS]})
        tuning = tune(setup, stride=STRIDE)
        races[surface.key] = {
            key: dict(tuned.knobs) for key, tuned in zip(RACERS, tuning.entrants, strict=True)
        }
        metric = tuning.metric.replace(f"step {setup.steps}", "the last step")
    return {"metric": metric, "surfaces": races}


def write_suggested_races() -> Path:
    """Tune all suggested races and keep them; returns the file."""
    FILE.write_text(json.dumps(remade(), indent=1) + "\n")
    _races.cache_clear()
    return FILE

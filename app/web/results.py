"""A whole race as plain JSON values: the form that the API and the command line give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.race import Race


def race_result(race: Race, given: Mapping[str, Any]) -> dict[str, Any]:
    """All steps of a race run to its end; null for what is not finite. given: the setup as it was asked for."""
    race.advance(race.setup.steps)
    points, losses = race.points(0, race.have), race.losses(0, race.have)
    typed = given.get("expression")
    entrants = [
        {
            "optimizer": entrant.optimizer.key,
            "knobs": dict(entrant.knobs),
            "points": nulled(points[i]),
            "losses": nulled(losses[i]),
            "outcome": outcome.describe(),
            "reached": reached,
        }
        for i, (entrant, outcome, reached) in enumerate(
            zip(race.setup.entrants, race.outcomes(), race.reached(), strict=True)
        )
    ]
    return {
        "surface": race.setup.surface.key if typed is None else None,
        "expression": typed,
        "start": list(race.setup.start),
        "steps": race.setup.steps,
        "seed": race.setup.seed,
        "entrants": entrants,
    }


def nulled(array: np.ndarray) -> list[Any]:
    """An array as nested lists, null where a number is not finite."""
    if np.all(np.isfinite(array)):
        return array.tolist()
    known = array.astype(object)
    known[~np.isfinite(array)] = None
    return known.tolist()

"""What a person pastes for a line, as the page and the command line have it."""

from __future__ import annotations

import json

from descent_lab.limits import Limits
from descent_lab.links.looked import MOST_CHARACTERS, used
from descent_lab.setups.reading import read_setup
from descent_lab.tables.brought import Brought


def read_points(text: str, most: int) -> list[tuple[float, float]]:
    """The points of a text of two columns, of at most so many rows."""
    _, kind, _, part = used(Brought(csv=text), None, "regression", Limits(max_samples=most))
    if kind == "table":  # of more points than are told one by one
        problem = read_setup({**part, "batch": 1, "entrants": [{"optimizer": "gd"}]}).regression
        return [*zip(problem.inputs[:, 0].tolist(), problem.targets.tolist(), strict=True)]
    assert len(json.dumps(part["points"])) <= MOST_CHARACTERS
    return [(x, y) for x, y in part["points"]]

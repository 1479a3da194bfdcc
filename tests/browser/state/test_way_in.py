"""When a thing for who comes for the first time counts as done, and whether a guess was right."""

from typing import Any

import pytest

from tests.browser.state.conftest import LINE, RACE, Run


def test_a_guess_is_right_where_it_came_lowest(run: Run) -> None:
    said = run(
        """const { verdict } = await import("/state/visit/way-in.js");
        return [[[3, 1, 2], 1], [[3, 1, 2], 0], [[1, NaN, 1], 2], [[NaN, 5], 0], [[NaN, NaN], 0]]
          .map(([losses, guess]) => verdict(losses, guess));"""
    )
    assert said == [
        {"kind": "right", "lowest": [1]},
        {"kind": "wrong", "lowest": [1]},
        {"kind": "shared", "lowest": [0, 2]},
        {"kind": "wrong", "lowest": [1]},
        {"kind": "nobody", "lowest": []},
    ]


MOVED: dict[str, Any] = {**RACE, "start": [0, 0]}
POINTS: dict[str, Any] = {**LINE, "points": [[0, 0], [1, 1]]}
NETWORK: dict[str, Any] = {"data": "moons", "hidden": [8, 8], "entrants": []}
DONE = [
    ("start", RACE, MOVED, True),
    ("start", RACE, {**MOVED, "surface": "saddle"}, False),
    ("start", RACE, {**RACE, "seed": 3}, False),
    ("type", RACE, {**RACE, "expression": "x^2 + y^2"}, True),
    ("type", {**RACE, "expression": "x^2"}, RACE, False),
    ("points", {**LINE, "preset": "line"}, POINTS, True),
    ("points", POINTS, {**POINTS, "changes": [{"at": 3, "point": 0, "to": [1, 2]}]}, True),
    ("points", POINTS, {**POINTS, "degree": 2}, False),
    ("degree", POINTS, {**POINTS, "degree": 2}, True),
    ("data", NETWORK, {**NETWORK, "data": "circles"}, True),
    ("data", NETWORK, {**NETWORK, "hidden": [9, 8]}, False),
    ("layers", NETWORK, {**NETWORK, "hidden": [9, 8]}, True),
    ("layers", NETWORK, {"data": "circles", "hidden": [4], "entrants": []}, False),
]


@pytest.mark.parametrize(("deed", "before", "after", "done"), DONE)
def test_a_deed_counts_when_it_was_done(
    run: Run, deed: str, before: dict[str, Any], after: dict[str, Any], done: bool
) -> None:
    said = run(
        """const { DEEDS } = await import("/state/visit/way-in.js");
        const [deed, before, after] = argument;
        return DEEDS[deed](before, after);""",
        [deed, before, after],
    )
    assert said is done

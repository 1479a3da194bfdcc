"""Data that change while the optimizers run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.regression.regression import Regression
from descent_lab.setups.reading import read_change
from tests.regression.test_regression import WAVE, setup, whole


def test_moved_data_are_followed_from_where_the_walker_is() -> None:
    moved = [*WAVE]
    moved[4] = [1.0, 3.0]
    gd = [{"optimizer": "gd", "knobs": {"lr": 0.05}}]
    race = whole(setup(points=WAVE, entrants=gd, changes=[{"at": 20, "point": 4, "to": [1.0, 3.0]}]))
    before = whole(setup(points=WAVE, entrants=gd))
    assert np.array_equal(race.points(0, 20), before.points(0, 20))
    after = whole(setup(points=moved, entrants=gd, start=race.points(20, 20)[0, 0].tolist(), steps=40))
    assert np.array_equal(race.points(20, 60), after.points(0, 40))
    assert np.array_equal(race.losses(20, 60), after.losses(0, 40))


def test_points_come_and_go() -> None:
    changes = [{"at": 5, "point": 13, "to": [4, 1]}, {"at": 9, "point": 0, "to": None}]
    given = setup(points=WAVE, changes=changes)
    assert [len(at.targets) for at in map(given.problem_at, (0, 5, 9)) if isinstance(at, Regression)] == [
        13,
        14,
        13,
    ]
    race = whole(given)
    live = Race(setup(points=WAVE))
    live.advance(40)
    for change in changes:
        live.change(read_change(change, live.setup))
    live.advance(60)
    assert np.array_equal(race.points(0, 60), live.points(0, 60))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"points": [[0, 0], [1, float("nan")]]}, "points.1.y"),
        ({"points": [[0, 1e300]]}, "points.0.y"),
        ({"points": [[0, 0, 0]]}, "points.0"),
        ({"points": "none"}, "points"),
        ({"points": [[0, 0]] * 10_001}, None),
        ({"preset": "eight"}, "preset"),
        ({"preset": "seven", "points": [[0, 1]]}, "points"),
        ({"preset": "seven", "degree": 13}, "degree"),
        ({"preset": "seven", "degree": 0}, "degree"),
        ({"preset": "seven", "start": [1, 2, 3]}, "start"),
        ({"preset": "seven", "split": [50, 50, 50]}, "split"),
        ({"preset": "seven", "split": [0, 50, 50]}, "split"),
        ({"preset": "seven", "l2": -1}, "l2"),
        ({"preset": "seven", "loss": "cosine"}, "loss"),
        ({"preset": "seven", "batch": -1}, "batch"),
        ({"preset": "seven", "standardise": "yes"}, "standardise"),
        ({"preset": "seven", "surface": "beale"}, None),
        ({"preset": "seven", "changes": [{"at": 3, "point": 8, "to": [1, 2]}]}, "changes"),
        ({"preset": "seven", "changes": [{"at": 3, "point": 7, "to": None}]}, "changes"),
        ({"preset": "seven", "changes": [{"at": 3, "point": 0, "to": [1]}]}, "changes.0.to"),
    ],
)
def test_bad_input_is_refused_by_name(wrong: dict[str, Any], field: str | None) -> None:
    with pytest.raises(Refusal) as caught:
        setup(**wrong)
    if field is not None:
        assert caught.value.field == field


@pytest.mark.parametrize(
    "odd",
    [
        {"points": []},
        {"points": [[1, 2]]},
        {"points": [[2, 1], [2, 2], [2, 5]]},
        {"points": [[1, 1]] * 5},
        {"points": [[0, 0], [1, 1], [2, 0]], "degree": 8},
        {"points": [[1e99, 1], [2, 1e99]], "degree": 12, "standardise": False},
        {"points": [[1, 2], [3, 4]], "split": [70, 15, 15]},
    ],
    ids=["none", "one", "one x", "twins", "degree above points", "overflow", "two for three sets"],
)
def test_odd_data_are_raced_all_the_same(odd: dict[str, Any]) -> None:
    race = whole(setup(**odd))
    assert len(race.outcomes()) == 2

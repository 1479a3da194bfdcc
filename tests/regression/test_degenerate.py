"""Exact answers to degenerate data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.races.race import Race
from descent_lab.regression.design import Design
from descent_lab.regression.exact import solve
from descent_lab.setups.reading import read_setup
from tests.regression.test_exact import PENALTIES, answer, data, weights


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_no_points(loss: str) -> None:
    assert solve(np.empty((0, 2)), np.empty(0), loss) is None


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
@pytest.mark.parametrize(
    ("x", "y", "degree", "standardise", "said"),
    [
        ([2.0], [3.0], 1, False, "One point fixes no line"),
        ([2.0], [3.0], 3, True, "One point fixes no curve"),
        ([2.0, 2.0, 2.0], [1.0, 2.0, 6.0], 1, False, "All points share one x"),
        ([2.0, 2.0, 2.0], [1.0, 2.0, 6.0], 1, True, "All points share one x"),
        ([1.0, 2.0, 3.0], [1.0, 2.0, 0.0], 5, True, "6 weights, but points at only 3 different places"),
        ([1.0, 2.0, 2.0, 1.0, 1.0], [1.0, 2.0, 0.0, 4.0, 5.0], 2, False, "3 weights, but points at only 2"),
    ],
)
def test_many_answers(
    loss: str, x: list[float], y: list[float], degree: int, standardise: bool, said: str
) -> None:
    points, heights = np.array(x), np.array(y)
    matrix = Design.of_points(points, degree, standardise).matrix(points)
    found = answer(matrix, heights, loss)
    assert not found.unique
    assert found.note is not None
    assert said in found.note
    assert found.note.endswith(".")
    assert found.direction is not None
    assert np.linalg.norm(found.direction) == pytest.approx(1)
    np.testing.assert_allclose(matrix @ found.direction, 0, atol=1e-12 * np.max(np.abs(matrix)))
    # The weights are the shortest: nothing of them lies along the valley.
    assert weights(found) @ found.direction == pytest.approx(0, abs=1e-9)
    if loss == "mse":
        np.testing.assert_allclose(weights(found), np.linalg.pinv(matrix) @ heights, atol=1e-9)
    if loss == "mae" and len(set(x)) == 1:
        np.testing.assert_allclose(matrix @ weights(found), np.median(heights), rtol=1e-12)


def test_a_penalty_on_the_squares_makes_one_answer_of_many() -> None:
    matrix = Design.of_points(np.full(3, 2.0), 1, False).matrix(np.full(3, 2.0))
    for loss in ("mse", "mae", "huber"):
        found = answer(matrix, np.array([1.0, 2.0, 6.0]), loss, l2=0.1)
        assert (found.unique, found.note) == (True, None)
        assert weights(found)[0] == pytest.approx(0, abs=1e-9)


def test_a_lasso_of_twin_columns_has_many_answers() -> None:
    x = np.array([1.0, 2.0, 3.0, 4.0])
    matrix = np.column_stack([x, x, np.ones(4)])
    found = answer(matrix, x, l1=0.1)
    assert not found.unique
    assert found.note is not None
    assert weights(found)[:2].sum() == pytest.approx(weights(answer(matrix[:, 1:], x, l1=0.1))[0])
    assert answer(matrix, x, l1=0.1, l2=0.01).unique


def test_absolute_errors_may_be_equally_good_between_two_lines() -> None:
    matrix = np.ones((4, 1))
    assert not answer(matrix, np.array([0.0, 1.0, 2.0, 5.0]), "mae").unique
    assert answer(matrix[:3], np.array([0.0, 1.0, 5.0]), "mae").unique
    twice = np.array([[0.0, 1.0], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    found = answer(twice, np.array([0.0, 1.0, 0.0, 1.0]), "mae")
    assert not found.unique
    assert found.direction is None


def test_duplicated_points_count_twice() -> None:
    matrix, y = data("seven", 2)
    twice = answer(np.vstack([matrix, matrix]), np.append(y, y))
    np.testing.assert_allclose(weights(twice), weights(answer(matrix, y)), rtol=1e-9)
    assert twice.unique


def test_as_many_weights_as_points() -> None:
    matrix, y = data("eleven", 10)
    found = answer(matrix, y)
    assert found.unique
    assert found.note is not None
    assert found.note.startswith("As many weights as points, 11")
    np.testing.assert_allclose(matrix @ weights(found), y, atol=1e-7)
    assert answer(matrix, y, l2=1e-3).note is None


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
@pytest.mark.parametrize("l1", [0.0, 0.1])
def test_what_overflows_is_said(loss: str, l1: float) -> None:
    x = np.array([1e100, -2e100, 3e100])
    found = answer(Design.of_points(x, 4, False).matrix(x), np.ones(3), loss, l1=l1)
    assert (found.weights, found.unique) == (None, False)
    assert found.note is not None
    assert "computer's numbers" in found.note


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
@pytest.mark.parametrize(("l2", "l1"), PENALTIES)
@pytest.mark.parametrize("size", [1e-80, 1e-20, 1e20, 1e70, 1.1e77])
@pytest.mark.parametrize("standardise", [False, True])
def test_absurd_numbers_are_answered(loss: str, l2: float, l1: float, size: float, standardise: bool) -> None:
    """Weights or a sentence, never an exception."""
    x = size * np.array([1.0, -0.9, 0.8, 0.95, 0.3, 0.99])
    for y in (np.arange(6.0), size * np.arange(6.0)):
        found = answer(Design.of_points(x, 4, standardise).matrix(x), y, loss, 1.0, l2, l1)
        assert found.note if found.weights is None else np.all(np.isfinite(found.weights))


def test_large_but_finite_values_have_their_line() -> None:
    x = np.array([1e99, 2e99, 3e99])
    found = answer(Design.of_points(x, 1, False).matrix(x), 2 * x + 1e99)
    assert weights(found) == pytest.approx((2, 1e99), rel=1e-9)


@pytest.mark.parametrize(
    "model",
    [
        {},
        {"l2": 0.5},
        {"l1": 0.5},
        {"l2": 0.5, "batch": 8, "patience": 5, "jitter": 0.1, "split": [60, 20, 20]},
        {"loss": "huber", "l1": 0.5, "degree": 3},
    ],
)
def test_without_points_only_penalties_pull(model: dict[str, Any]) -> None:
    race = Race(
        read_setup(
            {"points": [], "steps": 20, "entrants": [{"optimizer": "gd"}, {"optimizer": "adam"}], **model}
        )
    )
    race.advance(20)
    losses = race.losses(0, 20)
    assert np.all(np.isfinite(losses))
    assert np.all(np.diff(losses[0]) <= 0)
    assert set(race.measured(0, 20)) == set()

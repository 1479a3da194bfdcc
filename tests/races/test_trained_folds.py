"""Cross-validation by descent: every fold is a run of its own, and with enough steps the exact errors come out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.datasets.splits import folds
from descent_lab.races.race import Race
from descent_lab.races.trained_folds import train_folds, trained_error, work_of
from descent_lab.refusals import Refusal
from descent_lab.regression.validation import cross_validate
from descent_lab.setups.reading import read_setup

SINE: dict[str, Any] = {"preset": "sine", "split": [100, 0, 0], "steps": 60, "seed": 4}
GD = {"optimizer": "gd", "knobs": {"lr": 0.05}}
ADAM = {"optimizer": "adam", "knobs": {"lr": 0.3}, "schedule": {"kind": "cosine"}}


def trained(setup: dict[str, Any], k: int, degrees: list[int], lambdas: list[float]):
    read = read_setup(setup)
    return read, train_folds(read, read.regression, read.entrants[0], k, degrees, lambdas)


def test_with_very_many_steps_the_errors_are_the_exact_ones() -> None:
    lambdas = [0.0, 0.01, 1.0]
    read, found = trained({**SINE, "steps": 3_000, "entrants": [GD]}, 5, [1], lambdas)
    problem = read.regression
    exact = cross_validate(problem.inputs, problem.targets, 5, [1], lambdas, True, 4)
    np.testing.assert_allclose(found.mean, exact.mean, rtol=1e-9)
    np.testing.assert_allclose(found.spread, exact.spread, rtol=1e-9)
    assert found.best == exact.best
    assert not found.diverged.any()


def test_few_steps_give_another_curve_than_the_exact_one() -> None:
    read, found = trained({**SINE, "entrants": [GD]}, 5, [1, 5, 9], [0.0])
    problem = read.regression
    exact = cross_validate(problem.inputs, problem.targets, 5, [1, 5, 9], [0.0], True, 4)
    assert abs(np.log(found.mean / exact.mean)).max() > 0.2


@pytest.mark.parametrize(
    "model",
    [
        {},
        {"batch": 4},
        {"batch": 4, "jitter": 0.1, "noise": 0.2, "entrants": [ADAM]},
        {"loss": "huber", "delta": 0.1, "l1": 0.01, "start": [1, -2, 0.5, 3], "degree": 3},
        {"entrants": [{"optimizer": "newton"}], "steps": 5},
    ],
)
def test_each_fold_is_a_run_of_its_own(model: dict[str, Any]) -> None:
    setup = {**SINE, "entrants": [GD], **model}
    degrees, lambdas, k = [1, 3], [0.0, 0.05], 3
    read, found = trained(setup, k, degrees, lambdas)
    x, y = read.regression.inputs, read.regression.targets
    fold_of = folds(len(x), k, 4)
    for i, degree in enumerate(degrees):
        for j, l2 in enumerate(lambdas):
            errors = []
            for fold in range(k):
                out = fold_of == fold
                solo = {
                    **{name: value for name, value in setup.items() if name not in ("preset", "start")},
                    "points": np.stack([x[~out], y[~out]], axis=1).tolist(),
                    **{"degree": degree, "standardise": True, "l2": l2},
                }
                if len(read.start) == degree + 1:
                    solo["start"] = list(read.start)
                race = Race(read_setup(solo))
                race.advance(read.steps)
                w = race.points(read.steps, read.steps)[0, 0]
                errors.append(np.mean((race.regression.design.matrix(x[out]) @ w - y[out]) ** 2))
            assert found.mean[i, j] == np.mean(errors)
            assert found.spread[i, j] == np.std(errors)


def test_a_fold_that_diverges_is_infinitely_wrong_and_counted() -> None:
    _, found = trained(
        {**SINE, "steps": 300, "entrants": [{"optimizer": "gd", "knobs": {"lr": 0.9}}]}, 5, [9, 1], [0.0]
    )
    assert found.diverged[:, 0].tolist() == [5, 0]
    assert np.isinf(found.mean[0, 0])
    assert found.best == (1, 0)


def test_the_last_error_is_of_the_same_training() -> None:
    read = read_setup({**SINE, "split": [70, 0, 30], "entrants": [GD]})
    problem = read.regression
    known = problem.sets != 2
    slow = trained_error(read, problem, known, read.entrants[0], 3, 0.0)
    assert slow != pytest.approx(problem.refitted(known, 3, 0.0), rel=1e-3)
    long = read_setup({**SINE, "split": [70, 0, 30], "steps": 3_000, "entrants": [GD]})
    ended = trained_error(long, problem, known, long.entrants[0], 1, 0.01)
    assert ended == pytest.approx(problem.refitted(known, 1, 0.01), rel=1e-9)


def test_the_work_is_known_before_it_is_done() -> None:
    whole = read_setup({**SINE, "entrants": [GD]})
    assert work_of(whole, whole.regression, 5, [1, 2], 3) == 5 * 60 * 3 * (2 + 3) * 30
    small = read_setup({**SINE, "batch": 2, "entrants": [GD]})
    assert work_of(small, small.regression, 5, [1], 1) > 5 * 60 * 2 * 2


def test_no_more_folds_than_points() -> None:
    with pytest.raises(Refusal, match="there are 30 points"):
        trained({**SINE, "entrants": [GD]}, 31, [1], [0.0])

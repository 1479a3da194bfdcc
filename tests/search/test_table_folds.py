"""Folds of tables: what is left out is not known to who learns, neither by its scales nor by its targets."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.model_selection import PredefinedSplit, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from descent_lab.datasets import splits
from descent_lab.races.trained_folds import trained_error
from descent_lab.search.journal import Journal
from descent_lab.search.results import search_result
from descent_lab.search.tasks import Task, outcome_of
from descent_lab.setups.reading import read_setup
from tests.search.conftest import Shuffled, quiet, search

DIABETES: dict[str, Any] = {
    "dataset": "diabetes",
    "split": [60, 20, 20],
    "batch": 0,
    "steps": 40,
    "seed": 2,
    "entrants": [{"optimizer": "newton"}],
}
FOLDS = 4


@pytest.mark.parametrize("l2", [0.0, 0.1, 10.0])
def test_errors_are_those_of_scikit_learns_pipeline(l2: float):
    """Newton's method finds the exact answer; a penalty makes the answer depend on the scales."""
    problem = read_setup({**DIABETES, "l2": l2}).regression
    known = problem.sets != 2
    x, y = problem.inputs[known], problem.targets[known]
    fold_of = splits.folds(len(y), FOLDS, problem.seed)
    for fold in range(FOLDS):
        n = int(np.sum(fold_of != fold))
        alone = PredefinedSplit(np.where(fold_of == fold, 0, -1))
        model = make_pipeline(StandardScaler(), Ridge(n * l2))
        score = cross_val_score(cast(Any, model), x, y, cv=alone, scoring="neg_mean_squared_error")
        found = outcome_of(Task({**DIABETES, "l2": l2}, 40, fold, FOLDS))
        assert found["validation"] == pytest.approx(-score[0], rel=1e-9)
    model = make_pipeline(StandardScaler(), Ridge(len(y) * l2)).fit(x, y)
    expected = np.mean((model.predict(problem.inputs[~known]) - problem.targets[~known]) ** 2)
    tested = outcome_of(Task({**DIABETES, "l2": l2}, 40, None, FOLDS, True))
    assert tested["test"] == pytest.approx(expected, rel=1e-9)


def own(shift: float, fold: int) -> dict[str, Any]:
    """A table of 60 rows; those of one fold lie so much higher."""
    draws = np.random.default_rng(5).normal(size=(60, 3))
    heights = 50 + draws @ [1.0, -2.0, 0.5] + shift * (splits.folds(60, FOLDS, 0) == fold)
    rows = [",".join(f"{value:.6f}" for value in (*row, y)) for row, y in zip(draws, heights, strict=True)]
    return {
        "table": "\n".join(["a,b,c,y", *rows]),
        "split": [100, 0, 0],
        "steps": 5,
        "seed": 0,
        "entrants": [{"optimizer": "gd", "knobs": {"lr": 0.1}}],
    }


@pytest.mark.parametrize("fold", range(FOLDS))
def test_the_targets_that_are_left_out_are_not_learned_from(fold: int):
    """The error's second difference over the shift of what is left out is 2, where the predictions stay."""
    errors = [cast(float, outcome_of(Task(own(c, fold), 5, fold, FOLDS))["validation"]) for c in (-64, 0, 64)]
    assert errors[0] + errors[2] - 2 * errors[1] == pytest.approx(2 * 64**2, rel=1e-9)


def test_who_says_where_to_start_starts_there():
    setup = read_setup({**own(0, 0), "start": [1, 2, 3, 4], "steps": 0})
    problem, out = setup.regression, splits.folds(60, FOLDS, 0) == 0
    x = problem.inputs
    scaled = (x[out] - x[~out].mean(axis=0)) / x[~out].std(axis=0)
    expected = np.mean((scaled @ [1, 2, 3] + 4 - problem.targets[out]) ** 2)
    assert trained_error(setup, problem, ~out, setup.entrants[0], 1, 0.0) == pytest.approx(expected)


def test_a_search_over_folds_of_a_table_is_judged_and_tested(shuffled: Shuffled):
    made = search(DIABETES, "l2=0,0.01,0.1,1", tries=4, folds=FOLDS)
    found = search_result(made, made.run(shuffled, Journal(), quiet))
    assert len(shuffled.did) == 4 * FOLDS + 1
    losses = [each["loss"] for each in found["tried"]]
    assert losses == sorted(losses)
    assert found["best"]["test"] == outcome_of(shuffled.did[-1])["test"]

"""Cross-validation, compared with scikit-learn on the same folds."""

from __future__ import annotations

import time

import numpy as np
import pytest

from descent_lab.datasets import POINT_SETS
from descent_lab.datasets.splits import folds
from descent_lab.refusals import Refusal
from descent_lab.regression.validation import cross_validate
from tests.peers import linear_model, model_selection, pipeline, preprocessing

X, Y = np.array(POINT_SETS["sine"].points).T  # 30 points: 2, 3, 5, 6 and 10 folds are of equal size
DEGREES = [1, 2, 3, 5, 8]
LAMBDAS = [0.0, 1e-3, 0.1, 10.0]


@pytest.mark.parametrize("k", [2, 5, 10])
@pytest.mark.parametrize("standardise", [True, False])
def test_errors_are_those_of_scikit_learn(k: int, standardise: bool) -> None:
    found = cross_validate(X, Y, k, DEGREES, LAMBDAS, standardise, 4)
    split = model_selection.PredefinedSplit(folds(len(X), k, 4))
    for i, degree in enumerate(DEGREES):
        for j, penalty in enumerate(LAMBDAS):
            # Its alpha weighs against the sum over the training points, ours against their mean.
            alpha = penalty * len(X) * (k - 1) / k
            model = (
                linear_model.Ridge(alpha=alpha, solver="svd")
                if penalty
                else linear_model.LinearRegression(tol=1e-15)
            )
            steps = [
                preprocessing.PolynomialFeatures(degree, include_bias=False),
                *([preprocessing.StandardScaler()] if standardise else []),
            ]
            scores = -model_selection.cross_val_score(
                pipeline.make_pipeline(*steps, model),
                X[:, None],
                Y,
                cv=split,
                scoring="neg_mean_squared_error",
            )
            assert found.mean[i, j] == pytest.approx(scores.mean(), rel=1e-6)
            assert found.spread[i, j] == pytest.approx(scores.std(), rel=1e-6)


def test_the_lowest_mean_wins() -> None:
    found = cross_validate(X, Y, 5, DEGREES, LAMBDAS, True, 0)
    assert found.mean[found.best] == found.mean.min()
    assert DEGREES[found.best[0]] in (3, 5)
    x, y = np.array(POINT_SETS["parabola"].points).T
    assert cross_validate(x, y, 5, [1, 2, 12], [0.0], True, 0).best == (1, 0)


def test_of_equal_errors_the_first_wins() -> None:
    assert cross_validate(X, Y, 3, [4, 4], [0.1, 0.1], True, 0).best == (0, 0)


def test_as_many_folds_as_points_leave_one_out() -> None:
    found = cross_validate(X, Y, len(X), [1], [0.0], True, 7)
    errors = []
    for i in range(len(X)):
        line = np.polyfit(np.delete(X, i), np.delete(Y, i), 1)
        errors.append((np.polyval(line, X[i]) - Y[i]) ** 2)
    assert found.mean[0, 0] == pytest.approx(np.mean(errors), rel=1e-9)
    assert found.spread[0, 0] == pytest.approx(np.std(errors), rel=1e-9)


def test_points_may_be_few_or_share_an_x() -> None:
    for x in (np.array([1.0, 2.0, 3.0]), np.full(3, 2.0)):
        found = cross_validate(x, np.array([1.0, 2.0, 4.0]), 3, [1, 12], [0.0, 0.1], True, 0)
        assert np.all(np.isfinite(found.mean))


def test_what_overflows_does_not_win() -> None:
    found = cross_validate(X * 1e60, Y, 3, [12, 1], [0.0, 0.1], True, 0)
    assert not np.any(np.isfinite(found.mean[0]))
    assert found.best[0] == 1
    # Their sum overflows, they do not.
    edge = cross_validate(np.full(30, 1.1e77), Y, 3, [4], [0.0, 0.1], False, 0)
    assert not np.any(np.isfinite(edge.mean))


@pytest.mark.parametrize("k", [-1, 0, 1, 31])
def test_folds_are_two_or_more_and_no_more_than_the_points(k: int) -> None:
    with pytest.raises(Refusal, match="there are 30 points") as refused:
        cross_validate(X, Y, k, [1], [0.0], True, 0)
    assert refused.value.field == "folds"


def test_a_whole_table_of_degrees_and_lambdas_is_there_at_once() -> None:
    cross_validate(X, Y, 2, [1], [0.0], True, 0)
    start = time.perf_counter()
    cross_validate(X, Y, 10, list(range(1, 13)), np.logspace(-6, 2, 25).tolist(), True, 0)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("standardise", [True, False])
@pytest.mark.parametrize("shift", [0.0, 2010.0])
def test_where_rounding_alone_tells_settings_apart_the_simplest_wins(standardise: bool, shift: float) -> None:
    """Points of a parabola: every degree from 2 on meets them, with no penalty or with one that is next to none."""
    x = shift + np.linspace(-5, 5, 24)
    y = 3 + 2 * (x - shift) - (x - shift) ** 2
    degrees, lambdas = [5, 3, 2, 1], [1e-30, 0.0, 0.1]
    best = cross_validate(x, y, 6, degrees, lambdas, standardise, 1).best
    assert (degrees[best[0]], lambdas[best[1]]) == (2, 0.0)

"""Exact answers, compared with numpy, scikit-learn and scipy, and the sentences that go with the degenerate ones."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.optimize import minimize

from descent_lab.datasets import POINT_SETS, TABLES
from descent_lab.regression.design import Design
from descent_lab.regression.exact import Exact, moments, solve
from tests.peers import linear_model

PENALTIES = [(0.0, 0.0), (0.05, 0.0), (0.0, 0.05), (0.02, 0.03)]


def data(key: str, degree: int, standardise: bool = True) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.array(POINT_SETS[key].points).T
    return Design.of_points(x, degree, standardise).matrix(x), y


def diabetes() -> tuple[np.ndarray, np.ndarray]:
    table = TABLES["diabetes"]
    return Design.of_table(table.inputs, table.names, True).matrix(table.inputs), table.targets


def answer(*args: object, **kwargs: object) -> Exact:
    found = solve(*args, **kwargs)  # type: ignore[arg-type]
    assert found is not None
    return found


def weights(found: Exact) -> np.ndarray:
    assert found.weights is not None
    return found.weights


def objective(
    matrix: np.ndarray, y: np.ndarray, w: np.ndarray, loss: str, delta: float, l2: float, l1: float
) -> float:
    size = np.abs(matrix @ w - y)
    huber = np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))
    mean = {"mse": size**2, "mae": size, "huber": huber}[loss].mean()
    return float(mean + l2 * np.sum(w[:-1] ** 2) + l1 * np.sum(np.abs(w[:-1])))


# ---------------------------------------------------------------- squares


def test_the_chapter_s_line() -> None:
    matrix, y = data("seven", 1, standardise=False)
    found = answer(matrix, y)
    assert weights(found) == pytest.approx((0.33559, 0.80472), abs=5e-6)
    assert np.mean((matrix @ weights(found) - y) ** 2) == pytest.approx(0.018052, abs=5e-7)
    assert (found.unique, found.note, found.direction) == (True, None, None)


@pytest.mark.parametrize("degree", [1, 4, 9])
def test_least_squares(degree: int) -> None:
    matrix, y = data("noisy", degree)
    np.testing.assert_allclose(weights(answer(matrix, y)), np.linalg.lstsq(matrix, y)[0], rtol=1e-6)
    plain, _ = data("noisy", degree, standardise=False)
    predicted = matrix @ weights(answer(matrix, y))
    np.testing.assert_allclose(plain @ weights(answer(plain, y)), predicted, rtol=1e-8)


@pytest.mark.parametrize("l2", [1e-6, 0.01, 1.0, 100.0])
def test_ridge(l2: float) -> None:
    for matrix, y in (data("sine", 7), data("seven", 1, standardise=False), diabetes()):
        model = linear_model.Ridge(alpha=len(y) * l2, solver="svd").fit(matrix[:, :-1], y)
        expected = np.append(model.coef_, model.intercept_)
        np.testing.assert_allclose(weights(answer(matrix, y, l2=l2)), expected, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("l1", [0.001, 0.05, 0.5, 1000.0])
@pytest.mark.parametrize("l2", [0.0, 0.01])
def test_lasso_and_elastic_net(l1: float, l2: float) -> None:
    for matrix, y in (data("sine", 3), data("seven", 1, standardise=False), diabetes()):
        alpha = l1 / 2 + l2
        model = linear_model.ElasticNet(alpha=alpha, l1_ratio=l1 / 2 / alpha, tol=1e-14, max_iter=1_000_000)
        if l2 == 0:
            model = linear_model.Lasso(alpha=l1 / 2, tol=1e-14, max_iter=1_000_000)
        model.fit(matrix[:, :-1], y)
        found = weights(answer(matrix, y, l2=l2, l1=l1))
        np.testing.assert_allclose(found, np.append(model.coef_, model.intercept_), rtol=1e-6, atol=1e-7)
        np.testing.assert_array_equal(found[:-1] == 0, model.coef_ == 0)


@pytest.mark.parametrize("l1", [1e-6, 1e-3, 0.1])
def test_the_lasso_s_conditions_hold_where_columns_are_much_alike(l1: float) -> None:
    """Each weight that is not zero is pulled by exactly l1, each that is zero by no more."""
    for standardise in (False, True):
        matrix, y = data("eleven", 12, standardise)
        w = weights(answer(matrix, y, l1=l1))
        pull = 2 * matrix.T @ (y - matrix @ w) / len(y)
        close = 1e-7 * (l1 + 2 * np.abs(matrix).T @ np.abs(y) / len(y))[:-1]
        assert np.all(np.abs(pull[:-1] - l1 * np.sign(w[:-1]))[w[:-1] != 0] <= close[w[:-1] != 0])
        assert np.all(np.abs(pull[:-1]) <= l1 + close)
        assert abs(pull[-1]) < 1e-7


# ---------------------------------------------------------------- losses that outliers do not rule


def test_absolute_errors() -> None:
    for matrix, y in (data("outlier", 1, standardise=False), data("sine", 5), diabetes()):
        found = weights(answer(matrix, y, "mae"))
        model = linear_model.QuantileRegressor(quantile=0.5, alpha=0, solver="highs").fit(matrix[:, :-1], y)
        expected = np.append(model.coef_, model.intercept_)
        assert objective(matrix, y, found, "mae", 1, 0, 0) == pytest.approx(
            objective(matrix, y, expected, "mae", 1, 0, 0), rel=1e-9
        )


def test_absolute_errors_with_l1() -> None:
    matrix, y = data("sine", 5)
    model = linear_model.QuantileRegressor(quantile=0.5, alpha=0.05, solver="highs").fit(matrix[:, :-1], y)
    expected = np.append(model.coef_, model.intercept_)
    # scikit-learn's pinball loss is half of the absolute error.
    found = weights(answer(matrix, y, "mae", l1=0.1))
    assert objective(matrix, y, found, "mae", 1, 0, 0.1) == pytest.approx(
        objective(matrix, y, expected, "mae", 1, 0, 0.1), rel=1e-9
    )


def test_hubers_loss_where_nothing_is_an_outlier_is_half_the_square() -> None:
    matrix, y = data("noisy", 2)
    np.testing.assert_allclose(
        weights(answer(matrix, y, "huber", 100.0)), weights(answer(matrix, y)), rtol=1e-9
    )
    half = weights(answer(matrix, y, l2=0.06, l1=0.04))
    np.testing.assert_allclose(weights(answer(matrix, y, "huber", 100.0, 0.03, 0.02)), half, rtol=1e-8)


def test_hubers_loss_has_no_gradient_left() -> None:
    for matrix, y in (data("outlier", 1, standardise=False), data("noisy", 8), diabetes()):
        for l2 in (0.0, 0.1):
            w = weights(answer(matrix, y, "huber", 0.3, l2))
            gradient = matrix.T @ np.clip(matrix @ w - y, -0.3, 0.3) / len(y)
            gradient[:-1] += 2 * l2 * w[:-1]
            assert np.max(np.abs(gradient)) < 1e-9 * np.max(np.abs(matrix))


def test_hubers_line_is_that_of_scikit_learn_at_its_own_scale() -> None:
    matrix, y = data("outlier", 1, standardise=False)
    model = linear_model.HuberRegressor(epsilon=1.35, alpha=0, tol=1e-12, max_iter=10_000).fit(
        matrix[:, :-1], y
    )
    found = weights(answer(matrix, y, "huber", 1.35 * model.scale_))
    np.testing.assert_allclose(found, np.append(model.coef_, model.intercept_), rtol=1e-5)


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
@pytest.mark.parametrize(("l2", "l1"), PENALTIES)
@pytest.mark.parametrize(
    ("key", "degree"), [("seven", 1), ("outlier", 1), ("clean", 2), ("sine", 5), ("eleven", 10)]
)
def test_no_weights_nearby_are_better(loss: str, l2: float, l1: float, key: str, degree: int) -> None:
    matrix, y = data(key, degree)
    w = weights(answer(matrix, y, loss, 0.2, l2, l1))
    lowest = objective(matrix, y, w, loss, 0.2, l2, l1)
    _, stretches, turned = np.linalg.svd(matrix, full_matrices=False)
    rng = np.random.default_rng(0)
    for size in 10.0 ** -np.arange(9):
        for _ in range(20):
            step = size * turned.T @ (rng.standard_normal(len(stretches)) / stretches)
            assert objective(matrix, y, w + step, loss, 0.2, l2, l1) > lowest - 1e-11


@pytest.mark.parametrize("loss", ["mae", "huber"])
def test_a_general_minimiser_finds_nothing_lower(loss: str) -> None:
    matrix, y = data("outlier", 1)
    for l2, l1 in PENALTIES:
        lowest = objective(matrix, y, weights(answer(matrix, y, loss, 0.2, l2, l1)), loss, 0.2, l2, l1)
        other = minimize(
            lambda w, l2=l2, l1=l1: objective(matrix, y, w, loss, 0.2, l2, l1),
            np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-14, "maxiter": 10_000},
        )  # fmt: skip
        assert lowest <= other.fun + 1e-13
        assert lowest == pytest.approx(other.fun, rel=1e-6)


# ---------------------------------------------------------------- moments


def plane(dim: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    u, v = np.linalg.qr(rng.standard_normal((dim, 2)))[0].T
    return rng.standard_normal(dim), u, v


@pytest.mark.parametrize(("key", "degree"), [("seven", 1), ("noisy", 3), ("eleven", 10), ("sine", 12)])
def test_moments_meet_the_direct_sum(key: str, degree: int) -> None:
    matrix, y = data(key, degree, standardise=degree > 1)
    found = moments(matrix, y)
    np.testing.assert_allclose(found.a, matrix.T @ matrix / len(y), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(found.b, matrix.T @ y / len(y), rtol=1e-12, atol=1e-15)
    assert (found.c, found.n) == (pytest.approx(np.mean(y**2)), len(y))
    origin, u, v = plane(degree + 1, 3)
    a, b = np.linspace(-3, 4, 21), np.linspace(-6, 8, 17)
    w = origin[:, None, None] + u[:, None, None] * a + v[:, None, None] * b[:, None]
    direct = np.mean((np.tensordot(matrix, w, 1) - y[:, None, None]) ** 2, axis=0)
    np.testing.assert_allclose(found.grid(origin, u, v, a, b), direct, rtol=1e-10)
    np.testing.assert_allclose(found.mean(w.reshape(degree + 1, -1)), direct.ravel(), rtol=1e-10)


def test_moments_are_true_at_the_minimum_too() -> None:
    """Where almost nothing is left of large numbers: a line far from the origin, with hardly any noise."""
    x = 1000 + np.linspace(0, 1, 50)
    y = 3 * x + 1e-6 * np.cos(np.arange(50))
    matrix = np.column_stack([x, np.ones(50)])
    best = weights(answer(matrix, y))
    direct = float(np.mean((matrix @ best - y) ** 2))
    found = moments(matrix, y)
    axes = np.eye(2)
    near = found.grid(best, axes[0], axes[1], np.array([-1e-9, 0.0, 1e-9]), np.array([0.0]))
    assert near[0, 1] == pytest.approx(direct, rel=1e-3)
    assert np.all(
        found.grid(best, axes[0], axes[1], np.linspace(-1, 1, 101), np.linspace(-1000, 1000, 101)) > 0
    )


@pytest.mark.parametrize("points", [1, 2, 3])
def test_moments_of_a_few_points(points: int) -> None:
    """The error surface of a mini-batch: often a valley without a lowest point."""
    matrix, y = (part[:points] for part in data("noisy", 1, standardise=False))
    a, b = np.linspace(-2, 4, 12), np.linspace(-6, 8, 13)
    direct = np.mean(
        (matrix[:, :1, None] * a + b[:, None, None].T.swapaxes(1, 2) - y[:, None, None]) ** 2, axis=0
    )
    axes = np.eye(2)
    np.testing.assert_allclose(
        moments(matrix, y).grid(np.zeros(2), axes[0], axes[1], a, b), direct, rtol=1e-9, atol=1e-12
    )


def test_moments_of_what_overflows_or_is_not_there() -> None:
    axes = np.eye(2)
    for matrix in (np.full((3, 2), np.inf), np.empty((0, 2))):
        loss = moments(matrix, np.ones(len(matrix))).grid(
            np.zeros(2), axes[0], axes[1], np.zeros(3), np.zeros(4)
        )
        assert loss.shape == (4, 3)
        assert not np.any(np.isfinite(loss))


def test_ten_thousand_points_make_a_map_at_once() -> None:
    rng = np.random.default_rng(0)
    matrix, y = np.column_stack([rng.uniform(0, 5, 10_000), np.ones(10_000)]), rng.standard_normal(10_000)
    a, axes = np.linspace(-1, 1, 120), np.eye(2)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        moments(matrix, y).grid(np.zeros(2), axes[0], axes[1], a, a)
        times.append(time.perf_counter() - start)
    assert min(times) < 5e-3

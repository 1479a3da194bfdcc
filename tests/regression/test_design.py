"""Design matrices: columns, their scales, and how well they are conditioned."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.datasets import POINT_SETS, TABLES
from descent_lab.regression.design import Design, condition
from tests.peers import preprocessing

X = np.array([point[0] for point in POINT_SETS["eleven"].points])


def test_a_line_has_slope_and_intercept() -> None:
    design = Design.of_points(X, 1, False)
    assert (design.names, design.dim) == (("slope", "intercept"), 2)
    np.testing.assert_array_equal(design.matrix(X), np.column_stack([X, np.ones(11)]))
    assert Design.of_points(X, 1, True).names == ("slope", "intercept")


def test_a_polynomial_has_a_weight_for_each_power_and_the_bias_last() -> None:
    design = Design.of_points(X, 3, False)
    assert design.names == ("w1", "w2", "w3", "bias")
    np.testing.assert_allclose(design.matrix(X), np.column_stack([X, X**2, X**3, np.ones(11)]), rtol=1e-15)


@pytest.mark.parametrize("degree", [1, 2, 5, 12])
def test_standardised_powers_are_those_of_scikit_learn(degree: int) -> None:
    seen, new = X[:8], X[8:]
    powers = preprocessing.PolynomialFeatures(degree, include_bias=False)
    scaler = preprocessing.StandardScaler().fit(powers.fit_transform(seen[:, None]))
    design = Design.of_points(seen, degree, True)
    for x in (seen, new):
        expected = np.asarray(scaler.transform(powers.transform(x[:, None])), dtype=float)
        np.testing.assert_allclose(design.matrix(x)[:, :-1], expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_array_equal(design.matrix(x)[:, -1], 1)


def test_a_table_s_inputs_keep_their_names() -> None:
    table = TABLES["diabetes"]
    design = Design.of_table(table.inputs, table.names, True)
    assert design.names == (*table.names, "bias")
    matrix = design.matrix(table.inputs)
    np.testing.assert_allclose(matrix[:, :-1].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(matrix[:, :-1].std(axis=0), 1, rtol=1e-12)
    plain = Design.of_table(table.inputs, table.names, False).matrix(table.inputs)
    np.testing.assert_array_equal(plain[:, :-1], table.inputs)


@pytest.mark.parametrize("value", [0.1, 3.0, 1e20, -1e100])
def test_a_column_of_no_spread_is_left_at_zero(value: float) -> None:
    design = Design.of_points(np.full(7, value), 2, True)
    if np.isfinite(value * value):
        np.testing.assert_array_equal(design.matrix(np.full(3, value)), [[0, 0, 1]] * 3)
    assert np.all(design.spread == 1)


@pytest.mark.parametrize("standardise", [False, True])
def test_no_points_yet(standardise: bool) -> None:
    design = Design.of_points(np.empty(0), 2, standardise)
    assert design.matrix(np.empty(0)).shape == (0, 3)
    np.testing.assert_array_equal(design.matrix(np.array([2.0])), [[2, 4, 1]])


def test_large_powers_have_a_spread_though_their_squares_overflow() -> None:
    design = Design.of_points(np.array([1e20, 2e20, 3e20]), 12, True)
    matrix = design.matrix(np.array([1e20, 2e20, 3e20]))
    np.testing.assert_allclose(matrix[:, :-1].std(axis=0), 1, rtol=1e-12)


def test_condition_number() -> None:
    matrix = Design.of_points(X, 4, False).matrix(X)
    found = condition(matrix)
    assert found == pytest.approx(np.linalg.cond(matrix), rel=1e-9)
    better = condition(Design.of_points(X, 4, True).matrix(X))
    assert found is not None
    assert better is not None
    assert better < found / 10


@pytest.mark.parametrize(
    "x", [[], [1.0], [2.0, 2.0, 2.0], [1e100, 2e100, 3e100, 4e100]], ids=["none", "one", "equal", "overflow"]
)
def test_no_condition_number(x: list[float]) -> None:
    points = np.array(x)
    assert condition(Design.of_points(points, 4, False).matrix(points)) is None

"""exp, tanh and their like against numpy and scipy, to the last bits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special

from descent_lab.networks.kernels import elementary

ULPS = 4

FUNCTIONS: dict[str, tuple[Any, Callable[[np.ndarray], np.ndarray], tuple[float, float]]] = {
    "exp": (elementary.exp, np.exp, (-708.0, 709.0)),
    "tanh": (elementary.tanh, np.tanh, (-1e3, 1e3)),
    "sigmoid": (elementary.sigmoid, special.expit, (-708.0, 1e3)),
    "softplus": (elementary.softplus, lambda x: np.logaddexp(0, x), (-708.0, 1e3)),
    "log": (elementary.log, np.log, (1e-307, 1e307)),
    "log1p": (elementary.log1p, np.log1p, (0.0, 1.0)),
}
every_function = pytest.mark.parametrize("name", FUNCTIONS)


def of(name: str, x: Any) -> np.ndarray:
    function = FUNCTIONS[name][0]
    return np.array([function(each) for each in np.atleast_1d(np.asarray(x, dtype=float)).tolist()])


def spread(low: float, high: float) -> np.ndarray:
    """Numbers of every size, and many about 0 and 1, from low to high."""
    dice = np.random.default_rng(1)
    sizes = 10.0 ** dice.uniform(-307, 307, 3000)
    small = 10.0 ** dice.uniform(-20, 1, 3000)
    x = [
        sizes,
        -sizes,
        small,
        -small,
        1 + small,
        1 - small,
        dice.uniform(max(low, -800), min(high, 800), 5000),
    ]
    x = np.concatenate([*x, [low, high]])
    return x[(x >= low) & (x <= high)]


@every_function
def test_the_last_bits(name: str) -> None:
    _, truth, ends = FUNCTIONS[name]
    x = spread(*ends)
    expected = truth(x)
    wrong = np.abs(of(name, x) - expected) > ULPS * np.spacing(np.abs(expected))
    assert not np.any(wrong), x[wrong]


@every_function
def test_nan_stays_nan(name: str) -> None:
    if name not in ("log", "log1p"):  # these see only what the others made
        assert np.isnan(of(name, np.nan))[0]


def test_the_ends() -> None:
    infinite = [np.inf, 1e300]
    assert np.all(of("exp", infinite) == of("exp", 709.0))  # beyond the end, the value at the end
    assert np.all(of("exp", [-np.inf, -1e300]) == of("exp", -708.0))
    assert np.all(of("tanh", infinite) == 1.0)
    assert np.all(of("tanh", np.negative(infinite)) == -1.0)
    assert np.all(of("sigmoid", infinite) == 1.0)
    low = of("sigmoid", np.negative(infinite))
    assert np.all((low >= 0) & (low < 1e-300))
    assert of("softplus", infinite).tolist() == infinite
    low = of("softplus", np.negative(infinite))
    assert np.all((low >= 0) & (low < 1e-300))


def test_what_is_exact() -> None:
    assert of("exp", [0.0, -0.0]).tolist() == [1.0, 1.0]
    assert of("tanh", [0.0, -0.0, 5e-324, -1e-300]).tolist() == [0.0, 0.0, 5e-324, -1e-300]
    assert of("sigmoid", 0.0) == 0.5
    assert of("log", 1.0) == 0.0
    assert of("log1p", [0.0, 1e-300]).tolist() == [0.0, 1e-300]


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_they_are_as_symmetric_as_they_should_be(name: str) -> None:
    x = np.random.default_rng(2).normal(scale=3, size=1000)
    if name == "tanh":
        assert np.array_equal(of("tanh", x), -of("tanh", -x))
    else:
        np.testing.assert_allclose(of("sigmoid", x) + of("sigmoid", -x), 1, rtol=1e-15)


@pytest.mark.parametrize("name", ["exp", "tanh", "sigmoid", "softplus"])
def test_they_never_turn_back(name: str) -> None:
    """Monotonous but for the last bits."""
    x = np.linspace(-30, 30, 20_001)
    y = of(name, x)
    assert np.all(np.diff(y) >= -ULPS * np.spacing(np.abs(y[1:])))

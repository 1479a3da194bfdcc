"""Every surface: its formula is the literature's, its derivatives are exact, its critical points are where it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import cos, exp, pi, sin, sqrt

from descent_lab.machine.lanes import curve, evaluate
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.landscape import critical_points, minimum_value
from descent_lab.surfaces.newton import curvatures
from descent_lab.surfaces.surface import Surface

every_surface = pytest.mark.parametrize("key", SURFACES)

POINTS = np.array([(2.4, 1.7), (2.8, 1.85), (3.2, 1.79), (3.6, 1.95), (4.0, 2.1), (4.2, 2.0), (5.0, 2.7)])


def _mse(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.mean([(b - (x * a + y)) ** 2 for a, b in POINTS], axis=0)


def _levy(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    u, v = 1 + (x - 1) / 4, 1 + (y - 1) / 4
    return (
        sin(pi * u) ** 2
        + (u - 1) ** 2 * (1 + 10 * sin(pi * u + 1) ** 2)
        + (v - 1) ** 2 * (1 + sin(2 * pi * v) ** 2)
    )


def _ackley(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    mean_cos = (cos(2 * pi * x) + cos(2 * pi * y)) / 2
    return -20 * exp(-0.2 * sqrt(0.5 * (x * x + y * y))) - exp(mean_cos) + 20 + np.e


def _goldstein_price(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    first = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    second = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return (1 + (x + y + 1) ** 2 * first) * (30 + (2 * x - 3 * y) ** 2 * second)


def _peaks(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    hills = 3 * (1 - x) ** 2 * exp(-(x**2) - (y + 1) ** 2)
    dents = 10 * (x / 5 - x**3 - y**5) * exp(-(x**2) - y**2) + exp(-((x + 1) ** 2) - y**2) / 3
    return hills - dents + 0.05 * (x**2 + y**2)


# Key -> the function as the literature writes it, and its lowest value; None where it falls without end.
LITERATURE: dict[str, tuple[Callable[..., Any], float | None]] = {
    "mse_bowl": (
        _mse,
        float(
            np.mean((POINTS[:, 1] - np.polyval(np.polyfit(POINTS[:, 0], POINTS[:, 1], 1), POINTS[:, 0])) ** 2)
        ),
    ),
    "round_bowl": (lambda x, y: x * x + y * y, 0.0),
    "booth": (lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2, 0.0),
    "matyas": (lambda x, y: 0.26 * (x * x + y * y) - 0.48 * x * y, 0.0),
    "long_valley": (lambda x, y: 0.5 * x * x + 50 * y * y, 0.0),
    "beale": (lambda x, y: sum((c - x * (1 - y**n)) ** 2 for n, c in ((1, 1.5), (2, 2.25), (3, 2.625))), 0.0),
    "rosenbrock": (lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2, 0.0),
    "mccormick": (lambda x, y: sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1, -1.913222954981037),
    "goldstein_price": (_goldstein_price, 3.0),
    "saddle": (lambda x, y: x * x - y * y, None),
    "bounded_saddle": (lambda x, y: x * x - y * y + y**4 / 4, -1.0),
    "monkey_saddle": (lambda x, y: np.real((x + 1j * y) ** 3), None),
    "himmelblau": (lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2, 0.0),
    "six_hump_camel": (
        lambda x, y: 4 * x**2 - 2.1 * x**4 + x**6 / 3 + x * y - 4 * y**2 + 4 * y**4,
        -1.031628453489877,
    ),
    "styblinski_tang": (
        lambda x, y: 0.5 * sum(t**4 - 16 * t**2 + 5 * t for t in (x, y)),
        2 * -39.16616570377142,
    ),
    "rastrigin": (lambda x, y: sum(10 + t * t - 10 * cos(2 * pi * t) for t in (x, y)), 0.0),
    "ackley": (_ackley, 0.0),
    "levy": (_levy, 0.0),
    "hills": (_peaks, -6.416864781932302),
    "easom": (lambda x, y: -cos(x) * cos(y) * exp(-((x - pi) ** 2) - (y - pi) ** 2), -1.0),
    "cliff": (lambda x, y: 1 / (1 + exp(-8 * (x - 1))) + 0.02 * (x + 2) ** 2 + 0.05 * y * y, 3.7751344e-11),
}


def sample(surface: Surface, count: int = 200) -> np.ndarray:
    """Random points of the window, (2, count)."""
    low, high = np.array(surface.window).T
    return low[:, None] + (high - low)[:, None] * np.random.default_rng(7).random((2, count))


def test_the_literature_has_every_surface() -> None:
    assert set(LITERATURE) == set(SURFACES)


@every_surface
def test_the_formula_is_the_literatures(key: str) -> None:
    surface = SURFACES[key]
    w = sample(surface)
    expected = LITERATURE[key][0](*w)
    np.testing.assert_allclose(evaluate(surface, w)[0], expected, rtol=1e-11, atol=1e-11 * np.ptp(expected))


@every_surface
def test_gradient_matches_central_difference(key: str) -> None:
    surface, h = SURFACES[key], 1e-6
    w = sample(surface)
    gradient = evaluate(surface, w)[1]
    for axis in range(2):
        step = np.zeros((2, 1))
        step[axis] = h
        difference = (evaluate(surface, w + step)[0] - evaluate(surface, w - step)[0]) / (2 * h)
        scale = 1 + np.abs(gradient[axis]) + np.abs(evaluate(surface, w)[0])
        assert np.max(np.abs(difference - gradient[axis]) / scale) < 1e-7


@every_surface
def test_hessian_matches_central_difference_of_the_gradient(key: str) -> None:
    surface, h = SURFACES[key], 1e-6
    w = sample(surface)
    xx, xy, yy = curve(surface, w)
    across, along = np.array([[h], [0.0]]), np.array([[0.0], [h]])
    by_x = (evaluate(surface, w + across)[1] - evaluate(surface, w - across)[1]) / (2 * h)
    by_y = (evaluate(surface, w + along)[1] - evaluate(surface, w - along)[1]) / (2 * h)
    scale = 1 + np.abs(xx) + np.abs(xy) + np.abs(yy) + np.abs(evaluate(surface, w)[1]).sum(axis=0)
    for exact, difference in ((xx, by_x[0]), (xy, by_x[1]), (xy, by_y[0]), (yy, by_y[1])):
        assert np.max(np.abs(exact - difference) / scale) < 1e-6


@every_surface
def test_minima_have_zero_gradient_and_positive_hessian(key: str) -> None:
    surface = SURFACES[key]
    smooth = [point for point in surface.minima if point not in surface.kinks]
    if not smooth:
        return
    w = np.array(smooth).T
    size = np.abs(curve(surface, w)).sum(axis=0)
    assert np.all(np.hypot(*evaluate(surface, w)[1]) <= 1e-9 * (1 + size))
    assert np.all(curvatures(surface, w)[0] > 0)


@every_surface
def test_saddles_have_zero_gradient_and_go_down_and_up(key: str) -> None:
    surface = SURFACES[key]
    for point in surface.saddles:
        w = np.array(point).reshape(2, 1)
        size = np.abs(curve(surface, w)).sum()
        assert np.hypot(*evaluate(surface, w)[1])[0] <= 1e-9 * (1 + size)
        if key == "monkey_saddle":  # flat in its curvature too: only the loss around it tells
            angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
            around = evaluate(surface, 0.01 * np.array([np.cos(angle), np.sin(angle)]))[0]
            assert np.count_nonzero(np.diff(np.sign(around), append=np.sign(around[0]))) == 6
            continue
        low, high = curvatures(surface, w)
        assert low[0] < 0 < high[0]


@every_surface
def test_the_lowest_value_is_the_literatures(key: str) -> None:
    expected = LITERATURE[key][1]
    lowest = minimum_value(SURFACES[key])
    assert (lowest is None) == (expected is None)
    if lowest is not None and expected is not None:
        assert lowest == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert np.min(evaluate(SURFACES[key], sample(SURFACES[key], 20_000))[0]) >= lowest - 1e-12


@every_surface
def test_kinks_are_minima_without_a_slope_that_fades(key: str) -> None:
    surface = SURFACES[key]
    for kink in surface.kinks:
        assert kink in surface.minima
        angle = np.linspace(0, 2 * np.pi, 24)
        around = np.array(kink).reshape(2, 1) + 1e-6 * np.array([np.cos(angle), np.sin(angle)])
        loss, gradient = evaluate(surface, around)
        assert np.all(loss > surface.expression.value(*kink))
        assert np.all(np.hypot(*gradient) > 0.1)


@every_surface
def test_known_points_are_all_the_few_there_are(key: str) -> None:
    """Where a window holds only a handful of critical points, all of them are listed in the declaration."""
    surface = SURFACES[key]
    found = critical_points(surface, surface.window)
    if key in ("rastrigin", "ackley", "levy", "easom"):  # dozens, or ripples of 1e-5: found, not listed
        return
    (x0, x1), (y0, y1) = surface.window
    for listed, seen in ((surface.minima, found.minima), (surface.saddles, found.saddles)):
        inside = [p for p in listed if x0 <= p[0] <= x1 and y0 <= p[1] <= y1]
        assert sorted(inside) == sorted(c.point for c in seen)


@every_surface
def test_start_and_points_lie_in_the_window(key: str) -> None:
    surface = SURFACES[key]
    (x0, x1), (y0, y1) = surface.window
    for x, y in (surface.start, *surface.minima, *surface.saddles):
        assert x0 <= x <= x1
        assert y0 <= y <= y1
    assert np.hypot(*evaluate(surface, np.array(surface.start).reshape(2, 1))[1])[0] > 0


@every_surface
def test_describes_itself_in_words(key: str) -> None:
    described = SURFACES[key].describe()
    assert described["teaches"].endswith((".", "?"))
    assert described["group"]
    assert described["mathml"].startswith("<math")
    assert 50 <= described["steps"] <= 10_000

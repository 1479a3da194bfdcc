"""Grids, critical points and lowest values."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.machine.lanes import evaluate
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.landscape import MINIMA, SADDLES, critical_points, floor, grid, kinks, minimum_value
from descent_lab.surfaces.typed import typed_surface


def test_grid_is_rows_of_y() -> None:
    surface = SURFACES["beale"]
    x, y, loss = grid(surface, ((-1.0, 2.0), (0.0, 5.0)), 7, 4)
    assert (x.shape, y.shape, loss.shape) == ((7,), (4,), (4, 7))
    assert (x[0], x[-1], y[0], y[-1]) == (-1.0, 2.0, 0.0, 5.0)
    for row in range(4):
        for column in range(7):
            assert loss[row, column] == pytest.approx(surface.expression.value(x[column], y[row]), rel=1e-12)


def test_grid_keeps_what_is_not_finite() -> None:
    loss = grid(typed_surface("log(x) + 1/y"), ((-1.0, 1.0), (-1.0, 1.0)), 3, 3)[2]
    assert np.all(np.isnan(loss[:, 0]))
    assert np.isinf(loss[1, 2])
    assert np.all(np.isfinite(loss[[0, 2], 2]))


def test_rastrigin_has_one_minimum_in_every_cell() -> None:
    found = critical_points(SURFACES["rastrigin"], ((-2.5, 2.5), (-2.5, 2.5)))
    assert len(found.minima) == 25
    for point in found.minima:
        assert np.max(np.abs(np.array(point.point) - np.round(point.point))) < 0.02
    values = [p.value for p in found.minima]
    assert values == sorted(values)
    assert found.minima[0].point == (0.0, 0.0)


def test_no_more_points_than_a_map_can_bear() -> None:
    found = critical_points(typed_surface("sin(5x)*sin(5y)"), ((-6.0, 6.0), (-6.0, 6.0)))
    assert len(found.minima) == MINIMA
    assert len(found.saddles) == SADDLES


def test_each_point_is_there_once_and_critical() -> None:
    for surface in SURFACES.values():
        found = critical_points(surface, surface.window)
        points = np.array([p.point for p in (*found.minima, *found.saddles)])
        away = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) + np.eye(len(points))
        assert np.min(away) > 1e-4, surface.key
        for p in found.minima:
            assert evaluate(surface, np.array(p.point).reshape(2, 1))[0][0] == pytest.approx(
                p.value, abs=1e-9
            )


def test_a_narrow_window_shows_only_its_own() -> None:
    found = critical_points(SURFACES["himmelblau"], ((2.9, 3.1), (1.9, 2.1)))
    assert [p.point for p in found.minima] == [(3.0, 2.0)]
    assert found.saddles == ()


def test_typed_surfaces_are_searched_like_built_in_ones() -> None:
    typed = typed_surface("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ((-5.5, 5.5), (-5.0, 5.0)))
    built = SURFACES["himmelblau"]
    mine = critical_points(typed, typed.window)
    known = critical_points(built, built.window)
    assert len(mine.minima) == len(known.minima)
    assert len(mine.saddles) == len(known.saddles)
    for a in mine.minima:
        assert min(np.hypot(a.point[0] - b.point[0], a.point[1] - b.point[1]) for b in known.minima) < 1e-9


def test_valleys_of_minima_are_not_points() -> None:
    for formula in ("x^2", "(x - y)^2", "3", "x + y"):
        surface = typed_surface(formula)
        found = critical_points(surface, surface.window)
        assert (found.minima, found.saddles) == ((), ()), formula


@pytest.mark.parametrize(
    ("formula", "lowest"),
    [
        ("x^2 + y^2 + 3", 3.0),
        ("sin(3x) + 0.1(x^2 + y^2)", None.__class__),
        ("|x| + |y - 1|", 0.0),
        ("max(|x|, |y|) - 2", -2.0),
        ("sqrt(x^2 + y^2)", 0.0),
        ("cos(x) + cos(y)", -2.0),
        ("x^4 + y^4", 0.0),
        ("(x - 9)^2 + y^2", 0.0),
        ("x^2", 0.0),
        ("5", 5.0),
    ],
)
def test_lowest_value_of_typed_surfaces(formula: str, lowest: float) -> None:
    found = minimum_value(typed_surface(formula))
    if lowest is None.__class__:  # no closed form: the lowest of a fine grid
        fine = grid(typed_surface(formula), ((-3.0, 3.0), (-3.0, 3.0)), 1201, 1201)[2].min()
        assert found == pytest.approx(fine, abs=1e-4)
        assert found is not None
        assert found <= fine
    else:
        assert found == pytest.approx(lowest, abs=1e-9)


@pytest.mark.parametrize(
    "formula",
    ["x^2 - y^2", "x", "x^3 + y^2", "log(x^2 + y^2)", "-exp(x)", "1/x + y^2", "x*y", "-1/(x^2 + y^2)"],
)
def test_no_lowest_value_where_it_falls_without_end(formula: str) -> None:
    surface = typed_surface(formula)
    assert minimum_value(surface) is None
    assert floor(surface) < np.inf


def test_tips_of_cones_are_found() -> None:
    (tip,) = kinks(typed_surface("sqrt((x - 1)^2 + (y + 2)^2)"))
    assert tip == pytest.approx((1.0, -2.0), abs=1e-5)
    assert kinks(typed_surface("x^2 + y^2")) == ()
    assert kinks(typed_surface("|x|")) == ()

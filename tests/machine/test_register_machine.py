"""The register machine gives the bits that compiled code gives."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.formulas.program import programs
from descent_lab.machine.lanes import Lanes, curve, evaluate
from descent_lab.machine.register_machine import LANES, ROOM
from descent_lab.machine.rules import Optimizer
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface
from descent_lab.surfaces.typed import TypedSurface, typed_surface

EXTREMES = (0.0, -0.0, 1.0, -1.0, 5e-324, 1e-160, 1e160, -1e300, np.inf, -np.inf, np.nan)


def as_typed(surface: Surface) -> TypedSurface:
    """The surface of the same formula, typed."""
    return typed_surface(surface.formula, surface.window)


def points(surface: Surface, count: int) -> np.ndarray:
    """Points of the window, (2, count)."""
    (x0, x1), (y0, y1) = surface.window
    return np.random.default_rng(count).uniform([[x0], [y0]], [[x1], [y1]], (2, count))


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether all numbers have equal bits, or are both no number."""
    return bool(np.all((a.view(np.int64) == b.view(np.int64)) | (np.isnan(a) & np.isnan(b))))


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES.keys())
def test_every_surface_typed_as_its_own_formula_gives_the_same_bits(surface: Surface) -> None:
    typed = as_typed(surface)
    extremes = np.array(np.meshgrid(EXTREMES, EXTREMES)).reshape(2, -1)
    for w in (*(points(surface, n) for n in (1, 2, 7, LANES, LANES + 1, 1000)), extremes, extremes[:, 9:10]):
        for mine, compiled in zip(evaluate(typed, w), evaluate(surface, w), strict=True):
            assert same_bits(mine, compiled)
        assert same_bits(curve(typed, w), curve(surface, w))


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
@pytest.mark.parametrize("key", ["beale", "ackley"])
def test_a_race_on_a_typed_surface_has_the_bits_of_the_compiled_one(key: str, optimizer: Optimizer) -> None:
    surface = SURFACES[key]
    knobs = np.repeat([[knob.default] for knob in optimizer.knobs.values()], 3, axis=1)
    start = np.array(surface.start)[:, None] + np.array([[0.0, 0.25, -0.5]])
    draws = np.random.default_rng(3).standard_normal((60, 2))
    paths = [
        Lanes.start(problem, optimizer, start, knobs, noise=0.01).advance(np.ones(60), draws, record=True)
        for problem in (surface, as_typed(surface))
    ]
    assert all(same_bits(mine, compiled) for mine, compiled in zip(*paths, strict=True))


def test_a_formula_of_many_registers_asks_for_room() -> None:
    """All sines stay until the Hessian has been made of them."""
    waves = np.arange(1, 31)
    typed = typed_surface("+".join(f"sin({k}x)*cos({k}y)" for k in waves))
    of_field, of_hessian = programs(typed.expression)
    assert of_hessian.view(np.int64)[1] * LANES > ROOM > of_field.view(np.int64)[1]
    w = points(typed, 2 * LANES + 5)
    x, y = waves[:, None] * w[0], waves[:, None] * w[1]
    loss, gradient = evaluate(typed, w)
    assert loss == pytest.approx((np.sin(x) * np.cos(y)).sum(axis=0), abs=1e-11)
    assert gradient[0] == pytest.approx(waves @ (np.cos(x) * np.cos(y)), abs=1e-10)
    assert gradient[1] == pytest.approx(-waves @ (np.sin(x) * np.sin(y)), abs=1e-10)
    xx, xy, _ = curve(typed, w)
    assert xx == pytest.approx(-(waves**2) @ (np.sin(x) * np.cos(y)), abs=1e-8)
    assert xy == pytest.approx(-(waves**2) @ (np.cos(x) * np.sin(y)), abs=1e-8)
    alone = [curve(typed, w[:, [lane]])[:, 0] for lane in (0, LANES, 2 * LANES + 4)]
    assert same_bits(curve(typed, w)[:, [0, LANES, 2 * LANES + 4]].copy(), np.array(alone).T.copy())


def test_programs_are_small() -> None:
    typed = [typed_surface(f"sin({k}x)*exp(-y^2) + {k}") for k in range(40)]
    assert sum(each.data.nbytes for each in typed) < 40 * 1500

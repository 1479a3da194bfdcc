"""The lie of the land: values over a window, critical points, the lowest value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from descent_lab.geometry import Point, Window
from descent_lab.machine.lanes import evaluate
from descent_lab.machine.searching import compass_block
from descent_lab.surfaces.newton import curvatures, is_critical, newton
from descent_lab.surfaces.surface import Surface

LATTICE = 37
"""Newton's method starts from LATTICE x LATTICE points of a window: a prime, so as not to keep step with its waves."""

ROUNDS = 40
"""Steps of Newton's method at most."""

MINIMA, SADDLES = 100, 100
"""Critical points returned at most; the lowest go first."""

WIDE = 3.0
"""The lowest value of a typed surface is sought in a window this many times as wide."""


@dataclass(frozen=True)
class CriticalPoint:
    """A point where the gradient is zero, or a minimum on a kink, and the loss there."""

    point: Point
    value: float


@dataclass(frozen=True)
class CriticalPoints:
    """Minima and saddles of a window, the lowest first."""

    minima: tuple[CriticalPoint, ...]
    saddles: tuple[CriticalPoint, ...]


def grid(surface: Surface, window: Window, nx: int, ny: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values over a window: x (nx,), y (ny,), loss (ny, nx), which may hold NaN and infinities."""
    (x0, x1), (y0, y1) = window
    x, y = np.linspace(x0, x1, nx), np.linspace(y0, y1, ny)
    w = np.empty((2, ny, nx))
    w[0], w[1] = x, y[:, None]
    return x, y, evaluate(surface, w.reshape(2, -1))[0].reshape(ny, nx)


@lru_cache(maxsize=512)
def critical_points(surface: Surface, window: Window) -> CriticalPoints:
    """Minima and saddles in a window: the known ones, and those that Newton's method finds from a lattice."""
    tolerance = 1e-6 * _diagonal(window)
    w = newton(surface, _lattice(window, LATTICE), ROUNDS, _diagonal(window) / 8)
    w = w[:, is_critical(surface, w) & _inside(w, window)]
    low, high = curvatures(surface, w)
    minima = _with_known((*surface.minima, *kinks(surface)), w[:, low > 0])
    saddles = _with_known(surface.saddles, w[:, (low < 0) & (high > 0)])
    return CriticalPoints(
        _listed(surface, minima, window, tolerance)[:MINIMA],
        _listed(surface, saddles, window, tolerance)[:SADDLES],
    )


@lru_cache(maxsize=512)
def minimum_value(surface: Surface) -> float | None:
    """The lowest value: of the known minima, or the lowest found; None where there is none to be reached.

    A typed surface is searched over a window WIDE times as wide as its own; one that is lower still far out, or
    goes on falling into a hole, has none.
    """
    if surface.built_in:
        known = [surface.expression.value(*point) for point in surface.minima]
        return min(known, default=None)
    return _searched(surface).lowest


@lru_cache(maxsize=256)
def floor(surface: Surface) -> float:
    """The lowest value, or that of the window where the surface has none."""
    lowest = minimum_value(surface)
    if lowest is not None:
        return lowest
    loss = grid(surface, surface.window, 64, 64)[2]
    return float(np.min(loss[np.isfinite(loss)], initial=np.inf))


def kinks(surface: Surface) -> tuple[Point, ...]:
    """Minima at which the surface has no gradient: the tips of cones."""
    return surface.kinks if surface.built_in else _searched(surface).kinks


# ---------------------------------------------------------------- critical points


def _diagonal(window: Window) -> float:
    (x0, x1), (y0, y1) = window
    return float(np.hypot(x1 - x0, y1 - y0))


def _lattice(window: Window, n: int) -> np.ndarray:
    """n x n points off the window's edges and, mostly, off its symmetries, (2, n * n)."""
    (x0, x1), (y0, y1) = window
    place = (np.arange(n) + 0.5) / n
    x, y = np.meshgrid(x0 + (x1 - x0) * place, y0 + (y1 - y0) * place)
    return np.array([x.ravel(), y.ravel()])


def _inside(w: np.ndarray, window: Window) -> np.ndarray:
    (x0, x1), (y0, y1) = window
    return (x0 <= w[0]) & (w[0] <= x1) & (y0 <= w[1]) & (w[1] <= y1)


def _with_known(known: Sequence[Point], w: np.ndarray) -> np.ndarray:
    """The known points before those that were found: (2, all of them)."""
    return np.concatenate([np.array(known, dtype=float).reshape(-1, 2).T, w], axis=1)


def _points(w: np.ndarray) -> list[Point]:
    return [(float(x), float(y)) for x, y in w.T]


def _listed(surface: Surface, w: np.ndarray, window: Window, tolerance: float) -> tuple[CriticalPoint, ...]:
    """Those in the window, each once (the first stands for its neighbours), the lowest first. w: (2, points)."""
    w = w[:, _inside(w, window)]
    cells = np.rint(w / (4 * tolerance))
    w = w[:, np.sort(np.unique(cells[0] + 1j * cells[1], return_index=True)[1])]  # most twins, at once
    kept: list[int] = []
    for index in range(w.shape[1]):
        if np.all(np.abs(w[:, kept] - w[:, [index]]).sum(axis=0) > 2 * tolerance):
            kept.append(index)
    found = [CriticalPoint((x, y), surface.expression.value(x, y)) for x, y in _points(w[:, kept])]
    return tuple(sorted(found, key=lambda c: (c.value, c.point)))


# ---------------------------------------------------------------- the lowest value of a typed surface


@dataclass(frozen=True)
class _Search:
    lowest: float | None
    kinks: tuple[Point, ...]


@lru_cache(maxsize=256)
def _searched(surface: Surface) -> _Search:
    """Compass search from the low cells of a wide lattice: it needs no gradient, so kinks do not stop it."""
    (x0, x1), (y0, y1) = surface.window
    more_x, more_y = (WIDE - 1) / 2 * (x1 - x0), (WIDE - 1) / 2 * (y1 - y0)
    wide = ((x0 - more_x, x1 + more_x), (y0 - more_y, y1 + more_y))
    n = 63  # odd, so that the middle of the window is one of the points
    x, y, loss = grid(surface, wide, n, n)
    if not np.any(np.isfinite(loss)) or np.any(loss == -np.inf):
        return _Search(None, ())
    low = np.flatnonzero(np.isfinite(_low_cells(loss)))
    order = low[np.argsort(loss.ravel()[low])][:48]
    w = np.array([x[order % n], y[order // n]])
    size = np.hypot(x[1] - x[0], y[1] - y[0])
    early = _compass(surface, w, size, 30)
    w = _compass(surface, early, size * 2.0**-15, 45)
    before, after = evaluate(surface, early)[0], evaluate(surface, w)[0]
    spread = float(np.ptp(loss[np.isfinite(loss)])) or 1.0
    lowest = float(np.nanmin(after, initial=np.inf))
    small = 1e-9 * (spread + abs(lowest))
    with np.errstate(invalid="ignore"):
        holes = np.nanmax(before - after, initial=0.0) > 1e-3 * spread
    far = float(np.nanmin(_far_away(surface), initial=np.inf))
    tips = _tips(surface, w, spread)
    none = not np.isfinite(lowest) or holes or far < lowest - small
    return _Search(None if none else lowest, tuple(_points(tips)))


def _low_cells(loss: np.ndarray) -> np.ndarray:
    """The loss at lattice points no higher than their neighbours, else infinity."""
    padded = np.pad(np.where(np.isnan(loss), np.inf, loss), 1, constant_values=np.inf)
    ny, nx = loss.shape
    around = [padded[1 + dy : 1 + dy + ny, 1 + dx : 1 + dx + nx] for dx, dy in _DIRECTIONS]
    return np.where(loss <= np.min(around, axis=0), loss, np.inf)


_DIRECTIONS = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]
_COMPASS = np.array([(0, 0), *_DIRECTIONS], dtype=float).T


def _around(surface: Surface, w: np.ndarray, reach: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Each point and the eight around it: (2, 9, lanes), and the losses there, (9, lanes), NaN made infinite."""
    points = w[:, None, :] + _COMPASS[:, :, None] * reach
    loss = evaluate(surface, points.reshape(2, -1))[0].reshape(9, -1)
    return points, np.where(np.isnan(loss), np.inf, loss)


def _compass(surface: Surface, w: np.ndarray, size: float, rounds: int) -> np.ndarray:
    """Steps to the lowest of the eight points around; where none is lower, the step is halved."""
    w = np.array(w, dtype=float, order="C")
    compass_block(surface.field.address, surface.data, w, np.full(w.shape[1], float(size)), rounds)
    return w


def _tips(surface: Surface, w: np.ndarray, spread: float) -> np.ndarray:
    """Of the points found, those where the ground rises on all sides and yet has a slope: (2, tips)."""
    size = 1e-4 * surface.scale
    loss = _around(surface, w, size)[1]
    # A smooth minimum rises with the square of the distance: four times as much twice as far out.
    wider = _around(surface, w, 2 * size)[1]
    with np.errstate(invalid="ignore"):
        rise = np.min(loss[1:], axis=0) - loss[0]
        ratio = (np.min(wider[1:], axis=0) - loss[0]) / rise
    tips = w[:, (rise > 1e-7 * spread) & (ratio < 2.5)]
    kept: list[int] = []
    for index in np.argsort(evaluate(surface, tips)[0]):  # the lowest stands for its neighbours
        if np.all(np.abs(tips[:, kept] - tips[:, [index]]).sum(axis=0) > 10 * size):
            kept.append(int(index))
    return tips[:, kept]


def _far_away(surface: Surface) -> np.ndarray:
    """Losses on circles far outside the window."""
    (x0, x1), (y0, y1) = surface.window
    angle = 2 * np.pi * (np.arange(96) + 0.13) / 96
    radius = surface.scale * np.array([[4.0], [12.0], [50.0], [1e3], [1e5]])
    x, y = (x0 + x1) / 2 + radius * np.cos(angle), (y0 + y1) / 2 + radius * np.sin(angle)
    return evaluate(surface, np.array([x.ravel(), y.ravel()]))[0]

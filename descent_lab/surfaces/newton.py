"""Newton's method on the gradient of a surface: where critical points are, and of which kind."""

from __future__ import annotations

import numpy as np

from descent_lab.machine.lanes import curve, evaluate
from descent_lab.machine.searching import newton_block
from descent_lab.surfaces.surface import Surface


def newton(surface: Surface, w: np.ndarray, rounds: int, leap: float) -> np.ndarray:
    """Newton's method, each step at most `leap` long. w: (2, lanes) -> (2, lanes).

    It leads to critical points of every kind; a lane without a finite step stays where it is.
    """
    w = np.array(w, dtype=float, order="C")
    newton_block(surface.field.address, surface.hessian.address, surface.data, w, rounds, leap)
    return w


def is_critical(surface: Surface, w: np.ndarray) -> np.ndarray:
    """Where the gradient is zero but for rounding. w: (2, lanes) -> (lanes,)."""
    gradient, hessian = evaluate(surface, w)[1], curve(surface, w)
    with np.errstate(all="ignore"):
        return np.hypot(*gradient) <= 1e-9 * surface.scale * np.abs(hessian).sum(axis=0)


def curvatures(surface: Surface, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The Hessian's smaller and larger eigenvalue, 0 where lost in rounding. w: (2, lanes) -> (lanes,) twice."""
    xx, xy, yy = curve(surface, w)
    with np.errstate(all="ignore"):
        mean, bend = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
        lost = 1e-9 * (np.abs(mean) + bend)
        low, high = mean - bend, mean + bend
        return np.where(np.abs(low) > lost, low, 0.0), np.where(np.abs(high) > lost, high, 0.0)

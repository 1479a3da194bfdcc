"""What became of a lane, decided honestly.

A small gradient is no proof of success: it is a saddle or a plateau as often as a minimum. "Converged" asks for a
minimum (positive Hessian, gradient zero) that the path came close to and stayed with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.engine.descent import curve, evaluate
from app.engine.surface import Surface

Kind = Literal["running", "converged", "stalled", "diverged"]
Where = Literal["minimum", "saddle", "plateau"]

CLOSE = 1e-3
"""Within CLOSE times the window's diagonal of a minimum counts as arrived."""

STILL = 1e-4
"""A lane that stays within STILL times the diagonal makes no progress."""

REST = 10
"""Steps that a lane must stay with a minimum: a heavy ball also passes through."""

WAIT = 50
"""Steps without progress before a lane counts as stalled."""

FLAT = 1e-3
"""Flat: the gradient would change the loss over a whole diagonal by less than FLAT of what the path has seen."""


@dataclass(frozen=True)
class Outcome:
    """running; converged, stalled or diverged at `step`; where it stands, if that is known."""

    kind: Kind
    step: int | None = None
    where: Where | None = None

    def describe(self) -> dict[str, str | int | None]:
        """As plain JSON values."""
        return {"kind": self.kind, "step": self.step, "where": self.where}


def outcomes(surface: Surface, paths: np.ndarray, diverged: Sequence[int]) -> list[Outcome]:
    """The outcome of every path. paths: (entrants, steps + 1, 2). diverged: the step of death, -1 for none."""
    ends = np.ascontiguousarray(paths[:, -1].T)
    near = nearest_minimum(surface, ends)
    loss, gradient = evaluate(surface, paths.transpose(2, 0, 1)[:, :, ::16].reshape(2, -1))
    seen = loss.reshape(len(paths), -1)
    with np.errstate(invalid="ignore", over="ignore"):
        spread = np.nanmax(seen, axis=1) - np.nanmin(seen, axis=1)
        slope = np.linalg.norm(evaluate(surface, ends)[1], axis=0) * surface.diagonal
    least = least_curvature(surface, ends)
    return [
        _outcome(surface.diagonal, paths[i], diverged[i], near[:, i], slope[i] <= FLAT * max(spread[i], 1e-12), least[i])
        for i in range(len(paths))
    ]  # fmt: skip


def _outcome(
    scale: float, path: np.ndarray, diverged: int, minimum: np.ndarray, flat: bool, least: float
) -> Outcome:
    if diverged >= 0:
        return Outcome("diverged", diverged)
    last = len(path) - 1
    if np.all(np.isfinite(minimum)):
        arrived = _since(path, minimum, CLOSE * scale)
        if arrived is not None and last - arrived >= REST:
            return Outcome("converged", arrived, "minimum")
    still = _since(path, path[-1], STILL * scale)
    if flat and still is not None and last - still >= WAIT:
        return Outcome("stalled", still, "saddle" if least < 0 else "plateau")
    return Outcome("running")


def _since(path: np.ndarray, point: np.ndarray, radius: float) -> int | None:
    """The first step from which the path stays within the radius of the point."""
    away = np.nonzero(~(np.hypot(*(path - point).T) <= radius))[0]
    first = int(away[-1]) + 1 if len(away) else 0
    return first if first < len(path) else None


def least_curvature(surface: Surface, w: np.ndarray) -> np.ndarray:
    """The Hessian's smaller eigenvalue, 0 where it is lost in rounding. w: (2, lanes) -> (lanes,)."""
    xx, xy, yy = curve(surface, w)
    mean, bend = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    return np.where(np.abs(mean - bend) > 1e-9 * (np.abs(mean) + bend), mean - bend, 0.0)


def nearest_minimum(surface: Surface, w: np.ndarray) -> np.ndarray:
    """The minimum that each point belongs to, found by Newton's method; NaN where that leads to none.

    w: (2, lanes) -> (2, lanes). A known minimum where the surface has a kink is taken as it is.
    """
    reach = 10 * CLOSE * surface.diagonal
    point = w.copy()
    with np.errstate(all="ignore"):
        for _ in range(12):
            gradient, (xx, xy, yy) = evaluate(surface, point)[1], curve(surface, point)
            det = xx * yy - xy * xy
            step = np.array([yy * gradient[0] - xy * gradient[1], xx * gradient[1] - xy * gradient[0]]) / det
            moved = point - step
            point = np.where(np.isfinite(moved) & (np.hypot(*(moved - w)) <= reach), moved, point)
        xx, xy, yy = curve(surface, point)
        gradient = evaluate(surface, point)[1]
        settled = np.hypot(*gradient) <= 1e-6 * (1 + np.abs(xx) + np.abs(yy)) * surface.diagonal
        good = (xx + yy > 0) & (xx * yy - xy * xy > 0) & settled & (np.hypot(*(point - w)) <= reach)
        found = np.where(good, point, np.nan)
        for kink in surface.kinks:
            k = np.array(kink).reshape(2, 1)
            found = np.where(np.hypot(*(w - k)) <= reach, k, found)
    return found

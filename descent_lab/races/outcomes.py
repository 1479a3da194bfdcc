"""What became of a lane, decided honestly.

A small gradient is no proof of success: it is a saddle or a plateau as often as a minimum. "Converged" asks for a
minimum (gradient zero, positive Hessian) that the path came close to, stayed with, and is not on its way out of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from descent_lab.machine.lanes import evaluate
from descent_lab.regression.regression import Regression
from descent_lab.surfaces.landscape import CriticalPoint, critical_points, floor, kinks
from descent_lab.surfaces.newton import curvatures, is_critical, newton
from descent_lab.surfaces.surface import Surface

Kind = Literal["running", "converged", "stalled", "diverged"]
Where = Literal["minimum", "saddle", "plateau"]

CLOSE = 1e-3
"""Within CLOSE times the window's diagonal of a minimum counts as arrived."""

STILL = 1e-4
"""A lane that stays within STILL times the diagonal makes no progress."""

REST = 10
"""Steps that a lane must stay with a minimum: a heavy ball also passes through."""

WAIT = 50
"""Steps without progress before a lane counts as stalled; steps that an arrived lane is thought to coast on."""

FLAT = 1e-3
"""Flat: the slope, followed over a whole diagonal, would bring less than FLAT of what there is to gain."""


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
    found = [Outcome("diverged", step) if step >= 0 else Outcome("running") for step in diverged]
    alive = [index for index, step in enumerate(diverged) if step < 0]
    if not alive or paths.shape[1] <= REST:
        return found
    scale = surface.scale
    # Only a lane that kept close to where it is now can have arrived or stalled: the cheap question first.
    recent = paths[:, -1 - REST :] - paths[:, -1:]
    quiet = [i for i in alive if np.max(np.abs(recent[i])) <= 2 * CLOSE * scale]
    if not quiet:
        return found
    ends = np.ascontiguousarray(paths[quiet, -1].T)
    minima, saddles = nearest(surface, ends)
    flat, bottom = _flatness(surface, ends)
    for k, index in enumerate(quiet):
        path = paths[index]
        arrived = _arrival(path, minima[:, k], CLOSE * scale)
        if arrived is not None:
            found[index] = Outcome("converged", arrived, "minimum")
            continue
        if not flat[k] and not bottom[k]:
            continue
        still = _since(path, path[-1], STILL * scale)
        if len(path) - 1 - still < WAIT:
            continue
        if bottom[k]:  # a floor of minima: nothing lower, and nowhere to go
            found[index] = Outcome("converged", still, "minimum")
        else:
            found[index] = Outcome("stalled", still, "saddle" if np.isfinite(saddles[0, k]) else "plateau")
    return found


NEAR = 1e-6
"""A regression has converged when less than this share of what there was to gain is left."""


def settled(losses: np.ndarray, problem: Regression, diverged: Sequence[int]) -> list[Outcome]:
    """The outcome of every lane of a regression: it has one valley, so what is left to gain tells everything.

    losses: (steps + 1, lanes). diverged: the step of death, -1 for none.
    """
    lowest = problem.lowest
    found: list[Outcome] = []
    for lane, death in zip(losses.T, diverged, strict=True):
        if death >= 0:
            found.append(Outcome("diverged", death))
            continue
        near = (
            lane - lowest <= NEAR * (lane[0] - lowest)
            if lowest is not None
            else np.zeros(len(lane), dtype=bool)
        )
        since = len(lane) - int(np.argmin(near[::-1])) if not near.all() else 0
        arrived = near[-1] and len(lane) - 1 - since >= REST
        found.append(Outcome("converged", since, "minimum") if arrived else Outcome("running"))
    return found


def _flatness(surface: Surface, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether there is hardly a slope, and whether there is nothing to gain. ends: (2, lanes) -> (lanes,) twice."""
    loss, gradient = evaluate(surface, ends)
    unit = surface.level[1]
    with np.errstate(all="ignore"):
        slope = np.hypot(*gradient) * surface.scale
        lowest = floor(surface)
        gain = loss - lowest
        rounding = 4 * np.finfo(float).eps * abs(lowest)
        bottom = (np.abs(gain) <= 1e-9 * unit + rounding) & (slope <= 1e-6 * unit)
        return slope <= FLAT * gain, bottom


def _arrival(path: np.ndarray, minimum: np.ndarray, radius: float) -> int | None:
    """The first step from which the path stays with the minimum, if it is there to stay."""
    if not np.isfinite(minimum[0]):
        return None
    first = _since(path, minimum, radius)
    if len(path) - 1 - first < REST:
        return None
    coasted = path[-1] + (path[-1] - path[-1 - REST]) * (WAIT / REST)
    return first if np.hypot(*(coasted - minimum)) <= radius else None


def _since(path: np.ndarray, point: np.ndarray, radius: float) -> int:
    """The first step from which the path stays within the radius of the point; len(path) if it is outside."""
    with np.errstate(over="ignore", invalid="ignore"):
        away = path - point
        inside = away[:, 0] ** 2 + away[:, 1] ** 2 <= radius * radius
    outside_last = int(np.argmin(inside[::-1]))  # steps back to the last one outside
    return 0 if inside[len(path) - 1 - outside_last] else len(path) - outside_last


def nearest(surface: Surface, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The minimum and the saddle that each point is close to, NaN for none. w: (2, lanes) -> (2, lanes) twice.

    Asked are the critical points of the window, and Newton's method for whoever is close to none of them.
    """
    reach = 3 * CLOSE * surface.scale
    known = critical_points(surface, surface.window)
    minima, saddles = _closest(w, known.minima, reach), _closest(w, known.saddles, reach)
    alone = np.isnan(minima[0]) & np.isnan(saddles[0])
    if np.any(alone):
        some = w[:, alone]
        point = newton(surface, some, 12, reach)
        good = is_critical(surface, point) & (np.hypot(*(point - some)) <= reach)
        low, high = curvatures(surface, point)
        minima[:, alone] = np.where(good & (low > 0), point, np.nan)
        saddles[:, alone] = np.where(good & (low < 0) & (high > 0), point, np.nan)
        for kink in kinks(surface):
            near = alone & (np.hypot(w[0] - kink[0], w[1] - kink[1]) <= reach)
            minima[:, near] = np.array(kink).reshape(2, 1)
    return minima, saddles


def _closest(w: np.ndarray, points: Sequence[CriticalPoint], reach: float) -> np.ndarray:
    if not points:
        return np.full_like(w, np.nan)
    places = np.array([p.point for p in points]).T
    away = np.hypot(w[0, :, None] - places[0], w[1, :, None] - places[1])
    best = np.argmin(away, axis=1)
    near = np.min(away, axis=1) <= reach
    return np.where(near, places[:, best], np.nan)

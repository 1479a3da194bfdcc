"""What became of a lane, decided honestly.

A small gradient is no proof of success: it is a saddle or a plateau as often as a minimum. "Converged" asks for a
minimum (gradient zero, positive Hessian) that the path came close to, stayed with, and is not on its way out of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from descent_lab.machine.lanes import evaluate
from descent_lab.machine.searching import nearest_block, since
from descent_lab.regression.regression import Regression
from descent_lab.surfaces.landscape import critical_points, floor, kinks
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

ROUNDING = 4 * float(np.finfo(float).eps)
"""The share of the lowest loss that is lost in its digits."""

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
    recent = np.abs(paths[:, -1 - REST :] - paths[:, -1:]).max(axis=(1, 2))
    quiet = [i for i in alive if recent[i] <= 2 * CLOSE * scale]
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
        still = since(path, *path[-1].tolist(), STILL * scale)
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
        rounding = ROUNDING * abs(lowest)
        bottom = (np.abs(gain) <= 1e-9 * unit + rounding) & (slope <= 1e-6 * unit)
        return slope <= FLAT * gain, bottom


def _arrival(path: np.ndarray, minimum: np.ndarray, radius: float) -> int | None:
    """The first step from which the path stays with the minimum, if it is there to stay."""
    if not np.isfinite(minimum[0]):
        return None
    first = since(path, *minimum.tolist(), radius)
    if len(path) - 1 - first < REST:
        return None
    coasted = path[-1] + (path[-1] - path[-1 - REST]) * (WAIT / REST)
    return first if np.hypot(*(coasted - minimum)) <= radius else None


def nearest(surface: Surface, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The minimum and the saddle that each point is close to, NaN for none. w: (2, lanes) -> (2, lanes) twice.

    Asked are the critical points of the window, and Newton's method for whoever is close to none of them.
    """
    found = np.empty((4, w.shape[1]))
    kernels = surface.field.address, surface.hessian.address
    reach = 3 * CLOSE * surface.scale
    nearest_block(*kernels, surface.data, w, *_known(surface), 12, reach, surface.scale, found)
    return found[:2], found[2:]


@lru_cache(maxsize=512)
def _known(surface: Surface) -> tuple[np.ndarray, ...]:
    """Minima and saddles of the window, and the kinks that are minima: (2, n) each."""
    known = critical_points(surface, surface.window)
    points = [each.point for each in known.minima], [each.point for each in known.saddles], kinks(surface)
    return tuple(np.array(each, dtype=float).reshape(-1, 2).T.copy() for each in points)

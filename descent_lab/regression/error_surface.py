"""The lie of the land of a regression: losses over its section, and lines thrown at it by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from descent_lab.geometry import Window
from descent_lab.regression.regression import Regression
from descent_lab.regression.section import Section

ALONG = 101
"""Places along x at which a curve is drawn."""

MARGIN = 0.25
"""How far beyond the points a curve is drawn, as a share of their width."""


def across(inputs: np.ndarray) -> np.ndarray:
    """Places along x, (ALONG,), from before the first point to behind the last. inputs: (points,)."""
    low, high = (float(inputs.min()), float(inputs.max())) if len(inputs) else (0.0, 1.0)
    margin = MARGIN * (high - low) or 1.0
    return np.linspace(low - margin, high + margin, ALONG)


def grid(
    problem: Regression, section: Section, window: Window, nx: int, ny: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Losses over a window of the section, penalties counted: a (nx,), b (ny,), loss (ny, nx).

    A mean squared error is quadratic, so its six numbers in the plane tell it everywhere, however many the points.
    """
    (a0, a1), (b0, b1) = window
    a, b = np.linspace(a0, a1, nx), np.linspace(b0, b1, ny)
    w = section.lifted(np.tile(a, ny), np.repeat(b, nx))
    if problem.loss.key == "mse":
        loss = problem.moments[0].grid(section.origin, section.u, section.v, a, b)
        return a, b, loss + problem.penalty(w).reshape(ny, nx)
    return a, b, problem.measure(w)["losses"].reshape(ny, nx)


@dataclass(frozen=True)
class Tries:
    """Random weights, the best kept. at: which tries were better than all before; losses, weights: theirs, (dim, n)."""

    count: int
    at: np.ndarray
    losses: np.ndarray
    weights: np.ndarray


def tries(problem: Regression, section: Section, count: int, seed: int) -> Tries:
    """So many weights drawn evenly from the section's window, and those that were the best so far."""
    (a0, a1), (b0, b1) = section.window
    draws = np.random.Generator(np.random.Philox(key=[seed, 7])).random((count, 2))
    w = section.lifted(a0 + (a1 - a0) * draws[:, 0], b0 + (b1 - b0) * draws[:, 1])
    losses = problem.measure(w)["losses"]
    known = np.where(np.isnan(losses), np.inf, losses)
    best = np.minimum.accumulate(known)
    better = np.flatnonzero(np.concatenate([[True], known[1:] < best[:-1]]) & np.isfinite(known))
    return Tries(count, better, losses[better], w[:, better])

"""Point sets: a handful of points in the plane, each set with one sentence on what to watch.

Lines keep to the scale of the chapter's seven points, so that a learning rate which suits one suits the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from descent_lab.geometry import Point, Window

SEVEN_POINTS = ((2.4, 1.7), (2.8, 1.85), (3.2, 1.79), (3.6, 1.95), (4.0, 2.1), (4.2, 2.0), (5.0, 2.7))
"""The chapter's data: x and y of seven points to fit a line to."""


@dataclass(frozen=True)
class PointSet:
    """Points to fit, and the fields of a setup that show best what they teach.

    points: (x, y) of each. model: fields of a setup, as plain JSON values; those that are absent keep their defaults.
    window: slopes and intercepts that the map shows; else what holds the start and the exact answer.
    """

    key: str
    name: str
    teaches: str
    points: tuple[Point, ...]
    model: Mapping[str, Any] = field(default_factory=dict[str, Any])
    window: Window | None = None

    def describe(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "key": self.key,
            "name": self.name,
            "teaches": self.teaches,
            "points": [list(point) for point in self.points],
            "model": dict(self.model),
        }


def _scattered(
    seed: int, x: np.ndarray, height: Callable[[np.ndarray], np.ndarray], noise: float
) -> tuple[Point, ...]:
    """Points over each x, their heights with normal noise of that standard deviation, to two decimals."""
    y = height(x) + noise * _generator(seed).standard_normal(len(x))
    return tuple((round(float(a), 2), round(float(b), 2)) for a, b in zip(x, y, strict=True))


def _generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=[seed, 0]))


def _uniform_x(seed: int, low: float, high: float, count: int) -> np.ndarray:
    """x anywhere from low to high, from the left, (count,)."""
    return np.sort(_generator(seed).uniform(low, high, count))


seven = PointSet(
    "seven", "The chapter's seven points",
    "Slope and intercept pull on each other, so the error surface is a slanted trough: all slide down its walls at "
    "once and then differ along its floor.",
    SEVEN_POINTS,
    {"start": [3.1, -4.5]},
    ((-2.0, 4.0), (-6.0, 8.0)),
)  # fmt: skip

eleven = PointSet(
    "eleven", "Eleven points for over-fitting",
    "The points follow a straight line with noise. The curve of degree 10 has a weight for every point and can meet "
    "them all, and it swings wildly in between: a training loss of zero is no proof of having understood.",
    ((0.0, 0.6), (0.5, 0.93), (1.0, 0.93), (1.5, 1.54), (2.0, 1.49), (2.5, 2.19), (3.0, 2.11), (3.5, 2.66), (4.0, 2.69),
     (4.5, 3.33), (5.0, 3.32)),
    {"degree": 10, "standardise": True, "split": [100, 0, 0], "start": [0.0] * 11},
)  # fmt: skip

clean = PointSet(
    "clean", "Clean line",
    "A line meets every point, so the floor of the bowl lies at exactly zero: watch the loss fall without end, a "
    "straight line on the logarithmic scale.",
    ((0.5, 0.8), (1.0, 1.1), (1.5, 1.4), (2.0, 1.7), (2.5, 2.0), (3.0, 2.3), (3.5, 2.6), (4.0, 2.9), (4.5, 3.2),
     (5.0, 3.5)),
    {"start": [-1.0, 4.5]},
)  # fmt: skip

noisy = PointSet(
    "noisy", "Noisy line",
    "No line gets below the noise of the points, and each mini-batch has a bowl of its own: watch the optimizers "
    "tremble about the minimum instead of resting in it.",
    _scattered(21, _uniform_x(11, 0, 5, 40), lambda x: 0.6 * x + 0.5, 0.5),
    {"start": [-1.0, 4.5], "batch": 8},
)  # fmt: skip

outlier = PointSet(
    "outlier", "One outlier",
    "One point far off pulls the line to itself, for its error counts squared: change the loss to MAE or Huber and "
    "watch the line go back to the others.",
    ((0.5, 0.86), (1.0, 1.05), (1.5, 1.43), (2.0, 1.64), (2.5, 2.04), (3.0, 2.33), (3.5, 2.55), (4.0, 2.94),
     (4.5, 3.17), (5.0, -1.5)),
    {"start": [-1.0, 4.5]},
)  # fmt: skip

clusters = PointSet(
    "clusters", "Two clusters",
    "The line hangs on the middles of two clouds: move one cloud with the lasso and the bowl's minimum moves with it, "
    "while the scatter within a cloud hardly matters.",
    (*_scattered(23, 1.0 + 0.3 * _generator(13).standard_normal(16), lambda x: 0 * x + 1.0, 0.3),
     *_scattered(24, 4.0 + 0.3 * _generator(14).standard_normal(16), lambda x: 0 * x + 2.8, 0.3)),
    {"start": [-1.0, 5.5]},
)  # fmt: skip

sine = PointSet(
    "sine", "Sine",
    "Five powers of x bend into a sine. Raise the degree and watch the training loss go on falling while the "
    "validation loss turns and rises.",
    _scattered(30, _uniform_x(15, 0, 6.28, 30), np.sin, 0.3),
    {"degree": 5, "standardise": True, "split": [70, 15, 15], "start": [0.0] * 6},
)  # fmt: skip

parabola = PointSet(
    "parabola", "Parabola",
    "With the square of x as a second input, the same linear regression draws a parabola: at degree 1 the best line "
    "lies flat and the loss stays high, at degree 2 it falls to the noise.",
    _scattered(26, _uniform_x(16, -2.5, 2.5, 36), lambda x: 0.6 * x**2 - 0.8, 0.25),
    {"degree": 2, "standardise": True, "split": [70, 15, 15], "start": [1.5, -1.0, 3.0]},
)  # fmt: skip

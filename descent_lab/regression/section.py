"""The plane in which the loss of many weights is shown: slope against intercept, or a section through the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from descent_lab.geometry import Window

ROOM = 1.25
"""The window reaches this many times as far as the start lies from the exact answer."""

RISE = 1.5
"""And at least as far as this many times the step along an axis that costs as much as the targets' spread."""

FAR = 3.0
"""An exact answer farther away than this many times what descent may be expected to walk is out of sight: high powers
have theirs millions of steps away, and a window as wide would show no path at all."""

STROLL = 0.6
"""Around a start without an exact answer in sight the window reaches this share of what descent may walk."""

TOWARDS, UPHILL, ACROSS = "from the exact answer to the start", "uphill from the start", "across"


@dataclass(frozen=True)
class Section:
    """A point (a, b) of the plane is origin + a u + b v. origin, u, v: (dim,), u and v orthonormal.

    axes: what a and b are called. window: what is shown.
    """

    origin: np.ndarray
    u: np.ndarray
    v: np.ndarray
    axes: tuple[str, str]
    window: Window

    @property
    def diagonal(self) -> float:
        """Length of the window's diagonal."""
        (a0, a1), (b0, b1) = self.window
        return float(np.hypot(a1 - a0, b1 - b0))

    def project(self, w: np.ndarray) -> np.ndarray:
        """The points of the plane nearest to weights. w: (..., dim) -> (..., 2)."""
        away = w - self.origin
        return np.stack([away @ self.u, away @ self.v], axis=-1)

    def turned(self, step: np.ndarray) -> np.ndarray:
        """The part of a move that lies in the plane. step: (..., dim) -> (..., 2)."""
        return np.stack([step @ self.u, step @ self.v], axis=-1)

    def lifted(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Weights of points of the plane. a, b: (n,) -> (dim, n)."""
        return self.origin[:, None] + self.u[:, None] * a + self.v[:, None] * b

    def describe(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "origin": self.origin.tolist(),
            "u": self.u.tolist(),
            "v": self.v.tolist(),
            "axes": list(self.axes),
            "window": [list(side) for side in self.window],
        }


@dataclass(frozen=True)
class Ground:
    """What a section is laid through: the training set's design matrix, (points, dim), and targets, and the exact
    answer, (dim,)."""

    matrix: np.ndarray
    targets: np.ndarray
    exact: np.ndarray | None

    @property
    def centre(self) -> np.ndarray:
        """The exact answer, or the origin where there is none."""
        exact = np.zeros(self.matrix.shape[1]) if self.exact is None else self.exact
        return np.nan_to_num(exact, posinf=0.0, neginf=0.0)


def section(ground: Ground, names: Sequence[str], start: np.ndarray, window: Window | None = None) -> Section:
    """The plane of two weights themselves; of more, the one through the start, the exact answer, and the way straight
    uphill from the start. start: (dim,).

    Where the exact answer is out of sight, the plane of the first steps of plain descent takes its place: uphill from
    the start, and the way in which that turns.
    """
    seen = len(names) == 2 or float(np.linalg.norm(start - ground.centre)) <= FAR * _walk(ground, start)
    middle = ground.centre if seen else start
    if len(names) == 2:
        origin, u, v, axes = np.zeros(2), np.array([1.0, 0.0]), np.array([0.0, 1.0]), (names[0], names[1])
    elif seen:
        u = _unit(start - middle, ())
        v = _unit(_uphill(ground, start, ground.targets), (u,))
        origin, axes = middle, (TOWARDS, ACROSS)
    else:
        u = _unit(_uphill(ground, start, ground.targets), ())
        v = _unit(_uphill(ground, u), (u,))
        origin, axes = middle, (UPHILL, ACROSS)
    found = Section(origin, u, v, axes, ((-1.0, 1.0), (-1.0, 1.0)))
    return Section(origin, u, v, axes, window or _window(ground, found, middle, start, seen))


def _walk(ground: Ground, start: np.ndarray) -> float:
    """How far descent may be expected to walk: the weights' own size, and what makes up for the targets' spread."""
    spread = float(np.std(ground.targets)) if len(ground.targets) else 1.0
    return 1.0 + float(np.linalg.norm(start)) + spread * float(np.sqrt(len(start)))


def _unit(direction: np.ndarray, others: tuple[np.ndarray, ...]) -> np.ndarray:
    """The direction at right angles to the others, of length 1; the axis farthest from them if nothing is left."""
    axes = np.eye(len(direction))
    for candidate in (direction, *axes[::-1]):
        for _ in range(2):  # twice: what rounding has left of the others goes too
            for other in others:
                candidate = candidate - (candidate @ other) * other
        size = float(np.linalg.norm(candidate))
        if np.isfinite(size) and size > 1e-9 * max(1e-300, float(np.linalg.norm(direction))) and size > 0:
            return candidate / size
    return axes[0]


def _uphill(ground: Ground, w: np.ndarray, targets: np.ndarray | float = 0.0) -> np.ndarray:
    """The gradient of half the mean squared error at w, (dim,)."""
    with np.errstate(all="ignore"):
        return ground.matrix.T @ (ground.matrix @ w - targets) / max(1, len(ground.targets))


def _window(ground: Ground, plane: Section, middle: np.ndarray, start: np.ndarray, seen: bool) -> Window:
    """What is shown around the middle, (dim,): the start with room around it, and not less than the bowl's width."""
    spread = float(np.std(ground.targets)) if len(ground.targets) else 1.0
    here, there = plane.project(middle), plane.project(start)
    sides: list[tuple[float, float]] = []
    for axis, direction in enumerate((plane.u, plane.v)):
        bend = float(np.sqrt(np.mean((ground.matrix @ direction) ** 2))) if len(ground.targets) else 1.0
        width = RISE * spread / bend if bend > 0 else 0.0
        if len(start) > 2:
            width = min(width, _walk(ground, start)) if seen else STROLL * _walk(ground, start)
        reach = max(ROOM * abs(there[axis] - here[axis]), width)
        reach = reach if np.isfinite(reach) and reach > 1e-9 * max(1.0, abs(here[axis])) else 1.0
        reach = float(f"{reach:.2g}")
        sides.append((_rounded(float(here[axis]) - reach, reach), _rounded(float(here[axis]) + reach, reach)))
    return sides[0], sides[1]


def _rounded(value: float, reach: float) -> float:
    """The value to a hundredth of the reach: windows with numbers that a person can read."""
    digits = 2 - int(np.floor(np.log10(reach)))
    return round(value, digits)

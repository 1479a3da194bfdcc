"""Losses that outliers do not rule: mean absolute error and Huber's, with the penalties, solved exactly.

Both are sums of terms that are straight, or straight with a rounded tip, plus a square. All is done in coordinates in
which the columns are orthonormal, so that high powers of x trouble nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np

from descent_lab.regression.design import largest

TIPS = 10.0 ** -np.arange(0, 10)
"""Sharp tips are rounded at first and ever less: radii as shares of the targets' spread."""

CLOSE = 1e-9
"""Within this of its bound, a dual value counts as on it."""


def robust(
    matrix: np.ndarray, targets: np.ndarray, delta: float | None, l2: float, l1: float
) -> tuple[np.ndarray, bool]:
    """The weights with the lowest mean loss and penalties, (dim,), and whether they alone are, in what the data see.

    delta: Huber's; None for the mean absolute error. That without a square is a linear programme, solved by HiGHS
    (scipy's linprog) in its dual form, which is small however many the points. The rest goes to scipy's trust-region
    Newton method, sharp tips being rounded at first and ever less. Which terms are on their tips is then known, and
    the last step is an exact linear solution.
    """
    n, dim = matrix.shape
    penalised = np.eye(dim)[:-1]
    seen = [matrix, *([np.sqrt(n * l2) * penalised] if l2 else []), *([n * l1 * penalised] if l1 else [])]
    turn = _orthonormal(np.vstack(seen))
    data, sizes = matrix @ turn, n * l1 * penalised @ turn if l1 else np.empty((0, turn.shape[1]))
    square = 2 * n * l2 * turn[:-1].T @ turn[:-1]
    if delta is None:
        sharp, ends = np.vstack([data, sizes]), np.append(targets, np.zeros(len(sizes)))
        problem = _Terms(data[:0], targets[:0], 1.0, sharp, ends, square)
    else:
        problem = _Terms(data, targets, delta, sizes, np.zeros(len(sizes)), square)
    v = problem.by_programme() if delta is None and l2 == 0 else problem.by_newton()
    # With a square, only the bias is free of it.
    free = np.linalg.lstsq(turn, np.eye(dim)[:, -1:], rcond=None)[0] if l2 else np.eye(len(v))
    return turn @ v, problem.alone(v, free)


def _orthonormal(matrix: np.ndarray) -> np.ndarray:
    """Weights of orthonormal columns, (dim, rank): matrix @ it has them."""
    scale = largest(matrix)
    triangle = np.linalg.qr(matrix / scale, mode="r")
    _, stretches, turned = np.linalg.svd(triangle, full_matrices=False)
    rank = int(np.sum(stretches > np.finfo(float).eps * max(matrix.shape) * stretches[0]))
    return (turned[:rank] / stretches[:rank, None] / scale).T


def _optimize() -> Any:
    from scipy import optimize  # pyright: ignore[reportMissingTypeStubs]  # a third of a second: not before it is needed

    return cast(Any, optimize)


@dataclass(frozen=True, eq=False)
class _Terms:
    """sum huber(rows v - targets) + sum |sharp v - ends| + v square v / 2."""

    rows: np.ndarray
    targets: np.ndarray
    delta: float
    sharp: np.ndarray
    ends: np.ndarray
    square: np.ndarray

    @cached_property
    def spread(self) -> float:
        """The scale of residuals."""
        heights = np.append(self.targets, self.ends)
        return float(np.max(np.abs(heights - np.median(heights)), initial=0.0)) or 1.0

    def value(self, v: np.ndarray, tip: float = 0.0) -> float:
        """The sum, sharp tips rounded within `tip`."""
        total = _huber(self.rows @ v - self.targets, self.delta) + v @ self.square @ v / 2
        sharp = np.abs(self.sharp @ v - self.ends)
        return float(total + (_huber(sharp, tip) / tip if tip else sharp.sum()))

    def gradient(self, v: np.ndarray, tip: float = 0.0) -> np.ndarray:
        """Its gradient; a term on its sharp tip pulls nowhere."""
        residuals, sharp = self.rows @ v - self.targets, self.sharp @ v - self.ends
        pull = np.clip(sharp / tip, -1, 1) if tip else np.where(self.touching(v), 0.0, np.sign(sharp))
        return (
            self.rows.T @ np.clip(residuals, -self.delta, self.delta) + self.sharp.T @ pull + self.square @ v
        )

    def hessian(self, v: np.ndarray, tip: float = 0.0) -> np.ndarray:
        """Its Hessian."""
        round_ = self.rows[np.abs(self.rows @ v - self.targets) <= self.delta]
        sharp = self.sharp[np.abs(self.sharp @ v - self.ends) <= tip] if tip else self.sharp[:0]
        return round_.T @ round_ + self.square + (sharp.T @ sharp / tip if tip else 0.0)

    def touching(self, v: np.ndarray) -> np.ndarray:
        """Which sharp terms are on their tips, (sharp,)."""
        return np.abs(self.sharp @ v - self.ends) <= 1e-10 * self.spread

    def by_programme(self) -> np.ndarray:
        """Sharp terms alone: max ends a, sharp^T a = 0, |a| <= 1. The weights are the prices of the equations."""
        found = _optimize().linprog(
            -self.ends / self.spread, A_eq=self.sharp.T, b_eq=np.zeros(self.sharp.shape[1]), bounds=(-1, 1),
            method="highs-ds",
        )  # fmt: skip
        v = -self.spread * np.asarray(found.eqlin.marginals)
        return self.polished(v, np.abs(found.x) < 1 - CLOSE)

    def by_newton(self) -> np.ndarray:
        """Smooth descent; with sharp terms again and again, ever less rounded, until it is known which are touching."""
        heights = np.append(self.targets, self.ends)
        best = v = np.linalg.lstsq(np.vstack([self.rows, self.sharp]), heights, rcond=None)[0]
        for tip in self.spread * TIPS if len(self.sharp) else np.zeros(1):
            found = _optimize().minimize(
                self.value, v, (float(tip),), "trust-exact", self.gradient, self.hessian,
                options={"gtol": 1e-11 * self.spread, "maxiter": 500, "initial_trust_radius": self.spread,
                         "max_trust_radius": 1e6 * self.spread},
            )  # fmt: skip
            v = np.asarray(found.x)
            best = self.polished(v, np.abs(self.sharp @ v - self.ends) < tip)
            if self.is_lowest(best):
                break
        return best

    def is_lowest(self, v: np.ndarray) -> bool:
        """Whether the terms that touch can hold the pull of all others: each with a strength of 1 at most."""
        level, pull = self.sharp[self.touching(v)], self.gradient(v)
        strengths = np.linalg.lstsq(level.T, -pull, rcond=None)[0] if len(level) else np.zeros(0)
        left = pull + level.T @ strengths
        return bool(
            np.max(np.abs(strengths), initial=0.0) <= 1 and np.max(np.abs(left)) <= 1e-10 * self.strength
        )

    @cached_property
    def strength(self) -> float:
        """The scale of pulls: what all terms could do together."""
        return float(
            np.abs(self.rows).sum(axis=0).max() * min(self.delta, self.spread) + np.abs(self.sharp).sum()
        )

    def polished(self, v: np.ndarray, touching: np.ndarray) -> np.ndarray:
        """The lowest point where the same terms touch and the same rows are round: one linear system."""
        best = v
        for _ in range(3):
            away = self.ends[touching] - self.sharp[touching] @ best
            # Many may touch, as all do on a clean line: their triangle says the same in a few rows.
            level = np.asarray(np.linalg.qr(np.column_stack([self.sharp[touching], away]), mode="r"))
            sharp = np.where(touching, 0.0, np.sign(self.sharp @ best - self.ends))
            residuals = self.rows @ best - self.targets
            gradient = (
                self.rows.T @ np.clip(residuals, -self.delta, self.delta)
                + self.sharp.T @ sharp
                + self.square @ best
            )
            k, m = len(best), len(level)
            system = np.block([[self.hessian(best), level[:, :-1].T], [level[:, :-1], np.zeros((m, m))]])
            right = np.append(-gradient, level[:, -1])
            step = np.linalg.lstsq(system, right, rcond=1e-13)[0][:k]
            if not self.value(best + step) <= self.value(best) * (1 + 1e-15):
                break
            best = best + step
        return best

    def alone(self, v: np.ndarray, free: np.ndarray) -> bool:
        """Whether every way from the lowest point leads up. free: the directions that no square holds, (dim, ways)."""
        bends, turned = np.linalg.eigh(free.T @ self.hessian(v) @ free)
        level = free @ turned[:, bends <= 1e-12 * max(1.0, float(bends[-1]))]
        if level.shape[1] == 0:
            return True
        slope, tips = self.gradient(v) @ level, self.sharp[self.touching(v)] @ level
        if tips.shape[0] == tips.shape[1] and np.linalg.cond(tips) < 1e10:
            strengths: np.ndarray = np.linalg.solve(tips.T, -slope)
            return bool(np.max(np.abs(strengths)) < 1 - 1e-8)
        return not _flat(slope, tips)


def _flat(slope: np.ndarray, tips: np.ndarray) -> bool:
    """Whether some way d has slope d + sum |tips d| = 0, by a linear programme: as far along any line as can be."""
    m, k = len(tips), len(slope)
    rises = np.block([[tips, -np.eye(m)], [-tips, -np.eye(m)], [slope[None], np.ones((1, m))]])
    bounds = [(-1.0, 1.0)] * k + [(0.0, None)] * m
    line = np.cos(np.arange(k) + 1.0)  # any will do that no way is at right angles to
    far: list[Any] = [
        _optimize().linprog(
            np.append(way * line, np.zeros(m)), rises, np.zeros(2 * m + 1), bounds=bounds, method="highs"
        )
        for way in (1, -1)
    ]
    return any(found.fun is not None and found.fun < -1e-4 for found in far)


def _huber(residuals: np.ndarray, delta: float) -> float:
    size = np.abs(residuals)
    return float(np.where(size <= delta, size * size / 2, delta * (size - delta / 2)).sum())

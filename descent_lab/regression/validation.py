"""Cross-validation: every point is predicted by curves that have not seen it, and the lowest error wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from descent_lab.datasets import splits
from descent_lab.refusals import Refusal
from descent_lab.regression.design import Design
from descent_lab.regression.exact import ridge

ALIKE = 1e-9
"""Errors that differ by less than this share, or that are less than this share of the heights, are alike."""


@dataclass(frozen=True, eq=False)
class Validation:
    """The mean squared error on the fold left out: its mean and standard deviation over the folds.

    mean, spread: (degrees, lambdas); infinite or NaN where numbers overflow. diverged: (degrees, lambdas), folds in
    which training diverged, where it was trained. best: where the mean is lowest; of those that rounding cannot tell
    apart the simplest, with the lowest degree, then the smallest lambda.
    """

    mean: np.ndarray
    spread: np.ndarray
    diverged: np.ndarray
    best: tuple[int, int]

    @classmethod
    def of(
        cls,
        errors: np.ndarray,
        diverged: np.ndarray,
        degrees: Sequence[int],
        lambdas: Sequence[float],
        heights: np.ndarray,
    ) -> Validation:
        """errors: (folds, degrees, lambdas). diverged: (degrees, lambdas). heights: (n,), of all points."""
        with np.errstate(all="ignore"):
            mean, spread = errors.mean(axis=0), errors.std(axis=0)
            known = np.where(np.isnan(mean), np.inf, mean)
            lowest = np.min(known)
            lost = max(ALIKE * lowest, (ALIKE * np.max(np.abs(heights))) ** 2)
            level = np.argwhere(known <= lowest + lost) if np.isfinite(lowest) else [(0, 0)]
        best = min(level, key=lambda place: (degrees[place[0]], lambdas[place[1]]))
        return cls(mean, spread, diverged, (int(best[0]), int(best[1])))


def checked_folds(n: int, folds: int) -> None:
    """Refuses what n points cannot be dealt into."""
    if not 2 <= folds <= n:
        raise Refusal("folds of points", field="folds", folds=folds, least=max(folds, 2), points=n)


def cross_validate(
    x: np.ndarray,
    y: np.ndarray,
    folds: int,
    degrees: Sequence[int],
    lambdas: Sequence[float],
    standardise: bool,
    seed: int,
) -> Validation:
    """Error of each degree with each lambda of a penalty on the squares. x, y: (n,). folds: 2 or more, n at most.

    The columns, their scales and the exact weights are found anew from the points outside each fold.
    """
    n = len(y)
    checked_folds(n, folds)
    fold_of = splits.folds(n, folds, seed)
    errors = np.empty((folds, len(degrees), len(lambdas)))
    with np.errstate(all="ignore"):
        for fold in range(folds):
            out = fold_of == fold
            for i, degree in enumerate(degrees):
                design = Design.of_points(x[~out], degree, standardise)
                w = _ridges(design.matrix(x[~out]), y[~out], lambdas)
                errors[fold, i] = ((design.matrix(x[out]) @ w - y[out, None]) ** 2).mean(axis=0)
    return Validation.of(errors, np.zeros(errors.shape[1:], dtype=np.int64), degrees, lambdas, y)


def _ridges(matrix: np.ndarray, targets: np.ndarray, lambdas: Sequence[float]) -> np.ndarray:
    """Exact weights for each lambda, (dim, lambdas), by one decomposition of the columns about their means.

    Without a penalty the columns are scaled first (see `ridge`), which rounding asks for and a penalty forbids.
    """
    middle, height = matrix[:, :-1].mean(axis=0), targets.mean()
    if not (np.all(np.isfinite(matrix)) and np.all(np.isfinite(middle))):
        return np.full((matrix.shape[1], len(lambdas)), np.nan)
    left, stretches, turned = np.linalg.svd(matrix[:, :-1] - middle, full_matrices=False)
    penalties = len(targets) * np.asarray(lambdas, dtype=float)
    shares = stretches[:, None] / (stretches[:, None] ** 2 + np.where(penalties > 0, penalties, 1.0))
    slopes = turned.T @ (shares * (left.T @ (targets - height))[:, None])
    w = np.vstack([slopes, height - middle @ slopes])
    if np.any(penalties == 0):
        w[:, penalties == 0] = ridge(matrix, targets, 0.0)[:, None]
    return w

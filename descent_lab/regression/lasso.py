"""The lasso and the elastic net: squares with a penalty on the weights' sizes, which drives some of them to zero."""

from __future__ import annotations

import warnings
from typing import Any, cast

import numpy as np

from descent_lab.regression.design import largest

ROUNDS = 200
"""Changes of the set of weights that are not zero, at most; a few are enough where it was all but right."""


def lasso(matrix: np.ndarray, targets: np.ndarray, l2: float, l1: float) -> tuple[np.ndarray, bool]:
    """The weights with the lowest mean square + l2 sum(w_j^2) + l1 sum(|w_j|), (dim,), and whether they alone are.

    scikit-learn's ElasticNet says which weights are zero, and the others follow exactly. It minimises
    1/(2n) |r|^2 + alpha ratio sum(|w_j|) + alpha (1 - ratio) / 2 sum(w_j^2), which is half of ours.
    """
    columns = matrix[:, :-1]
    middle = np.asarray(columns.mean(axis=0))
    # The bias pays no penalty: it takes up the means.
    inputs, heights = (
        columns - middle,
        targets - targets.mean(),
    )
    with np.errstate(all="ignore"):
        if not np.all(np.isfinite(inputs)):  # the sum has overflowed
            return np.append(middle, np.nan), False
        w, unique = _exact(inputs, heights, _elastic_net(inputs, heights, l2, l1), l2, l1)
    return np.append(w, targets.mean() - middle @ w), unique


def _elastic_net(inputs: np.ndarray, heights: np.ndarray, l2: float, l1: float) -> np.ndarray:
    from sklearn import linear_model  # pyright: ignore[reportMissingTypeStubs]  # takes a second: not before it is needed

    alpha = l1 / 2 + l2
    model = cast(Any, linear_model).ElasticNet(
        alpha=alpha, l1_ratio=l1 / 2 / alpha, fit_intercept=False, tol=1e-10, max_iter=2000
    )
    with warnings.catch_warnings():
        # Columns that are much alike keep it from its tolerance; we go on from there.
        warnings.simplefilter("ignore")
        return np.asarray(model.fit(inputs, heights).coef_, dtype=float)


def _exact(
    inputs: np.ndarray, heights: np.ndarray, w: np.ndarray, l2: float, l1: float
) -> tuple[np.ndarray, bool]:
    """From nearly right weights to the exact ones, by changing one member of the set that is not zero at a time."""
    n = len(heights)
    signs = np.sign(w)
    small = 1e-10 * (l1 + 2 * np.abs(inputs).T @ np.abs(heights) / n)
    for _ in range(ROUNDS):
        active = np.flatnonzero(signs)
        goal = _settled(inputs[:, active], heights, signs[active], n * l2, n * l1 / 2)
        crossed = goal * signs[active] <= 0
        if np.any(crossed):  # go as far as the first weight that becomes zero, and leave it there
            shares = w[active[crossed]] / (w[active[crossed]] - goal[crossed])
            w[active] += np.min(shares) * (goal - w[active])
            gone = active[crossed][np.argmin(shares)]
            w[gone] = signs[gone] = 0.0
            continue
        w[active] = goal
        pull = 2 * inputs.T @ (heights - inputs @ w) / n - 2 * l2 * w
        idle = np.flatnonzero((signs == 0) & (np.abs(pull) > l1 + small))
        if len(idle) == 0:
            return w, l2 > 0 or _alone(inputs[:, np.abs(pull) > l1 - small])
        new = idle[np.argmax(np.abs(pull[idle]))]
        signs[new] = np.sign(pull[new])
    return w, True


def _settled(
    inputs: np.ndarray, heights: np.ndarray, signs: np.ndarray, square: float, size: float
) -> np.ndarray:
    """The lowest |X w - y|^2 + square |w|^2 + 2 size signs w, (columns,), by X's triangle, not its square."""
    stacked = np.vstack([inputs, np.sqrt(square) * np.eye(len(signs))]) if square else inputs
    scale = largest(stacked)
    q, r = np.linalg.qr(stacked / scale)
    right, pull = q[: len(heights)].T @ heights, size * signs / scale
    if len(r) < len(signs) or np.min(np.abs(np.diag(r)), initial=np.inf) <= 1e-14 * np.max(
        np.abs(r), initial=0.0
    ):
        return np.linalg.lstsq(r.T @ r, r.T @ right - pull, rcond=None)[0] / scale
    return np.linalg.solve(r, right - np.linalg.solve(r.T, pull)) / scale


def _alone(inputs: np.ndarray) -> bool:
    """Whether the columns that pull with all their strength are independent: then no others are as good."""
    return bool(np.linalg.matrix_rank(inputs / largest(inputs)) == inputs.shape[1])

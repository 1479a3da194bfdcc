"""The exact answer: the weights with the lowest loss, without a step of descent."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from descent_lab.regression.basis import Basis, of_columns
from descent_lab.regression.design import largest
from descent_lab.regression.lasso import lasso
from descent_lab.regression.robust import robust


@dataclass(frozen=True, eq=False)
class Exact:
    """The weights with the lowest loss, (dim,), bias last; the shortest of them where there are many.

    weights: None where numbers overflow. unique: whether no other weights are as good. direction: of the valley of
    equally good weights, (dim,), of length 1; None where there is none without end. note: a sentence for a student
    where there is something to be said. loss: the lowest, where it is known better than the weights tell it, which are
    rounded.
    """

    weights: np.ndarray | None
    unique: bool = True
    note: str | None = None
    direction: np.ndarray | None = None
    loss: float | None = None


OVERFLOW = (
    "The powers of x grow beyond what a computer's numbers can hold: bring the points nearer to zero, or lower the "
    "degree."
)
ENDS = "More than one curve has the lowest loss here; one of them is shown."


def solve(
    matrix: np.ndarray,
    targets: np.ndarray,
    loss: str = "mse",
    delta: float = 1.0,
    l2: float = 0.0,
    l1: float = 0.0,
    basis: Basis | None = None,
) -> Exact | None:
    """The minimiser of the mean loss + l2 sum(w_j^2) + l1 sum(|w_j|) over all weights but the bias.

    matrix: (n, dim). targets: (n,). loss: mse, mae or huber (with its `delta`: half the square below it, as in
    PyTorch). basis: of the predictions, where there is a better one than the columns' own. None where there are no
    points.

    Without penalties, and where the points tell all weights apart, the answer is found in the basis. Else least squares
    and ridge come from numpy's lstsq, the lasso and the elastic net from scikit-learn (see `lasso`), the others from
    scipy (see `robust`).
    """
    n, dim = matrix.shape
    if n == 0:
        return None
    if not (np.all(np.isfinite(matrix)) and np.all(np.isfinite(targets))):
        return Exact(None, False, OVERFLOW)
    if not (l2 or l1):
        basis = basis or of_columns(matrix)
        if basis is not None:
            return _in_basis(basis, targets, loss, delta)
    with np.errstate(all="ignore"):
        if loss != "mse":
            weights, unique = robust(matrix, targets, delta if loss == "huber" else None, l2, l1)
        elif l1:
            weights, unique = lasso(matrix, targets, l2, l1)
        else:
            weights, unique = ridge(matrix, targets, l2), True
        if not np.all(np.isfinite(weights)):
            return Exact(None, False, OVERFLOW)
        found = Exact(weights, unique, None if unique else ENDS)
        if l2 or l1:
            return found
        valley = null_space(matrix)
    if valley.shape[1] == 0:
        return replace(found, note=found.note or _as_many(n, dim))
    shortest = weights - valley @ (valley.T @ weights)
    return Exact(shortest, False, _many(matrix, loss), valley[:, -1])


def _in_basis(basis: Basis, targets: np.ndarray, loss: str, delta: float) -> Exact:
    """The answer where the points tell all weights apart, without penalties."""
    n, dim = basis.rows.shape
    unique = True
    if loss == "mse":
        shares = basis.rows.T @ targets
        shares += basis.rows.T @ (targets - basis.rows @ shares)
    else:
        shares, unique = robust(basis.rows, targets, delta if loss == "huber" else None, 0.0, 0.0)
    residuals = np.abs(targets - basis.rows @ shares)
    with np.errstate(all="ignore"):
        weights = basis.weights(shares)
    if not np.all(np.isfinite(weights)):
        return Exact(None, False, OVERFLOW)
    terms = {
        "mse": residuals**2,
        "mae": residuals,
        "huber": np.where(residuals <= delta, residuals**2 / 2, delta * (residuals - delta / 2)),
    }
    note = _as_many(n, dim) if unique else ENDS
    return Exact(weights, unique, note, loss=float(terms[loss].mean()))


def ridge(matrix: np.ndarray, targets: np.ndarray, l2: float) -> np.ndarray:
    """Least squares with a penalty on all weights but the bias, (dim,); of many, a short one."""
    n, dim = matrix.shape
    if l2:
        matrix = np.vstack([matrix, np.sqrt(n * l2) * np.eye(dim)[:-1]])
        targets = np.append(targets, np.zeros(dim - 1))
    scale = largest(matrix)
    return np.linalg.lstsq(matrix / scale, targets, rcond=_rounding(matrix))[0] / scale


def null_space(matrix: np.ndarray) -> np.ndarray:
    """The directions that no prediction notices, orthonormal, (dim, directions)."""
    scale = largest(matrix)
    reduced = np.linalg.qr(matrix / scale, mode="r")  # as long as the columns are many
    _, stretches, turned = np.linalg.svd(reduced)
    rank = int(np.sum(stretches > _rounding(matrix) * stretches[0]))
    return np.linalg.qr(turned[rank:].T / scale[:, None])[0]


def _rounding(matrix: np.ndarray) -> float:
    return float(np.finfo(float).eps) * max(matrix.shape)


# ---------------------------------------------------------------- what a student reads


FEWEST_DIGITS, ALL_DIGITS = 4, 17
NOBODY_SEES = 5e-4
"""Of the heights' spread: a curve that is as near as this is the same to the eye."""


def digits_for(weights: np.ndarray, matrix: np.ndarray, targets: np.ndarray) -> int:
    """Significant digits with which weights are to be printed, so that whoever types them in again has the same curve.

    weights: (dim,). matrix: (n, dim). targets: (n,). Where no digits suffice, because the weights themselves are
    rounded too coarsely, all that they have.
    """
    spread = float(np.ptp(targets)) or float(np.max(np.abs(targets), initial=0.0)) or 1.0
    for digits in range(FEWEST_DIGITS, ALL_DIGITS):
        typed = np.array([float(f"{weight:.{digits}g}") for weight in weights.tolist()])
        with np.errstate(all="ignore"):
            away = np.max(np.abs(matrix @ (typed - weights)), initial=0.0)
        if away <= NOBODY_SEES * spread:
            return digits
    return ALL_DIGITS


_MIDDLES = {"mse": "mean", "mae": "median", "huber": "middle"}


def _many(matrix: np.ndarray, loss: str) -> str:
    """Why there are many answers."""
    n, dim = matrix.shape
    curve = "line" if dim == 2 else "curve"
    if n == 1:
        return f"One point fixes no {curve}: every {curve} through it is equally good; the valley shows them all."
    distinct = len(np.unique(matrix, axis=0))
    if distinct == 1:
        return (
            f"All points share one x: every {curve} through their {_MIDDLES[loss]} height there is equally good; "
            "the valley shows them all."
        )
    if distinct < dim:
        return (
            f"{dim} weights, but points at only {distinct} different places: many curves are equally good, and the one "
            "with the shortest weights is shown. Add points, or lower the degree."
        )
    return (
        "The columns of the data depend on each other, up to rounding: many weights are equally good, and the "
        "shortest are shown. Standardise the inputs, or lower the degree."
    )


def _as_many(n: int, dim: int) -> str | None:
    """A warning where the curve can meet every point."""
    if n > dim or dim == 2:
        return None
    return f"As many weights as points, {n}: the curve meets every one of them, noise and all."


# ---------------------------------------------------------------- the quadratic of the mean squared error


@dataclass(frozen=True, eq=False)
class Moments:
    """A mean squared error as the quadratic that it is, however many its points.

    a: mean of x x^T, (dim, dim). b: mean of x y, (dim,). c: mean of y^2. n: points. The loss itself is taken from
    their `triangle`, (rows, dim + 1), as |triangle (w, -1)|^2: of w a w - 2 b w + c, where a good curve leaves almost
    nothing, little but rounding would be left.
    """

    a: np.ndarray
    b: np.ndarray
    c: float
    n: int
    triangle: np.ndarray

    def mean(self, w: np.ndarray) -> np.ndarray:
        """Mean squared error of weights. w: (dim, lanes) -> (lanes,)."""
        with np.errstate(all="ignore"):
            return ((self.triangle[:, :-1] @ w - self.triangle[:, -1:]) ** 2).sum(axis=0)

    def grid(
        self, origin: np.ndarray, u: np.ndarray, v: np.ndarray, a_values: np.ndarray, b_values: np.ndarray
    ) -> np.ndarray:
        """Mean squared error at origin + a u + b v, (b, a). origin, u, v: (dim,).

        In the plane it is a quadratic of six numbers, here those of a sum of three squares.
        """
        with np.errstate(all="ignore"):
            seen = self.triangle[:, :-1] @ np.column_stack([u, v, origin])
            seen[:, 2] -= self.triangle[:, -1]
            if not np.all(np.isfinite(seen)):
                return np.full((len(b_values), len(a_values)), np.nan)
            six = np.zeros((3, 3))
            reduced = np.linalg.qr(seen, mode="r")
            six[: len(reduced)] = reduced
            first = six[0, 0] * a_values + (six[0, 1] * b_values + six[0, 2])[:, None]
            rest = (six[1, 1] * b_values + six[1, 2]) ** 2 + six[2, 2] ** 2
            return first * first + rest[:, None]


def moments(matrix: np.ndarray, targets: np.ndarray) -> Moments:
    """The quadratic of the mean squared error. matrix: (n, dim). targets: (n,). All NaN without points."""
    n = len(targets)
    data = np.column_stack([matrix, targets])
    with np.errstate(all="ignore"):
        square = data.T @ data / n
        if n and np.all(np.isfinite(data)):
            triangle = np.linalg.qr(data, mode="r") / np.sqrt(n)
        else:
            triangle = np.full_like(square, np.nan)
    return Moments(square[:-1, :-1], square[:-1, -1], float(square[-1, -1]), n, triangle)

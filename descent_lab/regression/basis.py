"""An orthonormal basis of what a linear model can predict, and the way back from it to the model's weights.

Powers of what people have (years, heights in millimetres) are all but parallel: solved as they are, most digits are
lost, and a curve that is the only one seems to be one of many. Here the answer is found where nothing is lost, and only
then told in the weights that were asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt

import numpy as np

from descent_lab.regression.design import Design, largest

EPSILON = float(np.finfo(float).eps)


@dataclass(frozen=True, eq=False)
class Basis:
    """rows: (n, dim), orthonormal columns that span the predictions. weights: the model's, (dim,), for so much of each
    column, (dim,); infinite or NaN where they overflow."""

    rows: np.ndarray
    weights: Callable[[np.ndarray], np.ndarray]


def basis_of(design: Design, inputs: np.ndarray) -> Basis | None:
    """The basis of a design at some inputs, (n,) or (n, inputs); None where not all weights are told apart there."""
    return of_powers(design, inputs) if inputs.ndim == 1 else of_columns(design.matrix(inputs))


def of_powers(design: Design, x: np.ndarray) -> Basis | None:
    """Polynomials that are orthonormal on the places x, (n,): Arnoldi's process on the inputs, as in Brubeck,
    Nakatsukasa and Trefethen 2021, "Vandermonde with Arnoldi". How they are made is kept as fractions, so that the way
    back rounds once, at its end."""
    n, dim = len(x), design.dim
    if n < dim or not np.all(np.isfinite(x)):
        return None
    low, high = float(x.min()), float(x.max())
    middle, half = low / 2 + high / 2, high / 2 - low / 2
    if half <= 0 or not np.isfinite(1 / half):
        return None
    t = (x - middle) / half
    columns = [np.full(n, 1 / sqrt(n))]
    made = [[Fraction(float(columns[0][0]))]]
    for _ in range(dim - 1):
        column = t * columns[-1]
        polynomial = [Fraction(0), *made[-1]]
        before = float(np.linalg.norm(column))
        for _again in range(2):  # twice is enough
            for other, coefficients in zip(columns, made, strict=True):
                share = float(column @ other)
                column = column - share * other
                polynomial = _less(polynomial, Fraction(share), coefficients)
        size = float(np.linalg.norm(column))
        if size <= EPSILON * n * before:
            return None
        columns.append(column / size)
        made.append([each / Fraction(size) for each in polynomial])
    centre, stretch = Fraction(middle), Fraction(half)

    def weights(shares: np.ndarray) -> np.ndarray:
        if not np.all(np.isfinite(shares)):
            return np.full(dim, np.nan)
        whole = [Fraction(0)] * dim
        for share, coefficients in zip(shares.tolist(), made, strict=True):
            whole = _less(whole, Fraction(-share), coefficients)
        powers = _shifted([each / stretch**power for power, each in enumerate(whole)], centre)
        spread, mean = ([Fraction(float(each)) for each in row] for row in (design.spread, design.mean))
        slopes = [power * each for power, each in zip(powers[1:], spread, strict=True)]
        bias = powers[0] + sum(power * each for power, each in zip(powers[1:], mean, strict=True))
        return np.array([_rounded(each) for each in (*slopes, bias)])

    return Basis(np.column_stack(columns), weights)


def of_columns(matrix: np.ndarray) -> Basis | None:
    """Of any columns of which the last is 1: those about their means, made orthonormal. matrix: (n, dim)."""
    n, dim = matrix.shape
    if n < dim or not np.all(np.isfinite(matrix)):
        return None
    with np.errstate(all="ignore"):
        mean = matrix[:, :-1].mean(axis=0)
        centred = matrix[:, :-1] - mean
        centred = centred - centred.mean(axis=0)
    if not np.all(np.isfinite(centred)):
        return None
    scale = largest(centred)
    turned, triangle = np.linalg.qr(centred / scale)
    stretches = np.linalg.svd(triangle, compute_uv=False)
    if dim > 1 and stretches[-1] <= EPSILON * max(n, dim) * stretches[0]:
        return None
    if np.any(np.abs(centred).max(axis=0, initial=0.0) <= EPSILON * n * np.abs(mean)):
        return None  # a column of the same number throughout, but for rounding

    def weights(shares: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            slopes = np.linalg.solve(triangle, shares[1:]) / scale
            return np.append(slopes, fsum([shares[0] / sqrt(n), *(-slopes * mean)]))

    return Basis(np.column_stack([np.full(n, 1 / sqrt(n)), turned]), weights)


def _less(whole: Sequence[Fraction], share: Fraction, part: Sequence[Fraction]) -> list[Fraction]:
    """whole - share * part, polynomials by rising powers; the part is no longer."""
    return [each - share * part[power] if power < len(part) else each for power, each in enumerate(whole)]


def _shifted(polynomial: Sequence[Fraction], centre: Fraction) -> list[Fraction]:
    """The polynomial in x that the given one is in x - centre, by repeated division (Horner)."""
    found = list(polynomial)
    for first in range(len(found) - 1):
        for power in range(len(found) - 2, first - 1, -1):
            found[power] -= centre * found[power + 1]
    return found


def _rounded(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf")

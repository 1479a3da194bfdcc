"""The design matrix: what a linear model makes of an input, one column a weight, the bias's ones last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from descent_lab.datasets.standardising import scales


@dataclass(frozen=True, eq=False)
class Design:
    """Columns of powers of one input, or of many inputs as they are; then the bias, one more weight with input 1.

    degree: the highest power. mean, spread: what is taken off each column but the last, and what it is divided by,
    (columns,): of the training set where it is `standardised`, else 0 and 1. names: of the weights, (dim,).
    """

    degree: int
    standardised: bool
    mean: np.ndarray
    spread: np.ndarray
    names: tuple[str, ...]

    @classmethod
    def of_points(cls, x_train: np.ndarray, degree: int, standardise: bool) -> Design:
        """Powers 1 to degree. x_train: (n,), which may be empty."""
        powers = tuple(f"w{power}" for power in range(1, degree + 1))
        names = ("slope", "intercept") if degree == 1 else (*powers, "bias")
        return cls(degree, standardise, *_scales(_powers(x_train, degree), standardise), names)

    @classmethod
    def of_table(cls, inputs_train: np.ndarray, names: Sequence[str], standardise: bool) -> Design:
        """The inputs as they are. inputs_train: (n, inputs), which may be empty. names: of the inputs."""
        return cls(1, standardise, *_scales(inputs_train, standardise), (*names, "bias"))

    @property
    def scales(self) -> dict[str, np.ndarray] | None:
        """Mean and spread of each column but the bias's where they are `standardised`; not finite for powers that
        overflow."""
        return {"mean": self.mean, "spread": self.spread} if self.standardised else None

    @property
    def dim(self) -> int:
        """Weights, the bias among them."""
        return len(self.names)

    def matrix(self, x: np.ndarray) -> np.ndarray:
        """The rows of these inputs. x: (n,), or (n, inputs) -> (n, dim). What overflows is infinite or NaN."""
        columns = _powers(x, self.degree) if x.ndim == 1 else x
        found = np.ones((len(x), self.dim))
        with np.errstate(all="ignore"):
            found[:, :-1] = (columns - self.mean) / self.spread
        return found


def condition(matrix: np.ndarray) -> float | None:
    """Condition number of a design matrix: its longest stretch by its shortest (2-norm). matrix: (n, dim).

    None where there is no finite one: fewer rows than columns, or columns that depend on each other up to rounding.
    """
    n, dim = matrix.shape
    if n < dim or not np.all(np.isfinite(matrix)):
        return None
    stretches = np.linalg.svd(matrix, compute_uv=False)
    if stretches[-1] <= np.finfo(float).eps * stretches[0]:
        return None
    return float(stretches[0] / stretches[-1])


def largest(matrix: np.ndarray) -> np.ndarray:
    """The size of each column's largest number, 1 for a column of (all but) zeros. matrix: (n, dim) -> (dim,).

    Powers of x differ so much that rounding hides the small ones, unless columns are first divided by this.
    """
    found = np.max(np.abs(matrix), axis=0, initial=0.0)
    return np.where(found > 1e-290, found, 1.0)  # of less, the inverse may overflow


def _powers(x: np.ndarray, degree: int) -> np.ndarray:
    """(n,) -> (n, degree). By repeated multiplication: a value that overflows is infinite, its sign kept."""
    with np.errstate(over="ignore", under="ignore"):
        return np.cumprod(np.repeat(np.asarray(x, dtype=float)[:, None], degree, axis=1), axis=1)


def _scales(columns: np.ndarray, standardise: bool) -> tuple[np.ndarray, np.ndarray]:
    """Mean and spread of each column; 0 and 1 where they are left as they are."""
    if standardise and len(columns):
        return scales(columns)
    width = len(columns.T)
    return np.zeros(width), np.ones(width)

"""Columns of different units made comparable: each minus its mean, over its standard deviation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MIDDLE = 2.0
"""A mean further than this from zero is not of order one."""
SPREAD = (0.25, 4.0)
"""Nor is a standard deviation outside of this."""


def scales(columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and spread (standard deviation of the rows themselves) of each column, (n, k) with n > 0 -> (k,), (k,).

    A column of one value has that value and the spread 1: it becomes zero.
    """
    with np.errstate(all="ignore"):
        mean = columns.mean(axis=0)
        away = np.abs(columns - mean).max(axis=0)
        # Squares of large powers overflow where the powers do not: they are taken of shares of the largest.
        spread = away * np.sqrt((((columns - mean) / away) ** 2).mean(axis=0))
    # A column of one value has no spread, whatever rounding makes of its mean; it becomes exactly zero.
    flat = np.all(columns == columns[0], axis=0)
    mean[flat], spread[flat] = columns[0, flat], 1.0
    return mean, spread


@dataclass(frozen=True, eq=False)
class Scales:
    """What is taken from each column, and by what it is then divided: mean and spread, (k,) each, read-only."""

    mean: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, columns: np.ndarray) -> Scales:
        """Of the rows that may be looked at, (n, k) with n > 0."""
        mean, spread = scales(columns)
        for each in (mean, spread):
            each.setflags(write=False)
        return cls(mean, spread)

    @property
    def of_order_one(self) -> bool:
        """Whether columns of this mean and spread can be taken as they are."""
        low, high = SPREAD
        return bool(np.all((np.abs(self.mean) <= MIDDLE) & (self.spread >= low) & (self.spread <= high)))

    def describe(self) -> dict[str, list[float]]:
        """As plain JSON values."""
        return {"mean": self.mean.tolist(), "spread": self.spread.tolist()}

    def applied(self, columns: np.ndarray) -> np.ndarray:
        """(n, k) -> (n, k)."""
        return (columns - self.mean) / self.spread

    def undone(self, columns: np.ndarray) -> np.ndarray:
        """Back again: (n, k) -> (n, k)."""
        return columns * self.spread + self.mean

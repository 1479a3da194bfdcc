"""Columns of different units made comparable: each minus its mean, over its standard deviation."""

from __future__ import annotations

import numpy as np


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


def standardised(columns: np.ndarray) -> np.ndarray:
    """(n, k) with n > 0 -> (n, k), mean 0 and deviation 1 in each column."""
    mean, spread = scales(columns)
    return (columns - mean) / spread

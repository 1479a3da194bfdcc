"""Who learns from which point: splits, folds and mini-batches, seeded and the same for every entrant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

TRAIN, VALIDATION, TEST = 0, 1, 2

# Streams of one seed that never meet: those of `sampling` are numbered from 0 upwards.
_SPLIT, _FOLDS, _EPOCHS = 1 << 40, 2 << 40, 3 << 40


def split(n: int, shares: Sequence[float], seed: int) -> np.ndarray:
    """The set of each point: 0 train, 1 validation, 2 test, (n,) int8.

    shares: of the three sets, not negative and not all zero. Each set gets its exact share, rounded by largest
    remainder, and one point at least where its share is not zero; where points are too few for that, the training
    set is served first. A point added at the end moves at most a couple of others to another set.
    """
    sets = np.repeat(np.arange(len(shares), dtype=np.int8), _counts(n, shares))
    found = np.empty(n, dtype=np.int8)
    found[_order(seed, _SPLIT, n)] = sets
    return found


def folds(n: int, k: int, seed: int) -> np.ndarray:
    """The fold of each point, 0 .. k - 1, (n,); sizes differ by one at most, and some are empty where k > n.

    A point added at the end moves at most one other between any two neighbouring folds.
    """
    found = np.empty(n, dtype=np.int64)
    found[_order(seed, _FOLDS, n)] = np.arange(n) * k // max(n, 1)
    return found


def steps_per_epoch(n: int, size: int) -> int:
    """Steps in which mini-batches of that size go once through n points; size 0 means all at once."""
    return 1 if size <= 0 or size >= n else -(-n // size)


def batches(n_train: int, size: int, seed: int, first: int, count: int) -> list[np.ndarray]:
    """The points of the mini-batches of steps first .. first + count - 1: positions in the training set, read-only.

    A new order each epoch; its last mini-batch is smaller where the size does not divide the points, and nothing is
    carried over. Size 0, or one of n_train and more: all points in their own order at every step.
    """
    epoch = steps_per_epoch(n_train, size)
    if epoch == 1:
        return [_everybody(n_train)] * count
    found: list[np.ndarray] = []
    for step in range(first, first + count):
        turn, place = divmod(step, epoch)
        found.append(_shuffled(n_train, seed, turn)[place * size : (place + 1) * size])
    return found


def _counts(n: int, shares: Sequence[float]) -> np.ndarray:
    """How many of n points each set gets, (sets,)."""
    weights = np.asarray(shares, dtype=float)
    exact = n * weights / weights.sum()
    counts = np.floor(exact + 1e-9).astype(np.int64)  # 29 % of 100 is 29, whatever the rounding says
    counts[np.argsort(counts - exact, kind="stable")[: n - counts.sum()]] += 1
    for poor in np.flatnonzero((counts == 0) & (weights > 0)):
        rich = np.argmax(counts)
        if counts[rich] > 1:
            counts[[rich, poor]] += (-1, 1)
    if n and weights[TRAIN] > 0 and counts[TRAIN] == 0:
        counts[[np.argmax(counts), TRAIN]] += (-1, 1)
    return counts


def _order(seed: int, stream: int, n: int) -> np.ndarray:
    """The points in the order of their keys, (n,): the key of a point depends on the seed and its own number alone."""
    return np.argsort(np.random.Generator(np.random.Philox(key=[seed, stream])).random(n), kind="stable")


@lru_cache(maxsize=256)
def _shuffled(n: int, seed: int, epoch: int) -> np.ndarray:
    return _locked(np.random.Generator(np.random.Philox(key=[seed, _EPOCHS + epoch])).permutation(n))


@lru_cache(maxsize=16)
def _everybody(n: int) -> np.ndarray:
    return _locked(np.arange(n))


def _locked(order: np.ndarray) -> np.ndarray:
    order.setflags(write=False)
    return order

"""The mini-batches of a regression, made for many steps at once."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Protocol

import numpy as np

from descent_lab.datasets import splits
from descent_lab.machine.batches import Batches
from descent_lab.regression.design import Design

TRAINING = 0


class Points(Protocol):
    """What mini-batches are made of; see `Regression`."""

    @property
    def inputs(self) -> np.ndarray: ...
    @property
    def design(self) -> Design: ...
    @property
    def jitter(self) -> float: ...
    @property
    def batch(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def sets(self) -> np.ndarray: ...
    @property
    def training(self) -> tuple[np.ndarray, np.ndarray]: ...
    def blocks(self, rows: np.ndarray, targets: np.ndarray) -> np.ndarray: ...
    def __hash__(self) -> int: ...


@lru_cache(maxsize=64)
def minibatches(problem: Points, first: int, count: int) -> Batches:
    """The numbers of steps first .. first + count - 1, each of that step's mini-batch."""
    matrix, targets = problem.training
    orders = splits.batches(len(targets), problem.batch, problem.seed, first, count)
    order = np.concatenate(orders)
    rows = matrix[order]
    if problem.jitter:
        inputs = problem.inputs[problem.sets == TRAINING]
        draws = [_input_noise(problem.seed, first + i, inputs[each].shape) for i, each in enumerate(orders)]
        rows = problem.design.matrix(inputs[order] + problem.jitter * np.concatenate(draws))
    made: list[np.ndarray] = []
    offsets: list[np.ndarray] = []
    at = size = 0
    for points, run in groupby(map(len, orders)):  # mini-batches of one size are made at once
        steps = len(list(run))
        part = slice(at, at + steps * points)
        block = problem.blocks(
            rows[part].reshape(steps, points, matrix.shape[1]), targets[order[part]].reshape(steps, points)
        )
        made.append(block.ravel())
        offsets.append(size + block.shape[1] * np.arange(steps))
        at, size = part.stop, size + block.size
    return Batches(np.concatenate(made), np.concatenate(offsets))


_JITTER = 4 << 40  # a stream of the seed that none of `sampling` and `splits` meets


def _input_noise(seed: int, step: int, shape: tuple[int, ...]) -> np.ndarray:
    """The input noise of one step, standard normal."""
    return np.random.Generator(np.random.Philox(key=[seed, _JITTER + step])).standard_normal(shape)

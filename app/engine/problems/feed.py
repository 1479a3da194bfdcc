"""What the kernels of a network read: blocks of samples (see `networks.block`), of whole sets or of mini-batches."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock

import numpy as np

from app.engine.batches import Batches
from app.engine.datasets import splits
from app.engine.datasets.samples import Samples
from app.engine.networks import block

SPAN = 4_000_000
"""Numbers that the mini-batches of one run of steps may take."""

RUNS = (200, 100, 50, 20, 10, 5, 2, 1)
"""Steps whose numbers are made at once and kept for a while, so that whoever takes a few at a time does not wait."""

KEPT = 32
"""Runs that are kept: for whoever trains the same network is somewhere else."""

_JITTER, _DROPOUT = 5 << 40, 6 << 40
"""Streams of the seed that none of `sampling`, `splits`, the data sets and the regressions meets."""


@dataclass(frozen=True, eq=False)
class Feed:
    """Blocks for one network. head: of all its blocks, with the count of samples left open. training: the rows that are
    learnt from. hidden, dropout: neurons of each hidden layer, and the share that is left out. The rest as `Network`'s.
    """

    samples: Samples
    head: np.ndarray
    training: np.ndarray
    batch: int
    hidden: tuple[int, ...]
    dropout: tuple[float, ...]
    jitter: float
    seed: int

    @cached_property
    def targets(self) -> np.ndarray:
        """Of all samples, as the kernels read them: (n,)."""
        return np.asarray(self.samples.targets, dtype=float)

    @cached_property
    def shade(self) -> float:
        """What inputs are multiplied by: those of pictures go from 0 to 255."""
        return 1 / 255 if self.samples.inputs.dtype == np.uint8 else 1.0

    @property
    def _masked(self) -> int:
        """Masks of a sample: one for each hidden neuron if any layer drops some."""
        return sum(self.hidden) if any(self.dropout) else 0

    def of_rows(self, rows: np.ndarray, penalties: bool = False) -> np.ndarray:
        """The block of these samples, with nothing dropped and nothing added; penalties counted or not."""
        return self._whole(self.samples.inputs, self.shade, self.targets, rows, penalties)

    def of_inputs(self, inputs: np.ndarray) -> np.ndarray:
        """A block of inputs, (n, k) as the network sees them, that have no targets."""
        inputs = np.ascontiguousarray(inputs, dtype=float)
        return self._whole(inputs, 1.0, np.zeros(len(inputs)), np.arange(len(inputs)), False)

    def _whole(
        self, inputs: np.ndarray, scale: float, targets: np.ndarray, rows: np.ndarray, penalties: bool
    ) -> np.ndarray:
        head = self.head.copy()
        if not penalties:
            head[[block.L2, block.L1]] = 0.0
        out = np.empty(len(head) + block.room([len(rows)], inputs.shape[1], _full(inputs, rows)))
        counts, begin = np.array([len(rows)]), np.empty(1, dtype=np.int64)
        words = _words(inputs)
        end = block.fill(out, begin, head, inputs, scale, targets, rows, counts, _NO_MASKS, words)
        return out[:end]

    # ------------------------------------------------------------ mini-batches

    @cached_property
    def stride(self) -> int:
        """How many steps' numbers are made at a time."""
        size = min(self.batch or len(self.training), len(self.training))
        inputs = self.samples.inputs.shape[1]
        own = len(self.head) + block.room([size], inputs, size * inputs) + size * self._masked
        return next((run for run in RUNS if run * own <= SPAN), 1)

    def steps(self, first: int, count: int) -> Batches:
        """The numbers of steps first .. first + count - 1, each of that step's mini-batch."""
        run = self.stride
        begin = first // run * run
        if first + count - 1 > begin + run:
            return self._made(first, count)
        made, own = self._run(begin, run).result(), slice(first - begin, first - begin + count)
        self._run(begin + run, run)  # who goes on finds it made
        return Batches(made.numbers, made.offsets[own])

    def _run(self, begin: int, steps: int) -> Future[Batches]:
        """The numbers of that many steps and one, made by another thread and kept for a while."""
        with self._making:
            if begin not in self._runs:
                while len(self._runs) >= KEPT:
                    self._runs.pop(next(iter(self._runs)))
                self._runs[begin] = _makers().submit(self._made, begin, steps + 1)
            return self._runs[begin]

    @cached_property
    def _runs(self) -> dict[int, Future[Batches]]:
        return {}

    @cached_property
    def _making(self) -> Lock:
        return Lock()

    def _made(self, first: int, count: int) -> Batches:
        orders = splits.batches(len(self.training), self.batch, self.seed, first, count)
        order = self.training[np.concatenate(orders)]
        sizes = [len(each) for each in orders]
        inputs, targets, scale = self.samples.inputs, self.targets, self.shade
        masks = self._masks(first, sizes)
        if self.jitter:
            noise = [
                draws(_JITTER, self.seed, first + i).standard_normal((n, inputs.shape[1]))
                for i, n in enumerate(sizes)
            ]
            inputs = inputs[order] * scale + self.jitter * np.concatenate(noise)
            targets, scale, order = targets[order], 1.0, np.arange(len(order))
        room = block.room(sizes, inputs.shape[1], _full(inputs, order))
        out = np.empty(len(sizes) * len(self.head) + room + masks.size)
        offsets = np.empty(len(sizes), dtype=np.int64)
        words = _words(inputs)
        block.fill(out, offsets, self.head, inputs, scale, targets, order, np.array(sizes), masks, words)
        return Batches(out, offsets)

    def _masks(self, first: int, sizes: list[int]) -> np.ndarray:
        """Of all samples of consecutive steps, (samples, hidden neurons): 0, or 1 / (1 - share dropped)."""
        if not self._masked:
            return _NO_MASKS
        keep = np.repeat(1 - np.array(self.dropout), self.hidden)
        drawn = [draws(_DROPOUT, self.seed, first + i).random((n, len(keep))) for i, n in enumerate(sizes)]
        return np.concatenate([(draw < keep) / keep for draw in drawn])


def draws(stream: int, seed: int, step: int) -> np.random.Generator:
    """What is drawn at one step."""
    return np.random.Generator(np.random.Philox(key=[seed, stream + step]))


@cache
def _makers() -> ThreadPoolExecutor:
    """Threads that make mini-batches, and wait for nobody."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="batches")


def _words(inputs: np.ndarray) -> np.ndarray:
    """Eight pixels a number, where pictures can be read so; else (0, 0)."""
    if inputs.dtype != np.uint8 or inputs.shape[1] % 8 or not inputs.flags.c_contiguous:
        return _NO_WORDS
    return inputs.view(np.uint64)


def _full(inputs: np.ndarray, rows: np.ndarray) -> int:
    """How many inputs of these samples are not zero; of others than pictures all are taken to be."""
    return int(np.count_nonzero(inputs[rows])) if inputs.dtype == np.uint8 else len(rows) * inputs.shape[1]


_NO_WORDS = np.empty((0, 0), dtype=np.uint64)
_NO_MASKS = np.empty((0, 0))

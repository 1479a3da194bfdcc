"""What the kernels of a network read: blocks of samples (see `networks.block`), of whole sets or of mini-batches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from descent_lab.datasets import splits
from descent_lab.datasets.samples import Samples
from descent_lab.machine.batches import Batches
from descent_lab.networks.kernels import block

SPAN = 4_000_000
"""Numbers that the mini-batches of one run of steps may take."""

RUNS = (200, 100, 50, 20, 10, 5, 2, 1)
"""Steps whose numbers are made at once and kept for a while, so that whoever takes a few at a time does not wait."""

KEPT = 32
"""Runs that are kept: for whoever trains the same network is somewhere else."""

_JITTER, _DROPOUT = 5 << 40, 6 << 40
"""Streams of the seed that none of `sampling`, `splits`, the data sets and the regressions meets."""


@dataclass(frozen=True, eq=False)
class SampleBlocks:
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
    def _told(self) -> tuple[np.ndarray, np.ndarray]:
        """The head of a block, and what stands in it for the inputs of each sample: (n, columns)."""
        if not self.samples.pictures:
            return self.head, self.samples.inputs
        head = self.head.copy()
        head[block.PIXELS] = self.samples.nonzero_pixels.address
        return head, self.samples.nonzero_pixels.spans

    def of_rows(self, rows: np.ndarray, penalties: bool = False) -> np.ndarray:
        """The block of these samples, with nothing dropped and nothing added; penalties counted or not. It serves as
        long as the samples are there."""
        head, inputs = self._told
        return _whole(head, inputs, self.targets, rows, penalties)

    def of_inputs(self, inputs: np.ndarray) -> np.ndarray:
        """A block of inputs, (n, k) as the network sees them, that have no targets."""
        inputs = np.ascontiguousarray(inputs, dtype=float)
        return _whole(self.head, inputs, np.zeros(len(inputs)), np.arange(len(inputs)), penalties=False)

    # ------------------------------------------------------------ mini-batches

    @property
    def _masked(self) -> int:
        """Masks of a sample: one for each hidden neuron if any layer drops some."""
        return sum(self.hidden) if any(self.dropout) else 0

    @cached_property
    def stride(self) -> int:
        """How many steps' numbers are made at a time."""
        size = min(self.batch or len(self.training), len(self.training))
        columns = self.samples.inputs.shape[1] if self.jitter else self._told[1].shape[1]
        own = len(self.head) + size * (1 + columns + self._masked)
        return next((run for run in RUNS if run * own <= SPAN), 1)

    def steps(self, first: int, count: int) -> Batches:
        """The numbers of steps first .. first + count - 1, each of that step's mini-batch."""
        run = self.stride
        begin = first // run * run
        if first + count - 1 > begin + run:
            return self._made(first, count)
        made, own = self._run(begin, run), slice(first - begin, first - begin + count)
        return Batches(made.numbers, made.offsets[own])

    def _run(self, begin: int, steps: int) -> Batches:
        """The numbers of that many steps and one, made once and kept for a while."""
        with self._making:
            if begin not in self._runs:
                while len(self._runs) >= KEPT:
                    self._runs.pop(next(iter(self._runs)))
                self._runs[begin] = self._made(begin, steps + 1)
            return self._runs[begin]

    @cached_property
    def _runs(self) -> dict[int, Batches]:
        return {}

    @cached_property
    def _making(self) -> Lock:
        return Lock()

    def inputs_of(self, step: int) -> np.ndarray:
        """The inputs of a step's mini-batch as the network sees them, jitter added, (n, k)."""
        (order,) = splits.batches(len(self.training), self.batch, self.seed, step, 1)
        inputs = self.samples.seen(self.training[order])
        if not self.jitter:
            return inputs
        return inputs + self.jitter * draws(_JITTER, self.seed, step).standard_normal(inputs.shape)

    def _made(self, first: int, count: int) -> Batches:
        orders = splits.batches(len(self.training), self.batch, self.seed, first, count)
        order = self.training[np.concatenate(orders)]
        counts = np.array([len(each) for each in orders])
        (head, inputs), targets, masks = self._told, self.targets, self._masks(first, counts)
        if self.jitter:
            noise = [
                draws(_JITTER, self.seed, first + i).standard_normal((n, self.samples.inputs.shape[1]))
                for i, n in enumerate(counts)
            ]
            head, inputs = self.head, self.samples.seen(order) + self.jitter * np.concatenate(noise)
            targets, order = targets[order], np.arange(len(order))
        begins = block.starts(head, counts, inputs.shape[1], masks.shape[1])
        out = np.empty(begins[-1])
        block.fill(out, begins, head, inputs, targets, order, counts, masks)
        return Batches(out, begins[:-1])

    def _masks(self, first: int, counts: np.ndarray) -> np.ndarray:
        """Of all samples of consecutive steps, (samples, hidden neurons): 0, or 1 / (1 - share dropped)."""
        if not self._masked:
            return _NO_MASKS
        keep = np.repeat(1 - np.array(self.dropout), self.hidden)
        drawn = [draws(_DROPOUT, self.seed, first + i).random((n, len(keep))) for i, n in enumerate(counts)]
        return np.concatenate([(draw < keep) / keep for draw in drawn])


def _whole(
    head: np.ndarray, inputs: np.ndarray, targets: np.ndarray, rows: np.ndarray, penalties: bool
) -> np.ndarray:
    counts = np.array([len(rows)])
    begins = block.starts(head, counts, inputs.shape[1], 0)
    out = np.empty(begins[-1])
    block.fill(out, begins, head, inputs, targets, rows, counts, _NO_MASKS)
    if not penalties:
        out[[block.L2, block.L1]] = 0.0
    return out


def draws(stream: int, seed: int, step: int) -> np.random.Generator:
    """What is drawn at one step."""
    return np.random.Generator(np.random.Philox(key=[seed, stream + step]))


_NO_MASKS = np.empty((0, 0))

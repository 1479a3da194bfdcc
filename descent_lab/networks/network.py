"""A dense network as a problem in lanes: its weights and biases are what is descended, mini-batch by mini-batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from descent_lab.datasets import splits
from descent_lab.datasets.samples import Samples
from descent_lab.geometry import Window
from descent_lab.machine.batches import Batches, always
from descent_lab.machine.kernels import Kernel
from descent_lab.machine.lanes import PLAIN_LEVEL
from descent_lab.machine.rules import Optimizer
from descent_lab.machine.stepping import evaluate_block
from descent_lab.networks.initialisations import INITIALS, Initial
from descent_lab.networks.kernels import block, compiled
from descent_lab.networks.kernels.activations import CODES
from descent_lab.networks.sample_blocks import SampleBlocks

TRAINING, VALIDATION, TEST = 0, 1, 2
SETS = ("training", "validation", "test")

LOSSES = ("mse", "cross_entropy")
"""In the order of the numbers by which the kernels know them."""

MEASURED = 2_000
"""Of more samples than this in a set, so many are measured on the way."""


@dataclass(frozen=True)
class SettingChange:
    """From step `at` on, a setting of the training has that value: one of `Network.TURNED`."""

    at: int
    setting: str
    value: Any

    @property
    def replaces(self) -> tuple[object, ...]:
        """A later change with the same takes the place of this one."""
        return self.at, "setting", self.setting


@dataclass(frozen=True, eq=False)  # its caches ask by identity
class Network:
    """Layers of neurons over samples.

    hidden: neurons of each hidden layer; activations: theirs; output: that of the last layer under the mean squared
    error (cross-entropy has its own). dropout: the share of each hidden layer that is left out at a step. jitter:
    standard deviation of what is added to the inputs at every step. batch: samples of a mini-batch, 0 for all. shares:
    per cent of training, validation and test; data that come with a test set keep that, and the others share the rest.
    patience: steps without a better validation loss after which a racer stops, 0 for never. window: of the plane of two
    inputs, or of one and the curve, as the data suggest it. over: a number, (1,), that ends the work of whoever trains
    as soon as it is not 0; see `own`.
    """

    samples: Samples
    hidden: tuple[int, ...] = (8, 8)
    activations: tuple[str, ...] = ("tanh", "tanh")
    output: str = "linear"
    loss: str = "cross_entropy"
    initial: Initial = INITIALS["xavier"]
    batch: int = 32
    l2: float = 0.0
    l1: float = 0.0
    dropout: tuple[float, ...] = (0.0, 0.0)
    jitter: float = 0.0
    shares: tuple[float, float, float] = (70.0, 15.0, 15.0)
    seed: int = 0
    patience: int = 0
    steps: int = 2_000
    window: Window | None = None
    over: np.ndarray | None = None

    TURNED = ("batch", "l2", "l1", "dropout", "jitter")
    level = PLAIN_LEVEL

    # ------------------------------------------------------------ the architecture

    @cached_property
    def outputs(self) -> int:
        """Neurons of the last layer: one for a curve or two classes, else one a class."""
        classes = len(self.samples.classes)
        return 1 if classes <= 2 else classes

    @cached_property
    def dims(self) -> tuple[int, ...]:
        """Sizes of all layers, inputs first."""
        return (self.samples.inputs.shape[1], *self.hidden, self.outputs)

    @property
    def dim(self) -> int:
        """Weights and biases."""
        return block.sizes_of(self.dims)

    @cached_property
    def start(self) -> tuple[float, ...]:
        """The weights that everybody starts from."""
        return tuple(self.initial.weights(self.dims, self.seed).tolist())

    def layers(self, w: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Weights (inputs, neurons, ...) and biases (neurons, ...) of each layer, as views. w: (dim, ...)."""
        found: list[tuple[np.ndarray, np.ndarray]] = []
        at = 0
        for before, after in zip(self.dims[:-1], self.dims[1:], strict=True):
            middle, end = at + before * after, at + (before + 1) * after
            found.append((w[at:middle].reshape(before, after, *w.shape[1:]), w[middle:end]))
            at = end
        return found

    # ------------------------------------------------------------ what the loop asks for

    @property
    def field(self) -> Kernel:
        """Backpropagation, compiled."""
        return compiled.field()

    @property
    def hessian(self) -> None:
        """None: a network's would have as many numbers as weights, squared."""

    def joined(self, optimizer: Optimizer) -> None:
        """No kernel of rule and field in one: the time goes into the samples."""

    @property
    def scale(self) -> float:
        """Distances between weights are judged by nobody here."""
        return 1.0

    @cached_property
    def data(self) -> np.ndarray:
        """The numbers of the training set, or of as much of it as is measured; nothing dropped, nothing jittered."""
        return self.sample_blocks.of_rows(self.measured[TRAINING], penalties=True)

    @cached_property
    def rows(self) -> list[np.ndarray]:
        """The samples of each set: numbers of rows."""
        return dealt_rows(self.samples, self.shares, self.seed)

    @cached_property
    def measured(self) -> list[np.ndarray]:
        """The samples of each set that are measured on the way: all, or MEASURED spread evenly over it."""
        return [evenly(own, MEASURED) for own in self.rows]

    @property
    def size(self) -> int:
        """Samples of a mini-batch."""
        training = len(self.rows[TRAINING])
        return min(self.batch or training, training)

    @property
    def cost(self) -> int:
        """Products of one step of one lane, a pass each way: about three for every weight and sample."""
        return 3 * self.dim * self.size

    @property
    def epoch(self) -> int:
        """Steps of one epoch."""
        return splits.steps_per_epoch(len(self.rows[TRAINING]), self.batch)

    @property
    def whole_batches(self) -> bool:
        """Whether every step sees the same numbers."""
        return self.jitter == 0.0 and not any(self.dropout) and self.size == len(self.rows[TRAINING])

    @property
    def stride(self) -> int:
        """How many steps' numbers are made at a time."""
        return 1_000_000 if self.whole_batches else self.sample_blocks.stride

    def batches(self, first: int, count: int) -> Batches:
        """The numbers of steps first .. first + count - 1, each of that step's mini-batch."""
        return always(self._whole, count) if self.whole_batches else self.sample_blocks.steps(first, count)

    @cached_property
    def sample_blocks(self) -> SampleBlocks:
        """What the kernels read of the samples."""
        last = self.output if self.loss == "mse" else "linear"
        codes = [CODES[key] for key in (*self.activations, last)]
        over = 0 if self.over is None else self.over.ctypes.data
        head = [0, len(codes), LOSSES.index(self.loss), self.l2, self.l1, 0, 0, over, *self.dims, *codes]
        return SampleBlocks(
            self.samples,
            np.array(head, dtype=float),
            self.rows[TRAINING],
            self.batch,
            self.hidden,
            self.dropout,
            self.jitter,
            self.seed,
        )

    @cached_property
    def _whole(self) -> np.ndarray:
        rows = self.rows[TRAINING]
        return (
            self.data
            if len(rows) == len(self.measured[TRAINING])
            else self.sample_blocks.of_rows(rows, penalties=True)
        )

    def changed(self, change: SettingChange) -> Network:
        """The same network with a setting turned; what does not depend on it is kept."""
        return self._but(**{change.setting: change.value})

    def own(self) -> Network:
        """The same network for one training alone, whose steps, however long they are, can be ended by `over`."""
        return self._but(over=np.zeros(1))

    def _but(self, **fields: Any) -> Network:
        made = replace(self, **fields)
        kept = ("outputs", "dims", "start", "rows", "measured")
        made.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return made

    # ------------------------------------------------------------ what is measured

    def measure(self, w: np.ndarray) -> dict[str, np.ndarray]:
        """Of each set that has samples: its mean loss, without penalties, and `..._accuracy`, the share that is right;
        of a curve the loss alone. w: (dim, lanes) -> (lanes,)."""
        found: dict[str, np.ndarray] = {}
        for name, rows, numbers in zip(SETS, self.measured, self._scored, strict=True):
            if len(rows):
                loss, right = self.score(w, numbers)
                found[name] = loss
                if self.samples.classes:
                    found[f"{name}_accuracy"] = right / len(rows)
        return found

    def score(self, w: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean loss without penalties, and how many samples are right, of a block. w: (dim, lanes) -> (lanes,) each."""
        w = np.ascontiguousarray(w, dtype=float)
        loss, right = np.empty(w.shape[1]), np.empty((1, w.shape[1]))
        evaluate_block(compiled.score().address, numbers, w, loss, right)
        return loss, right[0]

    def answers(self, w: np.ndarray, inputs: np.ndarray) -> np.ndarray:
        """What every neuron says to inputs, (n, k) as the network sees them. w: (dim, lanes) -> (n, neurons, lanes).

        Neurons layer by layer, inputs left out; the last are probabilities under cross-entropy: of the second of two
        classes, or of each of several.
        """
        w = np.ascontiguousarray(w, dtype=float)
        out = np.empty((len(inputs) * sum(self.dims[1:]), w.shape[1]))
        numbers = self.sample_blocks.of_inputs(inputs)
        evaluate_block(compiled.answers().address, numbers, w, np.empty(1), out)
        return out.reshape(len(inputs), -1, w.shape[1])

    def block(self, rows: np.ndarray) -> np.ndarray:
        """The numbers of these samples for `score`: no penalties, nothing dropped."""
        return self.sample_blocks.of_rows(rows)

    @cached_property
    def _scored(self) -> list[np.ndarray]:
        return [self.block(rows) for rows in self.measured]

    def seen(self, rows: np.ndarray) -> np.ndarray:
        """The inputs of these samples as the network sees them, (rows, k)."""
        return self.samples.seen(rows)


def dealt_rows(samples: Samples, shares: tuple[float, float, float], seed: int) -> list[np.ndarray]:
    """The samples of training, validation and test set: numbers of rows. The last share is not looked at where the data
    come with a test set."""
    n, test = len(samples.targets), samples.test
    if test is None:
        sets = splits.split(n, shares, seed)
    else:
        sets = np.full(n, TEST, dtype=np.int8)
        sets[:test] = splits.split(test, (shares[0], shares[1], 0.0), seed)
    return [np.flatnonzero(sets == which) for which in (TRAINING, VALIDATION, TEST)]


def evenly(rows: np.ndarray, most: int) -> np.ndarray:
    """All rows, or so many spread evenly over them."""
    if len(rows) <= most:
        return rows
    return rows[np.arange(most) * len(rows) // most]


def measured_names(network: Network) -> Mapping[str, str]:
    """What `measure` gives, and of which set each is."""
    return {
        name: own
        for own in SETS
        for name in ([own, f"{own}_accuracy"] if network.samples.classes else [own])
        if len(network.rows[SETS.index(own)])
    }

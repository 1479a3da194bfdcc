"""Linear regression as a problem in lanes: a straight line, a polynomial or a plane of many inputs through points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from descent_lab.datasets import splits
from descent_lab.geometry import Window
from descent_lab.machine.batches import Batches, always
from descent_lab.machine.kernels import Kernel
from descent_lab.machine.lanes import PLAIN_LEVEL
from descent_lab.machine.rules import Optimizer
from descent_lab.machine.stepping import evaluate_block
from descent_lab.regression.basis import basis_of
from descent_lab.regression.changes import DataChange
from descent_lab.regression.design import Design, condition
from descent_lab.regression.exact import Exact, Moments, moments, solve
from descent_lab.regression.losses import LOSSES, Loss, blocks
from descent_lab.regression.minibatches import minibatches
from descent_lab.regression.section import Ground, Section, section

TRAINING, VALIDATION, TEST = 0, 1, 2

STEPS = 300
"""A regression's suggested length."""

SPAN = 1_000_000
"""Numbers that the mini-batches of one span of steps may take."""

MANY = 500
"""The mean squared error of more points than this is measured by the quadratic that it is: a few rows say the same."""


@dataclass(frozen=True, eq=False)  # its caches ask by identity
class Regression:
    """A linear model over points, or over a table of many inputs.

    inputs: (points,) or (points, inputs). targets: (points,). design: how inputs become columns. shares: per cent of
    training, validation and test. batch: points of a mini-batch, 0 for all. jitter: standard deviation of what is added
    to the inputs at every step. patience: steps without a better validation loss, 0 for any number. target: what the
    targets are called. note: what is odd about the data that somebody brought, or None.
    """

    inputs: np.ndarray
    targets: np.ndarray
    design: Design
    loss: Loss = LOSSES["mse"]
    delta: float = 1.0
    l2: float = 0.0
    l1: float = 0.0
    jitter: float = 0.0
    batch: int = 0
    shares: tuple[float, float, float] = (100.0, 0.0, 0.0)
    seed: int = 0
    patience: int = 0
    first: tuple[float, ...] | None = None
    window: Window | None = None
    steps: int = STEPS
    target: str = "y"
    note: str | None = None

    level = PLAIN_LEVEL

    @property
    def dim(self) -> int:
        """Weights, the bias among them."""
        return len(self.design.names)

    @property
    def start(self) -> tuple[float, ...]:
        """The suggested start: that of the point set, else all weights at zero."""
        return self.first if self.first is not None and len(self.first) == self.dim else (0.0,) * self.dim

    @property
    def field(self) -> Kernel:
        """The compiled loss and gradient of the training set or of a mini-batch (see `losses`)."""
        return self.loss.field

    @property
    def hessian(self) -> Kernel:
        """The compiled Hessian."""
        return self.loss.hessian

    def joined(self, optimizer: Optimizer) -> None:
        """No kernel of rule and field in one: the time goes into the points."""

    @cached_property
    def sets(self) -> np.ndarray:
        """Which set each point belongs to, (points,): 0 training, 1 validation, 2 test."""
        return splits.split(len(self.targets), self.shares, self.seed)

    @cached_property
    def rows(self) -> np.ndarray:
        """The design matrix of all points, (points, dim)."""
        return self.design.matrix(self.inputs)

    @cached_property
    def parts(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Design matrix and targets of each set."""
        if np.all(self.sets == TRAINING):
            return [(self.rows, self.targets), *[(self.rows[:0], self.targets[:0])] * 2]
        chosen = [self.sets == which for which in (TRAINING, VALIDATION, TEST)]
        return [(self.rows[own], self.targets[own]) for own in chosen]

    @property
    def training(self) -> tuple[np.ndarray, np.ndarray]:
        """Design matrix and targets of the training set."""
        return self.parts[TRAINING]

    def changed(self, change: DataChange) -> Regression:
        """The same model over points of which one has been moved, added or removed; its columns stay as they are."""
        at, n = change.point, len(self.targets)
        if change.to is None:
            return replace(self, inputs=np.delete(self.inputs, at), targets=np.delete(self.targets, at))
        inputs, targets = (np.append(a, 0.0) if at == n else a.copy() for a in (self.inputs, self.targets))
        inputs[at], targets[at] = change.to
        made = replace(self, inputs=inputs, targets=targets)
        if at < n:  # a point that is dragged: what does not depend on its place is known
            rows = self.rows.copy()
            rows[at] = self.design.matrix(inputs[at : at + 1])[0]
            made.__dict__.update(rows=rows, sets=self.sets)
        return made

    # ------------------------------------------------------------ what the kernels read

    def blocks(self, rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """The numbers of several steps, a row each. rows: (steps, points, dim). targets: (steps, points)."""
        return blocks(rows, targets, self.l2, self.l1, self.delta)

    @cached_property
    def data(self) -> np.ndarray:
        """The numbers of the whole training set: its own points, however many, so that a path has the same bits on
        every processor (a triangle's last bits are LAPACK's)."""
        rows, targets = self.training
        return self.blocks(rows[None], targets[None])[0]

    def _few(self, which: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows and targets with the losses of a set: its own, or of many points the rows of their triangle."""
        rows, targets = self.parts[which]
        if len(targets) <= MANY or self.loss.key != "mse":
            return rows, targets
        triangle = self.moments[which].triangle
        triangle = triangle * np.sqrt(len(triangle))  # whose mean of squares is the sum of the triangle's
        return triangle[:, :-1], triangle[:, -1]

    @property
    def cost(self) -> int:
        """Numbers that the kernels read for one lane at one step."""
        points = len(self.training[1])
        return self.dim * min(self.batch or points, points)

    @property
    def whole_batches(self) -> bool:
        """Whether every step sees the same numbers."""
        return self.jitter == 0.0 and not 0 < self.batch < len(self.training[1])

    @property
    def stride(self) -> int:
        """How many steps' numbers are made at a time."""
        if self.whole_batches:
            return 1_000_000
        points = min(self.batch or len(self.training[1]), len(self.training[1]))
        return max(1, SPAN // (points * (self.dim + 1) + 1))

    @property
    def epoch(self) -> int:
        """Steps of one epoch."""
        return splits.steps_per_epoch(len(self.training[1]), self.batch)

    def batches(self, first: int, count: int) -> Batches:
        """The numbers of steps first .. first + count - 1, each of that step's mini-batch."""
        if self.whole_batches:
            return always(self.data, count)
        return minibatches(self, first, count)

    # ------------------------------------------------------------ what is measured

    @cached_property
    def exact(self) -> Exact | None:
        """The weights with the lowest loss, penalties counted; None where nothing tells one line from another."""
        matrix, targets = self.training
        if not len(targets):
            return None
        basis = basis_of(self.design, self.inputs[self.sets == TRAINING])
        return solve(matrix, targets, self.loss.key, self.delta, self.l2, self.l1, basis)

    @cached_property
    def lowest(self) -> float | None:
        """The lowest loss on the training set, penalties counted."""
        return None if self.measured_exact is None else self.measured_exact["losses"]

    @cached_property
    def measured_exact(self) -> Mapping[str, float] | None:
        """What is measured of the exact answer (see `measure`), its loss as well as it is known; None without one."""
        if self.exact is None or self.exact.weights is None:
            return None
        measured = {name: float(loss[0]) for name, loss in self.measure(self.exact.weights[:, None]).items()}
        return measured if self.exact.loss is None else {**measured, "losses": self.exact.loss}

    @cached_property
    def condition(self) -> float | None:
        """Condition number of the training set's design matrix."""
        return condition(self.training[0]) if len(self.training[1]) else None

    @cached_property
    def moments(self) -> list[Moments]:
        """The quadratic of each set's mean squared error."""
        return [moments(*part) for part in self.parts]

    def measure(self, w: np.ndarray) -> Mapping[str, np.ndarray]:
        """What is recorded of weights, (dim, lanes): the loss that is descended (`losses`), and each set's own.

        `training` is there where penalties make it another than `losses`; a set without points is not there, and
        without points to train on there are no `losses`.
        """
        found = {name: self._mean(which, w) for which, name in enumerate(("losses", "validation", "test"))}
        measured = {name: loss for name, loss in found.items() if loss is not None}
        if "losses" in measured and (self.l2 or self.l1):
            measured["training"] = measured["losses"]
            measured["losses"] = measured["training"] + self.penalty(w)
        return measured

    def penalty(self, w: np.ndarray) -> np.ndarray:
        """What the size of the weights costs, the bias's left out. w: (dim, lanes) -> (lanes,)."""
        with np.errstate(all="ignore"):
            return self.l2 * (w[:-1] ** 2).sum(axis=0) + self.l1 * np.abs(w[:-1]).sum(axis=0)

    @cached_property
    def _measured(self) -> list[np.ndarray]:
        """What the kernel reads to measure each set, without penalties: its points, or what many of them come to."""
        parts = [self._few(which) for which in (TRAINING, VALIDATION, TEST)]
        return [blocks(rows[None], targets[None], 0.0, 0.0, self.delta)[0] for rows, targets in parts]

    def _mean(self, which: int, w: np.ndarray) -> np.ndarray | None:
        """Mean loss over a set, (lanes,); None where it has no points.

        By the kernel, lane by lane: a product of matrices has other last bits for another number of lanes.
        """
        if len(self.parts[which][1]) == 0:
            return None
        w = np.ascontiguousarray(w, dtype=float)
        loss, gradient = np.empty(w.shape[1]), np.empty_like(w)
        evaluate_block(self.field.address, self._measured[which], w, loss, gradient)
        return loss

    # ------------------------------------------------------------ what is shown

    def section(self, start: tuple[float, ...]) -> Section:
        """The plane that is shown: slope against intercept, or through the start and the exact answer."""
        exact = None if self.exact is None else self.exact.weights
        return section(Ground(*self.training, exact), self.design.names, np.array(start), self.window)

    @cached_property
    def scale(self) -> float:
        """Length by which distances between weights are judged: the diagonal of the section's window."""
        return self.section(self.start).diagonal

    def refitted(self, known: np.ndarray, degree: int, l2: float) -> float | None:
        """Mean squared error over the other points of the polynomial that fits the known ones best. known: (points,)
        of bool; powers are standardised."""
        other = replace(self.of_degree(known, degree), loss=LOSSES["mse"], l2=l2, l1=0.0)
        if other.exact is None or other.exact.weights is None:
            return None
        rows = other.design.matrix(self.inputs[~known])
        return float(np.mean((rows @ other.exact.weights - self.targets[~known]) ** 2))

    @cached_property
    def straight(self) -> Regression | None:
        """The straight line through the same points and sets, without penalties, for comparison with a curve; None
        where this is one, or no curve at all."""
        if self.inputs.ndim != 1 or self.design.degree == 1:
            return None
        made = replace(self, design=Design.of_points(self.inputs[:0], 1, False), l2=0.0, l1=0.0)
        made.__dict__.update(sets=self.sets)
        return made

    def of_degree(self, chosen: np.ndarray, degree: int) -> Regression:
        """A polynomial of that degree over the chosen points, all of them training; powers are standardised. chosen:
        (points,) of bool."""
        x = self.inputs[chosen]
        return replace(
            self,
            inputs=x,
            targets=self.targets[chosen],
            design=Design.of_points(x, degree, True),
            shares=(100.0, 0.0, 0.0),
        )

    def batch_at(self, step: int) -> Regression:
        """The problem of the mini-batch of that step alone."""
        chosen = np.flatnonzero(self.sets == TRAINING)
        chosen = chosen[splits.batches(len(chosen), self.batch, self.seed, step, 1)[0]]
        return replace(
            self, inputs=self.inputs[chosen], targets=self.targets[chosen], batch=0, shares=(100.0, 0.0, 0.0)
        )

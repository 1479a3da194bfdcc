"""Cross-validation by descent: each fold a lane, trained by one entrant on the points outside it.

The exact answer (see `problems.validation`) says what a model can do; this says what an optimizer with so many steps
makes of it. Few steps hold a curve back as a penalty does, and a rate that is too high reaches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from descent_lab.datasets import splits
from descent_lab.machine.batches import Batches
from descent_lab.machine.endpoints import Finish, Task, finish_all
from descent_lab.machine.random_draws import standard_normal
from descent_lab.machine.rules import Optimizer
from descent_lab.regression.dealing import of_chosen
from descent_lab.regression.losses import penalised
from descent_lab.regression.regression import Regression
from descent_lab.regression.validation import Validation, checked_folds
from descent_lab.setups.setup import Entrant, Setup

MAKING = 10_000
"""Making a mini-batch with input noise takes about as long as the kernels take to read so many numbers."""


@dataclass(frozen=True, eq=False)
class Ridge:
    """A regression with another ridge penalty, as a problem of its own: the mini-batches are made once for all."""

    base: Regression
    l2: float

    @property
    def dim(self) -> int:
        """Weights, the bias among them."""
        return self.base.dim

    @property
    def stride(self) -> int:
        """How many steps' numbers are made at a time."""
        return self.base.stride

    @cached_property
    def data(self) -> np.ndarray:
        """The numbers of the whole training set."""
        return penalised(self.base.data, np.zeros(1, dtype=np.int64), self.l2)

    def batches(self, first: int, count: int) -> Batches:
        """The numbers of steps first .. first + count - 1."""
        made = self.base.batches(first, count)
        return Batches(penalised(made.numbers, made.offsets, self.l2), made.offsets)

    @property
    def level(self) -> tuple[float, float]:
        """A low loss, and the size by which losses are told apart."""
        return self.base.level

    @property
    def scale(self) -> Any:
        """Length by which distances between weights are judged."""
        return self.base.scale

    @property
    def field(self) -> Any:
        """The compiled loss and gradient."""
        return self.base.field

    @property
    def hessian(self) -> Any:
        """The compiled Hessian."""
        return self.base.hessian

    def joined(self, optimizer: Optimizer) -> None:
        """No kernel of rule and field in one."""


def work_of(setup: Setup, problem: Regression, folds: int, degrees: Sequence[int], lambdas: int) -> int:
    """About how many numbers are read when all the folds are trained. problem: of the points to be dealt."""
    points = len(problem.targets)
    seen = min(problem.batch or points, points)
    made = 0 if problem.whole_batches else MAKING
    return folds * setup.steps * sum(lambdas * (degree + 1) * seen + made for degree in degrees)


def train_folds(
    setup: Setup,
    problem: Regression,
    entrant: Entrant,
    folds: int,
    degrees: Sequence[int],
    lambdas: Sequence[float],
    tick: Callable[[], None] | None = None,
) -> Validation:
    """Error of each degree with each ridge penalty when the entrant trains the setup's steps outside each fold.

    problem: the points to be dealt, with the setup's loss, lasso penalty, mini-batches and input noise. The error on
    the fold left out is the mean squared one, whatever loss is descended; that of a diverged fold is infinite.
    tick: see `finish_all`.
    """
    x, y = problem.inputs, problem.targets
    checked_folds(len(y), folds)
    fold_of = splits.folds(len(y), folds, problem.seed)
    trained: list[tuple[int, int, int, Regression]] = []
    tasks: list[Task] = []
    for i, degree in enumerate(degrees):
        bases = [of_chosen(problem, fold_of != fold, degree) for fold in range(folds)]
        for j, penalty in enumerate(
            lambdas
        ):  # neighbours are of different folds: two cores make no batch twice
            for fold, base in enumerate(bases):
                trained.append((fold, i, j, base))
                tasks.append(_task(setup, base, entrant, penalty))
    errors = np.empty((folds, len(degrees), len(lambdas)))
    diverged = np.zeros(errors.shape, dtype=bool)
    for (fold, i, j, base), end in zip(trained, finish_all(tasks, tick), strict=True):
        out = fold_of == fold
        errors[fold, i, j] = _error(base, end, x[out], y[out])
        diverged[fold, i, j] = end.diverged[0] >= 0
    return Validation.of(errors, diverged.sum(axis=0), degrees, lambdas, y)


def trained_error(
    setup: Setup,
    problem: Regression,
    known: np.ndarray,
    entrant: Entrant,
    degree: int,
    l2: float,
    tick: Callable[[], None] | None = None,
) -> float:
    """Mean squared error over the other points when the entrant trains on the known ones. known: (points,) of bool.
    tick: see `finish_all`."""
    base = of_chosen(problem, known, degree)
    (end,) = finish_all([_task(setup, base, entrant, l2)], tick)
    return _error(base, end, problem.inputs[~known], problem.targets[~known])


def _task(setup: Setup, base: Regression, entrant: Entrant, l2: float) -> Task:
    """One lane from the setup's start where it has as many weights, else from zero, as after a change of degree; on a
    table, whose suggested start depends on the targets, from what is suggested by those that are learned from."""
    start = np.zeros(base.dim)
    if len(setup.start) == base.dim:
        suggested = base.inputs.ndim != 1 and setup.start == setup.regression.start
        start += base.start if suggested else setup.start
        start += entrant.offset
    return (
        Ridge(base, l2),
        entrant.optimizer,
        start[:, None],
        np.array([*entrant.knobs.values()]).reshape(-1, 1),
        entrant.schedule.rates(setup.steps, entrant.schedule_knobs),
        standard_normal(setup.seed, 0, setup.steps, base.dim),
        setup.noise_of(entrant),
        -np.inf,
    )


def _error(base: Regression, end: Finish, x: np.ndarray, y: np.ndarray) -> float:
    if end.diverged[0] >= 0:
        return np.inf
    with np.errstate(all="ignore"):
        return float(np.mean((base.design.matrix(x) @ end.w[:, 0] - y) ** 2))

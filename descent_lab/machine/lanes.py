"""Descent: lanes, alone or many, advanced by the loop.

A lane is one point with its own knobs. Arrays are `(dim, lanes)`, lanes last. There is one loop, over steps, and it
treats a block of lanes at a time: those of one optimizer here, one for each of several in `mixed_block`; many blocks
share the cores in `endpoints`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from descent_lab.machine.batches import Batches
from descent_lab.machine.block import Block, Rule, layout
from descent_lab.machine.kernels import Kernel
from descent_lab.machine.loop import Kernels, run
from descent_lab.machine.rules import Optimizer
from descent_lab.machine.stepping import LARGEST, curve_block, evaluate_block

ESCAPE = 1e12
"""A loss that rises so many times as high as what there is to lose counts as diverged: nothing comes back from there.

Heights are measured from the problem's floor, and what there is to lose is the start's height and the problem's unit:
so the unit of the loss, and a number that is added to it, make no difference.
"""


class Problem(Protocol):
    """What can be descended: a compiled field, a compiled Hessian for whoever asks, and the numbers that they read.

    data: the numbers of all of it; batches: those of consecutive steps, at most `stride` at a time. scale: the length
    by which distances between weights are judged. level: a low loss, and the size by which losses are told apart.
    """

    @property
    def dim(self) -> int: ...

    @property
    def stride(self) -> int: ...

    def batches(self, first: int, count: int) -> Batches: ...

    # Kernels both, an array and a number; pyright does not see that a cached_property gives one.
    @property
    def data(self) -> Any: ...

    @property
    def scale(self) -> Any: ...

    @property
    def level(self) -> Any: ...

    @property
    def field(self) -> Any: ...

    @property
    def hessian(self) -> Any: ...

    def joined(self, optimizer: Optimizer) -> Any: ...


def evaluate(problem: Problem, w: np.ndarray, at: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Loss and gradient of every lane. w: (dim, lanes) -> (lanes,), (dim, lanes).

    at: the step whose mini-batch is asked; else all the data are.
    """
    w = np.ascontiguousarray(w, dtype=float)
    loss, gradient = np.empty(w.shape[1]), np.empty_like(w)
    evaluate_block(problem.field.address, _data(problem, at), w, loss, gradient)
    return loss, gradient


def _data(problem: Problem, at: int | None) -> np.ndarray:
    if at is None:
        return problem.data
    batches = problem.batches(at, 1)
    return batches.numbers[batches.offsets[0] :]


def ceilings(problem: Problem, first: np.ndarray) -> np.ndarray:
    """The loss above which a lane counts as diverged. first: (lanes,), the loss at the start."""
    floor, unit = problem.level
    with np.errstate(invalid="ignore", over="ignore"):
        # The largest finite number, not infinity: an infinite loss must lie above it. fmin passes over NaN.
        return np.fmin(floor + ESCAPE * (unit + np.abs(first - floor)), LARGEST)


PLAIN_LEVEL = (0.0, 1.0)
"""Of problems whose losses are of a size that is known: mean errors of targets and of classes."""


def curve(problem: Problem, w: np.ndarray, at: int | None = None) -> np.ndarray:
    """Hessian of every lane, the rows of its upper triangle: xx, xy, yy in two dimensions. at: as in `evaluate`.

    w: (dim, lanes) -> (dim (dim + 1) / 2, lanes).
    """
    w = np.ascontiguousarray(w, dtype=float)
    out = np.empty((problem.dim * (problem.dim + 1) // 2, w.shape[1]))
    curve_block(problem.hessian.address, _data(problem, at), w, out)
    return out


def spans(problem: Problem, first: int, count: int) -> Iterator[tuple[slice, Batches]]:
    """Steps first .. first + count - 1 in pieces of `problem.stride`, counted from 0, with the numbers of each.

    A piece has the numbers of the step after it too: the loss where it ends is that of the next mini-batch.
    """
    for begin in range(0, max(count, 1), problem.stride):
        end = min(begin + problem.stride, count)
        yield slice(begin, end), problem.batches(first + begin, end - begin + 1)


@dataclass
class Lanes:
    """A block of lanes of one optimizer, as it stands after `step` steps.

    w: (dim, lanes). state: (rows, lanes). knobs: (K, lanes). noise, goal, ceiling: (lanes,). reached and diverged:
    (lanes,), the step at which the loss first lay below `goal`, and at which the lane died; -1 for not yet.
    """

    problem: Problem
    optimizer: Optimizer
    w: np.ndarray
    state: np.ndarray
    knobs: np.ndarray
    noise: np.ndarray
    goal: np.ndarray
    ceiling: np.ndarray
    reached: np.ndarray
    diverged: np.ndarray
    step: int = 0

    @classmethod
    def start(
        cls,
        problem: Problem,
        optimizer: Optimizer,
        start: ArrayLike,
        knobs: ArrayLike,
        noise: ArrayLike = 0.0,
        goal: ArrayLike = -np.inf,
    ) -> Lanes:
        """Lanes before their first step. start: (dim, lanes). knobs: (K, lanes), in the order of the optimizer's."""
        w = np.array(start, dtype=float, order="C")
        n = w.shape[1]
        # A copy: a knob that is turned must not turn elsewhere.
        knobs = np.array(knobs, dtype=float, order="C")
        bounds = np.empty((3, n))
        bounds[0], bounds[1] = noise, goal
        bounds[2] = ceilings(problem, evaluate(problem, w)[0])
        marks = np.empty((2, n), dtype=np.int64)
        marks[:] = -1
        state = optimizer.initial_state(w.shape[0], knobs)
        return cls(problem, optimizer, w, state, knobs, bounds[0], bounds[1], bounds[2], marks[0], marks[1])

    def advance(
        self,
        rates: np.ndarray,
        draws: np.ndarray,
        record: bool = False,
        into: tuple[np.ndarray, np.ndarray] | None = None,
        joined: Kernel | None = None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take len(rates) steps.

        rates: (steps,), what the learning rate is multiplied by. draws: (steps, dim), standard normal. Returns the
        path (steps + 1, dim, lanes), the present point first, and the losses (steps + 1, lanes), NaN where a lane
        is dead; both empty if not recorded. into: C-contiguous arrays of these shapes to record in. joined: the
        problem's and the optimizer's kernels in one; the steps are the same.
        """
        if into is None:
            rows = len(rates) + 1 if record else 0
            into = np.empty((rows, *self.w.shape)), np.empty((rows, self.w.shape[1]))
        optimizer, (dim, n) = self.optimizer, self.w.shape
        kernels = Kernels(
            self.problem.field.address,
            self.problem.hessian.address if "hessian" in optimizer.needs else 0,
            joined.address if joined is not None else 0,
        )
        rule = Rule(optimizer.kernel.address, optimizer.traits, len(self.state), len(self.knobs))
        home = Block(
            *(layout((rule,), n), np.arange(n, dtype=np.int64), self.w),
            *(np.empty((dim, n)), np.empty(n), self.state.ravel(order="K"), self.knobs.ravel()),
            *(self.noise, self.goal, self.ceiling, self.reached),
        )
        run_in_pieces(self.problem, kernels, home, rates[None, :], draws, self.step, into, self.diverged)
        self.step += len(rates)
        return into


def run_in_pieces(
    problem: Problem,
    kernels: Kernels,
    home: Block,
    rates: np.ndarray,
    draws: np.ndarray,
    step: int,
    into: tuple[np.ndarray, np.ndarray],
    diverged: np.ndarray,
) -> None:
    """`loop.run` in pieces."""
    for part, batches in spans(problem, step, rates.shape[1]):
        record = slice(part.start, part.stop + 1)
        run(
            *(kernels, batches.numbers, batches.offsets, home),
            *(np.ascontiguousarray(rates[:, part]), draws[part], step + part.start),
            *((into[0][record], into[1][record]), diverged),
        )

"""Descent: lanes, alone or many, advanced by the loop.

A lane is one point with its own knobs. Arrays are `(dim, lanes)`, lanes last. There is one loop, over steps, and it
treats a block of lanes at a time so that the block stays in cache; blocks share the cores, because the loop lets go
of the interpreter's lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from app.engine.batches import Batches
from app.engine.kernels import Kernel
from app.engine.loop import LARGEST, curve_block, evaluate_block, run
from app.engine.rules import Optimizer

BLOCK = 2074
"""Lanes in a block: the state of one lane of Adam in two dimensions is 64 bytes, so a block stays in the L2 cache.

Not a power of two: the rows of a block would lie in the same places of the cache and wait for one another. 26 numbers
more than one, and each row begins 208 bytes further on than the last.
"""

CROWD = 16_384
"""Lanes of one optimizer from which on it pays to compile its rule and the surface into one kernel."""

PARTS, PART = 8, 100
"""A block of lanes is advanced in so many parts, of so many steps at the least, where somebody may end the work."""

ESCAPE = 1e12
"""A loss that rises above ESCAPE * (1 + |loss at the start|) counts as diverged: nothing comes back from there."""


class Problem(Protocol):
    """What can be descended: a compiled field, a compiled Hessian for whoever asks, and the numbers that they read.

    data: the numbers of all of it; batches: those of consecutive steps, at most `stride` at a time. scale: the length
    by which distances between weights are judged.
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


def ceilings(first: np.ndarray) -> np.ndarray:
    """The loss above which a lane counts as diverged. first: (lanes,), the loss at the start."""
    with np.errstate(invalid="ignore", over="ignore"):
        # The largest finite number, not infinity: an infinite loss must lie above it. fmin passes over NaN.
        return np.fmin(ESCAPE * (1 + np.abs(first)), LARGEST)


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
        knobs = np.array(
            knobs, dtype=float, order="C"
        )  # a copy: a knob that is turned must not turn elsewhere
        bounds = np.empty((3, n))
        bounds[0], bounds[1] = noise, goal
        bounds[2] = ceilings(evaluate(problem, w)[0])
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
        rows = (self.optimizer.kernel.address,), (self.w.shape[1],), (self.state.size,), (self.knobs.size,)
        addresses = (
            self.problem.field.address,
            self.problem.hessian.address if "hessian" in self.optimizer.needs else 0,
            joined.address if joined is not None else 0,
        )
        numbers = self.w, self.state.ravel(order="K"), self.knobs.ravel()
        bounds, marks = (self.noise, self.goal, self.ceiling), (self.reached, self.diverged)
        _run(self.problem, addresses, rows, numbers, rates[None, :], draws, bounds, self.step, into, marks)
        self.step += len(rates)
        return into


def _run(
    problem: Problem,
    addresses: tuple[int, int, int],
    rows: tuple[tuple[int, ...], ...],
    numbers: tuple[np.ndarray, np.ndarray, np.ndarray],
    rates: np.ndarray,
    draws: np.ndarray,
    bounds: Sequence[np.ndarray] | np.ndarray,
    step: int,
    into: tuple[np.ndarray, np.ndarray],
    marks: Sequence[np.ndarray] | np.ndarray,
) -> None:
    """`loop.run` in pieces. rows: address, lanes, state and knobs of each rule. numbers: w, state and knobs."""
    for part, batches in spans(problem, step, rates.shape[1]):
        record = slice(part.start, part.stop + 1)
        run(
            *addresses, batches.numbers, batches.offsets, *_numbers(*rows), *numbers,
            np.ascontiguousarray(rates[:, part]), draws[part], *bounds, step + part.start,
            into[0][record], into[1][record], *marks,
        )  # fmt: skip


@lru_cache(maxsize=1024)
def _numbers(*columns: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    return tuple(np.array(column, dtype=np.int64) for column in columns)


class Team:
    """A single lane for each of several optimizers, advanced together in one block.

    w: (dim, lanes). state and knobs: those of one lane after those of another. bounds: (3, lanes), noise, goal and
    ceiling; marks: (2, lanes), reached and diverged. See `Lanes`.
    """

    def __init__(
        self,
        problem: Problem,
        optimizers: Sequence[Optimizer],
        start: np.ndarray,
        knobs: Sequence[Sequence[float]],
        noise: Sequence[float],
        goal: Sequence[float],
        first: np.ndarray,
    ) -> None:
        """Before the first step. start: (dim, lanes). first: (lanes,), the losses there. The rest is of each lane."""
        self.problem, self.optimizers = problem, optimizers
        self.w = np.array(start, order="C")
        self.knobs = np.array([value for own in knobs for value in own], dtype=float)
        self.bounds = np.array([noise, goal, ceilings(first)])
        self.marks = np.full((2, len(optimizers)), -1)
        self.step = 0
        dim = start.shape[0]
        self._rows = tuple(optimizer.state_rows(dim) for optimizer in optimizers)
        self._knobs = tuple(map(len, knobs))
        self.state = np.zeros(sum(self._rows))
        self._hessian = any("hessian" in optimizer.needs for optimizer in optimizers)
        self._rules = tuple(optimizer.kernel.address for optimizer in optimizers)
        for i, optimizer in enumerate(optimizers):
            if optimizer.initial:
                lane = self.lane(i)
                lane.state[:] = optimizer.initial_state(dim, lane.knobs)

    def lane(self, index: int) -> Lanes:
        """One lane, as a view that goes on changing with the team."""
        state, knob = sum(self._rows[:index]), sum(self._knobs[:index])
        own = slice(index, index + 1)
        (noise, goal, ceiling), (reached, diverged) = self.bounds[:, own], self.marks[:, own]
        return Lanes(
            self.problem,
            self.optimizers[index],
            self.w[:, own],
            self.state[state : state + self._rows[index], None],
            self.knobs[knob : knob + self._knobs[index], None],
            *(noise, goal, ceiling, reached, diverged),
            self.step,
        )

    def kept(self) -> Team:
        """The team as it stands, to come back to."""
        kept = copy(self)
        kept.w, kept.state, kept.knobs = self.w.copy(), self.state.copy(), self.knobs.copy()
        kept.bounds, kept.marks = self.bounds.copy(), self.marks.copy()
        return kept

    def advance(self, rates: np.ndarray, draws: np.ndarray, path: np.ndarray, losses: np.ndarray) -> None:
        """Take rates.shape[1] steps. rates: (lanes, steps). path or losses without rows: not recorded. The rest as in
        `Lanes.advance`."""
        rows = self._rules, (1,) * len(self._rules), self._rows, self._knobs
        addresses = self.problem.field.address, self.problem.hessian.address if self._hessian else 0, 0
        numbers = self.w, self.state, self.knobs
        _run(
            self.problem,
            addresses,
            rows,
            numbers,
            rates,
            draws,
            self.bounds,
            self.step,
            (path, losses),
            self.marks,
        )
        self.step += rates.shape[1]


@dataclass(frozen=True)
class Finish:
    """Where many lanes ended. w: (dim, lanes). loss, reached, diverged: (lanes,); see `Lanes`."""

    w: np.ndarray
    loss: np.ndarray
    reached: np.ndarray
    diverged: np.ndarray


@cache
def pool() -> ThreadPoolExecutor:
    """Threads that share the cores: the kernels let go of the interpreter's lock."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="lanes")


def finish(
    problem: Problem,
    optimizer: Optimizer,
    start: np.ndarray,
    knobs: np.ndarray,
    rates: np.ndarray,
    draws: np.ndarray,
    noise: float = 0.0,
    goal: float = -np.inf,
) -> Finish:
    """Where every lane ends after len(rates) steps; paths are not kept, so memory does not grow with the steps.

    start: (dim, lanes). knobs: (K, lanes). rates: (steps,). draws: (steps, dim).
    """
    return finish_all([(problem, optimizer, start, knobs, rates, draws, noise, goal)])[0]


Task = tuple[Problem, Optimizer, np.ndarray, np.ndarray, np.ndarray, np.ndarray, float, float]


def finish_all(tasks: Sequence[Task], tick: Callable[[], None] | None = None) -> list[Finish]:
    """`finish` for several optimizers at once, their blocks sharing the cores.

    tick: called again and again, by all of them. It may raise, and so end the work.
    """
    ends: list[Finish] = []
    blocks: list[tuple[Task, Kernel | None, Finish, int, int]] = []
    for task in tasks:
        dim, n = task[2].shape
        joined = task[0].joined(task[1]) if n >= CROWD else None
        steps = np.empty((2, n), dtype=np.int64)
        end = Finish(np.empty((dim, n)), np.empty((n,)), steps[0], steps[1])
        ends.append(end)
        blocks += [(task, joined, end, first, min(first + BLOCK, n)) for first in range(0, n, BLOCK)]

    def one(block: tuple[Task, Kernel | None, Finish, int, int]) -> None:
        (problem, optimizer, start, knobs, rates, draws, noise, goal), joined, end, first, last = block
        lanes = Lanes.start(problem, optimizer, start[:, first:last], knobs[:, first:last], noise, goal)
        span = len(rates) if tick is None else max(PART, -(-len(rates) // PARTS))
        for begin in range(0, max(len(rates), 1), max(span, 1)):
            lanes.advance(rates[begin : begin + span], draws[begin : begin + span], joined=joined)
            if tick is not None:
                tick()
        end.w[:, first:last] = lanes.w
        end.loss[first:last] = evaluate(problem, lanes.w)[0]
        end.reached[first:last] = lanes.reached
        end.diverged[first:last] = lanes.diverged

    list(map(one, blocks)) if len(blocks) == 1 else list(pool().map(one, blocks))
    return ends

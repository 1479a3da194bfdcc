"""The loop: it advances lanes, freezes dead ones, and records.

A lane is one point with its own knobs. Arrays are `(dim, lanes)`, lanes last. There is one loop, over steps, and it
treats a block of lanes at a time so that the block stays in cache; blocks share the cores, because the loop lets go
of the interpreter's lock.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
from numba import float64, int64, njit, types

from app.engine.kernels import OPTIONS, call_field, call_hessian, call_rule, pointer
from app.engine.rules import Optimizer

BLOCK = 1024
"""Lanes in a block: the state of one lane of Adam in two dimensions is 64 bytes, so a block stays in the L2 cache."""

ESCAPE = 1e12
"""A loss that rises above ESCAPE * (1 + |loss at the start|) counts as diverged: nothing comes back from there."""


class Problem(Protocol):
    """What can be descended: a compiled field, and a compiled Hessian for whoever asks."""

    @property
    def dim(self) -> int: ...

    # Kernels both; pyright does not see that a cached_property gives one.
    @property
    def field(self) -> Any: ...

    @property
    def hessian(self) -> Any: ...


_V = types.Array(float64, 1, "C")
_M = types.Array(float64, 2, "C")
_T = types.Array(float64, 3, "C")
_N = types.Array(int64, 1, "C")


@njit(
    types.void(int64, int64, int64, _M, _M, _M, _V, _M, _V, _V, _V, int64, _T, _M, _N, _N),
    nogil=True,
    cache=True,
    **OPTIONS,
)
def _run(
    field, hessian, rule, w, state, knobs, rates, draws, noise, goal, ceiling, begin, path, losses, reached, diverged
):  # fmt: skip
    """len(rates) steps of one block, in place. See `advance` for the shapes; `begin` is the first step's number."""
    dim, n = w.shape
    gradient = np.empty((dim, n))
    loss = np.empty(n)
    out = np.empty((dim, n))
    jolt = np.zeros((dim, n))
    bad = np.empty(n)
    noisy = False
    for j in range(n):
        noisy = noisy or noise[j] != 0.0
    record = path.shape[0] > 0
    pw, pl, pg, po, pj = pointer(w), pointer(loss), pointer(gradient), pointer(out), pointer(jolt)
    ps, pk = pointer(state), pointer(knobs)
    steps = len(rates)
    for t in range(steps + 1):
        call_field(field, (pw, n, pl, pg))
        # x - x is 0 for a finite x and NaN otherwise: a test without a branch.
        for j in range(n):
            bad[j] = loss[j] - loss[j] if loss[j] <= ceiling[j] else np.nan
        for j in range(n):
            diverged[j] = begin + t if bad[j] != 0.0 and diverged[j] < 0 else diverged[j]
            reached[j] = begin + t if loss[j] < goal[j] and reached[j] < 0 and diverged[j] < 0 else reached[j]
        if record:
            for j in range(n):
                losses[t, j] = loss[j] if diverged[j] < 0 else np.nan
            for i in range(dim):
                for j in range(n):
                    path[t, i, j] = w[i, j]
        if t == steps:
            break
        if noisy:
            for i in range(dim):
                for j in range(n):
                    jolt[i, j] = noise[j] * draws[t, i]
                    gradient[i, j] += jolt[i, j]
        draw = draws[t]
        call_rule(rule, (field, hessian, pw, pl, pg, pj, ps, pk, rates[t], pointer(draw), dim, n, po))
        for i in range(dim):
            gi = gradient[i]
            oi = out[i]
            for j in range(n):
                bad[j] += (oi[j] - oi[j]) + (gi[j] - gi[j])
        for i in range(dim):
            wi = w[i]
            oi = out[i]
            for j in range(n):
                wi[j] = oi[j] if bad[j] == 0.0 and diverged[j] < 0 else wi[j]
        for j in range(n):
            diverged[j] = begin + t + 1 if bad[j] != 0.0 and diverged[j] < 0 else diverged[j]


@njit(types.void(int64, _M, _V, _M), nogil=True, cache=True, **OPTIONS)
def _evaluate(field, w, loss, gradient):
    call_field(field, (pointer(w), w.shape[1], pointer(loss), pointer(gradient)))


@njit(types.void(int64, _M, _M), nogil=True, cache=True, **OPTIONS)
def _curve(hessian, w, out):
    call_hessian(hessian, (pointer(w), w.shape[1], pointer(out)))


def evaluate(problem: Problem, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loss and gradient of every lane. w: (dim, lanes) -> (lanes,), (dim, lanes)."""
    w = np.ascontiguousarray(w, dtype=float)
    loss, gradient = np.empty(w.shape[1]), np.empty_like(w)
    _evaluate(problem.field.address, w, loss, gradient)
    return loss, gradient


def curve(problem: Problem, w: np.ndarray) -> np.ndarray:
    """Hessian of every lane of a problem in two dimensions. w: (2, lanes) -> (3, lanes), rows xx, xy, yy."""
    w = np.ascontiguousarray(w, dtype=float)
    out = np.empty((3, w.shape[1]))
    _curve(problem.hessian.address, w, out)
    return out


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
        start: np.ndarray,
        knobs: np.ndarray,
        noise: float | np.ndarray = 0.0,
        goal: float | np.ndarray = -np.inf,
    ) -> Lanes:
        """Lanes before their first step. start: (dim, lanes). knobs: (K, lanes), in the order of the optimizer's."""
        w = np.array(start, dtype=float, order="C")
        n = w.shape[1]
        knobs = np.ascontiguousarray(knobs, dtype=float)
        first, _ = evaluate(problem, w)
        with np.errstate(invalid="ignore"):
            ceiling = np.where(np.isfinite(first), ESCAPE * (1 + np.abs(first)), np.inf)
        return cls(
            problem,
            optimizer,
            w,
            optimizer.initial_state(w.shape[0], knobs),
            knobs,
            np.full(n, noise, dtype=float) if np.isscalar(noise) else np.array(noise, dtype=float),
            np.full(n, goal, dtype=float) if np.isscalar(goal) else np.array(goal, dtype=float),
            ceiling,
            np.full(n, -1, dtype=np.int64),
            np.full(n, -1, dtype=np.int64),
        )

    def advance(
        self, rates: np.ndarray, draws: np.ndarray, record: bool = False
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take len(rates) steps.

        rates: (steps,), what the learning rate is multiplied by. draws: (steps, dim), standard normal. Returns the
        path (steps + 1, dim, lanes), the present point first, and the losses (steps + 1, lanes), NaN where a lane
        is dead; both empty if not recorded.
        """
        dim, n = self.w.shape
        rows = len(rates) + 1 if record else 0
        path, losses = np.empty((rows, dim, n)), np.empty((rows, n))
        hessian = self.problem.hessian.address if "hessian" in self.optimizer.needs else 0
        _run(
            self.problem.field.address, hessian, self.optimizer.kernel.address,
            self.w, self.state, self.knobs, rates, draws, self.noise, self.goal, self.ceiling, self.step,
            path, losses, self.reached, self.diverged,
        )  # fmt: skip
        self.step += len(rates)
        return path, losses


@dataclass(frozen=True)
class Finish:
    """Where many lanes ended. w: (dim, lanes). loss, reached, diverged: (lanes,); see `Lanes`."""

    w: np.ndarray
    loss: np.ndarray
    reached: np.ndarray
    diverged: np.ndarray


@cache
def _pool() -> ThreadPoolExecutor:
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


def finish_all(tasks: Sequence[Task]) -> list[Finish]:
    """`finish` for several optimizers at once, their blocks sharing the cores."""
    ends: list[Finish] = []
    blocks: list[tuple[Task, Finish, int, int]] = []
    for task in tasks:
        dim, n = task[2].shape
        end = Finish(
            np.empty((dim, n)), np.empty(n), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
        )
        ends.append(end)
        blocks += [(task, end, first, min(first + BLOCK, n)) for first in range(0, n, BLOCK)]

    def one(block: tuple[Task, Finish, int, int]) -> None:
        (problem, optimizer, start, knobs, rates, draws, noise, goal), end, first, last = block
        lanes = Lanes.start(problem, optimizer, start[:, first:last], knobs[:, first:last], noise, goal)
        lanes.advance(rates, draws)
        end.w[:, first:last] = lanes.w
        end.loss[first:last] = evaluate(problem, lanes.w)[0]
        end.reached[first:last] = lanes.reached
        end.diverged[first:last] = lanes.diverged

    list(map(one, blocks)) if len(blocks) == 1 else list(_pool().map(one, blocks))
    return ends

"""Where many lanes end: their blocks share the cores, since the loop lets go of the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np

from descent_lab.machine.kernels import Kernel
from descent_lab.machine.lanes import Lanes, Problem, evaluate
from descent_lab.machine.rules import Optimizer

BLOCK = 2074
"""Lanes in a block: the state of one lane of Adam in two dimensions is 64 bytes, so a block stays in the L2 cache.

Not a power of two: the rows of a block would lie in the same places of the cache and wait for one another. 26 numbers
more than one, and each row begins 208 bytes further on than the last.
"""

CROWD = 16_384
"""Lanes of one optimizer from which on it pays to compile its rule and the surface into one kernel."""

PARTS, PART = 8, 100
"""A block of lanes is advanced in so many parts, of so many steps at the least, where somebody may end the work."""


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

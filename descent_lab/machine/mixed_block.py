"""A mixed block: a single lane for each of several optimizers, advanced together in one block."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np

from descent_lab.machine.block import Block, Rule, layout
from descent_lab.machine.lanes import Lanes, Problem, ceilings, run_in_pieces
from descent_lab.machine.loop import Kernels
from descent_lab.machine.rules import Optimizer


class MixedBlock:
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
        self.bounds = np.array([noise, goal, ceilings(problem, first)])
        self.marks = np.full((2, len(optimizers)), -1)
        self.step = 0
        dim = start.shape[0]
        self._rows = tuple(optimizer.state_rows(dim) for optimizer in optimizers)
        self._knobs = tuple(map(len, knobs))
        self.state = np.zeros(sum(self._rows))
        self._hessian = any("hessian" in optimizer.needs for optimizer in optimizers)
        self._layout = layout(
            tuple(
                Rule(optimizer.kernel.address, optimizer.traits, rows, settings)
                for optimizer, rows, settings in zip(optimizers, self._rows, self._knobs, strict=True)
            )
        )
        for i, optimizer in enumerate(optimizers):
            if optimizer.initial:
                lane = self.lane(i)
                lane.state[:] = optimizer.initial_state(dim, lane.knobs)

    def lane(self, index: int) -> Lanes:
        """One lane, as a view that goes on changing with the block."""
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

    def copy(self) -> MixedBlock:
        """The block as it stands, to come back to."""
        twin = copy(self)
        twin.w, twin.state, twin.knobs = self.w.copy(), self.state.copy(), self.knobs.copy()
        twin.bounds, twin.marks = self.bounds.copy(), self.marks.copy()
        return twin

    def advance(self, rates: np.ndarray, draws: np.ndarray, path: np.ndarray, losses: np.ndarray) -> None:
        """Take rates.shape[1] steps. rates: (lanes, steps). path or losses without rows: not recorded. The rest as in
        `Lanes.advance`."""
        dim, n = self.w.shape
        home = Block(
            *(
                self._layout,
                np.arange(n, dtype=np.int64),
                self.w,
                np.empty((dim, n)),
                np.empty(n),
                self.state,
                self.knobs,
            ),
            *(self.bounds[0], self.bounds[1], self.bounds[2], self.marks[0]),
        )
        kernels = Kernels(self.problem.field.address, self.problem.hessian.address if self._hessian else 0)
        run_in_pieces(self.problem, kernels, home, rates, draws, self.step, (path, losses), self.marks[1])
        self.step += rates.shape[1]

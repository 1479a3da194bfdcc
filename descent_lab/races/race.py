"""A race: entrants on one problem, advanced as far as asked for, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from descent_lab.machine.lanes import Lanes, evaluate
from descent_lab.machine.mixed_block import MixedBlock
from descent_lab.machine.random_draws import standard_normal
from descent_lab.networks.network import Network
from descent_lab.races.outcomes import Outcome, outcomes, settled
from descent_lab.regression.changes import DataChange
from descent_lab.regression.records import Records
from descent_lab.regression.regression import Regression
from descent_lab.setups.reading import checked_data
from descent_lab.setups.setup import AnyChange, Change, Entrant, Setup
from descent_lab.surfaces.landscape import minimum_value
from descent_lab.surfaces.surface import Surface

GOAL = 1e-3
"""The goal: a loss below f_min + GOAL * (f_start - f_min)."""

AT_FIRST = 1_000
"""Steps that a race has room for at once; it grows as it is advanced."""


@dataclass(frozen=True)
class Goal:
    """A loss to get below, made from the lowest value of the surface."""

    f_min: float
    loss: float


def start_of(setup: Setup, entrant: Entrant) -> list[list[float]]:
    """Where an entrant starts, (dim, 1)."""
    return [[start + offset] for start, offset in zip(setup.start, entrant.offset, strict=True)]


def goal_above(f_min: float | None, f_start: float) -> Goal | None:
    """The goal from a start of that loss; None where the surface has no lowest value, or the start has it."""
    return None if f_min is None or not f_start > f_min else Goal(f_min, f_min + GOAL * (f_start - f_min))


def lowest(problem: Surface | Regression | Network) -> float | None:
    """The lowest loss there is; None where there is none to be reached, or nobody knows."""
    if isinstance(problem, Surface):
        return minimum_value(problem)
    return problem.lowest if isinstance(problem, Regression) else None


def goal_of(setup: Setup, entrant: Entrant) -> Goal | None:
    """The goal of an entrant from its own start."""
    f_start = evaluate(setup.problem, np.array(start_of(setup, entrant)))[0][0]
    return goal_above(lowest(setup.problem), float(f_start))


class Race:
    """A race of `len(setup.entrants)` single lanes, recorded from the start to step `have`.

    On a surface the recorded loss is the kernel's. Of a regression, whose kernels may see a mini-batch and the
    penalties, what is recorded is measured on all of each set (see `Regression.measure`).
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.have = 0
        problem, entrants = setup.raced, setup.entrants
        starts = np.array([start_of(setup, entrant) for entrant in entrants])[:, :, 0].T
        first = evaluate(problem, starts)[0]
        f_min = lowest(problem)
        self.goals = [goal_above(f_min, loss) for loss in first.tolist()]
        goals = [-np.inf if goal is None else goal.loss for goal in self.goals]
        self._block = MixedBlock(
            problem,
            [entrant.optimizer for entrant in entrants],
            starts,
            [list(entrant.knobs.values()) for entrant in entrants],
            [setup.noise_of(entrant) for entrant in entrants],
            goals,
            first,
        )
        rows = min(setup.steps, AT_FIRST) + 1
        self._points, self._losses = np.empty((rows, *starts.shape)), np.empty((rows, len(entrants)))
        self._points[0], self._losses[0] = starts, first
        self._records = (
            Records(problem, setup.steps, np.array(goals)) if isinstance(problem, Regression) else None
        )
        if self._records is not None:
            self._records.note(self._points[:1], self._losses[:1], 0)
        self._stops: list[MixedBlock] = []  # as the block stood before the changes that were made on the way
        self._rates = np.array([e.schedule.rates(setup.steps, e.schedule_knobs) for e in entrants])

    def advance(self, to: int) -> None:
        """Compute up to step `to`, or to the end of the race if that comes first."""
        to = min(to, self.setup.steps)
        if to <= self.have:
            return
        self._grow(to + 1)
        first = self.have
        draws = standard_normal(self.setup.seed, first, to - first, self.setup.problem.dim)
        for begin, end in self._spans(to):
            self._block.advance(
                np.ascontiguousarray(self._rates[:, begin:end]),
                draws[begin - first : end - first],
                self._points[begin : end + 1],
                self._losses[begin : end + 1],
            )
            if self._records is not None:
                rows = slice(begin, end + 1)
                self._records.note(self._points[rows], self._losses[rows], begin)
        self.have = to

    def change(self, change: AnyChange) -> None:
        """Add a change, and go back to its step; the steps before it stand."""
        self.setup = checked_data(self.setup.with_change(change))
        have = min(change.at, self.have)
        while self._stops and self._stops[-1].step > have:
            self._stops.pop()
        if self._stops:
            self._block = self._stops[-1].copy()
            self.have = self._block.step
            if self._records is not None and isinstance(self._block.problem, Regression):
                self._records.rewind(self._block.problem, self.have)
        else:
            self.__init__(self.setup)
        self.advance(have)

    @property
    def regression(self) -> Regression:
        """The regression with the changes of its data that have been made so far."""
        assert self._records is not None
        return self._records.problem

    def lane(self, index: int) -> Lanes:
        """The lane of an entrant as it stands after `have` steps, as a view that changes with the race."""
        return self._block.lane(index)

    def points(self, first: int, last: int) -> np.ndarray:
        """Steps first .. last of every path, (entrants, last - first + 1, dim)."""
        return self._points[first : last + 1].transpose(2, 0, 1)

    def losses(self, first: int, last: int) -> np.ndarray:
        """Losses of steps first .. last, (entrants, last - first + 1); NaN where a lane is dead."""
        return self._losses[first : last + 1].T

    def measured(self, first: int, last: int) -> dict[str, np.ndarray]:
        """What else is recorded, each (entrants, last - first + 1): the losses of a regression's sets."""
        return {} if self._records is None else self._records.of(first, last)

    def reached(self) -> list[int | None]:
        """Steps to goal of every entrant; None for not yet, or no goal."""
        marks = self._block.marks[0] if self._records is None else self._records.reached
        return [step if step >= 0 else None for step in marks.tolist()]

    def left(self) -> list[bool]:
        """Whether every entrant, having reached its goal, has risen above it again."""
        now = self._losses[self.have].tolist()
        return [
            step is not None and goal is not None and not loss < goal.loss
            for step, goal, loss in zip(self.reached(), self.goals, now, strict=True)
        ]

    def stopped(self) -> list[int | None]:
        """Where early stopping would have stopped each entrant: its best validation loss's step; None for not yet."""
        return (
            [None] * len(self.setup.entrants) if self._records is None else self._records.stopped(self.have)
        )

    def outcomes(self) -> list[Outcome]:
        """What can be said of every entrant after `have` steps."""
        dead = self._block.marks[1].tolist()
        if self._records is not None:
            return settled(self._losses[: self.have + 1], self._records.problem, dead)
        return outcomes(self.setup.surface, self.points(0, self.have), dead)

    def _spans(self, to: int) -> Iterator[tuple[int, int]]:
        """From `have` to `to`, cut where changes fall due; each is made when the span before it has been run."""
        first = self.have
        for at, due in groupby(self.setup.due(first, to), key=lambda change: change.at):
            if at > first:
                yield first, at
            if not self._stops or self._stops[-1].step < at:
                self._stops.append(self._block.copy())
            for change in due:
                self._turn(change)
            first = at
        yield first, to

    def _turn(self, change: AnyChange) -> None:
        if not isinstance(change, Change):
            if isinstance(change, DataChange) and self._records is not None:
                self._block.problem = self._records.problem = self._records.problem.changed(change)
            return
        lane, names = self._block.lane(change.entrant), list(self.setup.entrants[change.entrant].knobs)
        lane.knobs[names.index(change.knob)] = change.value
        if change.knob == "noise":
            lane.noise[:] = self.setup.noise + change.value

    def _grow(self, rows: int) -> None:
        capacity = len(self._points)
        if rows <= capacity:
            return
        more = min(max(rows, 2 * capacity), self.setup.steps + 1)
        points, losses = np.empty((more, *self._points.shape[1:])), np.empty((more, self._losses.shape[1]))
        points[:capacity], losses[:capacity] = self._points, self._losses
        self._points, self._losses = points, losses

"""A race: entrants on one problem, advanced as far as asked for, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.engine.descent import Lanes, ceilings, evaluate
from app.engine.landscape import minimum_value
from app.engine.outcomes import Outcome, outcomes
from app.engine.sampling import standard_normal
from app.engine.setup import Change, Entrant, Setup

GOAL = 1e-3
"""The goal: a loss below f_min + GOAL * (f_start - f_min)."""

AT_FIRST = 1_000
"""Steps that a race has room for at once; it grows as it is advanced."""


@dataclass(frozen=True)
class Goal:
    """A loss to get below, made from the lowest value of the surface."""

    f_min: float
    loss: float


def start_of(setup: Setup, entrant: Entrant) -> np.ndarray:
    """Where an entrant starts, (dim, 1)."""
    return np.array([[setup.start[0] + entrant.offset[0]], [setup.start[1] + entrant.offset[1]]])


def goal_above(f_min: float | None, f_start: float) -> Goal | None:
    """The goal from a start of that loss; None where the surface has no lowest value, or the start has it."""
    return None if f_min is None or not f_start > f_min else Goal(f_min, f_min + GOAL * (f_start - f_min))


def goal_of(setup: Setup, entrant: Entrant) -> Goal | None:
    """The goal of an entrant from its own start."""
    f_start = evaluate(setup.surface, start_of(setup, entrant))[0][0]
    return goal_above(minimum_value(setup.surface), float(f_start))


def noise_of(setup: Setup, entrant: Entrant) -> float:
    """Strength of an entrant's noise. A noise knob of its own adds to the race's: one draw, two strengths."""
    return setup.noise + entrant.knobs.get("noise", 0.0)


class Race:
    """A race of `len(setup.entrants)` single lanes, recorded from the start to step `have`.

    points: (entrants, have + 1, dim). losses: (entrants, have + 1), NaN where a lane is dead.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.have = 0
        surface, entrants = setup.surface, setup.entrants
        starts = np.concatenate([start_of(setup, entrant) for entrant in entrants], axis=1)
        first = evaluate(surface, starts)[0]
        ceiling = ceilings(first)
        f_min = minimum_value(surface)
        self.goals = [goal_above(f_min, loss) for loss in first.tolist()]
        self._lanes = [
            Lanes.start(
                surface,
                entrant.optimizer,
                starts[:, i : i + 1],
                [[value] for value in entrant.knobs.values()],
                noise_of(setup, entrant),
                -np.inf if goal is None else goal.loss,
                ceiling[i],
            )
            for i, (entrant, goal) in enumerate(zip(entrants, self.goals, strict=True))
        ]
        self._points = np.empty((len(entrants), min(setup.steps, AT_FIRST) + 1, surface.dim))
        self._losses = np.empty(self._points.shape[:2])
        self._points[:, 0], self._losses[:, 0] = starts.T, first

    def advance(self, to: int) -> None:
        """Compute up to step `to`, or to the end of the race if that comes first."""
        to = min(to, self.setup.steps)
        if to <= self.have:
            return
        self._grow(to + 1)
        draws = standard_normal(self.setup.seed, self.have, to - self.have, self.setup.surface.dim)
        for index, lanes in enumerate(self._lanes):
            for first, last in self._spans(index, to):
                entrant = self.setup.entrants[index]
                rates = entrant.schedule.rates(self.setup.steps, entrant.schedule_knobs)[first:last]
                into = (
                    self._points[index, first : last + 1, :, None],
                    self._losses[index, first : last + 1, None],
                )
                lanes.advance(rates, draws[first - self.have : last - self.have], into=into)
        self.have = to

    def change(self, change: Change) -> None:
        """Add a change, and go back to its step; the steps before it stand."""
        have = min(change.at, self.have)
        self.__init__(self.setup.with_change(change))
        self.advance(have)

    def lane(self, index: int) -> Lanes:
        """The lane of an entrant as it stands after `have` steps."""
        return self._lanes[index]

    def points(self, first: int, last: int) -> np.ndarray:
        """Steps first .. last of every path, (entrants, last - first + 1, dim)."""
        return self._points[:, first : last + 1]

    def losses(self, first: int, last: int) -> np.ndarray:
        """Losses of steps first .. last, (entrants, last - first + 1)."""
        return self._losses[:, first : last + 1]

    def reached(self) -> list[int | None]:
        """Steps to goal of every entrant; None for not yet, or no goal."""
        return [int(lanes.reached[0]) if lanes.reached[0] >= 0 else None for lanes in self._lanes]

    def outcomes(self) -> list[Outcome]:
        """What can be said of every entrant after `have` steps."""
        diverged = [int(lanes.diverged[0]) for lanes in self._lanes]
        return outcomes(self.setup.surface, self.points(0, self.have), diverged)

    def _spans(self, index: int, to: int) -> Iterator[tuple[int, int]]:
        """From `have` to `to`, cut where changes fall due; each is made when the span before it has been run."""
        first = self.have
        due = [c for c in self.setup.changes if c.entrant == index and first <= c.at < to]
        for change in sorted(due, key=lambda c: c.at):  # stable: of two at one step the later turn holds
            if change.at > first:
                yield first, change.at
            self._turn(index, change)
            first = change.at
        yield first, to

    def _turn(self, index: int, change: Change) -> None:
        lanes, names = self._lanes[index], list(self.setup.entrants[index].optimizer.knobs)
        lanes.knobs[names.index(change.knob)] = change.value
        if change.knob == "noise":
            lanes.noise[:] = self.setup.noise + change.value

    def _grow(self, rows: int) -> None:
        capacity = self._points.shape[1]
        if rows <= capacity:
            return
        more = min(max(rows, 2 * capacity), self.setup.steps + 1)
        points = np.empty((len(self._lanes), more, self.setup.surface.dim))
        losses = np.empty((len(self._lanes), more))
        points[:, :capacity], losses[:, :capacity] = self._points, self._losses
        self._points, self._losses = points, losses

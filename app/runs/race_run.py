"""The race of a connection, as far as the client has granted."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from descent_lab.races.outcomes import Outcome
from descent_lab.races.race import Goal as RaceGoal
from descent_lab.races.race import Race
from descent_lab.regression.changes import DataChange
from descent_lab.regression.regression import Regression
from descent_lab.setups.setup import AnyChange, Setup

from ..messages.events import Answer
from ..messages.race_events import Goal, OutcomeOf, ReadyEvent, Starter, StepsEvent
from .credit import CreditedRun

FRAME_POINTS = 20_000
"""Points of one frame at most: half a megabyte, so that no connection keeps the cores for long."""


# Entrants mostly have the same goal, and much the same has become of them.
@lru_cache(maxsize=64)
def goal_told(goal: RaceGoal | None) -> Goal | None:
    """A goal as the stream tells it; None for one that no loss can lie below."""
    return Goal(loss=goal.loss, f_min=goal.f_min) if goal and math.isfinite(goal.loss) else None


@lru_cache(maxsize=1024)
def outcome_told(outcome: Outcome) -> OutcomeOf:
    """What became of an entrant as the stream tells it."""
    return OutcomeOf(kind=outcome.kind, step=outcome.step, where=outcome.where)


class Running(CreditedRun):
    """The race of a connection: how far it may go, and what of it has been sent."""

    def __init__(self, id: int, setup: Setup, credit: int, after: int | None) -> None:
        super().__init__(id, setup, credit, after)
        self.race = Race(setup)

    @property
    def setup(self) -> Setup:
        """The setup with all changes that were made."""
        return self.race.setup

    def ready(self) -> Answer:
        """What the client needs to know before the first step."""
        race = self.race
        goals = list(map(goal_told, race.goals))
        first: list[list[float]] = self._shown(0, 0)["points"][:, 0].tolist()
        return Answer(
            ReadyEvent(
                id=self.id,
                steps=race.setup.steps,
                goal=goals[0],
                goals=goals,
                entrants=[
                    Starter(start=(x, y), name=entrant.name)
                    for (x, y), entrant in zip(first, race.setup.entrants, strict=True)
                ],
            )
        )

    def change(self, change: AnyChange) -> None:
        """Go back to the step of the change. One that takes the place of another leaves nothing of it behind."""
        self.race.change(change)
        # A point that has moved changes the loss of the step itself; a knob acts from there on.
        self.send_again(change.at - isinstance(change, DataChange))

    def advance(self) -> Answer | None:
        """Compute a frame's worth of steps. None while those were sent before and are only gone through again."""
        race, piece = self.race, max(1, FRAME_POINTS // len(self.race.setup.entrants))
        if race.have < self.sent:
            race.advance(min(self.sent, race.have + piece))
            return None
        first = self.sent + 1
        last = max(self.sent, min(self.credit, self.sent + piece))
        race.advance(last)
        self.sent, self.due = last, False
        return Answer(
            StepsEvent(
                id=self.id,
                first=first,
                to=last,
                last=last == race.setup.steps,
                outcomes=list(map(outcome_told, race.outcomes())),
                reached=race.reached(),
                stopped=race.stopped(),
            ),
            {**self._shown(first, last), "losses": race.losses(first, last), **race.measured(first, last)},
        )

    def _shown(self, first: int, last: int) -> dict[str, np.ndarray]:
        """The points on the map, and where that is a section of more weights, the weights."""
        points, problem = self.race.points(first, last), self.race.setup.problem
        if problem.dim == 2 or not isinstance(problem, Regression):
            return {"points": points}
        return {"points": problem.section(self.race.setup.start).project(points), "weights": points}

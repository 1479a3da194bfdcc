"""One connection as a state machine, without the socket: it reads frames, follows requests and gives answers.

The client owns time. A race is computed up to the credit the client has granted and no further; nothing is kept for
sending but the race itself, so that a slow client costs no memory. A message that cannot be followed is refused by an
answer, and the race goes on.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from descent_lab.networks.network import Network
from descent_lab.races.outcomes import Outcome
from descent_lab.races.race import Goal as RaceGoal
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal, word
from descent_lab.regression.changes import DataChange
from descent_lab.regression.regression import Regression
from descent_lab.setups.reading import checked_work, read_change, read_setup
from descent_lab.setups.setup import AnyChange, Setup
from descent_lab.training.training import Training

from ..messages.race_events import Goal, OutcomeOf, ReadyEvent, Starter, StepsEvent
from ..messages.reading import id_in, id_of, parse_json, read_request
from ..messages.requests import AnyRequest, ChangeRequest, GrantRequest, RaceRequest
from ..messages.search_messages import CancelRequest
from ..messages.training_requests import OfTraining
from ..questions.answers import Answer, Report, refusal_answer
from ..questions.surfaces import answer, no_progress
from ..questions.training import about
from ..settings import Settings
from .credit import CreditedRun
from .training_run import TrainingRun

OF_THE_RACE = (RaceRequest, GrantRequest, ChangeRequest, CancelRequest, OfTraining)
"""What concerns the running race, and is followed in its order. All other questions stand alone."""

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


class Session:
    """What one client has asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.running: Running | TrainingRun | None = None

    @property
    def busy(self) -> bool:
        """Whether `advance` has something to do."""
        running = self.running
        return running is not None and running.busy

    def read(self, frame: str | bytes) -> AnyRequest | Answer:
        """The request that a frame holds, or the answer to one that holds none."""
        id = None
        try:
            data = parse_json(self._text(frame))
            id = id_of(data)
            return read_request(data)
        except Refusal as refusal:
            return refusal_answer(refusal, id_in(frame) if id is None and isinstance(frame, str) else id)

    def follow(self, request: AnyRequest, report: Report = no_progress) -> Answer | None:
        """Do what is asked. None where the steps that `advance` gives are the answer.

        report: takes word from the midst of long work.
        """
        try:
            return self._follow(request, report)
        except Refusal as refusal:
            return refusal_answer(refusal, request.id)

    def advance(self) -> Answer | None:
        """The next piece of the running race; None if it gave nothing to send."""
        running = self.running  # the client may leave meanwhile
        return running.advance() if running is not None and running.busy else None

    def _text(self, frame: str | bytes) -> str:
        if isinstance(frame, bytes):
            raise Refusal("binary frame", count=len(frame))
        most = self.settings.max_message_bytes
        if len(frame) > most:
            raise Refusal("message size", most=most, count=len(frame))
        return frame

    def _follow(self, request: AnyRequest, report: Report) -> Answer | None:
        match request:
            case RaceRequest():
                setup = read_setup(request.setup, self.settings)
                kind = TrainingRun if isinstance(setup.problem, Network) else Running
                running = kind(request.id, setup, request.credit, request.after)
                self.running = running
                return running.ready()
            case GrantRequest():
                self._running(request.id, "grant").grant(request.to)
                return None
            case ChangeRequest():
                running = self._running(request.id, "change")
                setup = running.setup
                if len(setup.changes) >= self.settings.max_changes:
                    raise Refusal("too many changes", most=self.settings.max_changes)
                fields = {"at", "entrant", "knob", "value"}
                if request.setting is not None:
                    fields = {"at", "setting", "value"}
                elif request.point is not None:
                    fields = {"at", "point", "to"}
                change = read_change(request.model_dump(include=fields), setup)
                checked_work(setup.with_change(change), self.settings)
                running.change(change)
                return None
            case CancelRequest():
                return self._cancelled(request.id)
            case OfTraining():
                return about(request, self._training(request), self.settings, report)
            case _:
                return answer(request, self.settings, report)

    def end(self) -> None:
        """Nobody is there any more: a long step that is being taken ends on the way, and what is kept is let go of."""
        if isinstance(self.running, TrainingRun):
            self.running.training.end()
        self.running = None

    def _cancelled(self, id: int) -> Answer | None:
        """The end of the running race, if steps of it were still to come. Whatever else was asked has been answered."""
        if self.running is None or self.running.id != id or not self.running.busy:
            return None
        self.running = None
        return refusal_answer(Refusal("cancelled"), id)

    def _training(self, request: OfTraining) -> Training:
        running = self.running
        if not isinstance(running, TrainingRun) or running.id != request.race:
            runs = running.id if isinstance(running, TrainingRun) else word("none")
            raise Refusal("another training", field="race", runs=runs, came=request.race)
        return running.training

    def _running(self, id: int, what: str) -> Running | TrainingRun:
        running = self.running
        if running is None:
            raise Refusal("no race yet", field="id", what=what)
        if running.id != id:
            raise Refusal("another race", field="id", what=what, runs=running.id, came=id)
        return running

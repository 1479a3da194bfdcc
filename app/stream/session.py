"""One connection as a state machine, without the socket: it reads frames, follows requests and gives answers.

The client owns time. A race is computed up to the credit the client has granted and no further; nothing is kept for
sending but the race itself, so that a slow client costs no memory. A message that cannot be followed is refused by an
answer, and the race goes on.
"""

from __future__ import annotations

from descent_lab.networks.network import Network
from descent_lab.refusals import Refusal, word
from descent_lab.regression.regression import Regression
from descent_lab.setups.reading import checked_work, read_change, read_setup
from descent_lab.setups.setup import Setup
from descent_lab.training.training import Training

from ..figures import RACES
from ..messages.events import Answer
from ..messages.reading import id_in, id_of, parse_json, read_request
from ..messages.requests import AnyRequest, ChangeRequest, GrantRequest, RaceRequest
from ..messages.search_messages import CancelRequest
from ..messages.training_requests import OfTraining
from ..questions.answers import Report, refusal_answer
from ..questions.surfaces import answer, no_progress
from ..questions.training import about
from ..runs.race_run import Running
from ..runs.training_run import TrainingRun
from ..settings import Settings

OF_THE_RACE = (RaceRequest, GrantRequest, ChangeRequest, CancelRequest, OfTraining)
"""What concerns the running race, and is followed in its order. All other questions stand alone."""


def _kind(setup: Setup) -> str:
    """What is raced on, for the figures."""
    if isinstance(setup.problem, Network):
        return "network"
    return "regression" if isinstance(setup.problem, Regression) else "surface"


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
                RACES.labels(_kind(setup)).inc()
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

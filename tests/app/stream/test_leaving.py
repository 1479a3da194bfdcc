"""A closed tab: whatever was being computed for it ends, and nothing is begun any more."""

from __future__ import annotations

import gc
import os
import socket
import struct
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from app.questions import regression
from app.questions import training as training_questions
from app.runs.training_run import TrainingRun
from app.settings import Settings
from app.stream import connection as stream_module
from app.stream.search_runner import Over, Search
from descent_lab.inside import mistakes
from descent_lab.training import training
from tests.app.api.test_long_work import seen
from tests.app.conftest import Client

ENTRANTS = [{"optimizer": key} for key in ("gd", "sgd", "momentum", "nesterov", "rmsprop", "adam", "adagrad")]
DIGITS: dict[str, Any] = {
    "data": "mnist",
    "samples": 700,
    "hidden": [15],
    "steps": 5_000,
    "entrants": ENTRANTS,
}
LITTLE: dict[str, Any] = {
    "data": "moons",
    "samples": 60,
    "hidden": [4],
    "steps": 300,
    "entrants": ENTRANTS[:1],
}
LINE: dict[str, Any] = {"preset": "eleven", "steps": 100, "entrants": [{"optimizer": "gd"}]}


@pytest.fixture(scope="module")
def live_settings() -> Settings:
    return Settings(max_trainings=1)  # pyright: ignore[reportCallIssue]


class Log:
    """What was begun for whom, in the order in which it was, and which connections have been given up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[TrainingRun] = []
        self.working: list[TrainingRun] = []
        self.closed = threading.Event()
        self.at_close = 0
        advance, serve = TrainingRun.advance, stream_module.Connection.serve

        def noted(learning: TrainingRun) -> Any:
            self.begun.append(learning)
            self.working.append(learning)
            try:
                return advance(learning)
            finally:
                self.working.remove(learning)

        async def served(connection: stream_module.Connection) -> None:
            try:
                await serve(connection)
            finally:
                self.at_close = self.at_close or len(self.begun)
                self.closed.set()

        monkeypatch.setattr(TrainingRun, "advance", noted)
        monkeypatch.setattr(stream_module.Connection, "serve", served)


def shake_hands(client: Client) -> None:
    """As a tab does that is closed."""
    client.wire.close()


def tear_off(client: Client) -> None:
    """As a program does that is killed, or a machine that is switched off."""
    wire = client.wire.socket
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(wire.detach())


@pytest.mark.parametrize("leave", [shake_hands, tear_off])
def test_no_step_is_taken_for_who_has_left(
    new_client: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    leave: Callable[[Client], None],
):
    monkeypatch.setattr(training, "HEAVY", 1)
    log = Log(monkeypatch)
    client = new_client()
    client.send("race", 1, setup=DIGITS, credit=5_000)
    for _ in range(3):
        client.event("steps")
    first = log.begun[0]
    leave(client)
    assert log.closed.wait(20)
    assert first.training.setup.network.over is not None
    assert first.training.setup.network.over[0] != 0, "a long step is ended on the way"
    assert seen(lambda: not log.working), "the piece that was being computed is done"
    steps = first.training.have
    assert steps < 5_000
    other = new_client()
    other.send("race", 2, setup=LITTLE, credit=300)  # on the one place, which is free
    while other.event("steps")[0]["to"] < 300:
        pass
    assert first not in log.begun[log.at_close :]
    assert first.training.have == steps


LONG = {
    "plane": (training_questions.loss_plane, "grid", {"race": 1, "step": 5}),
    "confusion": (mistakes, "sums", {"race": 1, "step": 5}),
    "validate": (
        regression,
        "train_folds",
        {"setup": LINE, "folds": 2, "degrees": [1], "lambdas": [0], "entrant": 0},
    ),
}


@pytest.mark.parametrize("leave", [shake_hands, tear_off])
@pytest.mark.parametrize("type", LONG)
def test_a_long_answer_ends_when_nobody_waits_for_it(
    new_client: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    type: str,
    leave: Callable[[Client], None],
):
    begun, ended = threading.Event(), threading.Event()

    def endless(*given: Any) -> None:
        *_, tick = given
        begun.set()
        try:
            while True:
                tick()
                time.sleep(0.002)
        finally:
            ended.set()

    module, name, fields = LONG[type]
    monkeypatch.setattr(module, name, endless)
    client = new_client()
    client.send("race", 1, setup=LITTLE, credit=5)
    client.event("steps")
    client.send(type, 2, **fields)
    assert begun.wait(20)
    leave(client)
    assert ended.wait(20)


@pytest.mark.parametrize("leave", [shake_hands, tear_off])
@pytest.mark.parametrize(
    ("type", "fields"),
    [
        ("sweep", {"rates": 16, "steps": 5_000}),
        ("network_validate", {"values": [0.01, 0.02], "steps": 5_000}),
        ("tune", {"budget": 256}),
        ("needle", {"tries": 15_000}),
    ],
)
def test_a_search_ends_when_nobody_waits_for_it(
    new_client: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    type: str,
    fields: dict[str, Any],
    leave: Callable[[Client], None],
):
    ends: list[BaseException | None] = []
    work = Search.work

    def noted(search: Search) -> str | bytes:
        try:
            found = work(search)
        except BaseException as error:
            ends.append(error)
            raise
        ends.append(None)
        return found

    monkeypatch.setattr(Search, "work", noted)
    client = new_client()
    client.send(type, 1, setup={**DIGITS, "entrants": ENTRANTS[:2]}, **fields)
    event, _ = client.answer()
    assert event["type"] in ("tuning", "seeking"), event
    leave(client)
    assert seen(lambda: len(ends) == 1)
    assert isinstance(ends[0], Over), "it was ended before its end"


def test_what_was_kept_for_who_has_left_is_let_go_of_at_once(
    new_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
):
    made: list[weakref.ref[TrainingRun]] = []
    ready = TrainingRun.ready

    def noted(run: TrainingRun) -> Any:
        made.append(weakref.ref(run))
        return ready(run)

    monkeypatch.setattr(TrainingRun, "ready", noted)
    gc.disable()  # it may be long before that would come round
    try:
        client = new_client()
        client.send("race", 1, setup=LITTLE, credit=300)
        while not client.event("steps")[0]["last"]:
            pass
        client.wire.close()
        assert seen(lambda: made[0]() is None)
    finally:
        gc.enable()

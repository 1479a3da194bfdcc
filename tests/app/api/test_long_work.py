"""Trainings and tunings over HTTP: a place like everybody's, a clear answer where there is none, no work for nobody."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app.api import routes
from app.messages.events import Answer
from app.messages.race_events import TunedEvent
from app.questions.answers import Report
from app.runs.training_run import TrainingRun
from app.settings import Settings
from app.work.slots import Slot, Slots
from app.work.threads import SEARCHES
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.app.conftest import Client, LiveServer
from tests.waiting import seen

SETUP: dict[str, Any] = {
    "data": "moons",
    "samples": 60,
    "hidden": [4],
    "steps": 50,
    "entrants": [{"optimizer": "adam"}],
}


@pytest.fixture(scope="module")
def live_settings() -> Settings:
    return Settings(max_trainings=1, place_timeout=1)  # pyright: ignore[reportCallIssue]


@pytest.fixture
def post(live: LiveServer) -> Iterator[Callable[[str], Future[httpx.Response]]]:
    """Asks on a thread of its own."""
    with (
        httpx.Client(base_url=f"http://127.0.0.1:{live.port}", trust_env=False, timeout=30) as http,
        ThreadPoolExecutor(8) as threads,
    ):
        yield lambda path: threads.submit(http.post, path, json=SETUP)


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Nobody loses a place while the first network of this machine is compiled."""
    Training(read_setup(SETUP)).advance(50)


class Gate:
    """Holds trainings up, piece after piece, until it is opened. pieces: of each training."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.pieces: dict[TrainingRun, int] = {}

    def advance(self, learning: TrainingRun) -> Any:
        self.pieces[learning] = self.pieces.get(learning, 0) + 1
        if self.open.is_set():
            return ADVANCE(learning)
        self.open.wait(0.005)
        return None

    def total(self) -> int:
        return sum(self.pieces.values())


ADVANCE = TrainingRun.advance


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(TrainingRun, "advance", lambda learning: gate.advance(learning))
    yield gate
    gate.open.set()


def ask_and_leave(live: LiveServer, path: str, when: Callable[[], bool]) -> None:
    """Ask, and close the connection without having heard the answer once that is so."""
    body = json.dumps(SETUP).encode()
    fields = f"Host: here\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    head = f"POST {path} HTTP/1.1\r\n{fields}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", live.port)) as wire:
        wire.sendall(head.encode() + body)
        assert seen(when)


def refused(answer: httpx.Response, what: str) -> None:
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    error = answer.json()
    assert (error["code"], error["field"]) == ("busy", None)
    assert f"{what} at once" in error["detail"]
    assert "none became free in 1 s" in error["detail"]


def test_a_training_takes_a_place_and_the_next_is_told_that_there_is_none(
    post: Callable[[str], Future[httpx.Response]], gate: Gate
):
    first = post("/api/train")
    assert seen(lambda: gate.total() > 0)
    refused(post("/api/train").result(), "1 trainings")
    assert not first.done()
    gate.open.set()
    assert first.result().json()["steps"] == 50


def test_who_waits_for_a_place_gets_it_when_it_is_free(
    post: Callable[[str], Future[httpx.Response]], ws: Client, gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    asked: list[Slot] = []
    ask = Slots.ask

    def noted(slots: Slots, visitor: str) -> Slot:
        slot = ask(slots, visitor)
        if slot.places == 1:  # for a training
            asked.append(slot)
        return slot

    monkeypatch.setattr(Slots, "ask", noted)
    ws.send("race", 1, setup=SETUP, credit=50)  # the pages' trainings share the same places
    assert seen(lambda: gate.total() > 0)
    waiting = post("/api/train")
    assert seen(lambda: len(asked) == 2)
    assert not waiting.done()
    gate.open.set()
    assert waiting.result().status_code == 200


def test_who_goes_away_frees_the_place_and_no_step_is_computed_any_more(
    live: LiveServer, post: Callable[[str], Future[httpx.Response]], gate: Gate
):
    ask_and_leave(live, "/api/train", lambda: gate.total() > 2)
    (gone,) = gate.pieces
    next = post("/api/train")
    assert seen(lambda: len(gate.pieces) == 2), "the place is free"
    before = gate.pieces[gone]
    assert seen(lambda: gate.total() > before + 10)
    assert gate.pieces[gone] == before
    gate.open.set()
    assert next.result().status_code == 200


def test_who_goes_away_while_waiting_leaves_the_queue(
    live: LiveServer, post: Callable[[str], Future[httpx.Response]], gate: Gate
):
    first = post("/api/train")
    assert seen(lambda: gate.total() > 0)
    ask_and_leave(live, "/api/train", lambda: True)
    gate.open.set()
    assert first.result().status_code == 200
    assert post("/api/train").result().status_code == 200
    assert len(gate.pieces) == 2, "nothing was trained for who had gone"


def test_a_wrong_setup_waits_for_nobody(
    post: Callable[[str], Future[httpx.Response]], gate: Gate, live: LiveServer
):
    post("/api/train")
    assert seen(lambda: gate.total() > 0)
    wrong = {**SETUP, "hidden": [1_000]}
    address = f"http://127.0.0.1:{live.port}/api/train"
    assert httpx.post(address, json=wrong, trust_env=False).status_code == 422


def test_a_tuning_takes_a_place_among_the_searches_and_ends_when_nobody_waits_for_it(
    live: LiveServer, post: Callable[[str], Future[httpx.Response]], monkeypatch: pytest.MonkeyPatch
):
    let_go, running = threading.Event(), list[int]()

    def held(request: Any, _settings: Settings, report: Report) -> Answer:
        running.append(1)
        try:
            while not let_go.wait(0.002):
                report(None)
        finally:
            running.pop()
        return Answer(TunedEvent(id=request.id, entrants=[], metric="held"))

    monkeypatch.setattr(routes, "tune_answer", held)
    ask_and_leave(live, "/api/tune", lambda: len(running) == 1)
    assert seen(lambda: not running)
    first = [post("/api/tune") for _ in range(SEARCHES)]
    assert seen(lambda: len(running) == SEARCHES)
    refused(post("/api/tune").result(), f"{SEARCHES} searches")
    let_go.set()
    assert [each.result().status_code for each in first] == [200] * SEARCHES


def test_the_description_of_the_api_says_so(client: TestClient, settings: Settings):
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/api/train", "/api/tune"):
        busy = paths[path]["post"]["responses"]["503"]
        assert "Retry-After" in busy["headers"]
    assert f"{settings.max_trainings} places" in paths["/api/train"]["post"]["description"]

"""A search beside a race: both go on, the newest search wins, and each is answered once."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from app.messages.events import Answer
from app.messages.race_events import TunedEvent, TuningEvent
from app.messages.requests import TuneRequest
from app.questions.answers import Report
from app.settings import Settings
from app.stream import search_runner
from app.stream.search_runner import SearchRunner, Turns
from app.work.slots import Slots
from app.work.threads import SEARCHES
from tests.app.conftest import SETUP, Client
from tests.waiting import seen

MOONS: dict[str, Any] = {
    "data": "moons",
    "samples": 120,
    "hidden": [6],
    "steps": 5_000,
    "entrants": [{"optimizer": "adam"}, {"optimizer": "sgd"}],
}


def apart(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a loop on a thread of its own: where a browser was driven before, this thread has one already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


class Held:
    """Stands in for every search: goes on, a word every few milliseconds, until it is let go or ended."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.running: set[int] = set()
        self.begun: list[int] = []

    def answer(self, request: Any, _settings: Settings, report: Report) -> Answer:
        self.begun.append(request.id)
        self.running.add(request.id)
        try:
            while not self.let_go.wait(0.002):
                report(Answer(TuningEvent(id=request.id, done=1, total=2)))
        finally:
            self.running.discard(request.id)
        return Answer(TunedEvent(id=request.id, entrants=[], metric="held"))

    def ended(self, id: int) -> bool:
        """Whether that search works no more, looked at until it is so."""
        return seen(lambda: id in self.begun and id not in self.running)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held()
    monkeypatch.setattr(search_runner, "answer", held.answer)
    yield held
    held.let_go.set()
    assert seen(lambda: not held.running)


def passed(ws: Client, type: str, id: int | None = None) -> dict[str, Any]:
    """The next answer of that type, and of that id; all others are passed over."""
    event, _ = ws.answer()
    while event["type"] != type or id not in (None, event["id"]):
        event, _ = ws.answer()
    return event


def test_a_training_goes_on_and_is_steered_while_a_search_runs(ws: Client, held: Held):
    ws.race(1, to=0, setup=MOONS)
    ws.send("sweep", 2, setup=MOONS)
    passed(ws, "tuning", 2)
    ws.send("grant", 1, to=3_000)
    while passed(ws, "steps")["to"] < 3_000:
        pass
    assert held.running == {2}
    ws.send("change", 1, at=1_000, entrant=0, knob="lr", value=0.1)
    assert passed(ws, "steps")["from"] == 1_000
    ws.send("look", 3, race=1, step=900)
    assert passed(ws, "looked")["step"] == 900
    ws.send("formula", 4, expression="x*y")
    passed(ws, "formula", 4)
    assert held.running == {2}
    held.let_go.set()
    passed(ws, "tuned", 2)


@pytest.mark.parametrize("type", ["tune", "sweep", "network_validate", "needle"])
def test_every_search_goes_on_beside_the_race(ws: Client, held: Held, type: str):
    fields = {"values": [0.1]} if type == "network_validate" else {}
    ws.send(type, 1, setup=MOONS, **fields)
    passed(ws, "tuning", 1)
    ws.send("race", 2, setup=SETUP, credit=240)
    assert passed(ws, "steps")["id"] == 2
    assert held.running == {1}


def test_a_search_that_is_cancelled_ends_and_says_so(ws: Client, held: Held):
    ws.send("sweep", 1, setup=MOONS)
    passed(ws, "tuning", 1)
    ws.send("cancel", 1)
    assert passed(ws, "error", 1)["code"] == "cancelled"
    assert held.ended(1)
    ws.send("cancel", 1)  # it is over already
    ws.send("cancel", 99)
    assert ws.ask("formula", 2, expression="x")[0]["type"] == "formula"


def test_a_new_search_takes_the_place_of_the_former(ws: Client, held: Held):
    ws.send("sweep", 1, setup=MOONS)
    passed(ws, "tuning", 1)
    ws.send("needle", 2, setup=MOONS)
    assert passed(ws, "error", 1)["code"] == "replaced"
    assert passed(ws, "tuning")["id"] == 2
    assert held.ended(1)
    held.let_go.set()
    passed(ws, "tuned", 2)


def test_a_search_waits_for_its_turn_and_can_be_cancelled_meanwhile(
    new_client: Callable[..., Client], held: Held
):
    first, second = [new_client() for _ in range(SEARCHES)], new_client()
    for id, client in enumerate(first):
        client.send("sweep", id, setup=MOONS)
        passed(client, "tuning", id)
    second.send("sweep", 100, setup=MOONS)
    second.send("cancel", 100)
    assert passed(second, "error", 100)["code"] == "cancelled"
    second.send("sweep", 101, setup=MOONS)
    waiting = passed(second, "waiting", 101)
    assert (waiting["what"], waiting["places"], waiting["ahead"]) == ("search", SEARCHES, 0)
    second.race(102, to=5)  # who waits is served
    assert held.begun == list(range(SEARCHES))
    first[0].wire.close()  # a closed page gives its turn up
    passed(second, "tuning", 101)


def test_a_fault_of_our_own_is_told_and_the_next_search_goes_on(ws: Client, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as broken:
        broken.setattr(search_runner, "answer", lambda *_: 1 / 0)
        error, _ = ws.ask("sweep", 1, setup=MOONS)
    assert (error["id"], error["code"]) == (1, "internal")
    ws.send("needle", 2, setup=MOONS, tries=300)
    passed(ws, "needle", 2)


# ---------------------------------------------------------------- turns


def test_race_and_search_take_turns(monkeypatch: pytest.MonkeyPatch):
    for name, value in (("PIECE", 0.0), ("RACE_WAITS", 20.0), ("SEARCH_WAITS", 20.0)):
        monkeypatch.setattr(search_runner, name, value)
    log: list[str] = []

    async def both() -> None:
        turns, over = Turns(), threading.Event()
        turns.searching = True

        def search() -> None:
            while not over.is_set():
                log.append("search")
                turns.give_way()

        thread = asyncio.get_running_loop().run_in_executor(None, search)
        for _ in range(50):
            async with turns.race():
                log.append("race")
                await asyncio.sleep(0)
        over.set()
        await thread

    apart(both())
    races = [at for at, name in enumerate(log) if name == "race"]
    assert len(races) == 50
    for one, other in pairwise(races):
        assert other > one + 1, "the search had its piece between two of the race"


def test_a_race_without_a_search_waits_for_nobody(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_runner, "RACE_WAITS", 20.0)

    async def alone() -> None:
        turns = Turns()
        async with asyncio.timeout(5):
            for _ in range(1_000):
                async with turns.race():
                    pass

    apart(alone())


# ---------------------------------------------------------------- whatever comes in whatever order

acts = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.integers(0, 4)),  # so many words before its answer
        st.tuples(st.just("cancel"), st.integers(0, 2)),  # so many searches back
        st.tuples(st.just("pass"), st.integers(0, 4)),  # so many milliseconds
    ),
    max_size=12,
)


@given(acts=acts, slow=st.booleans())
@pace(max_examples=60, deadline=None)
def test_every_search_is_answered_once_and_says_nothing_after_that(acts: list[Any], slow: bool):
    heard: list[dict[str, Any]] = []
    words: dict[int, int] = {}

    def answer(request: Any, _settings: Settings, report: Report) -> Answer:
        for done in range(words[request.id]):
            report(Answer(TuningEvent(id=request.id, done=done, total=words[request.id])))
            time.sleep(0.001)
        return Answer(TunedEvent(id=request.id, entrants=[], metric=""))

    async def send(packed: str | bytes) -> None:
        if slow:
            await asyncio.sleep(0.001)
        heard.append(json.loads(packed))

    async def client() -> None:
        async with asyncio.TaskGroup() as group:
            runner = SearchRunner(Settings.model_validate({}), Slots(1), send)
            for act, number in acts:
                if act == "begin":
                    words[len(words)] = number
                    request = TuneRequest(type="tune", id=len(words) - 1, setup={})
                    await runner.begin(request, group)
                elif act == "cancel":
                    await runner.cancel(len(words) - 1 - number)
                else:
                    await asyncio.sleep(number / 1_000)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_runner, "answer", answer)
        patch.setattr(search_runner, "BETWEEN", 0.0)
        apart(client())
    for id in words:
        own = [event for event in heard if event["id"] == id]
        assert all(event["type"] == "tuning" for event in own[:-1])
        assert own[-1]["type"] in ("tuned", "error")
        if own[-1]["type"] == "error":
            assert own[-1]["code"] in ("cancelled", "replaced")
    if words and not any(act == "cancel" for act, _ in acts):
        assert [event["type"] for event in heard if event["id"] == len(words) - 1][-1] == "tuned"

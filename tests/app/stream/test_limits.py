"""A server that waits less and allows less than usual, and clients without manners."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from websockets.exceptions import ConnectionClosed

from app.settings import Settings
from app.stream import connection as stream_module
from app.work.pace import Pace
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.app.conftest import LONG, Client, LiveServer


@pytest.fixture(scope="module")
def live_settings() -> Settings:
    return Settings(  # pyright: ignore[reportCallIssue]
        send_timeout=0.5, idle_timeout=1.5, max_connections=3, max_messages_per_second=20, max_trainings=1
    )


def test_an_idle_client_is_shown_out(ws: Client):
    ws.race(1, to=5)
    with pytest.raises(ConnectionClosed) as closed:
        ws.answer()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "no message for 1.5 s")


def test_there_is_room_for_so_many(new_client: Callable[..., Client]):
    for id in range(3):
        new_client().race(id, to=1)
    error, _ = new_client().answer()
    assert (error["code"], error["id"]) == ("busy", None)


def test_a_client_that_is_too_fast_is_read_later_and_loses_nothing(
    ws: Client, monkeypatch: pytest.MonkeyPatch
):
    waits: list[float] = []
    wait = Pace.wait
    monkeypatch.setattr(Pace, "wait", lambda self: waits.append(wait(self)) or waits[-1])
    for id in range(60):
        ws.send("link", id, setup={"surface": "beale", "entrants": [{"optimizer": "adam"}]})
    assert [ws.answer()[0]["id"] for _ in range(60)] == [*range(60)]
    assert waits[0] == 0, "a second without a message is a second's worth of them"
    assert max(waits) > 0


def test_a_client_that_never_reads_is_given_up(live: LiveServer, monkeypatch: pytest.MonkeyPatch):
    ended = threading.Event()
    serve = stream_module.Connection.serve

    async def serve_and_say(self: stream_module.Connection) -> None:
        try:
            await serve(self)
        finally:
            ended.set()

    monkeypatch.setattr(stream_module.Connection, "serve", serve_and_say)
    with live.connect(max_queue=1, close_timeout=0.1) as wire:  # takes two frames from the wire, then no more
        for id in range(15):
            wire.send(json.dumps({"type": "race", "id": id, "setup": LONG, "credit": 10_000}))
        assert ended.wait(10)


TRAINING = {"data": "moons", "samples": 60, "steps": 10_000, "entrants": [{"optimizer": "adam"}]}


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """No client waits so long that it is shown out while the first network of this machine is compiled."""
    Training(read_setup(TRAINING)).advance(20)


def test_trainings_wait_for_a_place_in_their_order(new_client: Callable[..., Client]):
    first, second = new_client(), new_client()
    first.send("race", 1, setup=TRAINING, credit=10_000)
    first.event("ready")
    second.send("race", 2, setup=TRAINING, credit=100)
    second.event("ready")
    waiting, _ = second.event("waiting")
    assert (waiting["id"], waiting["what"], waiting["places"], waiting["ahead"]) == (2, "training", 1, 0)
    second.send("samples", 3, setup=TRAINING)  # who waits is heard
    assert second.event("sampled")[0]["count"] == 60
    first.wire.close()  # a closed page gives its place up
    while second.event("steps")[0]["to"] < 100:
        pass


def test_who_waits_is_told_again_when_fewer_are_ahead_and_how_long_it_may_take(
    new_client: Callable[..., Client],
):
    first, second, third = new_client(), new_client(), new_client()
    told: list[tuple[int, float | None]] = []
    for id, client in enumerate((first, second, third)):
        client.send("race", id, setup=TRAINING, credit=10_000)
        client.event("ready")
        if client is second:
            client.event("waiting")
    for _ in range(2):
        event, _ = third.event("waiting")
        told.append((event["ahead"], event["seconds"]))
        first.wire.close()
    assert [ahead for ahead, _ in told] == [1, 0]
    assert told[-1][1], "by how long the first has taken"


def test_a_paused_training_gives_its_place_up(new_client: Callable[..., Client]):
    first, second = new_client(), new_client()
    for client, id in ((first, 1), (second, 2)):
        client.send("race", id, setup=TRAINING, credit=50)
        while client.event("steps")[0]["to"] < 50:
            pass


def test_who_waits_no_longer_leaves_the_queue(new_client: Callable[..., Client]):
    first, second, third = new_client(), new_client(), new_client()
    for id, client in enumerate((first, second, third)):
        client.send("race", id, setup=TRAINING, credit=10_000)
        client.event("ready")
        if client is not first:
            client.event("waiting")
    second.send("cancel", 1)
    ended, _ = second.answer()
    assert (ended["code"], ended["id"]) == ("cancelled", 1)
    assert third.event("waiting")[0]["ahead"] == 0

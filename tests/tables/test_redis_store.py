"""A real Redis as the store: what is kept in it, for how long, and what is said when it is away."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from descent_lab.refusals import Refusal
from descent_lab.tables import files, redis_store
from descent_lab.tables.files import keep, kept
from descent_lab.tables.redis_store import PREFIX, USED, RedisStore
from tests.app.conftest import Client, LiveServer
from tests.services import Service, redis
from tests.waiting import seen

ROWS = "x,y,kind\n" + "".join(f"{i % 7},{i * 0.5},{'ab'[i % 2]}\n" for i in range(2_000))
TRAINING: dict[str, Any] = {"hidden": [3], "steps": 5, "entrants": [{"optimizer": "adam"}]}
RACE: dict[str, Any] = {"surface": "beale", "steps": 5, "entrants": [{"optimizer": "adam"}]}
AWAY = "does not answer; what needs no file goes on. Try again in"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = redis(tmp_path_factory.mktemp("redis"))
    yield service
    service.kill()


@pytest.fixture
def store(server: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> RedisStore:
    """The store of this process: running, empty, and asked again at once after it was away."""
    if server.process is None:
        server.start()
    monkeypatch.setenv("DESCENT_LAB_STORE", f"redis://127.0.0.1:{server.port}/0")
    monkeypatch.setattr(files, "FOLDER", tmp_path / "no-folder")
    monkeypatch.setattr(redis_store, "AGAIN", 0.05)
    found = files.store()
    assert isinstance(found, RedisStore)
    assert seen(lambda: answers(found))
    found._client.flushall()
    return found


def answers(store: RedisStore) -> bool:
    try:
        store.reach()
    except Refusal:
        return False
    return True


def brought(client: TestClient, text: str) -> Any:
    return client.post("/api/files", content=text.encode(), headers={"Content-Type": "text/csv"})


def test_what_is_kept_is_found_by_its_name_and_twice_is_once(store: RedisStore, tmp_path: Path) -> None:
    name = keep(ROWS)
    assert keep(ROWS) == name
    assert kept(name) == ROWS
    assert store._client.zrange(USED, 0, -1) == [f"{name}:{len(ROWS)}".encode()]
    assert not (tmp_path / "no-folder").exists()
    with pytest.raises(Refusal, match="is not here, or no longer"):
        kept("0" * 64)


def test_it_is_kept_for_a_while_after_its_last_use(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_LAB_STORE_SECONDS", "100")
    name = keep(ROWS)
    store._client.expire(PREFIX + name, 10)
    assert kept(name) == ROWS
    assert 90 < store._client.ttl(PREFIX + name) <= 100
    monkeypatch.setenv("DESCENT_LAB_STORE_SECONDS", "0.05")
    short = keep("short,lived\n1,2\n")
    assert seen(lambda: not store._client.exists(PREFIX + short))
    keep(ROWS)
    assert store._client.zcard(USED) == 1, "the list forgets what is gone"


def test_what_was_used_last_stays_where_there_is_too_much(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_LAB_STORE_BYTES", "250")
    first, second = keep("a" * 100), keep("b" * 100)
    assert kept(first) == "a" * 100
    third = keep("c" * 100)
    assert (kept(first), kept(third)) == ("a" * 100, "c" * 100)
    with pytest.raises(Refusal, match="is not here"):
        kept(second)
    assert store._client.zcard(USED) == 2
    large = keep("d" * 300)
    assert kept(large) == "d" * 300, "one that is larger than all may be stays, and nothing else"
    assert store._client.zcard(USED) == 1


def test_two_servers_share_what_was_brought_to_one(store: RedisStore) -> None:
    with TestClient(create_app()) as one, TestClient(create_app()) as other:
        name = brought(one, ROWS).json()["file"]
        answer = other.post("/api/train", json={**TRAINING, "file": name})
        assert (
            answer.json()["entrants"]
            == one.post("/api/train", json={**TRAINING, "csv": ROWS}).json()["entrants"]
        )


def test_a_store_that_is_away_costs_what_needs_it_and_nothing_else(
    store: RedisStore, server: Service, settings: Settings, run: Callable[..., tuple[int, str, str]]
) -> None:
    gone = {**TRAINING, "file": keep("p,q\n1,2\n" * 9)}
    with TestClient(create_app()) as client, LiveServer(settings) as live:
        wire = Client(live.connect())
        server.kill()
        answer = client.post("/api/train", json=gone)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (answer.json()["code"], answer.json()["reason"]) == ("store", "store away")
        assert AWAY in answer.json()["detail"]
        assert brought(client, ROWS).status_code == 503
        small = brought(client, ROWS[:600] + "\n")
        assert (small.status_code, small.json()["file"], bool(small.json()["text"])) == (200, None, True)
        told, _ = wire.ask("race", 1, setup=gone, credit=5)
        assert (told["type"], told["id"], told["code"]) == ("error", 1, "store")
        assert wire.race(2, setup=RACE), "what needs no file goes on"
        assert client.post("/api/race", json=RACE).status_code == 200
        status, _, said = run("link", f"#file={gone['file']}&hidden=3&steps=5&entrant=adam")
        assert status == 2
        assert AWAY in said
        server.start()
        assert seen(lambda: answers(store))
        assert brought(client, ROWS).json()["file"], "it is back, and what is brought is kept again"
        wire.wire.close()


def test_a_store_that_says_nothing_is_waited_for_once(
    store: RedisStore, server: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that has stopped takes connections, and answers none: one waits, the others are told at once."""
    monkeypatch.setattr(redis_store, "AGAIN", 60.0)
    own = RedisStore(f"redis://127.0.0.1:{server.port}/0", 100, 1_000)
    own._client.connection_pool.connection_kwargs["socket_timeout"] = 0.2
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(Refusal, match="does not answer"):
            own.get("0" * 64)
        begun = own._alone_until
        for _ in range(1_000):
            with pytest.raises(Refusal, match=r"Try again in \d+ s"):
                own.put("0" * 64, b"")
        assert own._alone_until == begun > time.monotonic(), "nobody has asked it again"
    finally:
        server.process.send_signal(signal.SIGCONT)


def test_a_store_that_is_full_says_so(store: RedisStore) -> None:
    store._client.config_set("maxmemory-policy", "noeviction")
    store._client.config_set("maxmemory", "1mb")
    try:
        with TestClient(create_app()) as client:
            answer = brought(client, ROWS * 2)
        assert (answer.status_code, answer.json()["reason"]) == (503, "store full")
    finally:
        store._client.config_set("maxmemory", "0")


@pytest.mark.parametrize("address", ["http://store", "redis://127.0.0.1:port/0"])
def test_an_address_that_is_none_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_LAB_STORE", address)
    with pytest.raises(Refusal, match="must be an address"):
        files.store()


def test_the_library_is_asked_for_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(Refusal, match=r"pip install 'descent-lab\[redis\]'"):
        RedisStore("redis://127.0.0.1:6379/0", 100, 1_000)
    assert Settings().store is None  # pyright: ignore[reportCallIssue]

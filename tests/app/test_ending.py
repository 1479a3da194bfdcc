"""Health, and the end of a server: it says so, takes nothing new, sends everybody elsewhere, and is gone."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app.main import create_app
from descent_lab.tables import files
from tests.app.test_what_held import STRAIGHT, TRAINING, served
from tests.services import free_port
from tests.waiting import seen

SEARCH = {
    "setup": {"data": "moons", "steps": 5_000, "entrants": [{"optimizer": "adam"}]},
    "vary": ["lr=1e-3..1:log"],
    "tries": 1_000,
}
TUNING = {"type": "tune", "id": 1, "setup": {"surface": "beale", "entrants": [{"optimizer": "gd"}]}}
READY = (200, {"status": "ready"})


def asked(port: int, path: str) -> tuple[int, dict[str, Any]]:
    try:
        with STRAIGHT.open(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def open_socket(port: int) -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{port}/ws", compression=None, proxy=None, max_size=None, close_timeout=0.1
    )


def close_code(wire: ClientConnection) -> int | None:
    """Why the server has closed it, which it does now."""
    with contextlib.suppress(ConnectionClosed):
        while wire.recv(20):
            pass
    return wire.close_code


def test_a_server_is_ready_when_nothing_is_missing(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FOLDER", tmp_path / "files")
    monkeypatch.setattr(client.app.state.warmth, "rest", None)  # pyright: ignore
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == READY
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(files, "FOLDER", tmp_path / "file" / "files")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["expected"]) == (503, {"missing": [{"word": "store"}]})
    assert answer.json()["detail"].endswith("no work now: its store of files does not answer.")
    assert client.get("/readyz?without=store").status_code == 200
    assert client.get("/readyz?without=kernels").status_code == 422
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_server_without_its_kernels_or_with_its_store_away_is_not_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESCENT_LAB_STORE", f"redis://127.0.0.1:{free_port()}/0")
    cold = TestClient(create_app())  # which has not begun
    answer = cold.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["expected"] == {"missing": [{"word": "kernels"}, {"word": "store"}]}


def test_whoever_is_here_is_sent_elsewhere_and_nothing_new_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_LAB_DRAIN", "3")
    with served() as (port, server), open_socket(port) as wire:
        assert seen(lambda: asked(port, "/readyz?without=store") == READY)
        wire.send(json.dumps({"type": "race", "id": 1, "setup": TRAINING, "credit": 10_000}))
        wire.recv()
        said: list[tuple[int, dict[str, Any]]] = []
        searching = threading.Thread(target=lambda: said.append(searched(port)))
        searching.start()
        assert seen(lambda: waits(port))
        server.send_signal(signal.SIGTERM)
        assert close_code(wire) == 1012
        status, told = asked(port, "/readyz")
        assert (status, told["expected"]["missing"][0]) == (503, {"word": "ending"})
        assert asked(port, "/healthz")[0] == 200
        with pytest.raises(InvalidStatus, match="503"):
            open_socket(port)
        searching.join(20)
        assert (said[0][0], said[0][1]["reason"]) == (503, "server ending")
        assert server.wait(15) in (0, -signal.SIGTERM)


def waits(port: int) -> bool:
    """Whether the one place for searches is taken, seen by a search that has to wait for it."""
    with open_socket(port) as wire:
        wire.send(json.dumps(TUNING))
        return json.loads(wire.recv(20))["type"] == "waiting"


def searched(port: int) -> tuple[int, dict[str, Any]]:
    body, kind = json.dumps(SEARCH).encode(), {"Content-Type": "application/json"}
    asking = urllib.request.Request(f"http://127.0.0.1:{port}/api/search", body, kind)
    try:
        with STRAIGHT.open(asking, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_without_a_drain_whoever_trains_is_sent_elsewhere_at_once() -> None:
    with served("--workers", "2") as (port, server), contextlib.ExitStack() as stack:
        wires = [stack.enter_context(open_socket(port)) for _ in range(8)]
        for wire in wires:
            wire.send(json.dumps({"type": "race", "id": 1, "setup": TRAINING, "credit": 10_000}))
            wire.recv()
        server.send_signal(signal.SIGTERM)
        assert [close_code(wire) for wire in wires] == 8 * [1012]
        assert server.wait(15) in (0, -signal.SIGTERM)


def test_work_that_never_ends_does_not_keep_a_process(tmp_path: Path) -> None:
    """A thread that computes cannot be ended but with its process."""
    code = (
        "import asyncio, signal, threading, time; from app.work import ending; ending.GRACE = 0.2\n"
        "async def serve():\n"
        "    ending.Ending(0.0).on_signal(); print('up', flush=True); await asyncio.sleep(0.1)\n"
        "    signal.raise_signal(signal.SIGTERM)\n"
        "signal.signal(signal.SIGTERM, lambda *_: None)\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "asyncio.run(serve())\n"
    )

    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0

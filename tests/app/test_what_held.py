"""What was tried against the server, and held: it goes on holding."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from websockets.sync.client import connect

from app.main import create_app
from app.settings import Settings
from descent_lab.tables import files
from tests.app.conftest import LONG, Client, LiveServer
from tests.waiting import seen

RACE = {"surface": "beale", "steps": 50, "entrants": [{"optimizer": "adam"}, {"optimizer": "gd"}]}
TRAINING = {
    "data": "moons",
    "samples": 200,
    "hidden": [8],
    "steps": 10_000,
    "entrants": [{"optimizer": "adam"}],
}
STRAIGHT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def served(*options: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server of its own process: its port, and the process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "descent_lab", "serve", "--port", str(port), *options]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        assert seen(lambda: alive(port))
        yield port, server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def alive(port: int) -> bool:
    try:
        with STRAIGHT.open(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return True
    except OSError:
        return False


def raced(port: int) -> bytes:
    """A whole race by the API."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/race", json.dumps(RACE).encode(), {"Content-Type": "application/json"}
    )
    with STRAIGHT.open(request, timeout=60) as answer:
        return answer.read()


def test_idle_connections_half_requests_and_sockets_that_never_read_keep_nobody_waiting(
    live: LiveServer, new_client: Callable[..., Client]
) -> None:
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(socket.create_connection(("127.0.0.1", live.port)))
        for _ in range(50):
            half = stack.enter_context(socket.create_connection(("127.0.0.1", live.port)))
            half.sendall(b"POST /api/race HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{")
        for id in range(50):
            wire = stack.enter_context(live.connect(max_queue=1, close_timeout=0.1))
            wire.send(json.dumps({"type": "race", "id": id, "setup": LONG, "credit": 10_000}))
        client = new_client()
        for id in range(5):
            assert client.race(id, to=20)[-1][0]["to"] == 20


def test_a_server_that_is_told_to_end_under_trainings_ends() -> None:
    with served() as (port, server), ExitStack() as stack:
        for id in range(8):
            wire = stack.enter_context(
                connect(
                    f"ws://127.0.0.1:{port}/ws",
                    compression=None,
                    proxy=None,
                    max_size=None,
                    close_timeout=0.1,
                )
            )
            wire.send(json.dumps({"type": "race", "id": id, "setup": TRAINING, "credit": 10_000}))
            wire.recv()
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) in (0, -signal.SIGTERM)


def test_a_server_that_was_killed_gives_the_same_bytes_when_it_is_started_again() -> None:
    answers: list[bytes] = []
    for _ in range(2):
        with served() as (port, server):
            answers.append(raced(port))
            os.killpg(server.pid, signal.SIGKILL)
    assert answers[0] == answers[1]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
def test_a_worker_that_is_killed_is_replaced() -> None:
    with served("--workers", "2") as (port, server):
        first = raced(port)

        def workers() -> set[int]:
            found: set[int] = set()
            for task in Path(f"/proc/{server.pid}/task").iterdir():
                found |= {*map(int, (task / "children").read_text().split())}
            return {pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}

        before = workers()
        assert len(before) == 2
        os.kill(min(before), signal.SIGKILL)
        assert seen(lambda: len(workers() - before) == 1 and len(workers()) == 2)
        assert seen(lambda: alive(port))
        time.sleep(0.5)  # until the new one listens
        assert [raced(port) for _ in range(6)] == [first] * 6


def test_no_collection_of_garbage_goes_through_what_is_there_from_the_start(settings: Settings) -> None:
    gc.unfreeze()
    with TestClient(create_app(settings)):
        assert gc.get_freeze_count() > 10 * len(gc.get_objects())


@pytest.mark.parametrize("kind", ["file", "locked", "nowhere"])
def test_a_server_starts_where_its_cache_folder_is_none(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path("/proc/nothing") if kind == "nowhere" else tmp_path / kind
    if kind == "file":
        folder.write_text("no folder")
    if kind == "locked":
        folder.mkdir(mode=0o555)
    monkeypatch.setenv("DESCENT_LAB_CACHE", str(folder))
    with served() as (port, _):
        assert raced(port)
        for path in ("/", "/openapi.json"):
            asked = urllib.request.Request(
                f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "br"}
            )
            with STRAIGHT.open(asked, timeout=30) as answer:
                assert answer.status == 200
        page = STRAIGHT.open(f"http://127.0.0.1:{port}/", timeout=30).read().decode()
        style = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert style is not None
        with STRAIGHT.open(f"http://127.0.0.1:{port}{style[1]}", timeout=30) as answer:
            assert answer.status == 200


def test_a_disk_that_is_full_costs_large_files_alone(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(files, "FOLDER", tmp_path / "file" / "files")
    small = client.post("/api/files", content=b"x,y\n1,2\n2,3\n", headers={"Content-Type": "text/csv"})
    assert (small.status_code, small.json()["file"], small.json()["look"]["fault"]) == (200, None, None)
    large = client.post(
        "/api/files", content=b"x,y\n" + b"1,2\n" * 9_000, headers={"Content-Type": "text/csv"}
    )
    assert (large.status_code, large.json()["code"]) == (503, "busy")
    assert "cannot be kept here at the moment" in large.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/..%2fpyproject.toml",
        "/static//etc/passwd",
    ],
)
def test_nothing_beside_the_pages_files_is_given(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "requires-python" not in answer.text


def test_bodies_of_ten_megabytes_and_deep_ones_are_refused(client: TestClient) -> None:
    json_type = {"Content-Type": "application/json"}
    for path in ("/api/race", "/api/train", "/api/link/read"):
        assert client.post(path, content=b"[" * 10_000_000, headers=json_type).status_code == 413
        deep = client.post(path, content=b"[" * 200_000, headers=json_type)
        assert (deep.status_code, deep.json()["reason"]) == (400, "deep JSON body")

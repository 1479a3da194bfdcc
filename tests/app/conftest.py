"""A real server in a thread of this process, and a client that speaks the stream's messages."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn
from websockets.sync.client import ClientConnection, connect

from app.messages.frames import unpack
from app.serve import server_options
from app.settings import Settings
from tests.waiting import seen

SETUP: dict[str, Any] = {
    "surface": "beale",
    "start": [1, 1.6],
    "steps": 240,
    "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.1}}, {"optimizer": "gd", "knobs": {"lr": 0.004}}],
}
LONG: dict[str, Any] = {"surface": "rosenbrock", "steps": 10_000, "entrants": 12 * [{"optimizer": "adam"}]}


class Client:
    """One connection: messages go out as JSON, answers come back as (event, arrays)."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire = wire

    def send(self, type: str, id: int, **fields: Any) -> None:
        self.wire.send(json.dumps({"type": type, "id": id, **fields}))

    def answer(self, timeout: float = 20) -> tuple[dict[str, Any], dict[str, Any]]:
        frame = self.wire.recv(timeout)
        text, arrays = unpack(frame) if isinstance(frame, bytes) else (frame, {})
        return json.loads(text, parse_constant=pytest.fail), arrays

    def ask(self, type: str, id: int, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        self.send(type, id, **fields)
        return self.answer()

    def event(self, type: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The next answer of that type; others are passed over, but for errors."""
        while (answer := self.answer())[0]["type"] != type:
            assert answer[0]["type"] != "error", answer[0]["message"]
        return answer

    def race(
        self, id: int, to: int | None = None, **fields: Any
    ) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """`ready` and all frames up to step `to` (the whole race if None)."""
        setup = fields.pop("setup", SETUP)
        end = setup["steps"] if to is None else to
        answers = [self.ask("race", id, setup=setup, credit=end, **fields)]
        while answers[-1][0].get("to", -1) < end:
            answers.append(self.answer())
        return answers


class LiveServer:
    """The application behind uvicorn, as `descent-lab serve` runs it."""

    def __init__(self, settings: Settings) -> None:
        from app.main import create_app

        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        options: dict[str, Any] = {**server_options(settings), "loop": "asyncio"}
        self.server = uvicorn.Server(uvicorn.Config(create_app(settings), **options))
        self.thread = threading.Thread(target=self.server.run, args=([self.listener],), daemon=True)

    def __enter__(self) -> LiveServer:
        self.thread.start()
        assert seen(lambda: self.server.started)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.listener.close()

    def connect(self, **options: Any) -> ClientConnection:
        return connect(
            f"ws://127.0.0.1:{self.port}/ws", compression=None, proxy=None, max_size=None, **options
        )


@pytest.fixture(scope="module")
def live_settings() -> Settings:
    """Settings of the live server; a module that needs others overrides this."""
    return Settings()  # pyright: ignore[reportCallIssue]


@pytest.fixture(scope="module")
def live(live_settings: Settings) -> Iterator[LiveServer]:
    with LiveServer(live_settings) as server:
        yield server


@pytest.fixture
def new_client(live: LiveServer) -> Iterator[Callable[..., Client]]:
    """Makes clients that are closed after the test."""
    with ExitStack() as stack:
        yield lambda **options: Client(stack.enter_context(live.connect(**options)))


@pytest.fixture
def ws(new_client: Callable[..., Client]) -> Client:
    return new_client()

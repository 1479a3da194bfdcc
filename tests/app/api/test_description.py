"""The description of the API: the same for everybody, and nobody waits while it is put together."""

from __future__ import annotations

import json
import threading
import urllib.request

import pytest
from fastapi.testclient import TestClient

from app.api import description
from app.main import create_app
from app.settings import Settings
from tests.app.conftest import Client, LiveServer

STRAIGHT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_it_is_compressed_and_not_sent_twice(client: TestClient):
    first = client.get("/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert (first.headers["content-type"], first.headers["content-encoding"]) == ("application/json", "gzip")
    assert first.json()["openapi"].startswith("3.")
    again = client.get(
        "/openapi.json", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_that_of_a_server_with_these_settings():
    settings = Settings(max_trainings=7)  # pyright: ignore[reportCallIssue]
    told = json.loads(description.written(settings))
    assert told == json.loads(json.dumps(create_app(settings).openapi()))
    assert "7 places for trainings" in told["paths"]["/api/train"]["post"]["description"]


def test_others_race_while_it_is_put_together(monkeypatch: pytest.MonkeyPatch):
    begun, goes_on = threading.Event(), threading.Event()
    whole = description.written

    def slow(settings: Settings) -> str:
        begun.set()
        assert goes_on.wait(30)
        return whole(settings)

    monkeypatch.setattr(description, "written", slow)
    answers: list[int] = []
    with LiveServer(Settings()) as server:  # pyright: ignore[reportCallIssue]

        def ask() -> None:
            with STRAIGHT.open(f"http://127.0.0.1:{server.port}/openapi.json", timeout=30) as response:
                answers.append(response.status)

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            assert begun.wait(30)
            with server.connect() as wire:
                assert Client(wire).race(1)[-1][0]["last"]
        finally:
            goes_on.set()
        asking.join(30)
    assert answers == [200]

"""No message, however odd, ends a connection or brings a fault of the server's own to light.

`python -m benchmarks.endurance.fuzz` sends as many as there is time for.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings

from app.settings import Settings
from tests.app.conftest import LiveServer
from tests.fuzzing.talk import GENERATED, Wrong, talk


def test_what_nobody_would_write_is_refused_and_the_connection_goes_on():
    quick = Settings.model_validate({"max_messages_per_second": 100_000})
    codes: Counter[str] = Counter()
    with LiveServer(quick) as server, server.connect() as wire:
        talk(wire, 400, codes, settings(GENERATED, derandomize=True))()
    assert codes.total() > 200
    assert len(codes) > 5, codes


def test_a_fault_of_the_server_would_be_seen(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("app.stream.session.read_request", broken)
    with LiveServer(Settings.model_validate({})) as server, server.connect() as wire:
        each = talk(wire, 5, Counter())
        with pytest.raises(Wrong, match="after"):
            each()

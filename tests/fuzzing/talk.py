"""A connection over which odd messages go, each with a question behind it that is to be answered."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from websockets.sync.client import ClientConnection

from app.messages.frames import unpack
from app.serve import LONGEST_FRAME
from tests.fuzzing.messages import TRAINING, frames

PATIENCE = 60
"""Seconds that a question may take at the most."""

GENERATED = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate],
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


class Wrong(Exception):
    """What no message should bring about, and the message."""


def talk(
    wire: ClientConnection, count: int, codes: Counter[str], how: settings = GENERATED
) -> Callable[[], None]:
    """Sends so many messages, and counts the codes of the errors; raises `Wrong` where one is followed by an internal
    fault, by silence or by the connection's end."""
    wire.send(json.dumps(TRAINING))
    asked = 10**9

    @settings(how, max_examples=count)
    @given(frames)
    def each(frame: str | bytes) -> None:
        nonlocal asked
        if (
            len(frame) > LONGEST_FRAME // 4
        ):  # of bytes, and a character may have four: it ends the connection, as it must
            return
        asked += 1
        try:
            wire.send(frame)
            wire.send(json.dumps({"type": "formula", "id": asked, "expression": "x^2"}))
            _answered(wire, asked, codes)
        except Exception as error:
            raise Wrong(f"{type(error).__name__}: {error}; after {frame[:2_000]!r}") from error

    return each


def _answered(wire: ClientConnection, id: int, codes: Counter[str]) -> None:
    """Read until the question of this id is answered."""
    while True:
        frame = wire.recv(PATIENCE)
        event = json.loads(unpack(frame)[0] if isinstance(frame, bytes) else frame)
        if event["type"] == "error":
            codes[event["code"]] += 1
            if event["code"] == "internal":
                raise Wrong(event["message"])
        elif event["type"] == "formula" and event["id"] == id:
            return

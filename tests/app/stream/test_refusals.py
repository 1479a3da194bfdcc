"""What the stream refuses, in words, while the race goes on."""

from __future__ import annotations

from typing import Any

import pytest

from app.stream import session as session_module
from tests.app.conftest import SETUP, Client

WRONG_SETUPS = {
    "an unknown surface": ({"surface": "moon"}, "surface", "moon"),
    "an unknown optimizer": ({"entrants": [{"optimizer": "adamant"}]}, "entrants.0.optimizer", "adamant"),
    "an unknown knob": (
        {"entrants": [{"optimizer": "gd", "knobs": {"nose": 1}}]},
        "entrants.0.knobs.nose",
        "nose",
    ),
    "a knob out of range": (
        {"entrants": [{"optimizer": "gd", "knobs": {"lr": -1}}]},
        "entrants.0.knobs.lr",
        "-1",
    ),
    "NaN as a start": ({"start": [float("nan"), 0]}, "start.x", "nan"),
    "infinity as a start": ({"start": [0, float("inf")]}, "start.y", "inf"),
    "1e308 as a start": ({"start": [1e308, 0]}, "start.x", "1e+308"),
    "negative steps": ({"steps": -5}, "steps", "-5"),
    "a thousand million steps": ({"steps": 10**9}, "steps", "1000000000"),
    "ten thousand entrants": ({"entrants": 10_000 * [{"optimizer": "gd"}]}, "entrants", "10000"),
    "no entrants": ({"entrants": []}, "entrants", "none"),
    "a list for a setup field": ({"noise": [1]}, "noise", "[1]"),
    "a schedule that is a number": (
        {"entrants": [{"optimizer": "gd", "schedule": 5}]},
        "entrants.0.schedule",
        "5",
    ),
    "knobs that are a list": ({"entrants": [{"optimizer": "gd", "knobs": [1]}]}, "entrants.0.knobs", "[1]"),
    "a field nobody knows": ({"speed": 3}, "setup", "speed"),
}


@pytest.mark.parametrize("what", WRONG_SETUPS)
def test_a_wrong_setup_is_refused_by_name_and_the_race_goes_on(ws: Client, what: str):
    wrong, field, came = WRONG_SETUPS[what]
    ws.race(1, to=10)
    error, _ = ws.ask("race", 2, setup={**SETUP, **wrong}, credit=10)
    assert (error["type"], error["id"]) == ("error", 2)
    assert error["field"] == field
    assert came in error["message"]
    ws.send("grant", 1, to=20)
    assert ws.answer()[0]["to"] == 20


WRONG_FRAMES: dict[str, tuple[str | bytes, str, str]] = {
    "no JSON": ("{nonsense", "json", "JSON object"),
    "a list": ("[1, 2]", "json", "[1, 2]"),
    "a number of a hundred thousand digits": ("1" * 100_000, "json", "digits"),
    "brackets without end": ("[" * 100_000, "json", "deep"),
    "a binary frame": (b"\x00\x01", "binary", "binary frame of 2 bytes"),
    "a frame of 10 MB": ("x" * 10_000_000, "size", "10,000,000"),
    "a binary frame of 10 MB": (bytes(10_000_000), "binary", "10,000,000"),
    "no type": ('{"id": 1}', "type", "none came"),
    "an unknown type": ('{"id": 1, "type": "hello"}', "type", "'hello'"),
    "no id": ('{"type": "grant", "to": 5}', "missing", "id"),
    "an id that is text": ('{"type": "grant", "id": "1", "to": 5}', "value", "id"),
    "a field that is not there": ('{"type": "grant", "id": 1, "to": 5, "x": 1}', "unknown", "'x'"),
    "half a character as its type": ('{"type": "\\ud800", "id": 1}', "type", "\N{REPLACEMENT CHARACTER}"),
    "half a character as a field": (
        '{"type": "grant", "id": 1, "to": 5, "\\udfff": 1}',
        "unknown",
        "\N{REPLACEMENT CHARACTER}",
    ),
    "half a character in a formula": (
        '{"type": "formula", "id": 1, "expression": "x + \\ud800"}',
        "character",
        "\N{REPLACEMENT CHARACTER}",
    ),
    "half a character as a surface": (
        '{"type": "race", "id": 2, "credit": 1, "setup": {"surface": "\\ud800", "entrants": [{"optimizer": "gd"}]}}',
        "unknown",
        "no surface",
    ),
    "negative credit": ('{"type": "grant", "id": 1, "to": -5}', "value", "-5"),
}


@pytest.mark.parametrize("what", WRONG_FRAMES)
def test_a_wrong_frame_is_refused_and_the_race_goes_on(ws: Client, what: str):
    frame, code, came = WRONG_FRAMES[what]
    ws.race(1, to=10)
    ws.wire.send(frame)
    error, _ = ws.answer()
    assert (error["type"], error["code"]) == ("error", code)
    assert came in error["message"]
    ws.send("grant", 1, to=20)
    assert ws.answer()[0]["to"] == 20


@pytest.mark.parametrize(
    ("type", "fields"), [("grant", {"to": 5}), ("change", {"at": 1, "entrant": 0, "knob": "lr", "value": 1})]
)
def test_what_belongs_to_a_race_is_refused_before_there_is_one(ws: Client, type: str, fields: dict[str, Any]):
    error, _ = ws.ask(type, 1, **fields)
    assert (error["type"], error["code"], error["id"]) == ("error", "order", 1)
    ws.race(2, to=5)
    error, _ = ws.ask(type, 1, **fields)
    assert (error["code"], error["field"]) == ("order", "id")


def test_a_map_larger_than_allowed_is_refused(ws: Client):
    error, _ = ws.ask("map", 1, surface="beale", window=[[0, 1], [0, 1]], size=[10**6, 10**6])
    assert (error["code"], error["field"]) == ("limit", "size.0")


def test_a_fault_of_our_own_costs_nobody_the_race(ws: Client, monkeypatch: pytest.MonkeyPatch):
    ws.race(1, to=10)
    monkeypatch.setattr(session_module, "answer", lambda *_: 1 / 0)
    error, _ = ws.ask("formula", 2, expression="x")
    assert (error["id"], error["code"]) == (2, "internal")
    ws.send("grant", 1, to=20)
    assert ws.answer()[0]["to"] == 20

"""Which work is short enough for the loop itself: seen, not guessed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.work import swift
from app.work.swift import Swift, kind_of_race
from tests.app.conftest import Client

RACE: dict[str, Any] = {
    "surface": "booth",
    "steps": 37,
    "entrants": [{"optimizer": "adam"}, {"optimizer": "gd"}],
}


def test_short_work_is_known_and_long_work_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.001, 1.0, 1.5, 2.0, 2.001, 3.0, 3.001])
    monkeypatch.setattr(swift.time, "thread_time", lambda: next(clock))
    work = Swift()
    assert not work.knows("race")
    assert work.timed("race", lambda: 5) == 5
    assert work.knows("race")
    work.timed("race", lambda: None)
    assert not work.knows("race"), "it has taken half a second"
    work.timed("race", lambda: None)
    assert work.knows("race")
    work.timed(None, lambda: None)
    assert not work.knows(None), "what cannot be told from other work is never short"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"start": [3, 4]}, True),
        ({"entrants": [{"optimizer": "adam", "knobs": {"lr": 0.5}}, {"optimizer": "gd"}]}, True),
        ({"steps": 38}, False),
        ({"surface": "beale"}, False),
        ({"noise": 0.1}, False),
        ({"entrants": [{"optimizer": "newton"}, {"optimizer": "gd"}]}, False),
        ({"entrants": [{"optimizer": "adam", "schedule": {"kind": "cosine"}}, {"optimizer": "gd"}]}, False),
    ],
)
def test_races_of_one_kind(change: dict[str, Any], same: bool) -> None:
    assert (kind_of_race(RACE | change) == kind_of_race(RACE)) is same


@pytest.mark.parametrize(
    "setup",
    [
        5,
        RACE | {"expression": "x"},
        RACE | {"changes": [{"at": 3, "entrant": 0, "knob": "lr", "value": 1}]},
        RACE | {"entrants": [5]},
        RACE | {"entrants": [{"optimizer": ["adam"]}]},
        {"preset": "seven", "entrants": [{"optimizer": "gd"}]},
        {"data": "moons", "entrants": [{"optimizer": "sgd"}]},
    ],
)
def test_what_is_never_short(setup: Any) -> None:
    assert kind_of_race(setup) is None


def test_a_race_has_the_same_bits_on_the_loop_and_on_a_thread(
    new_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    timed = Swift.timed

    def watched(self: Swift, kind: Any, work: Any) -> Any:
        threads.append(threading.current_thread().name)
        return timed(self, kind, work)

    monkeypatch.setattr(Swift, "timed", watched)
    monkeypatch.setattr(swift, "MOST", 10.0)
    client = new_client()
    arrays: list[Any] = []
    for id in range(3):
        client.send("race", id, setup=RACE, credit=37)
        client.event("ready")
        arrays.append(client.event("steps")[1])
    assert threads[0].startswith("race")
    assert not threads[-1].startswith("race"), "it is known to be short by then"
    for name in arrays[0]:
        assert arrays[0][name].tobytes() == arrays[-1][name].tobytes()

"""How long a search will still take is told, as soon as it can be."""

from __future__ import annotations

from typing import Any

import pytest

from app.messages.events import Answer
from app.questions import answers
from app.questions.answers import StillToGo
from app.questions.searches import progress_of


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(answers, "time", clock)
    return clock


def test_it_is_told_by_how_long_it_has_taken_so_far(clock: Clock):
    still = StillToGo()
    clock.now += 3
    assert still.seconds(1, 4) == 9
    clock.now += 1
    assert still.seconds(2, 4) == 4
    assert still.seconds(4, 4) == 0


def test_nothing_is_told_before_anything_is_known(clock: Clock):
    still = StillToGo()
    assert still.seconds(1, 4) is None
    clock.now += 3
    assert still.seconds(0, 4) is None


def test_every_word_of_a_search_tells_it(clock: Clock):
    told: list[Any] = []

    def report(word: Answer | None) -> None:
        told.append(word and word.event)

    progress = progress_of(5, report)
    clock.now += 2
    progress(1, 3)
    assert told[0].model_dump() == {"id": 5, "type": "tuning", "done": 1, "total": 3, "seconds": 4.0}

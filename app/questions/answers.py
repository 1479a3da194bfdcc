"""What goes back to the client: a message, with arrays or without, packed in the one place that packs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from descent_lab.checks import within
from descent_lab.refusals import Refusal
from descent_lab.results import finite
from descent_lab.setups.setup import Setup
from descent_lab.surfaces.landscape import CriticalPoint as Found

from ..figures import REFUSALS
from ..messages.events import Answer, ErrorEvent
from ..messages.race_events import CriticalPoint

TELLING = 0.5
"""Seconds of work by which it can be told how long the rest will take."""

Report = Callable[[Answer | None], None]
"""Takes word from the midst of long work; None where there is nothing to say, but somebody must still want the work. It
may raise, and so end it."""


class StillToGo:
    """How long work will still take, by how long it has taken so far."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def seconds(self, done: int, total: int) -> float | None:
        """About so many; None while too little is done to tell."""
        passed = time.monotonic() - self._begun
        if done <= 0 or passed < TELLING:
            return None
        return round(passed * (total - done) / done, 1)


def refusal_answer(refusal: Refusal, id: int | None) -> Answer:
    """A refusal as an answer."""
    REFUSALS.labels(refusal.code).inc()
    return Answer(
        ErrorEvent(
            id=id,
            code=refusal.code,
            message=refusal.message,
            field=refusal.field,
            position=refusal.position,
            reason=refusal.reason,
            values=refusal.values,
        )
    )


def critical(points: Iterable[Found]) -> list[CriticalPoint]:
    """Minima or saddles for JSON."""
    return [
        CriticalPoint(point=(float(p.point[0]), float(p.point[1])), value=finite(p.value)) for p in points
    ]


def entrant_of(value: int, setup: Setup, field: str = "entrant") -> int:
    """The number of an entrant, if there is one with it."""
    return within(value, 0, len(setup.entrants) - 1, field)

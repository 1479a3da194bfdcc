"""What somebody who waits for a place is told."""

from __future__ import annotations

from typing import Literal

from ..messages.events import Answer
from ..messages.training_events import WaitingEvent
from ..work.slots import Slot

PATIENCE = 0.2
"""Seconds between two looks whether somebody who waits for a place has said something, or has moved up."""


def word_of(slot: Slot, id: int, what: Literal["training", "search"]) -> Answer | None:
    """How many wait before this one, and for how long about; None where that has been told, or there is no wait."""
    if slot.free.is_set() or slot.told == slot.ahead:
        return None
    slot.told = slot.ahead
    event = WaitingEvent(id=id, what=what, places=slot.places, ahead=slot.ahead, seconds=slot.seconds)
    return Answer(event)

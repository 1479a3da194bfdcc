"""Slots for those who train or search at once: so many of them, the others in the order in which they came."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass

from ..settings import Settings
from .threads import SEARCHES

REMEMBERED = 20
"""Slots by whose time the wait for another is told."""


class Slots:
    """So many slots, `most`. Whoever asks gets a `Slot`, which is theirs at once or when one ahead of them leaves."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: set[Slot] = set()
        self._queue: deque[Slot] = deque()
        self._took: deque[float] = deque(maxlen=REMEMBERED)

    def ask(self) -> Slot:
        """A slot, or the end of the queue for one."""
        slot = Slot(self)
        self._queue.append(slot)
        self._call()
        return slot

    def ahead(self, slot: Slot) -> int:
        """How many wait before this one."""
        return self._queue.index(slot) if slot in self._queue else 0

    def seconds(self, slot: Slot) -> float | None:
        """About how long this one is still to wait, by how long others have taken; None where nobody has yet."""
        if not self._took:
            return None
        return (self.ahead(slot) + 1) * sum(self._took) / len(self._took) / self.most

    def leave(self, slot: Slot) -> None:
        """The slot is free, or the queue shorter."""
        if slot in self._taken:
            self._took.append(time.monotonic() - slot.since)
        self._taken.discard(slot)
        if slot in self._queue:
            self._queue.remove(slot)
        self._call()

    def _call(self) -> None:
        while self._queue and len(self._taken) < self.most:
            slot = self._queue.popleft()
            self._taken.add(slot)
            slot.since = time.monotonic()
            slot.free.set()


class Slot:
    """A slot or the wait for one."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self.free = asyncio.Event()
        self.since = 0.0  # that it is theirs
        self.told: int | None = None  # how many were ahead when that was said last

    @property
    def ahead(self) -> int:
        """How many wait before this one."""
        return self._slots.ahead(self)

    @property
    def seconds(self) -> float | None:
        """About how long the wait will still be; None where that is not known."""
        return self._slots.seconds(self)

    @property
    def places(self) -> int:
        """How many there are."""
        return self._slots.most

    def leave(self) -> None:
        """Give it up."""
        self._slots.leave(self)

    async def within(self, seconds: float) -> bool:
        """Whether the slot is theirs, after waiting so long at the most."""
        try:
            async with asyncio.timeout(seconds):
                await self.free.wait()
        except TimeoutError:
            return False
        return True


@dataclass(frozen=True)
class Queues:
    """The slots of one server: a network that learns takes one, by the stream or by the API, and so does a search."""

    trainings: Slots
    searches: Slots

    @classmethod
    def of(cls, settings: Settings) -> Queues:
        """As many as the settings and the cores allow."""
        return cls(Slots(settings.max_trainings), Slots(SEARCHES))

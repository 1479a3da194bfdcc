"""Slots for those who train or search at once: so many of them, the others in the order in which they came."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from ..settings import Settings
from .threads import SEARCHES


class Slots:
    """So many slots, `most`. Whoever asks gets a `Slot`, which is theirs at once or when one ahead of them leaves."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: set[Slot] = set()
        self._queue: deque[Slot] = deque()

    def ask(self) -> Slot:
        """A slot, or the end of the queue for one."""
        slot = Slot(self)
        self._queue.append(slot)
        self._call()
        return slot

    def ahead(self, slot: Slot) -> int:
        """How many wait before this one."""
        return self._queue.index(slot) if slot in self._queue else 0

    def leave(self, slot: Slot) -> None:
        """The slot is free, or the queue shorter."""
        self._taken.discard(slot)
        if slot in self._queue:
            self._queue.remove(slot)
        self._call()

    def _call(self) -> None:
        while self._queue and len(self._taken) < self.most:
            slot = self._queue.popleft()
            self._taken.add(slot)
            slot.free.set()


class Slot:
    """A slot or the wait for one."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self.free = asyncio.Event()

    @property
    def ahead(self) -> int:
        """How many wait before this one."""
        return self._slots.ahead(self)

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

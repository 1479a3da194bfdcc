"""Slots for those who train or search at once: so many of them, the others in the order in which they came."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from ..settings import Settings
from .threads import SEARCHES


class Slots:
    """`most` places. Whoever asks gets a `Slot`, which is theirs at once or when one ahead of them leaves."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: set[Slot] = set()
        self._queue: deque[Slot] = deque()

    def ask(self) -> Slot:
        """A place, or the end of the queue for one."""
        place = Slot(self)
        self._queue.append(place)
        self._call()
        return place

    def ahead(self, place: Slot) -> int:
        """How many wait before this one."""
        return self._queue.index(place) if place in self._queue else 0

    def leave(self, place: Slot) -> None:
        """The place is free, or the queue shorter."""
        self._taken.discard(place)
        if place in self._queue:
            self._queue.remove(place)
        self._call()

    def _call(self) -> None:
        while self._queue and len(self._taken) < self.most:
            place = self._queue.popleft()
            self._taken.add(place)
            place.free.set()


class Slot:
    """A place or the wait for one."""

    def __init__(self, places: Slots) -> None:
        self._places = places
        self.free = asyncio.Event()

    @property
    def ahead(self) -> int:
        """How many wait before this one."""
        return self._places.ahead(self)

    def leave(self) -> None:
        """Give it up."""
        self._places.leave(self)

    async def within(self, seconds: float) -> bool:
        """Whether the place is theirs, after waiting so long at the most."""
        try:
            async with asyncio.timeout(seconds):
                await self.free.wait()
        except TimeoutError:
            return False
        return True


@dataclass(frozen=True)
class Queues:
    """The places of one server: a network that learns takes one, by the stream or by the API, and so does a search."""

    trainings: Slots
    searches: Slots

    @classmethod
    def of(cls, settings: Settings) -> Queues:
        """As many as the settings and the cores allow."""
        return cls(Slots(settings.max_trainings), Slots(SEARCHES))

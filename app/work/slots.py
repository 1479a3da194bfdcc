"""Slots for those who train or search at once: so many of them, and the visitors who wait take turns."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from dataclasses import dataclass

from ..figures import WAITED, WAITING, WORKING
from ..settings import Settings
from .threads import SEARCHES, THREADS

REMEMBERED = 20
"""Slots by whose time the wait for another is told."""


class Slots:
    """So many slots, `most`. Whoever asks gets a `Slot`, which is theirs at once where one is free.

    Else it goes by visitors, not by sockets: the next slot is the visitor's who has the fewest now, among those the one
    who had none for longest, and of his own connections the one that came first. Ten sockets of one visitor get no more
    than one of another; who is alone gets all there is.
    """

    def __init__(self, most: int, what: str = "other") -> None:
        """what: is waited for, in the figures."""
        self.most = most
        self._working, self._waiting = WORKING.labels(what), WAITING.labels(what)
        self._waited = WAITED.labels(what)
        self._taken: set[Slot] = set()
        self._queue: list[Slot] = []
        self._order: list[Slot] | None = None  # of the queue, until it changes
        self._served: dict[str, int] = {}  # when a visitor who is here had a slot last, counted in slots
        self._turns = 0
        self._took: deque[float] = deque(maxlen=REMEMBERED)

    def ask(self, visitor: str = "") -> Slot:
        """A slot, or a place among those who wait for one."""
        slot = Slot(self, visitor)
        self._queue.append(slot)
        self._waiting.inc()
        self._call()
        return slot

    def ahead(self, slot: Slot) -> int:
        """How many wait before this one, if nobody else comes."""
        order = self._in_order()
        return order.index(slot) if slot in order else 0

    def seconds(self, slot: Slot) -> float | None:
        """About how long this one is still to wait, by how long others have taken; None where nobody has yet."""
        if not self._took:
            return None
        return (self.ahead(slot) + 1) * sum(self._took) / len(self._took) / self.most

    def leave(self, slot: Slot) -> None:
        """The slot is free, or the queue shorter."""
        if slot in self._taken:
            self._took.append(time.monotonic() - slot.since)
            self._working.dec()
        self._taken.discard(slot)
        if slot in self._queue:
            self._queue.remove(slot)
            self._waiting.dec()
        self._call()
        if not any(each.visitor == slot.visitor for each in (*self._taken, *self._queue)):
            self._served.pop(slot.visitor, None)

    def _call(self) -> None:
        self._order = None
        while self._queue and len(self._taken) < self.most:
            slot = self._in_order()[0]
            self._queue.remove(slot)
            self._order = None
            self._taken.add(slot)
            self._waiting.dec()
            self._working.inc()
            self._turns += 1
            self._served[slot.visitor] = self._turns
            slot.since = time.monotonic()
            self._waited.observe(slot.since - slot.asked)
            slot.free.set()

    def _in_order(self) -> list[Slot]:
        """Those who wait, the next first: as if each who is called then kept what he has."""
        if self._order is None:
            has = Counter(slot.visitor for slot in self._taken)
            ranked: list[tuple[int, int, int, Slot]] = []
            for number, slot in enumerate(self._queue):
                # His second can come no sooner than after everybody's first who has as few.
                ranked.append((has[slot.visitor], self._served.get(slot.visitor, 0), number, slot))
                has[slot.visitor] += 1
            self._order = [slot for *_, slot in sorted(ranked, key=lambda each: each[:3])]
        return self._order


class Slot:
    """A slot or the wait for one."""

    def __init__(self, slots: Slots, visitor: str) -> None:
        self._slots = slots
        self.visitor = visitor
        self.free = asyncio.Event()
        self.asked = time.monotonic()
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
    pieces: Slots
    """Turns at a piece of a race or a training: as many as there are threads for them, so that none waits there."""

    @classmethod
    def of(cls, settings: Settings) -> Queues:
        """As many as the settings and the cores allow."""
        return cls(
            Slots(settings.max_trainings, "training"),
            Slots(SEARCHES, "search"),
            Slots(THREADS["race"], "piece"),
        )

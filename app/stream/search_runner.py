"""What goes on beside the race of a connection: a search, which is long work, one at a time.

The newest takes the place of the former, and `cancel` ends it. Each is answered once: by what it has found, or by an
error that says why it ended. What is
kept here belongs to the loop; the thread that works looks at `over` alone.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from descent_lab.refusals import Refusal

from ..messages.events import Answer
from ..messages.requests import AnyRequest
from ..questions.answers import refusal_answer
from ..questions.surfaces import answer
from ..settings import Settings
from ..work.slots import Slots
from ..work.threads import in_thread
from .queueing import PATIENCE, word_of

PIECE = 0.012
"""Seconds of a search after which it gives way to a race that waits: about as long as a piece of that."""

RACE_WAITS, SEARCH_WAITS = 0.05, 0.25
"""Seconds that each waits for the other at the most, where a piece takes longer."""

BETWEEN = 0.03
"""Seconds between two words of progress."""

CANCELLED = Refusal("cancelled")
REPLACED = Refusal("replaced")

Send = Callable[[str | bytes], Awaitable[None]]
logger = logging.getLogger(__name__)


class Over(Exception):
    """Nobody waits for the work any more."""


class Turns:
    """Race and search of a connection take turns, a piece each: both together have the share of the cores that the
    race alone would have, and neither holds up the other for long."""

    def __init__(self) -> None:
        self.searching = False
        self._loop = asyncio.get_running_loop()
        self._told = asyncio.Event()  # the search has had a piece since the last of the race
        self._change = threading.Condition()
        self._wanted = 0  # so many pieces of the race and answers are worked at, or wait for their turn
        self._done = 0
        self._since = 0.0

    @asynccontextmanager
    async def race(self) -> AsyncIterator[None]:
        """A piece of the race, after one of the search."""
        with self.first():
            if self.searching:
                with suppress(TimeoutError):
                    async with asyncio.timeout(RACE_WAITS):
                        await self._told.wait()
            yield

    @contextmanager
    def first(self) -> Iterator[None]:
        """What goes before the search: an answer that somebody waits for."""
        self._wanted += 1
        try:
            yield
        finally:
            with self._change:
                self._wanted -= 1
                self._done += 1
                self._told.clear()
                self._change.notify_all()

    def give_way(self) -> None:
        """Called by the search, on its own threads, as often as it can."""
        if time.monotonic() - self._since < PIECE:
            return
        with self._change:
            # Counted, for the race may have come and gone, and want its next turn, before we wait.
            before = self._done
            self._loop.call_soon_threadsafe(self._told.set)
            self._change.wait_for(lambda: self._done != before or not self._wanted, SEARCH_WAITS)
        self._since = time.monotonic()


class Search:
    """One search, from its request to its answer."""

    def __init__(self, request: AnyRequest, settings: Settings, turns: Turns) -> None:
        self.request = request
        self.settings = settings
        self.turns = turns
        self.over = False
        self.news = asyncio.Event()
        self.words: deque[tuple[str | bytes, bool]] = deque()
        self._loop = asyncio.get_running_loop()
        self._last = 0.0

    def hear(self, word: str | bytes | None = None, lasting: bool = False) -> None:
        """There is news for the loop: a word, or the end. Of words that wait only the newest is kept, unless it is
        lasting."""
        if word is not None:
            if self.words and not self.words[-1][1]:
                self.words.pop()
            self.words.append((word, lasting))
        self.news.set()

    def work(self) -> str | bytes:
        """The answer, packed; on a thread of its own. Raises `Over`."""
        try:
            return answer(self.request, self.settings, self._report).packed()
        except Over:
            raise
        except Refusal as refusal:
            return refusal_answer(refusal, self.request.id).packed()
        except Exception:
            logger.exception("A %s request failed", self.request.type)
            fault = Refusal("internal")
            return refusal_answer(fault, self.request.id).packed()

    def _report(self, word: Answer | None) -> None:
        if self.over:
            raise Over
        lasting = word is not None and word.event.lasting
        if word is not None and (lasting or time.monotonic() - self._last >= BETWEEN):
            self._last = time.monotonic()
            self._loop.call_soon_threadsafe(self.hear, word.packed(), lasting)
        self.turns.give_way()
        if self.over:
            raise Over


class SearchRunner:
    """The searches of a connection. send: to its client. slots: those that all searches of this server share."""

    def __init__(self, settings: Settings, slots: Slots, send: Send, visitor: str = "") -> None:
        self.settings = settings
        self.slots = slots
        self.visitor = visitor
        self.send = send
        self.turns = Turns()
        self._search: Search | None = None  # that can still be ended
        self._task: asyncio.Task[None] | None = None

    async def begin(self, request: AnyRequest, group: asyncio.TaskGroup) -> None:
        """Search for this, and no longer for what was asked before."""
        await self._end(REPLACED)
        if self._task is not None:
            await asyncio.wait([self._task])  # until the client has read the answer of the former
        self._search = Search(request, self.settings, self.turns)
        self._task = group.create_task(self._follow(self._search))

    async def cancel(self, id: int) -> None:
        """End the search of that id. One that has been answered already is over anyway."""
        if self._search is not None and self._search.request.id == id:
            await self._end(CANCELLED)

    async def _end(self, why: Refusal) -> None:
        search, self._search = self._search, None
        if search is None or self._task is None:
            return
        self._task.cancel()
        await asyncio.wait([self._task])
        await self.send(refusal_answer(why, search.request.id).packed())

    async def _follow(self, search: Search) -> None:
        """Wait for a place, pass on what the search says, and answer."""
        slot = self.slots.ask(self.visitor)
        work = None
        try:
            while not slot.free.is_set():
                if word := word_of(slot, search.request.id, "search"):
                    await self.send(word.packed())
                await slot.within(PATIENCE)
            self.turns.searching = True
            work = in_thread("long", search.work)
            work.add_done_callback(lambda _: search.hear())
            while not work.done():
                await search.news.wait()
                search.news.clear()
                while search.words:
                    await self.send(search.words.popleft()[0])
            packed = work.result()
            self._search = None  # its answer is on its way
        finally:
            search.over = True
            self.turns.searching = False
            if work is not None:
                work.cancel()
            slot.leave()
        await self.send(packed)

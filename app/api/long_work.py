"""Long work that HTTP asks for: it waits for a place as on the stream, and ends when whoever asked has gone away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from fastapi import Request

from descent_lab.refusals import Refusal
from descent_lab.results import train_result

from ..messages.events import Answer
from ..questions.answers import Report
from ..questions.training_setups import training_of
from ..runs.training_run import TrainingRun
from ..settings import Settings
from ..work.slots import Queues, Slots
from ..work.threads import in_thread
from .large_json import LargeJSON

T = TypeVar("T")


class ClientGone(Exception):
    """Whoever asked has closed the connection."""


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives. It is cancelled when the client goes away, and `ClientGone` raised; and when the server is
    to end, and the client told to come again."""
    working, watching = asyncio.create_task(work), asyncio.create_task(_left(request))
    ending = asyncio.create_task(request.app.state.ending.begun.wait())
    tasks = {working, watching, ending}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        if ending.done():
            raise Refusal("server ending", again=1)
        raise ClientGone
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


@asynccontextmanager
async def _slot(slots: Slots, visitor: str, reason: str, seconds: float) -> AsyncIterator[None]:
    """A slot for long work. reason: of the refusal, if none becomes free within those seconds."""
    slot = slots.ask(visitor)
    try:
        if not await slot.within(seconds):
            raise Refusal(reason, most=slots.most, seconds=seconds, again=max(1, round(seconds)))
        yield
    finally:
        slot.leave()


async def trained(given: Any, settings: Settings, queues: Queues, visitor: str) -> LargeJSON:
    """A whole training, a piece at a time as on the stream, so that it takes from others no more than those do."""
    setup = await in_thread("race", lambda: training_of(given, settings))
    async with _slot(queues.trainings, visitor, "no place for a training", settings.place_timeout):
        run = await in_thread("race", lambda: TrainingRun(0, setup, setup.steps, None))
        while run.busy:
            await in_thread("race", run.advance)
    return await in_thread("race", lambda: LargeJSON(train_result(run.training, given)))


async def searched(
    work: Callable[[Report], Answer], settings: Settings, queues: Queues, visitor: str
) -> Answer:
    """What a search has found, which takes its place among those of the stream."""
    gone = threading.Event()

    def report(_word: Answer | None) -> None:
        if gone.is_set():
            raise ClientGone

    async with _slot(queues.searches, visitor, "no place for a search", settings.place_timeout):
        try:
            return await in_thread("long", lambda: work(report))
        finally:
            gone.set()

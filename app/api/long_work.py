"""Long work that HTTP asks for: it waits for a place as on the stream, and ends when whoever asked has gone away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse

from descent_lab.results import train_result

from ..messages.requests import TuneRequest
from ..questions.answers import Answer
from ..questions.surfaces import tune_answer
from ..questions.training_setups import training_of
from ..settings import Settings
from ..stream.training_run import Learning
from ..work.slots import Places, Queues
from ..work.threads import elsewhere

T = TypeVar("T")


class Gone(Exception):
    """Whoever asked has closed the connection."""


class Full(Exception):
    """No place became free in time. seconds: that were waited."""

    def __init__(self, what: str, most: int, seconds: float) -> None:
        self.retry_after = max(1, round(seconds))
        self.message = (
            f"This server runs {most} {what} at once; all places are taken, and none became free in {seconds:g} s. "
            f"Try again in {self.retry_after} s."
        )
        super().__init__(self.message)


async def attended(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives. It is cancelled when the client goes away; raises `Gone` then."""
    working, watching = asyncio.create_task(work), asyncio.create_task(_left(request))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Gone
        return working.result()
    finally:
        working.cancel()
        watching.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


@asynccontextmanager
async def _place(places: Places, what: str, seconds: float) -> AsyncIterator[None]:
    place = places.ask()
    try:
        if not await place.within(seconds):
            raise Full(what, places.most, seconds)
        yield
    finally:
        place.leave()


async def trained(given: dict[str, Any], settings: Settings, queues: Queues) -> JSONResponse:
    """A whole training, a piece at a time as on the stream, so that it takes from others no more than those do."""
    setup = await elsewhere("short", lambda: training_of(given, settings))
    async with _place(queues.trainings, "trainings", settings.place_timeout):
        learning = await elsewhere("short", lambda: Learning(0, setup, setup.steps, None))
        while learning.busy:
            await elsewhere("short", learning.advance)
    return await elsewhere("short", lambda: JSONResponse(train_result(learning.training, given)))


async def tuned(request: TuneRequest, settings: Settings, queues: Queues) -> Answer:
    """The best knobs, by a search that takes its place among those of the stream."""
    gone = threading.Event()

    def tell(_word: Answer | None) -> None:
        if gone.is_set():
            raise Gone

    async with _place(queues.searches, "searches", settings.place_timeout):
        try:
            return await elsewhere("long", lambda: tune_answer(request, settings, tell))
        finally:
            gone.set()

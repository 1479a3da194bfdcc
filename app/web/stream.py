"""The websocket `/ws`: carries texts to a session and its answers back, and keeps one client from harming others.

Each connection is two tasks. One receives, and drops what exceeds the rate; at most `INBOX` messages wait, then the
client's own sending waits. The other has the session work, a piece at a time, on a few threads shared by all (the
engine lets go of the interpreter's lock), and sends each answer before it asks for the next: what the client does not
read holds up nobody but the client.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from app.engine.refusals import Refusal
from app.settings import Settings
from app.web.answers import Answer, refusal_answer
from app.web.learning import Learning
from app.web.learning_events import WaitingEvent
from app.web.messages import AnyRequest
from app.web.places import Place, Places
from app.web.questions import LONG
from app.web.requests import id_of, parse_json
from app.web.security import origin_allowed
from app.web.session import Session

INBOX = 64
"""Messages of one connection that wait their turn; the rest waits with the client."""

ABUSE = 50
"""A client that sends ABUSE times as many messages in a second as it may is shown out."""

PATIENCE = 0.2
"""Seconds between two looks whether somebody who waits for a place has said something."""

LONG_TEXT = 16_384
"""A text above this is parsed away from the loop, so that others are not kept waiting."""

POLICY_VIOLATION, TRY_AGAIN_LATER = 1008, 1013

T = TypeVar("T")
logger = logging.getLogger(__name__)


@cache
def _pool(kind: str) -> ThreadPoolExecutor:
    """Threads for the engine. Long work has its own, so that a tuning does not keep races waiting."""
    cores = os.cpu_count() or 1
    return ThreadPoolExecutor(cores + 1 if kind == "short" else max(1, cores // 2), thread_name_prefix=kind)


class Left(Exception):
    """The client has closed the connection."""


class ShownOut(Exception):
    """The client is no longer served."""


class Connection:
    """One client: its socket, its session and its manners."""

    def __init__(self, socket: WebSocket, settings: Settings, places: Places) -> None:
        self.socket = socket
        self.settings = settings
        self.places = places
        self.place: Place | None = None
        self.session = Session(settings)
        self.inbox: asyncio.Queue[str | bytes | Answer] = asyncio.Queue(INBOX)
        self.loop = asyncio.get_running_loop()
        self.gone = False
        self.telling: Future[None] | None = None
        self.second, self.heard = 0, 0

    async def serve(self) -> None:
        """Until the client leaves or is shown out."""
        tasks = [asyncio.create_task(self._receive()), asyncio.create_task(self._work())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.gone = True
            self._leave()
            for task in tasks:
                task.cancel()
            ends = await asyncio.gather(*tasks, return_exceptions=True)
        for end in ends:
            if isinstance(end, ShownOut):
                await self.socket.close(POLICY_VIOLATION, str(end))
            elif isinstance(end, Exception) and not isinstance(
                end, Left | WebSocketDisconnect | TimeoutError
            ):
                raise end

    # ------------------------------------------------------------ receiving

    async def _receive(self) -> None:
        most = self.settings.max_messages_per_second
        while True:
            frame = await self._frame()
            second = int(time.monotonic())
            if second != self.second:
                self.second, self.heard = second, 0
            self.heard += 1
            if self.heard <= most:
                await self.inbox.put(frame)
            elif self.heard == most + 1:
                await self.inbox.put(self._too_fast(frame))
            elif self.heard > ABUSE * most:
                raise ShownOut(f"more than {ABUSE * most} messages in a second")

    async def _frame(self) -> str | bytes:
        try:
            async with asyncio.timeout(self.settings.idle_timeout):
                message = await self.socket.receive()
        except TimeoutError:
            raise ShownOut(f"no message for {self.settings.idle_timeout:g} s") from None
        if message["type"] == "websocket.disconnect":
            raise Left
        text = message.get("text")
        return text if text is not None else message["bytes"]

    def _too_fast(self, frame: str | bytes) -> Answer:
        most = self.settings.max_messages_per_second
        message = f"A client may send {most} messages a second; more came, and the rest of this second's are not read."
        try:
            id = id_of(parse_json(frame)) if isinstance(frame, str) and len(frame) <= LONG_TEXT else None
        except Refusal:
            id = None
        return refusal_answer(Refusal(message, code="rate"), id)

    # ------------------------------------------------------------ working

    async def _work(self) -> None:
        while True:
            if self.session.busy and self.inbox.empty():
                if await self._placed():
                    await self._send(await self._elsewhere("short", self._advance))
            else:
                if not self.session.busy:
                    self._leave()
                frame = await self.inbox.get()
                await (self._send(frame.packed()) if isinstance(frame, Answer) else self._answer(frame))

    async def _placed(self) -> bool:
        """Whether this client's race or training may go on now. Trainings share a number of places; whoever waits for
        one is told how many are ahead, and heard meanwhile."""
        running = self.session.running
        if not isinstance(running, Learning):
            return True
        if self.place is None:
            self.place = self.places.ask()
            if not self.place.free.is_set():
                waiting = WaitingEvent(id=running.id, places=self.places.most, ahead=self.place.ahead)
                await self._send(Answer(waiting).packed())
        return await self.place.within(PATIENCE)

    def _leave(self) -> None:
        if self.place is not None:
            self.place.leave()
            self.place = None

    async def _answer(self, frame: str | bytes) -> None:
        long_text = LONG_TEXT < len(frame) <= self.settings.max_message_bytes
        read = self.session.read
        request = await self._elsewhere("short", lambda: read(frame)) if long_text else read(frame)
        if isinstance(request, Answer):
            await self._send(request.packed())
            return
        kind = "long" if isinstance(request, LONG) else "short"
        packed = await self._elsewhere(kind, lambda: self._follow(request))
        if self.telling is not None:
            await asyncio.wrap_future(self.telling)
            self.telling = None
        await self._send(packed)

    def _follow(self, request: AnyRequest) -> str | bytes | None:
        try:
            answer = self.session.follow(request, self._tell)
            return answer.packed() if answer is not None else None
        except Left:
            raise
        except Exception:  # a fault of ours must not cost the client its race
            logger.exception("A %s request failed", request.type)
            return refusal_answer(
                Refusal("Something went wrong on our side.", code="internal"), request.id
            ).packed()

    def _advance(self) -> str | bytes | None:
        answer = self.session.advance()
        return answer.packed() if answer is not None else None

    async def _elsewhere(self, kind: str, work: Callable[[], T]) -> T:
        return await self.loop.run_in_executor(_pool(kind), work)

    def _tell(self, answer: Answer) -> None:
        """Called from the midst of long work, on its own thread: report, unless the last report is still under way."""
        if self.gone:
            raise Left
        if self.telling is None or self.telling.done():
            self.telling = asyncio.run_coroutine_threadsafe(self._send(answer.packed()), self.loop)

    async def _send(self, packed: str | bytes | None) -> None:
        """Wait until the client has room for it. One that reads nothing for long is given up."""
        if packed is None:
            return
        async with asyncio.timeout(self.settings.send_timeout):
            if isinstance(packed, bytes):
                await self.socket.send_bytes(packed)
            else:
                await self.socket.send_text(packed)


def stream(settings: Settings) -> APIRouter:
    """The route of the websocket."""
    router = APIRouter()
    connections: set[Connection] = set()
    places = Places(settings.max_trainings)

    @router.websocket("/ws")
    async def serve(socket: WebSocket) -> None:
        if not origin_allowed(socket.headers, settings):
            await socket.close(POLICY_VIOLATION)  # before it is accepted: the browser sees 403
            return
        await socket.accept()
        if len(connections) >= settings.max_connections:
            most = Refusal(
                f"This server serves {settings.max_connections} connections; all are taken.", code="busy"
            )
            await socket.send_text(str(refusal_answer(most, None).packed()))
            await socket.close(TRY_AGAIN_LATER)
            return
        connection = Connection(socket, settings, places)
        connections.add(connection)
        try:
            await connection.serve()
        finally:
            connections.discard(connection)

    return router

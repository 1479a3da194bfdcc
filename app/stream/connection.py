"""The websocket `/ws`: carries texts to a session and its answers back, and keeps one client from harming others.

Each connection is three tasks. One receives, no faster than the rate (see `pace`); at most `INBOX` messages wait, then
the client's own sending waits. Another has the session work at the race, a piece at a time, on a few threads shared by
all (the engine lets go of the interpreter's lock), or here if it is too short for that (see `swift`), and sends each
answer before it asks for the next: what the client does not read holds up nobody but the client. Questions that stand
alone are answered by the third, in their order: a race that is dragged does not wait for the map and the sliders of the
one before. A search is a task more, and holds up none of them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Hashable
from functools import partial

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from descent_lab.refusals import Refusal

from ..figures import SOCKETS
from ..messages.events import Answer
from ..messages.requests import AnyRequest, ChangeRequest, FormulaRequest, GrantRequest, RaceRequest
from ..messages.search_messages import CancelRequest
from ..questions.answers import refusal_answer
from ..questions.surfaces import LONG
from ..refused import refuse
from ..runs.training_run import TrainingRun
from ..security import origin_allowed
from ..settings import Settings
from ..work.ending import Ending
from ..work.pace import Pace
from ..work.slots import Queues, Slot
from ..work.swift import Swift, kind_of_race
from ..work.threads import Kind, in_thread
from ..work.visitors import Paces, visitor_of
from .queueing import PATIENCE, word_of
from .search_runner import SearchRunner
from .session import OF_THE_RACE, Session

INBOX = 64
"""Messages of one connection that wait their turn; the rest waits with the client."""

QUESTIONS = 16
"""Questions of one connection that wait for their answer; with more, its race waits too."""

LONG_TEXT = 16_384
"""A text above this is parsed away from the loop, so that others are not kept waiting."""

POLICY_VIOLATION, SERVICE_RESTART, TRY_AGAIN_LATER = 1008, 1012, 1013

logger = logging.getLogger(__name__)


def kind_of(request: AnyRequest) -> Kind:
    """On which threads a request is followed."""
    if isinstance(request, RaceRequest | GrantRequest | ChangeRequest):
        return "race"
    return "formula" if isinstance(request, FormulaRequest) else "question"


class Disconnected(Exception):
    """The client has closed the connection."""


class Dismissed(Exception):
    """The client is no longer served."""


class Connection:
    """One client: its socket, its session and its manners."""

    def __init__(
        self, socket: WebSocket, settings: Settings, queues: Queues, swift: Swift, paces: Paces
    ) -> None:
        self.socket = socket
        self.settings = settings
        self.visitor = visitor_of(socket)
        self.paces = paces
        self.slots = queues.trainings
        self.pieces = queues.pieces
        self.slot: Slot | None = None
        self.swift = swift
        self.kind: Hashable = None  # of the running race, see `swift`
        self.session = Session(settings)
        self.searches = SearchRunner(settings, queues.searches, self._send, self.visitor)
        self.inbox: asyncio.Queue[str | bytes] = asyncio.Queue(INBOX)
        self.questions: asyncio.Queue[AnyRequest] = asyncio.Queue(QUESTIONS)
        self.sending = asyncio.Lock()
        self.gone = False

    async def serve(self) -> None:
        """Until the client leaves or is shown out: the first task that ends by an error ends the others."""
        try:
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._receive())
                    group.create_task(self._work(group))
                    group.create_task(self._answer_questions())
            finally:
                self.gone = True
                self.session.end()
                self._leave()
        except* Dismissed as out:
            await self.socket.close(POLICY_VIOLATION, str(out.exceptions[0]))
        except* (Disconnected, WebSocketDisconnect, TimeoutError):
            pass

    async def send_elsewhere(self) -> None:
        """The client is to come again, at once: this server ends, and another has room."""
        async with self.sending:
            if not self.gone:
                self.gone = True
                await self.socket.close(SERVICE_RESTART, "service restart")

    # ------------------------------------------------------------ receiving

    async def _receive(self) -> None:
        pace, together = Pace(self.settings.max_messages_per_second), self.paces.enter(self.visitor)
        try:
            while True:
                frame = await self._frame()
                if wait := max(pace.wait(), together.wait()):
                    await asyncio.sleep(wait)
                await self.inbox.put(frame)
        finally:
            self.paces.leave(self.visitor)

    async def _frame(self) -> str | bytes:
        try:
            async with asyncio.timeout(self.settings.idle_timeout):
                message = await self.socket.receive()
        except TimeoutError:
            raise Dismissed(f"no message for {self.settings.idle_timeout:g} s") from None
        if message["type"] == "websocket.disconnect":
            raise Disconnected
        text = message.get("text")
        return text if text is not None else message["bytes"]

    # ------------------------------------------------------------ working

    async def _work(self, group: asyncio.TaskGroup) -> None:
        while True:
            if self.session.busy and self.inbox.empty():
                if await self._has_slot():
                    async with self.searches.turns.race():
                        packed = await self._done("race", self.kind and (self.kind, "steps"), self._advance)
                    await self._send(packed)
            else:
                if not self.session.busy:
                    self._leave()
                await self._answer(await self.inbox.get(), group)

    async def _has_slot(self) -> bool:
        """Whether this client's race or training may go on now. Trainings share a number of places; whoever waits for
        one is told how many are ahead and for how long about, and heard meanwhile."""
        running = self.session.running
        if not isinstance(running, TrainingRun):
            return True
        if self.slot is None:
            self.slot = self.slots.ask(self.visitor)
        if word := word_of(self.slot, running.id, "training"):
            await self._send(word.packed())
        return await self.slot.within(PATIENCE)

    def _leave(self) -> None:
        if self.slot is not None:
            self.slot.leave()
            self.slot = None

    async def _answer(self, frame: str | bytes, group: asyncio.TaskGroup) -> None:
        long_text = LONG_TEXT < len(frame) <= self.settings.max_message_bytes
        read = self.session.read
        request = await in_thread("question", lambda: read(frame)) if long_text else read(frame)
        match request:
            case Answer():
                await self._send(request.packed())
            case CancelRequest():
                await self.searches.cancel(request.id)
                await self._send(self._follow(request))
            case _ if isinstance(request, LONG):
                await self.searches.begin(request, group)
            case _ if not isinstance(request, OF_THE_RACE):
                await self.questions.put(request)
            case _:
                if isinstance(request, RaceRequest):
                    self.kind = kind_of_race(request.setup)
                kind = self.kind and (self.kind, request.type) if kind_of(request) == "race" else None
                with self.searches.turns.first():
                    packed = await self._done(kind_of(request), kind, lambda: self._follow(request))
                await self._send(packed)

    async def _answer_questions(self) -> None:
        """Those that stand alone, one after the other."""
        while True:
            request = await self.questions.get()
            with self.searches.turns.first():
                packed = await in_thread(kind_of(request), partial(self._follow, request))
            await self._send(packed)

    async def _done(
        self, thread: Kind, kind: Hashable, work: Callable[[], str | bytes | None]
    ) -> str | bytes | None:
        """What the work gives: done here if it is known to be short, else on a thread."""
        if not self.swift.knows(kind):
            if work != self._advance:
                return await in_thread(thread, lambda: self.swift.timed(kind, work))
            turn = self.pieces.ask(self.visitor)
            try:
                await turn.free.wait()
                return await in_thread(thread, lambda: self.swift.timed(kind, work))
            finally:
                turn.leave()
        done = self.swift.timed(kind, work)
        await asyncio.sleep(0)  # the others' turn, however much this one has to do
        return done

    def _follow(self, request: AnyRequest) -> str | bytes | None:
        try:
            answer = self.session.follow(request, self._report)
            return answer.packed() if answer is not None else None
        except Disconnected:
            raise
        except Exception:  # a fault of ours must not cost the client its race
            logger.exception("A %s request failed", request.type)
            return refusal_answer(Refusal("internal"), request.id).packed()

    def _advance(self) -> str | bytes | None:
        answer = self.session.advance()
        return answer.packed() if answer is not None else None

    def _report(self, _word: Answer | None) -> None:
        """Called from the midst of work, on its own thread: whether anybody still waits for it."""
        if self.gone:
            raise Disconnected

    async def _send(self, packed: str | bytes | None) -> None:
        """Wait until the client has room for it. One that reads nothing for long is given up."""
        if packed is None:
            return
        async with self.sending, asyncio.timeout(self.settings.send_timeout):
            if self.gone:
                raise Disconnected
            if isinstance(packed, bytes):
                await self.socket.send_bytes(packed)
            else:
                await self.socket.send_text(packed)


def stream(settings: Settings, queues: Queues, ending: Ending) -> APIRouter:
    """The route of the websocket."""
    router = APIRouter()
    connections: set[Connection] = set()
    swift = Swift()
    paces = Paces(settings.max_messages_per_visitor)
    leaving: set[asyncio.Task[None]] = set()

    def end() -> None:
        leaving.update(asyncio.create_task(each.send_elsewhere()) for each in connections)

    ending.tell(end)

    @router.websocket("/ws")
    async def serve(socket: WebSocket) -> None:
        if not origin_allowed(socket.headers, settings):
            await socket.close(POLICY_VIOLATION)  # before it is accepted: the browser sees 403
            return
        if ending.begun.is_set():  # a proxy asks the next server, and the browser hears nothing of it
            await socket.send_denial_response(refuse(Refusal("server ending", again=1)))
            return
        await socket.accept()
        if len(connections) >= settings.max_connections:
            most = Refusal("too many connections", most=settings.max_connections)
            await socket.send_text(str(refusal_answer(most, None).packed()))
            await socket.close(TRY_AGAIN_LATER)
            return
        connection = Connection(socket, settings, queues, swift, paces)
        connections.add(connection)
        SOCKETS.inc()
        try:
            await connection.serve()
        finally:
            connections.discard(connection)
            SOCKETS.dec()

    return router

"""A body that is too large is refused before anybody reads it into memory."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from descent_lab.refusals import Refusal

from ..refused import refuse


class BodyLimit:
    """ASGI middleware that refuses bodies above the limit."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdecimal() and len(length) < 20 and int(length) > self.max_bytes:
            await refuse(self._refusal(int(length)))(scope, receive, send)
            return
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.max_bytes:  # sent in chunks, without a length
                raise self._refusal(seen)
            return message

        await self.app(scope, receive_counted, send)

    def _refusal(self, size: int) -> Refusal:
        return Refusal("body size", most=self.max_bytes, count=size)

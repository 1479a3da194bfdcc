"""A body that is too large is refused before anybody reads it into memory."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from descent_lab.refusals import Refusal

from ..refused import refuse


class BodyLimit:
    """ASGI middleware that refuses bodies above the limit. larger: limits of paths that have others."""

    def __init__(self, app: ASGIApp, max_bytes: int, larger: Mapping[str, int]) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.larger.get(scope["path"], self.max_bytes)
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdecimal() and len(length) < 20 and int(length) > most:
            await refuse(_refusal(most, int(length)))(scope, receive, send)
            return
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:  # sent in chunks, without a length
                raise _refusal(most, seen)
            return message

        await self.app(scope, receive_counted, send)


def _refusal(most: int, size: int) -> Refusal:
    return Refusal("body size", most=most, count=size)

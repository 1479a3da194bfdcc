"""Texts that are the same for everybody: made once, compressed once, and not sent to who has them."""

from collections.abc import Callable
from functools import cache

from fastapi import Request, Response

from .assets import ALWAYS_ASK, ENCODERS, content_hash, matches, preferred_encoding

HTML = "text/html; charset=utf-8"


def same_for_all(
    text: Callable[[], str], media_type: str = HTML, anew: bool = False
) -> Callable[[Request], Response]:
    """A route that answers with this text, compressed as the client likes it, or with 304.

    It is no coroutine: whoever asks first has the text made, on a thread, and nobody else waits for that.
    anew: make it again for every request.
    """

    @cache
    def made(encoding: str | None) -> tuple[bytes, str]:
        body = text().encode()
        tag = f'"{content_hash(body)}-{encoding}"' if encoding else f'"{content_hash(body)}"'
        return (ENCODERS[encoding][1](body) if encoding else body), tag

    def answer(request: Request) -> Response:
        if anew:
            made.cache_clear()
        encoding = preferred_encoding(request.headers.get("accept-encoding", ""))
        body, tag = made(encoding)
        headers = {"Cache-Control": ALWAYS_ASK, "ETag": tag, "Vary": "Accept-Encoding"}
        if matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        coded = {"Content-Encoding": encoding} if encoding else {}
        return Response(body, headers=headers | coded, media_type=media_type)

    return answer

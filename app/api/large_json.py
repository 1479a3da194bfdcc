"""Answers of JSON that may be large: a map of 160,000 values, 10,000 steps of twenty entrants."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from fastapi.responses import JSONResponse
from pydantic_core import to_json

AT_ONCE = 4_096
"""Numbers that are written without a pause. Whoever writes them holds the interpreter, and all others wait: the whole
of a large answer at once would take a tenth of a second."""


class LargeJSON(JSONResponse):
    """JSON, written a piece after the other; null for a number that is not finite, as on the stream."""

    def render(self, content: Any) -> bytes:
        return b"".join(pieces(content))


def pieces(value: Any) -> Iterator[bytes]:
    """The text of plain JSON values."""
    match value:
        case dict():
            opened = b"{"
            for name, inner in cast(dict[str, Any], value).items():
                yield opened + to_json(name) + b":"
                yield from pieces(inner)
                opened = b","
            yield b"}" if value else b"{}"
        case [dict(), *_]:
            opened = b"["
            for inner in cast(list[Any], value):
                yield opened
                yield from pieces(inner)
                opened = b","
            yield b"]"
        case list():
            yield from _rows(cast(list[Any], value))
        case _:
            yield to_json(value, inf_nan_mode="null")


def _rows(rows: list[Any]) -> Iterator[bytes]:
    """Numbers, or rows of about as many numbers each."""
    first: Any = rows[0] if rows else None
    count = max(1, AT_ONCE // max(1, len(cast(list[Any], first)))) if isinstance(first, list) else AT_ONCE
    waiting, opened = iter(rows), b"["
    while some := list(islice(waiting, count)):
        yield opened + to_json(some, inf_nan_mode="null")[1:-1]
        opened = b","
    yield b"]" if rows else b"[]"

"""A refusal as an answer to HTTP: one form for every fault, whoever noticed it, that of RFC 9457."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from descent_lab.refusals import Refusal

from .figures import REFUSALS

PROBLEM = "application/problem+json"
"""What every refusal is said to be (RFC 9457)."""


class Fault(BaseModel):
    """What was expected and what came."""

    code: str = Field(description="The kind of the fault, for programs.", examples=["number"])
    field: str | None = Field(description="Path of the value at fault.", examples=["entrants.0.knobs.lr"])
    expected: dict[str, Any] = Field(
        description="What was expected, by the names that `reason` has for it.",
        examples=[{"low": 0, "high": 1000000000}],
    )
    got: Any = Field(description="What came, as far as it can be shown; else null.", examples=["-1"])
    position: Annotated[list[int], Field(min_length=2, max_length=2)] | None = Field(
        description="[start, end) of the place in a typed formula, counted in characters."
    )
    reason: str = Field(
        description="The name of the sentence: the same in every language.", examples=["whole"]
    )
    detail: str = Field(
        description="A sentence that says what was expected and what came.",
        examples=["steps must be a whole number from 0 to 1000000000; got -1."],
    )


class Problem(Fault):
    """The answer to what cannot be accepted (RFC 9457)."""

    type: str = Field(description="No page says more of it than this answer.", examples=["about:blank"])
    title: str = Field(description="What the status is called.", examples=["Unprocessable Entity"])
    status: int = Field(description="Of HTTP.", examples=[422])


CAME = ("came", "given", "count", "key", "name", "cell")
"""What of a sentence's values is what came: the first of these that it has."""


STATUS = {
    "no place for a training": 503,
    "no place for a search": 503,
    "file not kept": 503,
    **dict.fromkeys(
        ("no Dask", "no cluster", "no processes", "no workers", "cluster lost", "search lost"), 503
    ),
    "not ready": 503,
    "server ending": 503,
    "store away": 503,
    "store full": 503,
    "no path": 404,
    "method": 405,
    "body size": 413,
    "media type": 415,
    "file type": 415,
    "no JSON body": 400,
    "no UTF-8 body": 400,
    "deep JSON body": 400,
    "long number in a body": 400,
    "internal": 500,
}
"""Reason of a refusal -> status of HTTP; it is 422 of all others."""

UNPROCESSABLE = 422


def refuse(refusal: Refusal, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal as an answer to HTTP; one that knows when to try `again` says so to programs too."""
    REFUSALS.labels(refusal.code).inc()
    if "again" in refusal.values:
        headers = {"Retry-After": str(refusal.values["again"])}
    status = STATUS.get(refusal.reason, UNPROCESSABLE)
    about = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JSONResponse(about | fault_of(refusal).model_dump(), status, headers, PROBLEM)


def fault_of(refusal: Refusal) -> Fault:
    """A refusal as it is told."""
    came = next((name for name in CAME if name in refusal.values), None)
    return Fault(
        code=refusal.code,
        field=refusal.field,
        expected={name: value for name, value in refusal.values.items() if name != came},
        got=None if came is None else refusal.values[came],
        position=None if refusal.position is None else [*refusal.position],
        reason=refusal.reason,
        detail=refusal.message,
    )


def of_http(request: Request, error: HTTPException) -> JSONResponse:
    """What the framework refuses before a route is asked, in the form of all other refusals."""
    path = request.url.path[:60]
    match error.status_code:
        case 404:
            refusal = Refusal("no path", field=path)
        case 405:
            allowed = (error.headers or {}).get("Allow", "").split(", ")
            refusal = Refusal("method", field=path, known=allowed, came=request.method[:20])
        case _:
            refusal = _unreadable(error)
    return refuse(refusal, dict(error.headers or {}))


def _unreadable(error: HTTPException) -> Refusal:
    match error.__cause__:
        case Refusal() as refusal:
            return refusal
        case UnicodeDecodeError():
            return Refusal("no UTF-8 body")
        case RecursionError():
            return Refusal("deep JSON body")
        case _:
            return Refusal("long number in a body")

"""A refusal as an answer to HTTP: one form for every fault, whoever noticed it."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from descent_lab.refusals import Refusal


class Fault(BaseModel):
    """What was expected and what came."""

    code: str = Field(description="The kind of the fault, for programs.", examples=["number"])
    message: str = Field(
        description="A sentence that says what was expected and what came.",
        examples=["steps must be a whole number from 0 to 1000000000; got -1."],
    )
    field: str | None = Field(description="Path of the value at fault.", examples=["entrants.0.knobs.lr"])
    position: tuple[int, int] | None = Field(
        description="[start, end) of the place in a typed formula, counted in characters."
    )
    reason: str = Field(
        description="The name of the sentence: the same in every language.", examples=["whole"]
    )
    values: dict[str, Any] = Field(description="What the sentence is made of, by name.")


class Refused(BaseModel):
    """The answer to what cannot be accepted."""

    error: Fault


STATUS = {
    "no place for a training": 503,
    "no place for a search": 503,
    "no path": 404,
    "method": 405,
    "body size": 413,
    "media type": 415,
    "file type": 415,
    "internal": 500,
}
"""Reason of a refusal -> status of HTTP; it is 422 of all others."""

UNPROCESSABLE = 422


def refuse(refusal: Refusal, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal as an answer to HTTP; one that knows when to try `again` says so to programs too."""
    if "again" in refusal.values:
        headers = {"Retry-After": str(refusal.values["again"])}
    return JSONResponse({"error": refusal.describe()}, STATUS.get(refusal.reason, UNPROCESSABLE), headers)


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

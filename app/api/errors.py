"""What the API refuses before a route is asked, and how every refusal is answered."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.requests import ClientDisconnect

from descent_lab.refusals import Refusal, nearest, word

from ..messages.reading import dotted, value_refusal
from ..refused import Problem, refuse
from .long_work import ClientGone

JSON = "application/json"

CLIENT_CLOSED_REQUEST = 499
"""For the log: nobody reads it."""


def _response(description: str, **more: Any) -> dict[str, Any]:
    return {"model": Problem, "description": description, **more}


RESPONSES: dict[int | str, dict[str, Any]] = {
    422: _response("What was asked for cannot be done; the sentence says what was expected and what came.")
}
"""What every route may answer."""

BODY_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: _response("The body is no JSON, or no text in UTF-8."),
    413: _response("The body is larger than this server reads."),
    415: _response("The body is not said to be what the route takes."),
}
"""What a route that takes a body may answer, too."""

FULL_RESPONSES: dict[int | str, dict[str, Any]] = {
    503: _response(
        "All places were taken, and none became free in time, or the store of files or the cluster of searches does "
        "not answer; `Retry-After` says when to try again, where that is known.",
        headers={"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
    )
}
"""What a route of long work may answer, too, and one that reads or keeps files."""


def json_alone(request: Request) -> None:
    """A body must be said to be JSON: a browser's form of another site cannot send that."""
    came = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if came != JSON and not (came.startswith("application/") and came.endswith("+json")):
        raise Refusal("media type", field="Content-Type", expected=JSON, came=came[:60] or word("none"))


def known_query(request: Request) -> None:
    """A parameter that the route does not have is refused, not passed over."""
    known = [each.alias for each in request.scope["route"].dependant.query_params]
    for name in request.query_params:
        if name not in known:
            key = name[:60]
            if not known:
                raise Refusal("no parameter", field=key, key=key)
            raise Refusal("unknown parameter", field=key, key=key, known=known, near=nearest(key, known))


def handle_refusals(app: FastAPI) -> None:
    """Every refusal, whoever noticed it, is answered in one form."""

    async def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return refuse(error)

    async def unread(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        fault = error.errors()[0]
        if fault["type"] == "json_invalid":
            return refuse(_no_json(error))
        if fault["type"] == "missing":
            return refuse(Refusal("missing", field=fault["loc"][-1]))
        field = dotted(fault["loc"][1:]) or fault["loc"][0]
        return refuse(value_refusal(field, fault))

    async def gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=CLIENT_CLOSED_REQUEST)

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(ClientGone, gone)
    app.add_exception_handler(ClientDisconnect, gone)
    app.add_exception_handler(RequestValidationError, unread)


def _no_json(error: RequestValidationError) -> Refusal:
    """That a body's JSON breaks off or goes wrong, and in which line and column, from 1."""
    before = str(error.body)[: error.errors()[0]["loc"][-1]]
    column = len(before) - before.rfind("\n")
    return Refusal("no JSON body", line=before.count("\n") + 1, column=column)

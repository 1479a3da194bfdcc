"""The description of the API, for programs: OpenAPI."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI

from ..pages.same import same_for_all
from ..refused import PROBLEM
from .errors import JSON

ADDRESS = "/openapi.json"


def described(app: FastAPI) -> dict[str, Any]:
    """The description of the API, in which refusals are said to be what they are; FastAPI calls them JSON."""
    if app.openapi_schema is None:
        found = FastAPI.openapi(app)
        for path in found["paths"].values():
            for route in path.values():
                for status, response in route["responses"].items():
                    if int(status) >= 400 and JSON in response.get("content", {}):
                        response["content"][PROBLEM] = response["content"].pop(JSON)
    return FastAPI.openapi(app)


def describe(app: FastAPI) -> None:
    """Says at its address what all routes are. That takes most of a second to put together, and is done once."""
    app.openapi = lambda: described(app)
    text = same_for_all(lambda: json.dumps(app.openapi(), ensure_ascii=False), JSON)
    app.add_api_route(ADDRESS, text, methods=["GET", "HEAD"], include_in_schema=False)

"""The description of the API, for programs: OpenAPI."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from descent_lab.cache import cached, fingerprint

from ..pages.same import same_for_all
from ..refused import PROBLEM
from ..settings import Settings
from .errors import JSON

ADDRESS = "/openapi.json"

PACKAGE = Path(__file__).resolve().parents[1]

COMMAND = (sys.executable, "-m", "app.main")


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


def written(settings: Settings) -> str:
    """The description as a text, kept on disk; from a process of its own: it takes most of a second of Python, whose
    interpreter those who race meanwhile would wait for."""
    told = settings.model_dump_json()

    def elsewhere() -> str:
        done = subprocess.run(
            COMMAND, input=told, stdout=subprocess.PIPE, encoding="utf-8", check=True, cwd=PACKAGE.parent
        )
        return done.stdout

    return cached("description", elsewhere, fingerprint(PACKAGE) + told)


def describe(app: FastAPI, settings: Settings) -> None:
    """Says at its address what all routes are. It is put together once, when somebody asks."""
    app.openapi = lambda: described(app)
    text = same_for_all(lambda: written(settings), JSON)
    app.add_api_route(ADDRESS, text, methods=["GET", "HEAD"], include_in_schema=False)

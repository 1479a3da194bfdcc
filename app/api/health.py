"""Whether the server lives, and whether it should be given work: for proxies, Docker and Kubernetes."""

from __future__ import annotations

import asyncio
import subprocess
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from descent_lab import __version__
from descent_lab.refusals import Refusal, word
from descent_lab.tables.files import store

from ..figures import told
from ..refused import Problem
from ..work.ending import Ending
from .errors import RESPONSES, known_query

STORE_PATIENCE = 3.0
"""Seconds that the store may take to answer."""


class Alive(BaseModel):
    """That the server lives."""

    status: Literal["ok"] = "ok"
    version: str = Field(description="Of the program.", examples=[__version__])


class Ready(BaseModel):
    """That the server has all it needs."""

    status: Literal["ready"] = "ready"


@dataclass
class Warmth:
    """Whether the kernels are compiled: those of the opening page, and all others, by a process of their own."""

    first: bool = False
    rest: subprocess.Popen[bytes] | None = None

    @property
    def warm(self) -> bool:
        """Whether nothing is being compiled any more, or it cannot be kept."""
        return self.first and (self.rest is None or self.rest.poll() is not None)


def health(warmth: Warmth, ending: Ending) -> APIRouter:
    """The routes of health."""
    router = APIRouter(dependencies=[Depends(known_query)])

    @router.get("/healthz", summary="That the server lives, and its version", responses=RESPONSES)
    async def healthz() -> Alive:
        return Alive(version=__version__)

    @router.get(
        "/readyz",
        summary="That the server should be given work: its kernels are warm, its store answers, and it is not ending",
        responses=RESPONSES | {503: {"model": Problem, "description": "What is missing."}},
    )
    async def readyz(
        without: Annotated[
            Literal["store"] | None,
            Query(
                description="What need not be there: a server whose store is away does all that needs no file."
            ),
        ] = None,
    ) -> Ready:
        missing: list[dict[str, Any]] = []
        if ending.begun.is_set():
            missing.append(word("ending"))
        if not warmth.warm:
            missing.append(word("kernels"))
        if without != "store" and not await _reached():
            missing.append(word("store"))
        if missing:
            raise Refusal("not ready", missing=missing)
        return Ready()

    @router.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(await asyncio.to_thread(told), media_type="text/plain; version=0.0.4; charset=utf-8")

    return router


async def _reached() -> bool:
    try:
        async with asyncio.timeout(STORE_PATIENCE):
            await asyncio.to_thread(lambda: store().reach())
    except (Refusal, TimeoutError):
        return False
    return True

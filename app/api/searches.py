"""Searches for hyper-parameters over HTTP: a whole one, the setup of one of its tries, and the link that begins it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import ConfigDict

from descent_lab.links.opened import link_of
from descent_lab.setups.models import AnyRegression, AnyTraining

from ..messages.tries_messages import (
    Asked,
    FoundTries,
    HyperSearchRequest,
    SearchedEvent,
    Seen,
    TryOfSearch,
    TrySetupEvent,
    TrySetupRequest,
)
from ..questions.surfaces import no_progress
from ..questions.tries import asked_of, base_of, hyper_search_answer, try_setup_answer
from ..settings import Settings
from ..work.slots import Queues
from ..work.visitors import visitor_of
from .bodies import DescribedAs
from .errors import BODY_RESPONSES, FULL_RESPONSES, RESPONSES, json_alone, known_query
from .links import WrittenLink
from .long_work import searched, while_connected

LearningBody = Annotated[Any, DescribedAs(AnyRegression | AnyTraining)]

EXAMPLE: dict[str, Any] = {
    "setup": {"data": "moons", "hidden": [8], "batch": 32, "steps": 200, "entrants": [{"optimizer": "adam"}]},
    "vary": ["lr=1e-3..1:log", "hidden=4|8|8,8"],
    "tries": 12,
}


class SearchBody(Asked):
    """A search around a setup."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    setup: LearningBody


class TryBody(TryOfSearch):
    """A try of a search."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "setup": EXAMPLE["setup"],
                    "vary": EXAMPLE["vary"],
                    "choices": {"lr": 0.02, "hidden": [8]},
                    "steps": 200,
                }
            ]
        },
    )

    setup: LearningBody


def searches(settings: Settings, queues: Queues) -> APIRouter:
    """The routes of searches."""
    router = APIRouter(
        prefix="/api/search",
        responses=RESPONSES | BODY_RESPONSES,
        dependencies=[Depends(json_alone), Depends(known_query)],
    )

    @router.post(
        "",
        summary="Hyper-parameters of a network or a regression: tries, the best first",
        description="A search, of which this server runs few at once: it waits for its turn up to "
        f"{settings.place_timeout:g} s, and ends when the connection is closed before the answer.",
        responses=FULL_RESPONSES,
    )
    async def search(request: Request, asked: SearchBody) -> FoundTries:
        wanted = HyperSearchRequest(type="search", id=0, **asked.model_dump())
        work = searched(
            lambda report: hyper_search_answer(wanted, settings, report),
            settings,
            queues,
            visitor_of(request),
        )
        event = (await while_connected(request, work)).event
        assert isinstance(event, SearchedEvent)
        return event

    @router.post("/setup", summary="The setup of one try of a search, and its link")
    def setup(asked: TryBody) -> Seen:
        wanted = TrySetupRequest(type="try_setup", id=0, **asked.model_dump())
        event = try_setup_answer(wanted, settings, no_progress).event
        assert isinstance(event, TrySetupEvent)
        return event

    @router.post("/link", summary="The link that begins a search")
    def link(asked: SearchBody) -> WrittenLink:
        ask, base = asked_of(asked), base_of(asked.setup, settings)
        ask.space(base)
        return WrittenLink(link=link_of(base, ask.described()))

    return router

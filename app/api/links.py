"""Links over HTTP: what one opens, and the one of a setup."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from descent_lab.links.opened import SEARCH, link_of, opened
from descent_lab.refusals import Refusal
from descent_lab.search.asking import asked_by
from descent_lab.setups.reading import read_setup

from ..messages.base import Message
from ..messages.tries_messages import Asked
from ..refused import Fault, fault_of
from ..settings import Settings
from .bodies import SetupBody
from .errors import BODY_RESPONSES, FULL_RESPONSES, RESPONSES, json_alone, known_query

KindName = Literal["race", "regression", "network"]
PageName = Literal["race", "regression", "network", "search"]

LINK = "surface=beale&start=1,1.6&steps=150&entrant=adam:lr=0.04,beta1=0.87&entrant=gd:lr=0.002"


class LinkText(Message):
    """A link to be read."""

    link: str = Field(
        description="A whole address, or what is behind its #, with or without that. Signs that were encoded once "
        "more, cut off or put on by those who passed it on do not matter.",
        examples=[LINK],
    )
    page: PageName | None = Field(
        None,
        description="The kind of page that it is to be shown on: a link of another kind is a fault then, and samples "
        "may still be drawn.",
    )


class OpenedLink(BaseModel):
    """What a link opens."""

    kind: KindName = Field(description="What it is raced on: a surface, points, or a network's samples.")
    setup: dict[str, Any] | None = Field(
        description="The whole setup, with all that the link leaves out; null where something is wrong with the link."
    )
    search: Asked | None = Field(
        description="What it says of a search around the setup; on the page of searches, what suits the setup where it "
        "says nothing. Else null."
    )
    faults: list[Fault] = Field(description="All that is wrong with it.")
    notes: list[str] = Field(
        description="What the setup has in another way than the link: a sentence each. Links of former versions may "
        "say what would be refused now."
    )


class WrittenLink(BaseModel):
    """A link."""

    link: str = Field(description="What is behind the # of an address.", examples=[LINK])


def links(settings: Settings) -> APIRouter:
    """The routes of links."""
    router = APIRouter(
        prefix="/api",
        responses=RESPONSES | BODY_RESPONSES | FULL_RESPONSES,
        dependencies=[Depends(json_alone), Depends(known_query)],
    )

    @router.post("/link/read", summary="What a link opens: a whole setup, or all that is wrong with the link")
    def read(asked: LinkText) -> OpenedLink:
        found = opened(asked.link, settings, asked.page)
        search, faults = None, [*found.faults]
        if found.setup is not None:
            try:
                search = asked_by(found.search, found.setup, suggests=asked.page == SEARCH)
            except Refusal as refusal:
                faults.append(refusal)
        return OpenedLink.model_validate(
            {
                "kind": found.kind,
                "setup": None if faults else found.setup,
                "search": None if search is None else search.described(),
                "faults": [fault_of(fault) for fault in faults],
                "notes": found.notes,
            }
        )

    @router.post("/link", summary="The link of a setup: a race's, a regression's or a network's")
    def link(setup: SetupBody) -> WrittenLink:
        read_setup(setup, settings)
        return WrittenLink(link=link_of(setup))

    return router

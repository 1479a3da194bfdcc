"""What is said of links, which the server alone writes (see `requests` and `events`)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from .base import Event, Request, SetupJson


class LinkRequest(Request):
    """The link of a setup. Pages ask when things have settled, never while the hand moves. Answered by `link`."""

    type: Literal["link"]
    answer: ClassVar = "link"
    setup: SetupJson = Field(description="The whole setup; whether it can be run already does not matter.")


class LinkEvent(Event):
    """The link of a setup: what is behind the # of an address. What one opens is answered by `POST /api/link/read`."""

    type: Literal["link"] = "link"
    link: str = Field(description="The text, without its #.")

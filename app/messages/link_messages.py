"""What is said of links, which the server alone writes (see `requests` and `events`)."""

from __future__ import annotations

from typing import Literal

from .base import Event, Json, Request


class LinkRequest(Request):
    """The link of a setup: asked when things have settled, never while the hand moves."""

    type: Literal["link"]
    setup: Json


class LinkEvent(Event):
    """A link, without its #."""

    type: Literal["link"] = "link"
    link: str

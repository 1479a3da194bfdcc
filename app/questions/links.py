"""The link of a setup."""

from __future__ import annotations

from descent_lab.links.opened import link_of

from ..messages.events import Answer
from ..messages.setup_messages import LinkEvent, LinkRequest
from ..settings import Settings


def link_answer(request: LinkRequest, _settings: Settings, _report: object) -> Answer:
    """The link of a setup."""
    search = None if request.search is None else request.search.model_dump()
    return Answer(LinkEvent(id=request.id, link=link_of(request.setup, search)))

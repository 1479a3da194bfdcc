"""Questions about searches for hyper-parameters, each one function from a request to its answer (see `questions`)."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from descent_lab.limits import Limits
from descent_lab.search.asking import Ask
from descent_lab.search.journal import Journal
from descent_lab.search.results import described, search_result, seen
from descent_lab.search.search import Search, Tried
from descent_lab.search.space import plain
from descent_lab.search.tasks import Outcome
from descent_lab.setups.reading import read_setup

from ..messages.events import Answer
from ..messages.tries_messages import (
    Asked,
    HyperSearchRequest,
    SearchedEvent,
    Try,
    TryingEvent,
    TrySetupEvent,
    TrySetupRequest,
)
from ..settings import Settings
from .answers import Report, StillToGo
from .searches import working

BETWEEN = 0.1
"""Seconds in which the tries that are done are gathered for one word."""


def asked_of(asked: Asked) -> Ask:
    """What a message asks of a search."""
    told = {name: getattr(asked, name) for name in Asked.model_fields}
    return Ask.of(told)


def base_of(setup: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """A setup, checked, with the seed that it has anyway."""
    read_setup(setup, limits)
    return plain(setup)


class _Telling:
    """Gathers what comes of the tries, and tells it with how far the search is."""

    def __init__(self, id: int, report: Report, search: Search) -> None:
        self._report = report
        self._same: dict[str, Any] = {"id": id, "judge": search.judge, "count": len(search.tries)}
        self._still = StillToGo()
        self._gathered: list[Try] = []
        self._told = 0.0
        self._far = (0, 1)

    def tried(self, tried: Tried, _of: Sequence[Outcome]) -> None:
        self._gathered.append(Try(**described(tried)))

    def progress(self, done: int, total: int) -> None:
        self._far = done, total

    def look(self) -> None:
        """Called by whoever works; whether it is time for a word is found out here."""
        if self._gathered and time.monotonic() - self._told >= BETWEEN:
            self.tell()
        else:
            self._report(None)

    def tell(self) -> None:
        """What is known by now."""
        gathered, self._gathered, self._told = self._gathered, [], time.monotonic()
        done, total = self._far
        far = {"done": done, "total": total, "seconds": self._still.seconds(done, total)}
        self._report(Answer(TryingEvent(**self._same, **far, tries=gathered)))


def hyper_search_answer(request: HyperSearchRequest, settings: Settings, report: Report) -> Answer:
    """Tries of what is varied, and the best of them."""
    ask = asked_of(request)
    made = ask.search(base_of(request.setup, settings), limits=settings)
    telling = _Telling(request.id, report, made)
    with working(settings, telling.look) as workers:
        found = made.run(workers, Journal(), telling.progress, telling.tried)
    telling.tell()
    return Answer(SearchedEvent(id=request.id, **search_result(made, found, ask)))


def try_setup_answer(request: TrySetupRequest, settings: Settings, _report: Report) -> Answer:
    """The setup of one try, and its link."""
    space = Ask(tuple(request.vary)).space(base_of(request.setup, settings))
    setup = space.setup(space.chosen(request.choices), steps=request.steps)
    read_setup(setup, settings)
    return Answer(TrySetupEvent(id=request.id, **seen(setup)))

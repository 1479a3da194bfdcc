"""What a text of columns is understood as."""

from __future__ import annotations

from descent_lab.links.looked import looked
from descent_lab.refusals import Refusal
from descent_lab.tables.brought import Brought

from ..messages.events import Answer
from ..messages.setup_messages import TableEvent, TableRequest
from ..settings import Settings

SOURCES = ("csv", "file")
"""Where a text is."""


def brought(csv: str | None, file: str | None) -> Brought:
    """The text that a question is about. `Refusal` where it names none, or two."""
    given = [name for name, value in zip(SOURCES, (csv, file), strict=True) if value is not None]
    if len(given) != 1:
        reason = "several sources" if given else "no source"
        raise Refusal(reason, field="csv", known=[*SOURCES], given=given)
    return Brought(csv, file)


def table_answer(request: TableRequest, settings: Settings, _report: object) -> Answer:
    """What is understood, what would be used, and the setup that would learn from it."""
    source, beside = brought(request.csv, request.file), {"split": request.split, "seed": request.seed}
    found = looked(source, request.reading, request.learner, settings, beside)
    return Answer(TableEvent(id=request.id, **found))

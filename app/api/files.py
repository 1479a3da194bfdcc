"""Files of columns over HTTP: what is too large for a message is brought here, and named by its content."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from descent_lab.limits import Limits
from descent_lab.links.looked import Learner, looked
from descent_lab.refusals import Refusal, word
from descent_lab.setups.table_reading import TableReading
from descent_lab.tables.brought import Brought
from descent_lab.tables.encodings import decoded
from descent_lab.tables.files import keep

from ..work.threads import in_thread
from .errors import BODY_RESPONSES, RESPONSES, json_alone, known_query

FILES = "/api/files"

SMALL = 12_000
"""Bytes of UTF-8 up to which a text can stand in a setup, and in its link, whole."""

SOURCES = ("csv", "file")
"""Where a text is."""

MEDIA = ("text/csv", "application/octet-stream")
"""What a file is said to be: a browser's form of another site cannot send these."""


class LookedColumn(BaseModel):
    """What a column holds."""

    name: str
    kind: str = Field(description="number, date, word, or empty.")
    missing: int = Field(description="Rows without a value.")
    low: float | None = Field(description="Of numbers, and of days since 1970-01-01; else null.")
    high: float | None
    mean: float | None
    words: list[str] = Field(description="The most frequent words; of numbers none.")
    different: int = Field(description="Different words; of numbers 0.")
    bars: list[int] = Field(description="Rows in equal parts from low to high, or of each word.")


class Looked(BaseModel):
    """What a file of columns is understood as."""

    separator: str
    separator_said: bool = Field(description="Whether the text or the reading says so; else it looks so.")
    decimal: str | None = Field(description="The sign before decimals; null where both are used.")
    header: bool = Field(description="Whether the first row names the columns.")
    index: bool = Field(description="Whether a first column that counts the rows is left out.")
    rows: int
    first: list[list[int | str]] = Field(
        description="The first rows, and the one at fault: number of the line, then the cells."
    )
    columns: list[LookedColumn]
    target: str | None = Field(description="The column that would be told from the others.")
    inputs: list[str] = Field(description="What it would be told from, words as several columns.")
    used: int = Field(description="Rows that would be used.")
    left_out: list[tuple[int, str]] = Field(
        description="The first rows that would not: number of the line, and the columns that lack a value there."
    )
    kind: str | None = Field(
        description="What they would be: classes or a curve of a network, points or a table of a regression."
    )
    classes: list[str] = Field(description="The classes, where it is to be told which; else none.")
    setup: dict[str, Any] | None = Field(
        description="The whole setup that would learn from it, to be sent as it stands; null where it would be refused."
    )
    notes: list[str] = Field(description="What was made of the table, a sentence each.")
    fault_row: int | None = Field(description="Number of the line that it is about, if it is about one.")
    fault: str | None = Field(
        description="Why it would be refused as it is read now; null where it would not."
    )


class KeptFile(BaseModel):
    """A file that was brought."""

    file: str = Field(description="Its name, for `file` of a setup: SHA-256 of its text in UTF-8.")
    text: str | None = Field(
        description="The text, where it is small enough to stand in a setup whole; else null."
    )
    encoding: str = Field(description="What it was written in.")
    encoding_guessed: bool
    look: Looked = Field(description="What it is understood as.")


class TextOfColumns(BaseModel):
    """A text, or the name of one, and how it is to be read."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"oneOf": [{"required": [name]} for name in SOURCES]}
    )

    csv: str | SkipJsonSchema[None] = Field(
        None, description="The text.", examples=["x,y,kind\n1,2,a\n3,4,b\n"]
    )
    file: str | SkipJsonSchema[None] = Field(None, description="Or the name of one that was brought.")
    reading: TableReading | None = Field(None, description="How it is to be read; null: as it looks.")
    learner: Learner = Field("network", description="Who is to learn from it.")


def files(limits: Limits) -> APIRouter:
    """The routes of files."""
    router = APIRouter(responses=RESPONSES | BODY_RESPONSES, dependencies=[Depends(known_query)])

    @router.post(
        FILES,
        summary="Bring a file of columns; it is kept for a day after its last use",
        dependencies=[Depends(_file_alone)],
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in MEDIA},
            }
        },
    )
    async def bring(
        request: Request,
        encoding: Annotated[
            str | None, Query(description="What it is written in; else as it looks.", max_length=40)
        ] = None,
        learner: Annotated[Learner, Query(description="Who is to learn from it.")] = "network",
    ) -> KeptFile:
        data = await request.body()
        return KeptFile.model_validate(
            await in_thread("question", lambda: _brought(data, encoding, learner, limits))
        )

    @router.post(
        "/api/look", summary="What a text of columns is understood as", dependencies=[Depends(json_alone)]
    )
    async def look(asked: Annotated[TextOfColumns, Body()]) -> Looked:
        given = [name for name in SOURCES if name in asked.model_fields_set]
        if len(given) != 1 or getattr(asked, given[0]) is None:
            reason = "several sources" if len(given) > 1 else "no source"
            raise Refusal(reason, field="csv", known=[*SOURCES], given=given)
        reading = asked.reading and asked.reading.model_dump(exclude_none=True)
        brought = Brought(asked.csv, asked.file)
        return Looked.model_validate(
            await in_thread("question", lambda: looked(brought, reading, asked.learner, limits))
        )

    return router


def _file_alone(request: Request) -> None:
    came = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if came not in MEDIA:
        raise Refusal(
            "file type", field="Content-Type", expected=" or ".join(MEDIA), came=came[:60] or word("none")
        )


def _brought(data: bytes, encoding: str | None, learner: Learner, limits: Limits) -> dict[str, Any]:
    found = decoded(data, encoding)
    name = keep(found.text)
    small = len(found.text.encode("utf-8", "surrogatepass")) <= SMALL
    return {
        "file": name,
        "text": found.text if small else None,
        "encoding": found.encoding,
        "encoding_guessed": found.guessed,
        "look": looked(Brought(csv=found.text) if small else Brought(file=name), None, learner, limits),
    }

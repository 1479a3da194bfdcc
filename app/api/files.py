"""Files of columns over HTTP: what is too large for a message is brought here, and named by its content."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from descent_lab.limits import Limits
from descent_lab.links.looked import looked
from descent_lab.refusals import Refusal, word
from descent_lab.setups.fields import Seed
from descent_lab.setups.regression_setup import Split
from descent_lab.setups.table_reading import TableReading
from descent_lab.tables.brought import Brought
from descent_lab.tables.encodings import decoded
from descent_lab.tables.features import Learner
from descent_lab.tables.files import WHOLE, keep

from ..messages.base import Message
from ..messages.setup_messages import Looked
from ..questions.tables import SOURCES, brought
from ..work.threads import in_thread
from .errors import BODY_RESPONSES, FULL_RESPONSES, RESPONSES, json_alone, known_query

FILES = "/api/files"

MEDIA = ("text/csv", "application/octet-stream")
"""What a file is said to be: a browser's form of another site cannot send these."""


class KeptFile(BaseModel):
    """A file that was brought."""

    file: str | None = Field(
        description="Its name, for `file` of a setup: SHA-256 of its text in UTF-8; null where it could not be kept."
    )
    text: str | None = Field(
        description="The text, where it is small enough to stand in a setup whole; else null."
    )
    encoding: str = Field(description="What it was written in.")
    encoding_guessed: bool
    look: Looked = Field(description="What it is understood as.")


OptionalText = Annotated[str | None, WithJsonSchema({"type": "string"})]
"""A text, or nothing; null is nothing too, but nobody need be told so."""


class TextOfColumns(Message):
    """A text, or the name of one, and how it is to be read."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"oneOf": [{"required": [name]} for name in SOURCES]}
    )

    csv: OptionalText = Field(None, description="The text.", examples=["x,y,kind\n1,2,a\n3,4,b\n"])
    file: OptionalText = Field(None, description="Or the name of one that was brought.")
    reading: TableReading | None = Field(None, description="How it is to be read; null: as it looks.")
    learner: Learner = Field("network", description="Who is to learn from it.")
    split: Split | None = Field(
        None,
        description="Of the setup that learns from it: what is suggested comes from the rows of its training set.",
    )
    seed: Seed = Field(0, description="Of the same, for it says which rows these are.")


def files(limits: Limits) -> APIRouter:
    """The routes of files."""
    router = APIRouter(
        responses=RESPONSES | BODY_RESPONSES | FULL_RESPONSES, dependencies=[Depends(known_query)]
    )

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
        reading = asked.reading and asked.reading.model_dump(exclude_none=True)
        source, beside = brought(asked.csv, asked.file), {"split": asked.split, "seed": asked.seed}
        return Looked.model_validate(
            await in_thread("question", lambda: looked(source, reading, asked.learner, limits, beside))
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
    small = len(found.text.encode("utf-8", "surrogatepass")) <= WHOLE
    try:
        name = keep(found.text)
    except Refusal:
        if not small:
            raise
        name = None  # it stands in the setup whole
    return {
        "file": name,
        "text": found.text if small else None,
        "encoding": found.encoding,
        "encoding_guessed": found.guessed,
        "look": looked(Brought(csv=found.text) if small else Brought(file=name), None, learner, limits),
    }

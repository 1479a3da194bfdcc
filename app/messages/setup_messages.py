"""What is said of setups before they run: their links, which the server alone writes, and what texts of columns come to
(see `requests` and `events`)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, WithJsonSchema

from descent_lab.tables.features import Learner

from .base import PART, Event, Message, Request, SetupJson, Text, UncheckedNumber
from .tries_messages import Asked

UncheckedShares = Annotated[
    Any, WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3})
]
ReadingJson = Annotated[Any, WithJsonSchema({PART: "TableReading"})]


class LinkRequest(Request):
    """The link of a setup. Pages ask when things have settled, never while the hand moves. Answered by `link`."""

    type: Literal["link"]
    answer: ClassVar = "link"
    setup: SetupJson = Field(description="The whole setup; whether it can be run already does not matter.")
    search: Asked | None = Field(
        default=None, description="What is asked of a search around it; null for none."
    )


class LinkEvent(Event):
    """The link of a setup: what is behind the # of an address. What one opens is answered by `POST /api/link/read`."""

    type: Literal["link"] = "link"
    link: str = Field(description="The text, without its #.")


class TableRequest(Request):
    """What a text of columns is understood as, before anything learns from it. Answered by `table`."""

    type: Literal["table"]
    answer: ClassVar = "table"
    csv: Text | None = Field(default=None, description="The text.")
    file: Text | None = Field(
        default=None, description="Or the name of one that was brought; see `POST /api/files`."
    )
    reading: ReadingJson = Field(default=None, description="How it is to be read; null: as it looks.")
    learner: Learner = Field(default="network", description="Who is to learn from it.")
    split: UncheckedShares = Field(
        default=None,
        description="Of the setup that learns from it: what is suggested comes from the rows of its training set.",
    )
    seed: UncheckedNumber = Field(default=None, description="Of the same, for it says which rows these are.")


class LookedRow(Message):
    """A row of a text."""

    line: int = Field(description="Number of its line, as an editor counts.")
    cells: list[str] = Field(description="As they stand in the text; long ones are cut.")
    values: list[float | str | None] = Field(
        description="As they are understood: numbers, days as year-month-day, words; null where there is no value."
    )


class LookedColumn(Message):
    """What a column holds."""

    name: str = Field(description="As the header has it, else x1, x2 and so on.")
    kind: Literal["number", "date", "word", "empty"] = Field(description="What its cells are.")
    missing: int = Field(description="Rows without a value.")
    low: float | None = Field(description="Of numbers, and of days since 1970-01-01; else null.")
    high: float | None = Field(description="The same.")
    mean: float | None = Field(description="The same.")
    words: list[str] = Field(description="The most frequent words; of numbers none.")
    different: int = Field(description="Different words; of numbers 0.")
    bars: list[int] = Field(description="Rows in equal parts from low to high, or of each word.")


class Looked(Message):
    """What a text of columns is understood as."""

    separator: str = Field(description="What parts the columns.")
    separator_said: bool = Field(description="Whether the text or the reading says so; else it looks so.")
    decimal: str | None = Field(description="The sign before decimals; null where both are used.")
    header: bool = Field(description="Whether the first row names the columns.")
    index: bool = Field(description="Whether a first column that counts the rows is left out.")
    rows: int = Field(description="How many there are.")
    first: list[LookedRow] = Field(description="The first of them, and the one at fault.")
    columns: list[LookedColumn] = Field(description="All of them; none where the rows make no table.")
    target: str | None = Field(description="The column that would be told from the others.")
    inputs: list[str] = Field(description="What it would be told from, words as several columns.")
    used: int = Field(description="Rows that would be used.")
    left_out: list[tuple[int, str]] = Field(
        description="The first rows that would not: number of the line, and the columns that lack a value there."
    )
    kind: Literal["classes", "curve", "points", "table"] | None = Field(
        description="What they would be: classes or a curve of a network, points or a table of a regression."
    )
    classes: list[str] = Field(description="The classes, where it is to be told which; else none.")
    setup: dict[str, Any] | None = Field(
        description="The whole setup that would learn from it, to be sent as it stands; null where it would be refused."
    )
    notes: list[str] = Field(description="What was made of the table, a sentence each.")
    fault: str | None = Field(
        description="Why it would be refused as it is read now; null where it would not."
    )
    fault_row: int | None = Field(description="Number of the line that it is about, if it is about one.")


class TableEvent(Event, Looked):
    """What a text of columns is understood as, and the setup that would learn from it."""

    type: Literal["table"] = "table"

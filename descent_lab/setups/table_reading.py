"""How a text of columns is to be read, as a part of a setup."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from descent_lab.refusals import Refusal
from descent_lab.setups.fields import Model, OneOf, Shape, Switch, TextOf
from descent_lab.tables.brought import Brought
from descent_lab.tables.cells import SEPARATORS
from descent_lab.tables.features import AS_IT_LOOKS, Features, Reading

Name = Annotated[str, TextOf(200, reason="short text")]


class TableReading(Model):
    """How a text of columns is to be read; what is null is as it looks."""

    target: Name | None = Field(
        None,
        description="The column that is to be told from the others, by its name or place; else the last.",
    )
    inputs: Annotated[tuple[Name, ...], Shape("list")] | None = Field(
        None, description="From which columns, by their names or places; else all others."
    )
    missing: Annotated[str, OneOf(("refuse", "drop"))] | None = Field(
        None, description="Whether a row without a value is refused or left out; else refused."
    )
    separator: Annotated[str, OneOf(SEPARATORS)] | None = Field(None, description="What parts the columns.")
    decimal: Annotated[str, OneOf((".", ","))] | None = Field(
        None, description="The sign before the decimals of a number."
    )
    header: Switch | None = Field(None, description="Whether the first row names the columns.")
    words: Annotated[tuple[Name, ...], Shape("list")] | None = Field(
        None, description="Columns that hold words, whatever they look like; a target so holds classes."
    )
    numbers: Annotated[tuple[Name, ...], Shape("list")] | None = Field(
        None, description="Columns that hold numbers, whatever they look like; a target so holds values."
    )
    index: Switch | None = Field(
        None, description="Whether the first column counts or names the rows, and is left out."
    )

    def told(self) -> Reading:
        """The same, as `tables` takes it."""
        return Reading(
            separator=self.separator,
            decimal="," if self.decimal == "," else "." if self.decimal == "." else None,
            header=self.header,
            target=self.target,
            inputs=self.inputs,
            missing="drop" if self.missing == "drop" else "refuse",
            words=self.words or (),
            numbers=self.numbers or (),
            index=self.index,
        )


def told(reading: TableReading | None) -> Reading:
    """How a text is to be read, where a setup need not say it."""
    return AS_IT_LOOKS if reading is None else reading.told()


def features_of(brought: Brought, reading: Reading, source: str, *, linear: bool) -> Features:
    """The numbers of a text that a setup names in its field `source`; what is refused names a field of the setup."""
    try:
        found = brought.features(reading, linear=linear)
        if found is None:
            raise Refusal("no row" if linear else "no row of a sample", field="csv")
    except Refusal as refusal:
        if refusal.field in ("csv", "file"):
            refusal.field = source
        elif refusal.field:
            refusal.within("reading")
        raise
    return found

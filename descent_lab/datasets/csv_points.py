"""Points read from text of two columns, as people paste it."""

from __future__ import annotations

from descent_lab.geometry import Point
from descent_lab.refusals import Refusal
from descent_lab.tables.rows import Rows, read_rows
from descent_lab.tables.table import Column, Fault


def read_points(text: str, most: int) -> list[Point]:
    """The points of a text of two columns, with a header or without.

    Columns are parted as `read_rows` says, and numbers written as `numerals` finds. Raises `Refusal` for a row that is
    no point, naming its line in the text, and for more than `most` rows.
    """
    return points_and_note(text, most)[0]


def points_and_note(text: str, most: int) -> tuple[list[Point], str | None]:
    """The same, and what is odd about the text, a sentence."""
    rows = read_rows(text)
    if rows is None:
        raise Refusal("no row of a point", field="csv")
    if len(rows.cells) > most:
        raise Refusal("rows of points", field="csv", most=most, count=len(rows.cells))
    for index, cells in enumerate(rows.cells):
        if len(cells) != 2:
            raise rows.refusal(index, "row of a point")
    x, y = (
        Column(name, place, cells, rows.written)
        for name, place, cells in zip("xy", (1, 2), zip(*rows.cells, strict=True), strict=True)
    )
    return [(_value(rows, x, index), _value(rows, y, index)) for index in range(len(rows.cells))], rows.note


def _value(rows: Rows, column: Column, index: int) -> float:
    value = column.value(index)
    if isinstance(value, Fault):
        reason = "row of a point" if value.reason == "row with a word" else value.reason
        raise rows.refusal(index, reason, **value.values)
    return value

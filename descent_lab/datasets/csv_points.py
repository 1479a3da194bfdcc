"""Points read from text of two columns, as people paste it."""

from __future__ import annotations

from descent_lab.datasets.csv_rows import Row, read_sheet
from descent_lab.datasets.numerals import is_missing
from descent_lab.geometry import Point
from descent_lab.refusals import Refusal


def read_points(text: str, most: int) -> list[Point]:
    """The points of a text of two columns, with a header or without.

    Columns are parted as `read_sheet` says, and numbers written as `numerals` finds. Raises `Refusal` for a row that is
    no point, naming its line in the text, and for more than `most` rows.
    """
    return points_and_note(text, most)[0]


def points_and_note(text: str, most: int) -> tuple[list[Point], str | None]:
    """The same, and what is odd about the text, a sentence."""
    sheet = read_sheet(text, _is_point, slice(None))
    if sheet is None:
        raise Refusal("no row of a point", field="csv")
    if len(sheet.rows) > most:
        raise Refusal("rows of points", field="csv", most=most, count=len(sheet.rows))
    return [_point(row) for row in sheet.rows], sheet.note


def _is_point(row: Row) -> bool:
    return len(row.cells) == 2 and row.are_numbers()


def _point(row: Row) -> Point:
    if len(row.cells) != 2 or not all(
        row.is_number(column) or is_missing(row.cells[column]) for column in (0, 1)
    ):
        raise row.refusal("row of a point")
    return row.value(0), row.value(1)

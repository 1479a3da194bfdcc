"""Points read from text of two columns, as people paste it."""

from __future__ import annotations

from descent_lab.datasets.csv_rows import Row, rows
from descent_lab.geometry import Point
from descent_lab.refusals import Refusal


def read_points(text: str, most: int) -> list[Point]:
    """The points of a text of two columns, with a header or without.

    Columns are parted by commas, semicolons, tabs or spaces; a decimal comma will do where commas do not part them.
    Raises `Refusal` for a row that is no point, naming its line in the text, and for more than `most` rows.
    """
    found = rows(text, _is_point)
    if found and not found[0].any_number():
        found = found[1:]  # a header
    if not found:
        raise Refusal("no row of a point", field="csv")
    if len(found) > most:
        raise Refusal("rows of points", field="csv", most=most, count=len(found))
    return [_point(row) for row in found]


def _is_point(row: Row) -> bool:
    return len(row.cells) == 2 and row.are_numbers()


def _point(row: Row) -> Point:
    if not _is_point(row):
        raise row.refusal("row of a point")
    return row.value(0), row.value(1)

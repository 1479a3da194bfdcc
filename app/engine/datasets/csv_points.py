"""Points read from text of two columns, as people paste it."""

from __future__ import annotations

import csv
import io
import re

from app.engine.refusals import Refusal
from app.engine.surface import Point

LARGEST = 1e100
"""A value beyond this overflows in the first square."""

SEPARATORS = (";", "\t", ",", " ")
"""The more telling first: of two that fit equally well, the earlier counts."""

SAMPLE = 50
"""Rows that are tried with each separator."""

_NUMBER = re.compile(
    r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|nan|inf|infinity)", re.IGNORECASE
)


def read_points(text: str, most: int) -> list[Point]:
    """The points of a text of two columns, with a header or without.

    Columns are parted by commas, semicolons, tabs or spaces; a decimal comma will do where commas do not part them.
    Raises `Refusal` for a row that is no point, naming its line in the text, and for more than `most` rows.
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None).read().split("\n")
    rows = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip(" \t,;\r\f\v\xa0")]
    separator = _separator([line for _, line in rows[:SAMPLE]])
    if rows and not any(_is_number(cell, separator) for cell in _cells(rows[0][1], separator)):
        rows = rows[1:]  # a header
    if not rows:
        raise Refusal("There is no row of two numbers in this text.", code="csv", field="csv")
    if len(rows) > most:
        raise Refusal(f"At most {most:,} points are taken; {len(rows):,} rows came.", code="csv", field="csv")
    return [_point(number, line, separator) for number, line in rows]


def _separator(lines: list[str]) -> str:
    """The separator by which most of these lines are two numbers, or else several cells at least."""

    def fits(separator: str) -> tuple[int, int]:
        rows = [_cells(line, separator) for line in lines]
        points = [len(row) == 2 and all(_is_number(cell, separator) for cell in row) for row in rows]
        return sum(points), sum(len(row) > 1 for row in rows)

    return max(SEPARATORS, key=fits)


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a line, without the empty ones that a spreadsheet leaves at its end."""
    try:
        (row,) = csv.reader([line], delimiter=separator, skipinitialspace=True)
    except csv.Error:  # a cell of more than 131,072 characters
        return [line]
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _plain(cell: str, separator: str) -> str:
    """With a point for a decimal comma and a hyphen for a minus sign."""
    return (cell if separator == "," else cell.replace(",", ".")).replace("−", "-")


def _is_number(cell: str, separator: str) -> bool:
    return _NUMBER.fullmatch(_plain(cell, separator)) is not None


def _point(number: int, line: str, separator: str) -> Point:
    cells = _cells(line, separator)
    if len(cells) != 2 or not all(_is_number(cell, separator) for cell in cells):
        raise _bad(number, "two numbers, x and y, were expected", line)
    x, y = (float(_plain(cell, separator)) for cell in cells)
    if not (abs(x) <= LARGEST and abs(y) <= LARGEST):  # nor NaN
        raise _bad(number, f"numbers from -{LARGEST:g} to {LARGEST:g} were expected", line)
    return x, y


def _bad(number: int, expected: str, line: str) -> Refusal:
    came = line if len(line) <= 40 else line[:39] + "…"
    return Refusal(f"Row {number}: {expected}; got {came!r}.", code="csv", field="csv")

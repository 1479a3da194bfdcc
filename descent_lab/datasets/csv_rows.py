"""Rows of text as people paste them: what parts them, which cells are numbers, and which line is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from descent_lab.checks import LARGEST
from descent_lab.refusals import Refusal

SEPARATORS = (";", "\t", ",", " ")
"""The more telling first: of two that fit equally well, the earlier counts."""

SAMPLE = 50
"""Rows that are tried with each separator."""

_NUMBER = re.compile(
    r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|nan|inf|infinity)", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    """A line of the text that is not empty. number: as an editor counts. cells: without the empty ones at its end."""

    number: int
    line: str
    cells: tuple[str, ...]
    separator: str

    def is_number(self, column: int) -> bool:
        """Whether this cell reads as a number; NaN and infinity do."""
        return _NUMBER.fullmatch(self._plain(column)) is not None

    def are_numbers(self, columns: slice = slice(None)) -> bool:
        """Whether all of these cells read as numbers."""
        return all(self.is_number(column) for column in range(len(self.cells))[columns])

    def any_number(self, columns: slice = slice(None)) -> bool:
        """Whether one of these cells at least reads as a number."""
        return any(self.is_number(column) for column in range(len(self.cells))[columns])

    def value(self, column: int) -> float:
        """The number in this cell. Raises `Refusal` for NaN and for what is too large."""
        value = float(self._plain(column))
        if not abs(value) <= LARGEST:  # nor NaN
            raise self.refusal("row beyond", most=LARGEST)
        return value

    def refusal(self, reason: str, **values: Any) -> Refusal:
        """That this row is not what was expected."""
        came = self.line if len(self.line) <= 40 else self.line[:39] + "…"
        return Refusal(reason, field="csv", row=self.number, came=came, **values)

    def _plain(self, column: int) -> str:
        """With a point for a decimal comma and a hyphen for a minus sign."""
        cell = self.cells[column]
        return (cell if self.separator == "," else cell.replace(",", ".")).replace("−", "-")


def rows(text: str, fits: Callable[[Row], bool]) -> list[Row]:
    """The rows of a text that are not empty, parted by commas, semicolons, tabs or spaces: by that by which most rows
    are as they should be, or else by which most have several cells.
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None).read().split("\n")
    filled = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip(" \t,;\r\f\v\xa0")]

    def part(some: Sequence[tuple[int, str]], separator: str) -> list[Row]:
        return [Row(number, line, _cells(line, separator), separator) for number, line in some]

    def score(separator: str) -> tuple[int, int]:
        tried = part(filled[:SAMPLE], separator)
        return sum(fits(row) for row in tried), sum(len(row.cells) > 1 for row in tried)

    return part(filled, max(SEPARATORS, key=score))


def _cells(line: str, separator: str) -> tuple[str, ...]:
    """The cells of a line, without the empty ones that a spreadsheet leaves at its end."""
    try:
        (row,) = csv.reader([line], delimiter=separator, skipinitialspace=True)
    except csv.Error:  # a cell of more than 131,072 characters
        return (line,)
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)

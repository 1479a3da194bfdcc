"""Rows of text as people paste them: what parts them, what names their columns, and which line is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from descent_lab.checks import LARGEST
from descent_lab.datasets.numerals import Numerals, is_missing, numerals
from descent_lab.refusals import SENTENCES, Refusal

SEPARATORS = (";", "\t", "|", ",", " ")
"""The more telling first: of two that fit equally well, the earlier counts."""

SAMPLE = 50
"""Rows that are tried with each separator."""

_SAID = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""Excel's own first line, which says what parts the columns."""

_ANY = Numerals()


@dataclass(frozen=True)
class Row:
    """A line of the text that is not empty.

    number: as an editor counts. cells: as the separator parts them, without the empty ones at the end, of which there
    are `blank`. written: how numbers are written in the text.
    """

    number: int
    line: str
    cells: tuple[str, ...]
    separator: str = ","
    blank: int = 0
    written: Numerals = field(default=_ANY, repr=False)

    def is_number(self, column: int) -> bool:
        """Whether this cell reads as a number; NaN and infinity do."""
        return self.written.is_number(self.cells[column])

    def are_numbers(self, columns: slice = slice(None)) -> bool:
        """Whether all of these cells read as numbers."""
        return all(map(self.written.is_number, self.cells[columns]))

    def any_number(self, columns: slice = slice(None)) -> bool:
        """Whether one of these cells at least reads as a number."""
        return any(map(self.written.is_number, self.cells[columns]))

    def value(self, column: int) -> float:
        """The number in this cell. Raises `Refusal` where there is none, or one that is too large, or where it could be
        two numbers."""
        cell = self.cells[column]
        if is_missing(cell) or cell.lower().lstrip("+-") == "nan":
            raise self.refusal("row without a value", column=column + 1)
        if self.written.is_doubtful(cell):
            sign = "," if "," in cell else "."
            either = [cell.replace(sign, ""), cell.replace(sign, ".")]
            raise self.refusal(
                "row in doubt", column=column + 1, cell=cell, whole=either[0], decimal=either[1]
            )
        value = self.written.value(cell)
        if not abs(value) <= LARGEST:
            raise self.refusal("row beyond", most=LARGEST)
        return value

    def refusal(self, reason: str, **values: Any) -> Refusal:
        """That this row is not what was expected."""
        came = self.line if len(self.line) <= 40 else self.line[:39] + "…"
        return Refusal(reason, field="csv", row=self.number, came=came, **values)


@dataclass(frozen=True)
class Sheet:
    """Rows under the names of their columns.

    width: columns that most rows have. first: the first row that has them. counted: whether a column before them, which
    counted the rows, is left out.
    """

    header: Row | None
    rows: list[Row]
    width: int
    first: Row
    counted: bool = False

    @property
    def note(self) -> str | None:
        """What is odd about the rows, a sentence."""
        return SENTENCES["column that counts"].text if self.counted else None

    def check(self) -> None:
        """Raises `Refusal` for the first row that has not as many columns as most."""
        if self.header and len(self.header.cells) != self.width:
            raise self.header.refusal("header of other columns", columns=self.width, first=self.first.number)
        for row in self.rows:
            if len(row.cells) != self.width:
                raise row.refusal("row of other columns", columns=self.width, first=self.first.number)


def read_sheet(text: str, fits: Callable[[Row], bool], inputs: slice) -> Sheet | None:
    """The rows of a text that are not empty, and their header; None where there is none but a header.

    Columns are parted by what the first line says (`sep=;`), or by commas, semicolons, tabs, bars or spaces: by that by
    which most rows are as they should be, or else by which most have several cells. inputs: the columns in which a
    header has no numbers. A first column without a name that counts the rows from 0 or 1 is no column.
    """
    found = _rows(text, fits)
    if not found:
        return None
    header, rest = (found[0], found[1:]) if _is_header(found, inputs) else (None, found)
    if not rest:
        return None
    lengths = Counter(len(row.cells) for row in rest)
    width = max(lengths, key=lambda length: lengths[length])  # of two equally many, the first
    if (
        header
        and len(header.cells) > width
        and all(len(row.cells) + row.blank >= len(header.cells) for row in rest)
    ):
        width = len(header.cells)  # its last columns are empty
    rest = [_padded(row, width) for row in rest]
    counted = header is not None and width > 1 and _counts(header, rest)
    if header and counted:
        header, rest, width = _without_first(header), [*map(_without_first, rest)], width - 1
    whole = [row.cells for row in rest if len(row.cells) == width]
    written = numerals(zip(*whole, strict=True), rest[0].separator)
    rest = [replace(row, written=written) for row in rest]
    first = next(row for row in rest if len(row.cells) == width)
    return Sheet(header, rest, width, first, counted)


def _rows(text: str, fits: Callable[[Row], bool]) -> list[Row]:
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None).read().split("\n")
    filled = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip(" \t,;\r\f\v\xa0")]
    if filled and (said := _SAID.fullmatch(lines[filled[0][0] - 1].strip(" \r"))):
        return _filled(filled[1:], said[1])

    def score(separator: str) -> tuple[int, int]:
        tried = _filled(filled[:SAMPLE], separator)
        return sum(fits(row) for row in tried), sum(len(row.cells) > 1 for row in tried)

    return _filled(filled, max(SEPARATORS, key=score))


def _filled(lines: Sequence[tuple[int, str]], separator: str) -> list[Row]:
    """The rows of numbered lines that have anything in their cells."""
    rows = [_row(number, line, separator) for number, line in lines]
    return [row for row in rows if row.cells]


def _row(number: int, line: str, separator: str) -> Row:
    try:
        (parts,) = csv.reader([line], delimiter=separator, skipinitialspace=True)
    except (csv.Error, ValueError):  # a cell of more than 131,072 characters
        return Row(number, line, (line,))
    cells = [cell.strip() for cell in parts]
    filled = len(cells)
    while filled and not cells[filled - 1]:
        filled -= 1
    return Row(number, line, tuple(cells[:filled]), separator, len(cells) - filled)


def _padded(row: Row, width: int) -> Row:
    """With the empty cells at its end that belong to columns."""
    lacking = width - len(row.cells)
    return replace(row, cells=row.cells + ("",) * lacking) if 0 < lacking <= row.blank else row


def _is_header(found: Sequence[Row], inputs: slice) -> bool:
    """Whether the first row names the columns: by words, or by numbers 0, 1, 2 before the name of a column of words."""
    first, rest = found[0], found[1:]
    names, last = first.cells[inputs] or first.cells, first.cells[-1]
    others = [row.cells[-1] for row in rest if row.cells]
    is_new = not is_missing(last) and not _ANY.is_number(last) and last not in others
    if not first.any_number(inputs if first.cells[inputs] else slice(None)):
        return any(not is_missing(name) for name in names) or (is_new and not any(names))
    counted = [str(count) for count in range(len(first.cells) - 1)]
    words = len(set(others)) > 1 and not any(map(_ANY.is_number, others))
    return list(first.cells[:-1]) == counted and is_new and words


def _counts(header: Row, rest: Sequence[Row]) -> bool:
    """Whether the first column has no name and counts the rows."""
    if header.cells[0]:
        return False
    first = rest[0].cells[0] if rest[0].cells else ""
    if first not in ("0", "1"):
        return False
    return all(row.cells and row.cells[0] == str(count) for count, row in enumerate(rest, int(first)))


def _without_first(row: Row) -> Row:
    return replace(row, cells=row.cells[1:])

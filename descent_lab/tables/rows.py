"""Rows under the names of their columns: what names them, what only counts them, and which row is wrong."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from descent_lab.refusals import Refusal
from descent_lab.tables.cells import said, separator_of, split, trimmed
from descent_lab.tables.header import are_labels, is_header, without_remarks
from descent_lab.tables.numerals import Known, Numerals, numerals


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a text that are not empty, under the names of their columns.

    text: what they were read from. cells: of each row, as wide as `width` where it is as it should be. numbers: of
    their lines, as an editor counts. header: the names; None where no row has them; header_number: of its line. width:
    columns that most rows have; first: a row that has them. counts: whether a first column, which counted or named the
    rows, is left out. written: how numbers are written. said: whether the text, or somebody, says what parts columns.
    columns: the cells of all rows that are as wide as they should be, a column each; plain: their numbers, where all
    are plainly written, if that is known. remarks: lines before the rows that are none.
    """

    text: str = field(repr=False)
    cells: list[Sequence[str]] = field(repr=False)
    numbers: list[int] = field(repr=False)
    header: Sequence[str] | None
    header_number: int
    separator: str
    said: bool
    width: int
    first: int
    counts: bool
    written: Numerals
    columns: list[tuple[str, ...]] = field(repr=False)
    plain: Sequence[Known] = field(repr=False)
    remarks: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What is odd about the rows, a sentence each."""
        counts = [Refusal("column that counts")] * self.counts
        remarks = [Refusal("remarks left out", count=self.remarks)] * (self.remarks > 0)
        return tuple(each.message for each in (*counts, *remarks))

    def check(self) -> None:
        """Raises `Refusal` for the first row that has not as many columns as most."""
        first = self.numbers[self.first]
        if self.header is not None and len(self.header) != self.width:
            raise self.refusal_at(
                self.header_number, "header of other columns", columns=self.width, first=first
            )
        if len(self.columns[0]) == len(self.cells):
            return
        for index, cells in enumerate(self.cells):
            if len(cells) != self.width:
                raise self.refusal(index, "row of other columns", columns=self.width, first=first)

    def refusal(self, index: int, reason: str, **values: Any) -> Refusal:
        """That a row is not what was expected."""
        return self.refusal_at(self.numbers[index], reason, **values)

    def refusal_at(self, number: int, reason: str, **values: Any) -> Refusal:
        """The same of a line."""
        line = io.StringIO(self.text, newline=None).readlines()[number - 1].strip()
        came = line if len(line) <= 40 else line[:39] + "…"
        return Refusal(reason, field="csv", row=number, came=came, **values)


def read_rows(
    text: str,
    separator: str | None = None,
    header: bool | None = None,
    written: Numerals | None = None,
    index: bool | None = None,
) -> Rows | None:
    """The rows of a text and their header; None where there is none but a header.

    separator: what parts the columns; else what the first line says (`sep=;`), or what clevercsv finds (G. van den
    Burg, A. Nazábal and C. Sutton, "Wrangling messy CSV files by detecting row and type patterns", 2019). header:
    whether the first row has the names; else it has where it has no number in the columns that hold numbers. index:
    whether the first column counts or names the rows, and is none; else it is none where it has no name and does.
    written: how numbers are; else as the cells prove.
    """
    if "\0" in text:
        raise Refusal("no text", field="csv", what="a binary file")
    if not _is_unicode(text):
        raise Refusal("broken text", field="csv")
    text = text.removeprefix("\ufeff")
    skipped, told = said(text)
    known = separator or told
    separator = known or separator_of(text)
    numbers, cells = split(text, separator, skipped)
    cells, numbers, remarks = without_remarks(cells, numbers)
    if not cells:
        return None
    named = is_header(cells) if header is None else header
    names, number = (cells[0], numbers[0]) if named else (None, 0)
    if named:
        cells, numbers = cells[1:], numbers[1:]
    if not cells:
        return None
    lengths = Counter(map(len, cells if all(row[-1] for row in cells) else map(trimmed, cells)))
    width = max(lengths, key=lambda length: lengths[length])  # of two equally many, the first
    if names is not None:
        names = trimmed(names)
        if len(names) > width and all(len(row) >= len(names) for row in cells):
            width = len(names)  # its last columns are empty
    if max(map(len, cells)) > width:
        cells = [_fitted(row, width) for row in cells]
    if names is not None and len(names) == width - 1 and are_labels([row[0] for row in cells], by_one=True):
        names = ("", *names)  # as R writes it: the names of the rows have none
    if index is None:
        index = names is not None and not names[0] and are_labels([row[0] for row in cells if row])
    counts = index and width > 1
    if counts:
        names = None if names is None else names[1:]
        cells, width = [row[1:] for row in cells], width - 1
    first = next(index for index, row in enumerate(cells) if len(row) == width)
    whole = cells if {*map(len, cells)} == {width} else [row for row in cells if len(row) == width]
    columns = [*zip(*whole, strict=True)]
    plain: Sequence[Known] = ("unknown",) * width
    if written is None:
        written, plain = numerals(columns, separator)
    said_so = known is not None
    return Rows(
        *(
            text,
            cells,
            numbers,
            names,
            number,
            separator,
            said_so,
            width,
            first,
            counts,
            written,
            columns,
            plain,
        ),
        remarks=remarks,
    )


def _is_unicode(text: str) -> bool:
    """Whether there is no half of a surrogate pair in a text, which JSON can escape and no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fitted(cells: Sequence[str], width: int) -> Sequence[str]:
    """As wide as most, where only empty cells are too many."""
    if len(cells) <= width:
        return cells
    return cells if any(cells[width:]) else cells[:width]

"""Rows under the names of their columns: what names them, what only counts them, and which row is wrong."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from descent_lab.refusals import Refusal
from descent_lab.tables.cells import SAMPLE, said, separator_of, split, trimmed
from descent_lab.tables.numerals import Known, Numerals, is_missing, numerals

_PLAIN = Numerals()


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
    cells, numbers, remarks = _without_remarks(cells, numbers)
    if not cells:
        return None
    named = _is_header(cells) if header is None else header
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
    if names is not None and len(names) == width - 1 and _labels([row[0] for row in cells], by_one=True):
        names = ("", *names)  # as R writes it: the names of the rows have none
    if index is None:
        index = names is not None and not names[0] and _labels([row[0] for row in cells if row])
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


def _without_remarks(
    cells: list[Sequence[str]], numbers: list[int]
) -> tuple[list[Sequence[str]], list[int], int]:
    """Without the lines at the beginning that begin with #, as numpy and gnuplot write them, but for the last, if it
    has names for the columns, and for those that are rows like the others (of a colour, #ff0000); and how many go."""
    rows = next((index for index, row in enumerate(cells) if not row[0].startswith("#")), len(cells))
    if rows in (0, len(cells)):
        return cells, numbers, 0
    like = trimmed(cells[rows])
    first = next((index for index in range(rows) if _is_like(cells[index], like)), rows)
    names = _names_after_sign(cells[first - 1], len(like)) if first else None
    kept = cells[first:] if names is None else [names, *cells[first:]]
    return kept, numbers[len(cells) - len(kept) :], len(cells) - len(kept)


def _is_like(row: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a row that begins with # is one of as many cells, with a number where the other has one."""
    pairs = [*zip(row[1:], other[1:], strict=False)]
    return len(trimmed(row)) == len(other) and any(
        _PLAIN.is_number(a) and _PLAIN.is_number(b) for a, b in pairs
    )


def _names_after_sign(row: Sequence[str], width: int) -> Sequence[str] | None:
    """The names of so many columns in a line that begins with #, which may be a name itself, or stand before them."""
    name = row[0].lstrip("# ")
    whole = trimmed((name or "#", *row[1:]))
    if len(whole) == width:
        return whole
    rest = [cell for cell in row[1:] if cell]
    return rest if not name and len(rest) == width else None


# ---------------------------------------------------------------- the header


def _is_header(cells: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it has words where the others have numbers, or, where nobody has
    numbers, words that come but once; or it has numbers 0, 1, 2 before the name of a column of words."""
    first, rest = trimmed(cells[0]), cells[1 : SAMPLE + 1]
    if not rest:
        return not any(map(_PLAIN.is_number, first))
    columns = [[row[i] for row in rest if i < len(row) and row[i]] for i in range(len(first))]
    numeric = [bool(column) and 2 * sum(map(_PLAIN.is_number, column)) > len(column) for column in columns]
    last, others = first[-1], columns[-1]
    is_new = not is_missing(last) and not _PLAIN.is_number(last) and last not in others
    if not any(numeric):
        named = [name for name in first if not is_missing(name)]
        fresh = all(name not in column for name, column in zip(first, columns, strict=True))
        return len(named) == len(first) == len({*first}) and fresh and not any(map(_PLAIN.is_number, first))
    names = [name for name, number in zip(first, numeric, strict=True) if number]
    if not any(map(_PLAIN.is_number, [*names, *first[:-1]])):
        return any(not is_missing(name) for name in names) or (is_new and not any(names))
    if _are_years(names) and all(
        name and not _PLAIN.is_number(name) and name not in column
        for name, column, number in zip(first, columns, numeric, strict=True)
        if not number
    ):
        return len(names) < len(first)
    counted = [str(count) for count in range(len(first) - 1)]
    words = len(set(others)) > 1 and not any(map(_PLAIN.is_number, others))
    return [*first[:-1]] == counted and is_new and words


def _are_years(names: Sequence[str]) -> bool:
    """Whether these are years, one after the other: what spreadsheets have above columns of numbers."""
    if len(names) < 2 or not all(
        len(name) == 4 and name.isdecimal() and 1800 <= int(name) <= 2100 for name in names
    ):
        return False
    years = [*map(int, names)]
    steps = {later - earlier for earlier, later in itertools.pairwise(years)}
    return len(steps) == 1 and 0 not in steps


LONGEST_NUMBER = 18
"""Digits of a number that may count rows."""


def _labels(column: Sequence[str], by_one: bool = False) -> bool:
    """Whether these cells name or count the rows: whole numbers that rise, or words of which none comes twice. by_one:
    numbers must rise from 0 or 1, without a gap."""
    if len(column) < 2 or len({*column}) < len(column):
        return False
    if all(cell.isdecimal() and len(cell) <= LONGEST_NUMBER for cell in column):
        numbers = [*map(int, column)]
        counts = numbers[0] in (0, 1) and numbers[-1] - numbers[0] == len(numbers) - 1
        return numbers == sorted(numbers) and (counts or not by_one)
    return not any(map(_PLAIN.is_number, column)) and not any(map(is_missing, column))

"""A table: columns of numbers, words and dates under their names, and how it was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from descent_lab.geometry import LARGEST
from descent_lab.refusals import Refusal, nearest
from descent_lab.tables.dates import days_of
from descent_lab.tables.numerals import EITHER, Known, Numerals, Plain, is_missing, plainly
from descent_lab.tables.rows import Rows

Kind = Literal["number", "date", "word", "empty"]

LONGEST_NAME = 40


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be taken: reason and values of a refusal that `Rows.refusal` makes, which knows the row."""

    reason: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, reason: str, **values: Any) -> Fault:
        """With these values."""
        return cls(reason, values)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of cells, as the text has them.

    name: of the header, else x1, x2 and so on; place: which it is, counted from 1. written: how numbers are written.
    plain: its numbers, where all are plainly written. told: what somebody says that its cells are, whatever they look
    like.
    """

    name: str
    place: int
    cells: Sequence[str] = field(repr=False)
    written: Numerals = field(repr=False)
    plain: Known = field(repr=False, default="unknown")
    told: Literal["number", "word"] | None = None

    @property
    def called(self) -> str:
        """What sentences call it: its place, and its name where it has one of its own."""
        return str(self.place) if self.name == f"x{self.place}" else f"{self.place} ({self.name})"

    @cached_property
    def _whole(self) -> np.ndarray | None:
        """The numbers of all cells, where all are there and plainly written."""
        return self._of(plainly(self.cells) if self.plain == "unknown" else self.plain)

    def _of(self, plain: Plain | None) -> np.ndarray | None:
        """Those numbers, if they are written as they are in the whole text."""
        decimal = self.written.decimal
        return plain.values if plain and decimal and plain.sign in (None, decimal) else None

    @cached_property
    def missing(self) -> np.ndarray:
        """Which cells stand for no value, (n,)."""
        return np.zeros(len(self.cells), dtype=bool) if self._whole is not None else self._which(is_missing)

    def _which(self, true: Callable[[str], bool]) -> np.ndarray:
        """Of which cells that is true, (n,): asked once for those that are the same."""
        found = {cell for cell in self._different if true(cell)}
        if not found:
            return np.zeros(len(self.cells), dtype=bool)
        return np.fromiter(map(found.__contains__, self.cells), bool, len(self.cells))

    @cached_property
    def _different(self) -> set[str]:
        return {*self.cells}

    @cached_property
    def present(self) -> Sequence[str]:
        """The cells that stand for a value."""
        if not self.missing.any():
            return self.cells
        return [cell for cell, gone in zip(self.cells, self.missing.tolist(), strict=True) if not gone]

    @cached_property
    def _plain(self) -> np.ndarray | None:
        """The numbers that are there, where all are plainly written."""
        if self._whole is not None or not self.missing.any():
            return self._whole
        return self._of(plainly(self.present))

    @cached_property
    def numeric(self) -> int:
        """How many of the cells that are there read as numbers; NaN and infinity do, and so does what could be two."""
        if self._plain is not None:
            return len(self.present)
        # A number by the other sign is a number, if one that cannot be taken.
        return sum(count for cell, count in Counter(self.present).items() if EITHER.is_number(cell))

    @cached_property
    def days(self) -> Mapping[str, float] | None:
        """Days since 1970-01-01 of each different cell, where all cells are days."""
        return days_of(self.present)

    @cached_property
    def kind(self) -> Kind:
        """What all cells are that are there."""
        if not self.present:
            return "empty"
        if self.told is not None:
            return self.told
        if self.numeric == len(self.present):
            return "number"
        return "word" if self.days is None else "date"

    @cached_property
    def kind_of_input(self) -> Kind:
        """What it is as an input: a word among numbers is no word, but a fault."""
        mostly = self.kind == "word" and self.told is None and 2 * self.numeric >= len(self.present)
        return "number" if mostly else self.kind

    @cached_property
    def words(self) -> list[str]:
        """The different words, in the order of their numbers and then of their letters."""
        return sorted({*self.present}, key=_rank)

    def lacking(self, numbered: bool) -> np.ndarray:
        """Which cells have no value, (n,); among numbers NaN is none."""
        if not numbered or self._plain is not None or self.kind_of_input == "date":
            return self.missing
        return self.missing | self._which(_is_nan)

    def value(self, row: int) -> float | Fault:
        """The number in a row, or why none can be taken."""
        cell = self.cells[row]
        if is_missing(cell) or (self.kind_of_input == "number" and _is_nan(cell)):
            return Fault.of("row without a value", column=self.place)
        if not self.written.is_number(cell):
            return Fault.of("row with a word", column=self.place)
        if self.written.is_doubtful(cell):
            sign = "," if "," in cell else "."
            either = [cell.replace(sign, ""), cell.replace(sign, ".")]
            return Fault.of("row in doubt", column=self.place, cell=cell, whole=either[0], decimal=either[1])
        value = self.written.value(cell)
        return value if abs(value) <= LARGEST else Fault.of("row beyond", most=LARGEST)

    def values(self) -> tuple[np.ndarray, tuple[int, Fault] | None]:
        """Numbers or days, (n,), NaN where none can be taken; and the first row where there is one that is no value
        that is missing, with its fault."""
        found = np.full(len(self.cells), np.nan)
        if self._plain is not None and np.all(np.abs(self._plain) <= LARGEST):
            found[~self.missing] = self._plain
            return found, None
        if self.kind_of_input == "date" and self.days is not None:
            found[~self.missing] = [*map(self.days.__getitem__, self.present)]
            return found, None
        fault: tuple[int, Fault] | None = None
        for row in range(len(found)):
            value = self.value(row)
            if not isinstance(value, Fault):
                found[row] = value
            elif fault is None and value.reason != "row without a value":
                fault = row, value
        return found, fault


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of one length, and the rows that they were read from."""

    rows: Rows = field(repr=False)
    columns: tuple[Column, ...]

    @property
    def count(self) -> int:
        """Rows."""
        return len(self.rows.cells)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is odd about the table, a sentence each."""
        return self.rows.notes

    def as_told(self, words: Sequence[str], numbers: Sequence[str]) -> Table:
        """The same, with these columns taken as words, and those as numbers. `Refusal` for one that there is not, or
        that would be both."""
        told = {id(self.column(name, f"words.{i}")): "word" for i, name in enumerate(words)}
        for i, name in enumerate(numbers):
            column = self.column(name, f"numbers.{i}")
            if id(column) in told:
                raise Refusal("words and numbers", field=f"numbers.{i}", name=column.name)
            told[id(column)] = "number"
        if not told:
            return self
        return replace(self, columns=tuple(replace(each, told=told.get(id(each))) for each in self.columns))

    def column(self, name: str, field: str) -> Column:
        """The column of that name, or of that place, counted from 1."""
        for each in self.columns:
            if each.name in (name, name[:LONGEST_NAME]):
                return each
        if name.isdecimal() and 1 <= int(name) <= len(self.columns):
            return self.columns[int(name) - 1]
        known = [each.name for each in self.columns]
        raise Refusal("no column", field=field, came=name, known=known, near=nearest(name, known))


def table_of(rows: Rows) -> Table:
    """The table that rows make. `Refusal` where one has not as many columns as most."""
    rows.check()
    parts = zip(_names(rows), rows.columns, rows.plain, strict=True)
    return Table(
        rows,
        tuple(
            Column(name, i, column, rows.written, plain) for i, (name, column, plain) in enumerate(parts, 1)
        ),
    )


def _names(rows: Rows) -> list[str]:
    """One for each column, none twice."""
    found: dict[str, None] = {}
    again: Counter[str] = Counter()
    for place, name in enumerate(rows.header or [""] * rows.width, 1):
        first = plain = (name or f"x{place}")[:LONGEST_NAME]
        while plain in found:
            again[first] += 1
            plain = f"{first[: LONGEST_NAME - 6]} {again[first] + 1}"
        found[plain] = None
    return [*found]


def _is_nan(cell: str) -> bool:
    return cell.lower().lstrip("+-") == "nan"


def _rank(word: str) -> tuple[bool, int, str]:
    """Whole numbers in their order, then words in theirs."""
    try:
        return False, int(word), word
    except ValueError:
        return True, 0, word

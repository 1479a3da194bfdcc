"""What names the columns of a text: its header, and which lines and columns are none of its data."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from descent_lab.tables.cells import SAMPLE, trimmed
from descent_lab.tables.numerals import Numerals, is_missing

_PLAIN = Numerals()


def without_remarks(
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


def is_header(cells: Sequence[Sequence[str]]) -> bool:
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


def are_labels(column: Sequence[str], by_one: bool = False) -> bool:
    """Whether these cells name or count the rows: whole numbers that rise, or words of which none comes twice. by_one:
    numbers must rise from 0 or 1, without a gap."""
    if len(column) < 2 or len({*column}) < len(column):
        return False
    if all(cell.isdecimal() and len(cell) <= LONGEST_NUMBER for cell in column):
        numbers = [*map(int, column)]
        counts = numbers[0] in (0, 1) and numbers[-1] - numbers[0] == len(numbers) - 1
        return numbers == sorted(numbers) and (counts or not by_one)
    return not any(map(_PLAIN.is_number, column)) and not any(map(is_missing, column))

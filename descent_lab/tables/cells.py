"""Text to cells: what parts the columns, and on which lines the rows stand."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence

from descent_lab.tables.numerals import Numerals

SEPARATORS = (";", "\t", "|", ",", " ")
"""What may part columns, the more telling first."""

SAMPLE = 50
"""Rows that are looked at to find the separator."""

LONGEST_SAMPLE = 4_000
"""Characters of them at most: a quote that is not closed takes clevercsv a time that grows with the square."""

HEAD = 1_000_000
"""Characters in which these rows stand."""

BLANK = ",;" + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
"""A line that has nothing but these is empty."""

LONGEST = 131_072
"""Characters of one cell at most, as `csv` has it."""

_SAID = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""Excel's own first line, which says what parts the columns."""

_SPACES = (" ", "\t", "\f", "\v", "\xa0", "\u3000")

_PLAIN = Numerals()


def said(text: str) -> tuple[int, str | None]:
    """How many lines pass before the rows, and what the last of them says parts the columns."""
    for number, line in enumerate(io.StringIO(text[:HEAD], newline=None), 1):
        if line.strip(BLANK):
            said = _SAID.fullmatch(line.strip(" \r\n"))
            return (number, said[1]) if said else (0, None)
    return 0, None


def separator_of(text: str) -> str:
    filled = (line.strip()[:LONGEST] for line in io.StringIO(text[:HEAD], newline=None) if line.strip(BLANK))
    lines = [*itertools.islice(filled, SAMPLE)]
    # Numbers that are written as in other countries are beyond clevercsv: `1,5 2,5` are two, and so are `0;1 000`.
    for columns in (slice(None), slice(-1)):
        for separator in SEPARATORS:
            # A unit is parted from its number, `5 kg`, where nothing parts the names above.
            if _parts_numbers(lines[1:] or lines, separator, columns) and separator in lines[0].strip():
                return separator
    from clevercsv.detect import Detector  # takes a while: not before it is needed

    sample = "\n".join(lines)[: LONGEST_SAMPLE + 1]
    if len(sample) > LONGEST_SAMPLE:
        sample = sample.rpartition("\n")[0] or sample
    found = Detector().detect(sample, delimiters=[*SEPARATORS])
    return (found.delimiter if found else "") or ","


def _parts_numbers(lines: Sequence[str], separator: str, columns: slice) -> bool:
    """Whether this parts all lines in as many cells, with numbers in these columns."""
    rows = [trimmed([cell.strip() for cell in row]) for _, row in _one_by_one(iter(lines), separator)]
    return len({*map(len, rows)}) == 1 < len(rows[0]) and all(
        _PLAIN.is_number(cell) for row in rows for cell in row[columns]
    )


def split(text: str, separator: str, skipped: int) -> tuple[list[int], list[Sequence[str]]]:
    """Numbers and cells of the lines that have anything in their cells."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    loose = _has_spaces(text, separator)
    if '"' not in text and separator != " ":
        whole = text.split("\n")
        if max(map(len, whole)) <= LONGEST:
            return _unquoted(whole, separator, skipped, loose)
    lines: Iterator[str] = iter(io.StringIO(text))
    for _ in range(skipped):
        next(lines)
    # Where quotes do not come in pairs they quote nothing that goes on over the end of a line.
    parts = _at_once if text.count('"') % 2 == 0 else _one_by_one
    numbers: list[int] = []
    rows: list[Sequence[str]] = []
    for number, parted in parts(lines, separator):
        # Tuples of texts are nothing that the garbage collector has to look after, as it would after lists.
        cells = tuple([cell.strip() for cell in parted] if loose else parted)
        if (cells and cells[0].strip(BLANK)) or "".join(cells).strip(BLANK):
            numbers.append(number + skipped)
            rows.append(cells)
    return numbers, rows


def _unquoted(
    lines: Sequence[str], separator: str, skipped: int, loose: bool
) -> tuple[list[int], list[Sequence[str]]]:
    """The same of a text without quotes, as most are: a line is a row."""
    blank = BLANK + separator
    filled = [number for number, line in enumerate(lines) if number >= skipped and line.strip(blank)]
    rows: list[Sequence[str]]
    if loose:
        rows = [tuple([cell.strip() for cell in lines[number].split(separator)]) for number in filled]
    else:
        rows = [tuple(lines[number].split(separator)) for number in filled]
    return [number + 1 for number in filled], rows


def _has_spaces(text: str, separator: str) -> bool:
    """Whether there is white space around cells."""
    return any(
        space in text
        and (
            text.startswith(space)
            or text.endswith(space)
            or any(pair in text for pair in _around(space, separator))
        )
        for space in _SPACES
    )


def _around(space: str, separator: str) -> tuple[str, ...]:
    """What a text has where there is space before or behind a cell."""
    return (
        *(space + separator, separator + space, space + "\n", "\n" + space),
        *(space + '"', '"' + space),
    )


def _at_once(lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    if separator == " ":
        lines = (line.strip() + "\n" for line in lines)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    begun = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell beyond all measure
            cells = ["…"]
        yield begun, cells
        begun = reader.line_num + 1


def _one_by_one(lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, 1):
        try:
            (cells,) = csv.reader(
                [line.strip() if separator == " " else line], delimiter=separator, skipinitialspace=True
            )
        except (csv.Error, ValueError):
            cells = [line[:LONGEST]]
        yield number, cells


def trimmed(cells: Sequence[str]) -> Sequence[str]:
    """Without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]

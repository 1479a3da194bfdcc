"""Samples that a person brings: text of several columns, as people paste it, or points drawn by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from descent_lab.datasets.csv_rows import Row, Sheet, read_sheet
from descent_lab.datasets.numerals import is_missing
from descent_lab.datasets.samples import Samples
from descent_lab.refusals import Refusal

FEWEST_CLASSES, MOST_CLASSES = 2, 10
MOST_INPUTS = 1000
LONGEST_NAME = 40
LARGEST_CLASS = 1e15
"""Numbers further from zero than this are no names of classes."""

DRAWN_CLASSES = ("A", "B", "C")
MOST_DRAWN = 2000
FARTHEST = 100.0
"""A point drawn by hand lies no further out than this."""


def read_samples(text: str, most: int) -> Samples:
    """The samples of a text: columns of numbers, and in the last one the class, a word or a whole number. Where the
    last column holds numbers alone, with fractions among them or more of them than there can be classes, they are the
    values of a curve.

    Columns are parted, and named, as `read_sheet` says, and numbers written as `numerals` finds. Classes are in the
    order of their numbers, then of their names; in a column that has words, `007`, `7` and `inf` are words too. The
    numbers are those of the text; see `Samples.scaled_for` for what a network is given.
    Raises `Refusal` for a row that is no sample, naming its line in the text, for more than `most` rows, for fewer than
    two classes or more than ten, and for a curve that is flat.
    """
    sheet = read_sheet(text, _fits, slice(-1))
    if sheet is None:
        raise Refusal("no row of a sample", field="csv")
    found = sheet.rows
    if len(found) > most:
        raise Refusal("rows of samples", field="csv", most=most, count=len(found))
    inputs = np.array(_inputs(sheet))
    names = _names(sheet)
    if all(is_missing(row.cells[-1]) for row in found):
        raise Refusal("empty last column", field="csv")
    numeric = all(row.is_number(sheet.width - 1) or is_missing(row.cells[-1]) for row in found)
    if numeric and (values := _values(found)) is not None:
        if np.all(values == values[0]):
            raise Refusal("one value", field="csv", value=float(values[0]))
        return Samples(inputs, values, (), names, measured=True, note=sheet.note)
    labels = [_label(row, numeric) for row in found]
    classes = sorted(set(labels), key=_rank)
    if not FEWEST_CLASSES <= len(classes) <= MOST_CLASSES:
        some = [*map(repr, classes[:3]), *(["…"] if len(classes) > 3 else [])]
        raise Refusal(
            "classes of a column",
            field="csv",
            low=FEWEST_CLASSES,
            high=MOST_CLASSES,
            count=len(classes),
            some=some,
        )
    number = {name: index for index, name in enumerate(classes)}
    targets = np.array([number[label] for label in labels], dtype=np.int64)
    return Samples(inputs, targets, tuple(classes), names, measured=True, note=sheet.note)


def drawn_samples(points: Sequence[tuple[float, float, int]], most: int = MOST_DRAWN) -> Samples:
    """The samples of a list of [x, y, class], drawn by hand; class is 0, 1 or 2.

    There are three classes where a point of the third is drawn, else two. Raises `Refusal` for more than `most` points,
    and where all are of one class.
    """
    if len(points) > most:
        raise Refusal("at most", field="drawn", most=most, count=len(points))
    targets = np.array([which for *_, which in points], dtype=np.int64)
    present = sorted(set(targets.tolist()))
    if not present:
        raise Refusal("no drawn class", field="drawn")
    if len(present) < 2:
        raise Refusal("one drawn class", field="drawn", name=DRAWN_CLASSES[present[0]])
    inputs = np.array([(x, y) for x, y, _ in points])
    return Samples(inputs, targets, DRAWN_CLASSES[: max(2, present[-1] + 1)], ("x", "y"))


def _fits(row: Row) -> bool:
    """Whether this looks like numbers and a class."""
    return len(row.cells) > 1 and row.are_numbers(slice(-1))


def _inputs(sheet: Sheet) -> list[list[float]]:
    """The columns but the last, row by row."""
    if sheet.width < 2:
        raise sheet.first.refusal("row of one column")
    if sheet.width - 1 > MOST_INPUTS:
        raise Refusal(
            "inputs of a row", field="csv", most=MOST_INPUTS, row=sheet.first.number, count=sheet.width - 1
        )
    sheet.check()
    columns = range(sheet.width - 1)
    for row in sheet.rows:
        for column in columns:
            if not row.is_number(column) and not is_missing(row.cells[column]):
                raise row.refusal("row with a word", column=column + 1)
    return [[row.value(column) for column in columns] for row in sheet.rows]


def _values(found: Sequence[Row]) -> np.ndarray | None:
    """The last column as values to be followed, (n,), where it has numbers alone and they are no classes."""
    values = [row.value(len(row.cells) - 1) for row in found]
    few = len(set(values)) <= MOST_CLASSES and all(_numbers_a_class(value) for value in values)
    return None if few else np.array(values)


def _numbers_a_class(value: float) -> bool:
    return value == int(value) and abs(value) <= LARGEST_CLASS


def _label(row: Row, numeric: bool) -> str:
    """The class of a row. In a column of numbers it is written without a point or zeros before it; in a column of words
    everything is a word."""
    last = len(row.cells) - 1
    if numeric:
        return str(int(row.value(last)))
    name = row.cells[last]
    if is_missing(name):
        raise row.refusal("row without a value", column=last + 1)
    if len(name) > LONGEST_NAME:
        raise row.refusal("row with a long class", most=LONGEST_NAME)
    return name


def _rank(label: str) -> tuple[bool, int, str]:
    """Numbers in their order, then words in theirs."""
    try:
        return False, int(label), label
    except ValueError:
        return True, 0, label


def _names(sheet: Sheet) -> tuple[str, ...]:
    """Of the inputs: what the header calls them, else x1, x2, ..."""
    called = sheet.header.cells[:-1] if sheet.header else ("",) * (sheet.width - 1)
    return tuple((name or f"x{i}")[:LONGEST_NAME] for i, name in enumerate(called, 1))

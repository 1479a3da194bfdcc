"""Samples that a person brings: text of several columns, as people paste it, or points drawn by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from descent_lab.datasets.csv_rows import Row, rows
from descent_lab.datasets.samples import Samples
from descent_lab.datasets.standardising import scales, standardised
from descent_lab.refusals import Refusal

FEWEST_CLASSES, MOST_CLASSES = 2, 10
MOST_INPUTS = 1000
LONGEST_NAME = 40
LARGEST_CLASS = 1e15
"""Numbers further from zero than this are no names of classes."""

MIDDLE = 2.0
"""A mean further than this from zero is not of order one."""
SPREAD = (0.25, 4.0)
"""Nor is a standard deviation outside of this."""

DRAWN_CLASSES = ("A", "B", "C")
MOST_DRAWN = 2000
FARTHEST = 100.0
"""A point drawn by hand lies no further out than this."""


def read_samples(text: str, most: int) -> Samples:
    """The samples of a text: columns of numbers, and in the last one the class, a word or a whole number. Where the
    last column holds numbers alone, with fractions among them or more of them than there can be classes, they are the
    values of a curve.

    A first row without numbers is a header. Columns are parted as in `read_points`. Classes are in the order of their
    numbers, then of their names. Two inputs of order one are kept as they are, so that they lie in the plane where they
    were written; three and more, or others, are standardised. So are the values of a curve that are not of order one.
    Raises `Refusal` for a row that is no sample, naming its line in the text, for more than `most` rows, for fewer than
    two classes or more than ten, and for a curve that is flat.
    """
    found = rows(text, _fits)
    header = found[0] if found and not found[0].any_number(slice(max(len(found[0].cells) - 1, 1))) else None
    if header:
        found = found[1:]
    if not found:
        raise Refusal("no row of a sample", field="csv")
    if len(found) > most:
        raise Refusal("rows of samples", field="csv", most=most, count=len(found))
    inputs = np.array(_inputs(found))
    far = inputs.shape[1] > 2 or not _of_order_one(inputs)
    seen, names = standardised(inputs) if far else inputs, _names(header, found[0])
    if _is_curve(found):
        values, scaled = _values(found)
        return Samples(seen, values, (), names, standardised=far, scaled=scaled)
    labels = [_label(row) for row in found]
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
    return Samples(seen, targets, tuple(classes), names, standardised=far)


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


def _inputs(found: Sequence[Row]) -> list[list[float]]:
    """The columns but the last, row by row."""
    first = found[0]
    width = len(first.cells)
    if width < 2:
        raise first.refusal("row of one column")
    if width - 1 > MOST_INPUTS:
        raise Refusal("inputs of a row", field="csv", most=MOST_INPUTS, row=first.number, count=width - 1)
    for row in found:
        if len(row.cells) != width:
            raise row.refusal("row of other columns", columns=width, first=first.number)
        for column in range(width - 1):
            if not row.is_number(column):
                raise row.refusal("row with a word", column=column + 1)
    return [[row.value(column) for column in range(width - 1)] for row in found]


def _is_curve(found: Sequence[Row]) -> bool:
    """Whether the last column holds values to be followed, and no classes."""
    last = len(found[0].cells) - 1
    if not all(row.is_number(last) for row in found):
        return False
    values = {row.value(last) for row in found}
    return len(values) > MOST_CLASSES or not all(_numbers_a_class(value) for value in values)


def _values(found: Sequence[Row]) -> tuple[np.ndarray, bool]:
    """The last column, (n,), and whether it is standardised."""
    values = np.array([[row.value(len(row.cells) - 1)] for row in found])
    if np.all(values == values[0]):
        raise Refusal("one value", field="csv", value=float(values[0, 0]))
    far = not _of_order_one(values)
    return (standardised(values) if far else values)[:, 0], far


def _numbers_a_class(value: float) -> bool:
    return value == int(value) and abs(value) <= LARGEST_CLASS


def _label(row: Row) -> str:
    """The class of a row. A number is written without a point or zeros before it."""
    name = row.cells[-1]
    if row.is_number(len(row.cells) - 1):
        value = row.value(len(row.cells) - 1)
        if not _numbers_a_class(value):
            raise row.refusal("row without a class")
        return str(int(value))
    if len(name) > LONGEST_NAME:
        raise row.refusal("row with a long class", most=LONGEST_NAME)
    return name


def _rank(label: str) -> tuple[bool, int, str]:
    """Numbers in their order, then words in theirs."""
    try:
        return False, int(label), ""
    except ValueError:
        return True, 0, label


def _names(header: Row | None, first: Row) -> tuple[str, ...]:
    """Of the inputs: what the header calls them, else x1, x2, ..."""
    width = len(first.cells)
    if header is None:
        return tuple(f"x{i}" for i in range(1, width))
    if len(header.cells) != width:
        raise header.refusal("header of other columns", columns=width, first=first.number)
    return tuple((name or f"x{i}")[:LONGEST_NAME] for i, name in enumerate(header.cells[:-1], 1))


def _of_order_one(inputs: np.ndarray) -> bool:
    mean, spread = scales(inputs)
    low, high = SPREAD
    return bool(np.all((np.abs(mean) <= MIDDLE) & (spread >= low) & (spread <= high)))

"""Samples that a person brings: text of several columns, as people paste it, or points drawn by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from descent_lab.datasets.samples import Samples
from descent_lab.refusals import Refusal
from descent_lab.tables.features import AS_IT_LOOKS, Features, Reading, read_features

FEWEST_CLASSES, MOST_CLASSES = 2, 10
MOST_INPUTS = 1000
LONGEST_CLASS = 40
LARGEST_CLASS = 1e15
"""Numbers further from zero than this are no names of classes."""

DRAWN_CLASSES = ("A", "B", "C")
MOST_DRAWN = 2000
FARTHEST = 100.0
"""A point drawn by hand lies no further out than this."""


def read_samples(text: str, most: int, reading: Reading = AS_IT_LOOKS) -> Samples:
    """The samples of a text of columns; see `samples_of`."""
    found = read_features(text, reading, linear=False)
    if found is None:
        raise Refusal("no row of a sample", field="csv")
    return samples_of(found, most)


def samples_of(found: Features, most: int) -> Samples:
    """The samples of a table: from the inputs the class is to be told, or the value of a curve.

    Columns are understood as `tables` says. A target of words holds classes. So does one of whole numbers, if there are
    no more of them than there can be classes, and nobody says that they are values; other numbers, and days, are the
    values of a curve. Classes are in the order of their numbers, then of their names; in a column that has words,
    `007`, `7` and `inf` are words too. The numbers are those of the text; see `Samples.scaled_for` for what a network
    is given.
    Raises `Refusal` for a row that is no sample, naming its line in the text, for more than `most` rows, for fewer than
    two classes or more than ten, and for a curve that is flat.
    """
    if len(found.rows) > most:
        raise Refusal("rows of samples", field="csv", most=most, count=len(found.rows))
    if len(found.names) > MOST_INPUTS:
        first = found.table.rows.numbers[0]
        raise Refusal("inputs of a row", field="csv", most=MOST_INPUTS, row=first, count=len(found.names))
    note = " ".join(found.notes) or None
    if found.values is not None and (found.target.told == "number" or not _are_classes(found.values)):
        if np.all(found.values == found.values[0]):
            raise Refusal("one value", field="csv", column=found.target.called, value=float(found.values[0]))
        return Samples(found.inputs, found.values, (), found.names, measured=True, note=note)
    labels = _labels(found)
    seen = {*labels}
    classes = sorted(seen, key=int if found.values is not None else found.target.words.index)
    if not FEWEST_CLASSES <= len(classes) <= MOST_CLASSES:
        some = [*map(repr, classes[:3]), *(["…"] if len(classes) > 3 else [])]
        bounds: dict[str, Any] = {"low": FEWEST_CLASSES, "high": MOST_CLASSES}
        raise Refusal(
            "classes of a column",
            field="csv",
            column=found.target.called,
            **bounds,
            count=len(classes),
            some=some,
        )
    number = {name: index for index, name in enumerate(classes)}
    targets = np.array([number[label] for label in labels], dtype=np.int64)
    return Samples(found.inputs, targets, tuple(classes), found.names, measured=True, note=note)


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


def _are_classes(values: np.ndarray) -> bool:
    """Whether numbers, (n,), are names: few of them, all whole, and of so many rows not each another one, unless they
    count from 0 or 1."""
    different = np.unique(values)
    if len(different) > MOST_CLASSES or np.any(np.abs(different) > LARGEST_CLASS):
        return False
    counted = different[0] in (0, 1) and different[-1] - different[0] == len(different) - 1
    return bool(np.all(different == np.trunc(different)) and (counted or len(different) < len(values)))


def _labels(found: Features) -> list[str]:
    """The class of each row. In a column of numbers it is written without a point or zeros before it; in a column of
    words everything is a word."""
    if found.values is not None:
        return [str(int(value)) for value in found.values.tolist()]
    rows: list[int] = found.rows.tolist()
    labels = [found.target.cells[row] for row in rows]
    for row, label in zip(rows, labels, strict=True):
        if len(label) > LONGEST_CLASS:
            raise found.table.rows.refusal(row, "row with a long class", most=LONGEST_CLASS)
    return labels

"""A table that a person brings for a linear model: text of several columns, as people paste it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from descent_lab.datasets.csv_samples import MOST_INPUTS
from descent_lab.geometry import Point
from descent_lab.refusals import Refusal
from descent_lab.tables.features import Features


@dataclass(frozen=True, eq=False)
class OwnTable:
    """What a linear model is fitted to.

    inputs: (rows, columns), under names. targets: (rows,), called target. note: what was made of the text, or None.
    plain: whether it is one column of numbers as they are, so that its rows are points of a plane.
    """

    inputs: np.ndarray
    targets: np.ndarray
    names: tuple[str, ...]
    target: str
    note: str | None
    plain: bool

    @property
    def points(self) -> list[Point]:
        """[x, y] of each row, of a plain one."""
        return [(x, y) for x, y in zip(self.inputs[:, 0].tolist(), self.targets.tolist(), strict=True)]


def own_table_of(found: Features, most: int) -> OwnTable:
    """What a linear model is fitted to of a table, whose features are such a model's.

    Raises `Refusal` for more than `most` rows, and for more inputs than are taken.
    """
    if len(found.rows) > most:
        raise Refusal("rows of samples", field="csv", most=most, count=len(found.rows))
    if len(found.names) > MOST_INPUTS:
        first = found.table.rows.numbers[0]
        raise Refusal("inputs of a row", field="csv", most=MOST_INPUTS, row=first, count=len(found.names))
    assert found.values is not None
    note = " ".join(found.notes) or None
    inputs = [column for column in found.used if column is not found.target]
    numbers = [column for column in inputs if column in found.numbered and column.kind_of_input == "number"]
    plain = len(inputs) == len(numbers) == 1
    return OwnTable(found.inputs, found.values, found.names, found.target.name, note, plain)

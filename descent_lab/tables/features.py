"""A table to numbers: what is to be said of which inputs, words as columns of 0 and 1, and who is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from descent_lab.refusals import Refusal
from descent_lab.tables.numerals import Numerals, Sign
from descent_lab.tables.rows import read_rows
from descent_lab.tables.table import LONGEST_NAME, Column, Fault, Table, table_of

Learner = Literal["network", "regression"]
LEARNERS: tuple[Learner, ...] = get_args(Learner)
"""Who is to learn from a table: a network, which tells classes apart or learns values; or a linear model, of values."""

MOST_WORDS = 50
"""Different words of an input at most: each becomes a column."""

TOLD = 5
"""Rows that are named at most, of those that are left out."""


@dataclass(frozen=True)
class Reading:
    """How a text of columns is to be read, where somebody says so; None: as it looks.

    target: the column that is to be told from the others, by its name or its place, else the last. inputs: from which,
    else all others. missing: whether a row without a value is refused or left out. words, numbers: columns that are
    taken as such, whatever they look like; of a target, as classes or as values. index: whether the first column counts
    or names the rows, and is none.
    """

    separator: str | None = None
    decimal: Sign | None = None
    header: bool | None = None
    target: str | None = None
    inputs: tuple[str, ...] | None = None
    missing: Literal["refuse", "drop"] = "refuse"
    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    index: bool | None = None


AS_IT_LOOKS = Reading()


@dataclass(frozen=True, eq=False)
class Features:
    """What a table comes to.

    used: the columns that were asked for and hold something, in the order of their places; numbered: those of them that
    are taken as numbers. rows: those that are kept, (n,), of the table. inputs: (n, k), under names. target: the
    column. values: of it, (n,), where it is taken as numbers, else None. notes: what was made of the table, a sentence
    each.
    """

    table: Table
    used: tuple[Column, ...]
    numbered: tuple[Column, ...]
    rows: np.ndarray
    inputs: np.ndarray
    names: tuple[str, ...]
    target: Column
    values: np.ndarray | None
    notes: tuple[str, ...]


def read_features(text: str, reading: Reading, *, linear: bool) -> Features | None:
    """The numbers of a text; None where it has no rows.

    linear: whether a linear model is to tell the target, which must be numbers then; and the first word of an input
    gets no column, for the others tell it (and with a bias, columns for all of them would depend on each other).
    Raises `Refusal` for the first row that cannot be taken.
    """
    written = None if reading.decimal is None else Numerals(reading.decimal)
    rows = read_rows(text, reading.separator, reading.header, written, reading.index)
    if rows is None:
        return None
    return features_of(table_of(rows).as_told(reading.words, reading.numbers), reading, linear=linear)


def features_of(table: Table, reading: Reading, *, linear: bool) -> Features:
    """The numbers of a table; see `read_features`."""
    if len(table.columns) == 1:
        raise table.rows.refusal(0, "row of one column")
    target, inputs = _chosen(table, reading)
    if target.kind == "empty":
        raise Refusal("empty target", field="csv", column=target.called)
    if linear and target.kind_of_input == "word":
        raise Refusal("target of words", field="csv", column=target.called)
    notes = [*table.notes]
    inputs = [each for each in inputs if not _says_nothing(each, notes)]
    if not inputs:
        raise Refusal("no input", field="inputs")
    used = sorted([*inputs, target], key=lambda column: column.place)
    numbered = {id(column) for column in used if _numbered(column, words=column is target and not linear)}
    known = {id(column): column.values() for column in used if id(column) in numbered}
    kept = _kept(table, used, known, reading, notes)
    columns: list[np.ndarray] = []
    names: list[str] = []
    for column in inputs:
        if id(column) in known:
            columns.append(known[id(column)][0][kept])
            names.append(column.name)
            if column.kind_of_input == "date":
                notes.append(Refusal("column of days", name=column.name).message)
        else:
            for name, values in _words(column, kept, linear, notes):
                names.append(name)
                columns.append(values)
    if not columns:  # of a word that all rows have that are left, nothing is left
        raise Refusal("no input", field="inputs")
    values = known[id(target)][0][kept] if id(target) in known else None
    chosen = tuple(used), tuple(column for column in used if id(column) in known)
    return Features(
        table, *chosen, kept, np.column_stack(columns), tuple(names), target, values, tuple(notes)
    )


def target_of(table: Table, reading: Reading) -> Column:
    """The column that is to be told from the others."""
    return table.columns[-1] if reading.target is None else table.column(reading.target, "target")


def _chosen(table: Table, reading: Reading) -> tuple[Column, list[Column]]:
    target = target_of(table, reading)
    if reading.inputs is None:
        return target, [each for each in table.columns if each is not target]
    inputs = [table.column(name, f"inputs.{i}") for i, name in enumerate(reading.inputs)]
    for i, each in enumerate(inputs):
        if each is target:
            raise Refusal("target as input", field=f"inputs.{i}", name=each.name)
        if each in inputs[:i]:
            raise Refusal("input twice", field=f"inputs.{i}", name=each.name)
    return target, inputs


def _says_nothing(column: Column, notes: list[str]) -> bool:
    """Whether an input is empty or always the same word: it is left out then, and said so."""
    if column.kind == "empty":
        notes.append(Refusal("column of nothing", name=column.name).message)
    elif column.kind_of_input == "word" and len(column.words) == 1 and not column.missing.any():
        notes.append(Refusal("column of one word", name=column.name, only=column.words[0]).message)
    else:
        return False
    return True


def _numbered(column: Column, words: bool) -> bool:
    """Whether a column is taken as numbers: where most of it are, or where all of it must be, for else it has words."""
    return (column.kind if words else column.kind_of_input) in ("number", "date")


def _kept(
    table: Table,
    used: Sequence[Column],
    known: Mapping[int, tuple[np.ndarray, tuple[int, Fault] | None]],
    reading: Reading,
    notes: list[str],
) -> np.ndarray:
    """The rows with a value in each of these columns, (n,). known: the values of those that are taken as numbers, by
    the column's identity. Raises `Refusal` for the first row that cannot be taken."""
    gone = np.zeros(table.count, dtype=bool)
    faults = [fault for _, fault in known.values() if fault]
    for column in used:
        lacking = column.lacking(id(column) in known)
        gone |= lacking
        if reading.missing == "refuse" and lacking.any():
            faults.append((int(np.argmax(lacking)), Fault.of("row without a value", column=column.place)))
    if faults:
        row, fault = min(faults, key=lambda each: (each[0], each[1].values.get("column", 0)))
        raise table.rows.refusal(row, fault.reason, **fault.values)
    kept = np.flatnonzero(~gone)
    if not len(kept):
        raise Refusal("no whole row", field="csv", count=table.count)
    if gone.any():
        rows: list[int] = np.flatnonzero(gone).tolist()
        some = [str(table.rows.numbers[row]) for row in rows[:TOLD]] + ["…"] * (len(rows) > TOLD)
        notes.append(Refusal("rows left out", count=len(rows), some=some).message)
    return kept


def _words(
    column: Column, kept: np.ndarray, reference: bool, notes: list[str]
) -> list[tuple[str, np.ndarray]]:
    """A column of 0 and 1 for each word, (kept,); of two words for the second alone."""
    cells = np.array(column.cells, dtype=object)[kept]
    seen = {*cells.tolist()}
    words = [word for word in column.words if word in seen]
    if len(words) > MOST_WORDS:
        raise Refusal("too many words", field="csv", name=column.name, most=MOST_WORDS, count=len(words))
    own = words[1:] if reference or len(words) == 2 else words
    notes.append(Refusal("column of words", name=column.name, known=own).message)
    return [(f"{column.name}={word}"[:LONGEST_NAME], (cells == word).astype(float)) for word in own]

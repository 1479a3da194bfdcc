"""What a file of columns is understood as, before anything is trained on it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from descent_lab.tables.features import Features
from descent_lab.tables.rows import Rows
from descent_lab.tables.table import Column, Fault, Kind, Table

SHOWN = 8
"""First rows that are shown."""

BARS = 16
"""Bars of a histogram of numbers, or words that are counted, the most frequent first."""

LONGEST = 200
"""Characters of a cell that is shown."""

MOST_LEFT_OUT = 100
"""Rows that are named, of those that are left out."""


def understood(rows: Rows, table: Table | None, classes: Column | None, also: int = 0) -> dict[str, Any]:
    """How rows are written, the first of them, and what each column holds, as plain JSON values.

    table: that of the rows, where they make one. classes: the column in which a word among numbers is a word, for it
    may hold classes. also: the place of a row that is shown beside the first.
    """
    shown = sorted({*range(min(SHOWN, len(rows.cells))), also})
    return {
        "separator": rows.separator,
        "separator_said": rows.said,
        "decimal": rows.written.decimal,
        "header": rows.header is not None,
        "index": rows.counts,
        "rows": len(rows.cells),
        "first": [_row(rows, index, table, classes) for index in shown],
        "columns": [] if table is None else [_column(each, each is classes) for each in table.columns],
    }


def _row(rows: Rows, index: int, table: Table | None, classes: Column | None) -> dict[str, Any]:
    """A row: number of its line, its cells as they stand in the text, and as they are understood."""
    cells = [cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…" for cell in rows.cells[index]]
    values = [] if table is None else [_value(each, index, each is classes) for each in table.columns]
    return {"line": rows.numbers[index], "cells": cells, "values": values}


def _kind(column: Column, words: bool) -> Kind:
    """What a column holds; words: whether a word among numbers is one."""
    return column.kind if words else column.kind_of_input


def _value(column: Column, row: int, words: bool) -> float | str | None:
    """A cell as it is understood: a number, a day, a word; None where there is no value. What is at fault is a text."""
    cell = column.cells[row]
    if bool(column.missing[row]):
        return None
    kind = _kind(column, words)
    if kind == "date" and column.days is not None:
        return day(column.days[cell])
    value = column.value(row) if kind == "number" else cell
    return cell[:LONGEST] if isinstance(value, Fault) else value


def left_out(found: Features) -> list[list[int | str]]:
    """The first rows that are left out: number of the line, and the columns that lack a value there."""
    gone = np.setdiff1d(np.arange(found.table.count), found.rows, assume_unique=True)[:MOST_LEFT_OUT]
    lacking = {column.name: column.lacking(column in found.numbered)[gone] for column in found.used}
    return [
        [
            found.table.rows.numbers[row],
            ", ".join(name for name, each in lacking.items() if each[i]),
        ]
        for i, row in enumerate(gone.tolist())
    ]


def _column(column: Column, words: bool) -> dict[str, Any]:
    """A column: its kind, how many values are missing, and how the others are spread."""
    kind = _kind(column, words)
    found: dict[str, Any] = {
        "name": column.name,
        "kind": kind,
        "missing": int(column.lacking(kind == "number").sum()),
        **{"low": None, "high": None, "mean": None, "bars": [], "words": [], "different": 0},
    }
    if kind in ("number", "date"):
        values = column.values()[0]
        values = values[np.isfinite(values)]
        if len(values):
            low, high = float(values.min()), float(values.max())
            found |= {"low": low, "high": high, "mean": float(values.mean())}
            # By hand: numpy refuses bars that are narrower than its numbers are apart.
            places = (values - low) / (high - low) * BARS if low < high else np.full(len(values), BARS / 2)
            found["bars"] = np.bincount(np.minimum(places.astype(int), BARS - 1), minlength=BARS).tolist()
    elif kind == "word":
        counted = Counter(column.present).most_common(BARS)
        found |= {"words": [word for word, _ in counted], "bars": [count for _, count in counted]}
        found["different"] = len(column.words)
    return found


def day(value: float) -> str:
    """Days since 1970-01-01 as a day."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=value)
    return moment.strftime("%Y-%m-%d" if value == int(value) else "%Y-%m-%d %H:%M")

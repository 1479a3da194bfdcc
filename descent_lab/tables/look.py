"""What a file of columns is understood as, before anything is trained on it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from descent_lab.refusals import Refusal
from descent_lab.tables.encodings import Decoded
from descent_lab.tables.features import Reading, features_of, table_of
from descent_lab.tables.table import Column

SHOWN = 8
"""First rows that are shown."""

BARS = 16
"""Bars of a histogram of numbers, or words that are counted, the most frequent first."""


def look(file: Decoded, reading: Reading) -> dict[str, Any]:
    """What is understood of a text, as plain JSON values.

    rows: how many, and the first of them; columns: what each holds; target, inputs: what would be taken, under which
    names; used: how many rows; notes: what was made of it; fault: why it would be refused, or None. Raises `Refusal`
    where the rows make no table.
    """
    table = table_of(file.text, reading)
    if table is None:
        raise Refusal("no row", field="csv")
    rows = table.rows
    found: dict[str, Any] = {
        "encoding": file.encoding,
        "encoding_guessed": file.guessed,
        "separator": rows.separator,
        "separator_said": rows.said,
        "decimal": rows.written.decimal,
        "header": rows.header is not None,
        "index": rows.counts,
        "rows": table.count,
        "first": [[number, *cells] for number, cells in zip(rows.numbers, rows.cells[:SHOWN], strict=False)],
        "columns": [_column(each) for each in table.columns],
        **{"target": None, "inputs": [], "used": 0, "notes": [*table.notes], "fault": None},
    }
    try:
        features = features_of(table, reading, reference=False)
    except Refusal as refusal:
        return found | {"fault": refusal.message}
    used = {"target": features.target.name, "inputs": [*features.names], "used": len(features.rows)}
    return found | used | {"notes": [*features.notes]}


def _column(column: Column) -> dict[str, Any]:
    """A column: its kind, how many values are missing, and how the others are spread."""
    found: dict[str, Any] = {
        "name": column.name,
        "kind": column.kind_of_input,
        "missing": int(column.lacking(column.kind_of_input == "number").sum()),
        **{"low": None, "high": None, "mean": None, "bars": [], "words": [], "different": 0},
    }
    if column.kind_of_input in ("number", "date"):
        values = column.values()[0]
        values = values[np.isfinite(values)]
        if len(values):
            low, high = float(values.min()), float(values.max())
            ends = (low, high) if low < high else (low - 0.5, high + 0.5)
            found |= {"low": low, "high": high, "mean": float(values.mean())}
            found["bars"] = np.histogram(values, BARS, ends)[0].tolist()
    elif column.kind == "word":
        counted = Counter(column.present).most_common(BARS)
        found |= {"words": [word for word, _ in counted], "bars": [count for _, count in counted]}
        found["different"] = len(column.words)
    return found


def day(value: float) -> str:
    """Days since 1970-01-01 as a day."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=value)
    return moment.strftime("%Y-%m-%d" if value == int(value) else "%Y-%m-%d %H:%M")

"""What a file of columns is understood as, and the setup that would learn from it, for page, API and command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from descent_lab.datasets.csv_samples import samples_of
from descent_lab.datasets.csv_table import own_table_of
from descent_lab.limits import Limits
from descent_lab.links.defaults import completed
from descent_lab.links.rates import POINT_RACERS, at_rates_that_suit
from descent_lab.refusals import Refusal
from descent_lab.regression.regression import Regression
from descent_lab.setups.reading import read_setup, read_table_reading
from descent_lab.tables.brought import Brought
from descent_lab.tables.features import Features, Learner, target_of
from descent_lab.tables.look import left_out, understood

MOST_CHARACTERS = 150_000
"""Of points that are told one by one; the rows of more are those of a table, which may be kept under a name."""

NOTHING: Mapping[str, Any] = {
    **{"target": None, "inputs": [], "used": 0, "left_out": [], "notes": [], "classes": [], "kind": None},
    **{"setup": None, "fault": None, "fault_row": None},
}
"""What is used of a text that cannot be."""


def looked(
    brought: Brought,
    reading: Mapping[str, Any] | None,
    learner: Learner,
    limits: Limits,
    beside: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What is understood of a text, as plain JSON values.

    beside: what the setup is to have anyway, such as its split and seed: what is suggested comes from the rows that are
    learned from.

    rows: how many, and the first of them; columns: what each holds; target, inputs: what would be taken, under which
    names; used: how many rows; left_out: those that lack a value; notes: what was made of it; kind: classes, curve,
    points or table; setup: the whole setup that learns from it; fault: why it would be refused, or None, and the line
    of the row that it is about, which is among the rows. Raises `Refusal` for a text without rows.
    """
    read = read_table_reading(reading)
    rows = brought.rows(read)
    if rows is None:
        raise Refusal("no row", field="csv")
    table, classes = None, None
    try:
        table = brought.table(read)
        assert table is not None
        if learner == "network":
            classes = target_of(table, read)
        features, kind, labels, part = used(brought, reading, learner, limits, beside)
        whole = completed(part)
    except Refusal as refusal:
        line = refusal.values.get("row")
        at_fault = rows.numbers.index(line) if line in rows.numbers else 0
        return {
            **NOTHING,
            **understood(rows, table, classes, at_fault),
            "notes": [] if table is None else [*table.notes],
            "fault": refusal.message,
            "fault_row": line,
        }
    return {
        **NOTHING,
        **understood(rows, table, classes),
        "target": features.target.name,
        "inputs": [*features.names],
        "used": len(features.rows),
        "left_out": left_out(features),
        "notes": [*features.notes],
        "classes": labels,
        "kind": kind,
        "setup": whole,
    }


def used(
    brought: Brought,
    reading: Mapping[str, Any] | None,
    learner: Learner,
    limits: Limits,
    beside: Mapping[str, Any] | None = None,
) -> tuple[Features, str, list[str], dict[str, Any]]:
    """What a text is to its learner: its numbers, their kind, the classes, and the part of a setup that says it."""
    found = brought.features(read_table_reading(reading), linear=learner == "regression")
    if found is None:
        raise Refusal("no row", field="csv")
    told = {name: value for name, value in (reading or {}).items() if value is not None}
    own = {name: value for name, value in (beside or {}).items() if value is not None}
    more = {**own, **({"reading": told} if told else {})}
    if learner == "network":
        samples = samples_of(found, limits.max_samples)
        part = {"file": brought.file} if brought.csv is None else {"csv": brought.csv}
        loss = {} if samples.classes else {"loss": "mse"}
        kind = "classes" if samples.classes else "curve"
        return found, kind, [*samples.classes], {**part, **more, **loss}
    table = own_table_of(found, limits.max_samples)
    if table.plain and len(table.targets) <= limits.max_rows:
        points: dict[str, Any] = {"points": [list(point) for point in table.points]}
        if len(json.dumps(points)) <= MOST_CHARACTERS:
            points |= own
            return found, "points", [], {**points, **at_rates_that_suit(_line(points, limits))}
    part = {"table_file": brought.file} if brought.csv is None else {"table": brought.csv}
    return found, "table", [], {**part, **more}


def _line(part: Mapping[str, Any], limits: Limits) -> Regression:
    problem = read_setup({**part, "entrants": POINT_RACERS}, limits).problem
    assert isinstance(problem, Regression)
    return problem

"""All tries of a search as a table: for people, for CSV and for Parquet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from descent_lab.refusals import Refusal
from descent_lab.search.search import Found, Search


def heads_of(search: Search) -> list[str]:
    """Columns of all tries."""
    return [
        *("try", *(axis.name for axis in search.space.axes), "steps"),
        *(search.judge, "spread", "accuracy", "diverged"),
    ]


def rows_of(search: Search, found: Found) -> list[list[Any]]:
    """A row for each try, the best first; what is not there is None."""
    return [
        [
            each.number,
            *(_written(each.choices.get(axis.name)) for axis in search.space.axes),
            *(each.steps, each.mean, each.spread, each.accuracy, each.diverged),
        ]
        for each in found.tried
    ]


def _written(value: Any) -> Any:
    """A value of an axis as a cell: sizes of layers as they are typed."""
    return ",".join(map(str, cast(Sequence[Any], value))) if isinstance(value, list | tuple) else value


def _of_one_kind(values: Sequence[Any]) -> list[Any]:
    """A column, as numbers where all are numbers, else as text where they are of several kinds."""
    there = [value for value in values if value is not None]
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in there):
        as_one: Callable[[Any], Any] = float if any(isinstance(value, float) for value in there) else int
    else:
        as_one = bool if all(isinstance(value, bool) for value in there) else str
    return [None if value is None else as_one(value) for value in values]


def write_parquet(path: Path, search: Search, found: Found) -> None:
    """All tries as a Parquet file; an axis with values of several kinds is text."""
    try:
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        raise Refusal("no Parquet", field="parquet") from None
    columns: dict[str, Any] = {}
    for name, *values in zip(heads_of(search), *rows_of(search, found), strict=True):
        columns[name] = arrow.array(_of_one_kind(values))
    try:
        parquet.write_table(arrow.table(columns), path)
    except OSError as error:
        raise Refusal("no file", field="parquet", path=str(path), why=error.strerror or str(error)) from None

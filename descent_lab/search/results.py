"""What a search has found: as plain JSON values, and all tries as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from descent_lab.links.grammar import kind_of
from descent_lab.links.opened import PATHS, link_of
from descent_lab.refusals import Refusal
from descent_lab.search.asking import Ask
from descent_lab.search.search import Found, Search, Tried
from descent_lab.search.tasks import TEXTS, Outcome
from descent_lab.tables.files import WHOLE


def search_result(search: Search, found: Found, asked: Ask | None = None) -> dict[str, Any]:
    """All tries, the best first, by what they were judged, and the whole setup of the best with its link. asked: what
    the search is, for its own link."""
    plan = search.plan
    return {
        "varied": [axis.name for axis in search.space.axes],
        "judge": search.judge,
        "seeds": plan.seeds,
        "folds": plan.folds,
        "rungs": [{"tries": count, "share": share} for count, share in search.rungs],
        "tried": [described(each) for each in found.tried],
        "best": None if found.best is None else _best(found, found.best),
        "told": told(search, found),
        "link": None if asked is None else search_link(search.space.base, asked),
    }


def described(tried: Tried) -> dict[str, Any]:
    """What came of one try."""
    return {
        "number": tried.number,
        "choices": dict(tried.choices),
        "steps": tried.steps,
        "loss": tried.mean,
        "spread": tried.spread,
        "accuracy": tried.accuracy,
        "diverged": tried.diverged,
    }


def search_link(base: Mapping[str, Any], asked: Ask) -> str | None:
    """The link that begins a search; None where its table is too large for one."""
    return None if too_large(base) else link_of(base, asked.described())


def too_large(setup: Mapping[str, Any]) -> bool:
    """Whether a setup holds a text that no link carries."""
    return any(isinstance(setup.get(name), str) and len(setup[name]) > WHOLE for name in TEXTS)


def seen(setup: Mapping[str, Any]) -> dict[str, Any]:
    """A setup, its link, and where it can be seen."""
    kind = kind_of(setup)
    assert kind is not None
    link = None if too_large(setup) else link_of(setup)
    return {"setup": dict(setup), "link": link, "page": None if link is None else f"{PATHS[kind]}#{link}"}


def _best(found: Found, best: Tried) -> dict[str, Any]:
    """Its setup, where it can be seen, and its losses on the test set."""
    return {
        "number": best.number,
        **seen(found.setup or {}),
        "test": None if found.test is None else found.test.get("test"),
        "test_accuracy": None if found.test is None else found.test.get("test_accuracy"),
    }


def told(search: Search, found: Found) -> str:
    """What was judged and found, in sentences."""
    plan, count = search.plan, len(found.tried)
    tries = "1 try" if count == 1 else f"{count:,} tries"
    by = f"the {search.judge} loss"
    if plan.folds:
        by = f"the loss on the fold left out, of {plan.folds} folds"
    if plan.seeds > 1:
        by += f", over {plan.seeds} seeds"
    if found.best is None:
        return f"{tries}, judged by {by}: all diverged."
    right = "" if found.best.accuracy is None else f", accuracy {found.best.accuracy:.1%}"
    first = f"{tries}, judged by {by}. The best is try {found.best.number}: {found.best.mean:.4g}{right}."
    return f"{first} {_tested(found.test)}"


def _tested(test: Outcome | None) -> str:
    if test is None:
        return "There is no test set to judge it by."
    if (loss := test.get("test")) is None:
        return "Trained for the test set, it diverged."
    accuracy: Mapping[str, Any] = test
    right = accuracy.get("test_accuracy")
    return f"On the test set, which nobody had seen: {loss:.4g}" + (
        "." if right is None else f", accuracy {right:.1%}."
    )


# ---------------------------------------------------------------- all tries as a table: for people, CSV, Parquet


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

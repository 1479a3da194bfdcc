"""What a search has found, as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from descent_lab.links.grammar import kind_of
from descent_lab.links.opened import PATHS, link_of
from descent_lab.search.search import Found, Search, Tried
from descent_lab.search.tasks import TEXTS, Outcome
from descent_lab.tables.files import WHOLE


def search_result(search: Search, found: Found) -> dict[str, Any]:
    """All tries, the best first, by what they were judged, and the whole setup of the best with its link."""
    plan = search.plan
    return {
        "varied": [axis.name for axis in search.space.axes],
        "judge": search.judge,
        "seeds": plan.seeds,
        "folds": plan.folds,
        "rungs": [{"tries": count, "share": share} for count, share in search.rungs],
        "tried": [
            {
                "number": each.number,
                "choices": dict(each.choices),
                "steps": each.steps,
                "loss": each.mean,
                "spread": each.spread,
                "accuracy": each.accuracy,
                "diverged": each.diverged,
            }
            for each in found.tried
        ],
        "best": None if found.best is None else _best(search, found, found.best),
        "told": told(search, found),
    }


def _best(search: Search, found: Found, best: Tried) -> dict[str, Any]:
    """Its setup, where it can be seen, and its losses on the test set."""
    setup = dict(found.setup or {})
    kind = kind_of(setup)
    assert kind is not None
    large = any(isinstance(setup.get(name), str) and len(setup[name]) > WHOLE for name in TEXTS)
    link = None if large else link_of(setup)
    return {
        "number": best.number,
        "setup": setup,
        "link": link,
        "page": None if link is None else f"{PATHS[kind]}#{link}",
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

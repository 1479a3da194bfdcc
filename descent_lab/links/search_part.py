"""The part of a link that says what is searched for around its setup: `search=lr:1e-4..1:log;hidden:8|15,15;tries:60`.

What is varied stands there as on the command line, with a colon for its =; the rest is the plan. Read, it is what
`search.asking.Ask` is made of, as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from descent_lab.checks import whole
from descent_lab.links.signs import decoded
from descent_lab.refusals import Refusal, show

PLAN: Mapping[str, Any] = {
    "tries": None,
    "grid": False,
    "seeds": 1,
    "folds": 0,
    "halving": False,
    "epochs": None,
}
"""What a link says of a search besides what is varied, and what holds where it does not."""

LARGEST = 10**9


def read_search(text: str, field: str) -> dict[str, Any]:
    """What is asked of a search. field: of a `Refusal`."""
    vary: list[str] = []
    plan: dict[str, Any] = {}
    for piece in filter(None, decoded(text, field).split(";")):
        name, _, value = piece.partition(":")
        if name not in PLAN:
            vary.append(f"{name}={value}" if value else name)
        elif name in plan:
            raise Refusal("link twice", field=field, came=piece[:60])
        else:
            plan[name] = _read(name, value, f"{field}.{name}")
    return {"vary": vary, **PLAN, **plan}


def _read(name: str, value: str, field: str) -> int | bool:
    if isinstance(PLAN[name], bool):
        if value not in ("yes", "no"):
            raise Refusal("choice", field=field, known=["yes", "no"], came=show(value))
        return value == "yes"
    digits = value.isascii() and value.isdecimal() and len(value) < 12
    return whole(int(value) if digits else value[:60], field, 0 if name == "folds" else 1, LARGEST)


def search_text(asked: Mapping[str, Any]) -> str:
    """The same the other way round."""
    return ";".join(_pieces(asked))


def _pieces(asked: Mapping[str, Any]) -> Iterator[str]:
    for text in asked["vary"]:
        name, _, value = text.partition("=")
        yield f"{name.strip()}:{''.join(value.split())}"
    for name, plain in PLAN.items():
        value = asked.get(name, plain)
        if value != plain:
            yield f"{name}:{('no', 'yes')[value] if isinstance(value, bool) else value}"

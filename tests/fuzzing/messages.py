"""Messages that nobody would write, made of those that the stream's own description gives as examples."""

from __future__ import annotations

import copy
import json
from typing import Any, get_args

from hypothesis import strategies as st

from app.messages.requests import AnyRequest
from docs import stream

EXAMPLES: dict[str, Any] = {
    name: json.loads(text)
    for name, text in stream.examples(stream.FILE.read_text()).items()
    if name in {request.type_name() for request in get_args(AnyRequest)}
}
"""A message of every kind, by its name."""

TRAINING: dict[str, Any] = {
    "type": "race",
    "id": 20,
    "setup": {
        "data": "moons",
        "samples": 60,
        "hidden": [4],
        "steps": 600,
        "entrants": 4 * [{"optimizer": "adam"}],
    },
    "credit": 600,
}
"""The training that the examples of questions about one ask about."""


def _names(value: Any) -> set[str]:
    """The keys of all objects in it."""
    match value:
        case dict():
            return set(value).union(*map(_names, value.values()))
        case list():
            return set[str]().union(*map(_names, value))
        case _:
            return set()


def _texts(value: Any) -> set[str]:
    """The texts in it."""
    match value:
        case dict() | list():
            return set[str]().union(*map(_texts, value.values() if isinstance(value, dict) else value))
        case str():
            return {value}
        case _:
            return set()


NAMES = sorted(_names(EXAMPLES) | {"lr", "beta", "csv", "drawn", "points", "reading", "schedule", "changes"})
TEXTS = sorted(
    _texts(EXAMPLES) | {"gd", "lbfgs", "newton", "mnist", "relu", "exp(exp(exp(x*y)))", "x^y^x^y", "1/0"}
)

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-5, 300)
    | st.integers()
    | st.sampled_from([10**400, -(10**400), 2**31, 2**63, 2**64, 2**53 + 1, -(2**63)])
    | st.floats()
    | st.sampled_from([1e-320, 1e308, -1e308, 5e-324])
    | st.text(st.characters(exclude_categories=()), max_size=12)  # lone surrogates too
    | st.sampled_from(["", "\ud800", "\udfff", "\0", "a" * 3_000, "9" * 5_000, "(" * 500, "[" * 500, "1e999"])
    | st.sampled_from(TEXTS)
)
nested = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=6,
)
many = st.builds(
    lambda each, count: count * [each], st.none() | st.integers(0, 9), st.sampled_from([30, 3_000])
)
values = nested | nested | many


def _holders(value: Any) -> list[Any]:
    """All objects and lists in it that hold something, itself among them."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [holder for each in inner for holder in _holders(each)]
    return [value, *found] if isinstance(value, dict | list) and value else found


@st.composite
def changed(draw: st.DrawFn, message: Any) -> Any:
    """The message, of which up to four parts are others, gone, more, or in the wrong place."""
    message = copy.deepcopy(message)
    for _ in range(draw(st.integers(0, 4))):
        holders = _holders(message)
        if not holders:
            break
        holder: Any = holders[draw(st.integers(0, len(holders) - 1))]
        keys: list[Any] = sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = keys[draw(st.integers(0, len(keys) - 1))]
        match draw(st.sampled_from(["other", "other", "gone", "more", "elsewhere"])):
            case "other":
                holder[key] = draw(values)
            case "gone":
                del holder[key]
            case "more" if isinstance(holder, dict):
                holder[draw(st.sampled_from(NAMES))] = draw(values)
            case "more" if isinstance(holder, list):
                holder.extend(draw(st.integers(1, 40)) * [copy.deepcopy(holder[key])])
            case _:
                holder[key] = copy.deepcopy(draw(st.sampled_from(list(EXAMPLES.values()))))
    return message


messages = st.sampled_from([*EXAMPLES.values(), TRAINING]).flatmap(changed)

whole = messages.map(json.dumps)


@st.composite
def torn(draw: st.DrawFn) -> str:
    """A text of which a piece is missing, or stands in a wrong place."""
    text = draw(whole)
    begin, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    middle = draw(st.sampled_from(["", "[", "{", '"', "\\", "\\ud83d", "0" * 400, "NaN", "e", ","]))
    return text[:begin] + middle + text[end:]


frames = whole | whole | whole | torn() | st.binary(max_size=60) | values.map(json.dumps)
"""What is sent: mostly whole messages, changed in some parts."""

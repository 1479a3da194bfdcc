"""Of a hundred thousand faults the first is told, and no other is looked for: nobody waits while they are counted."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from app.api.files import TextOfColumns
from app.api.links import LinkText
from app.api.searches import SearchBody, TryBody
from app.messages import reading as messages
from descent_lab.refusals import Refusal, show
from descent_lab.setups import reading as setups

MANY = 1_000
GD = [{"optimizer": "gd"}]
KEYS = {f"k{i}": 1 for i in range(MANY)}

SETUPS: dict[str, tuple[dict[str, Any], str]] = {
    "points": ({"points": [["a", "b"]] * MANY}, "points.0.x"),
    "drawn": ({"drawn": [["a", "b", "c"]] * MANY}, "drawn.0.x"),
    "entrants": ({"surface": "beale", "entrants": [{"x": 1}] * MANY}, "entrants.0.optimizer"),
    "changes": ({"surface": "beale", "changes": [{}] * MANY}, "changes.0.at"),
    "fields": ({"surface": "beale", **KEYS}, "setup"),
    "knobs": ({"surface": "beale", "entrants": [{"optimizer": "gd", "knobs": KEYS}]}, "entrants.0.knobs.k0"),
    "start": ({"points": [[0, 0]], "start": ["a"] * MANY}, "start.0"),
    "letters": ({"expression": "x", "parameters": [[1, 2]] * MANY}, "parameters.0"),
    "layers": ({"data": "moons", "activation": ["a"] * MANY}, "activation.0"),
    "dropout": ({"data": "moons", "dropout": ["a"] * MANY}, "dropout.0"),
    "offset": (
        {"points": [[0, 0]], "entrants": [{"optimizer": "gd", "offset": ["a"] * MANY}]},
        "entrants.0.offset.0",
    ),
}

MESSAGES: dict[str, tuple[dict[str, Any], str]] = {
    "fields": ({"type": "formula", "expression": "x", **KEYS}, "k0"),
    "degrees": ({"type": "validate", "setup": {}, "degrees": ["a"] * MANY, "lambdas": [1]}, "degrees.0"),
    "lambdas": ({"type": "validate", "setup": {}, "degrees": [1], "lambdas": ["a"] * MANY}, "lambdas.0"),
    "vary": ({"type": "search", "setup": {}, "vary": [1] * MANY}, "vary.0"),
}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many faults there were each time."""
    counts: list[int] = []
    told = setups.refusal_of

    def counting(error: ValidationError, *others: Any) -> Refusal:
        counts.append(error.error_count())
        return told(error, *others)

    monkeypatch.setattr(setups, "refusal_of", counting)
    return counts


@pytest.mark.parametrize("what", SETUPS)
def test_of_a_setup(what: str, counted: list[int]) -> None:
    given, field = SETUPS[what]
    with pytest.raises(Refusal) as refused:
        setups.read_setup({"entrants": GD} | given)
    assert refused.value.field == field
    assert counted[0] < 10


@pytest.mark.parametrize("what", MESSAGES)
def test_of_a_message(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given, field = MESSAGES[what]
    with pytest.raises(Refusal) as refused:
        messages.read_request({"id": 1} | given)
    assert refused.value.field == field
    cause = refused.value.__context__
    assert isinstance(cause, ValidationError)
    assert cause.error_count() < 10


@pytest.mark.parametrize("body", [TextOfColumns, LinkText, SearchBody, TryBody])
def test_of_a_body_of_the_api(body: type[BaseModel]) -> None:
    with pytest.raises(ValidationError) as refused:
        body.model_validate(KEYS)
    assert refused.value.error_count() < 10


@pytest.mark.parametrize(
    "value", [[1] * MANY, {"a": [2] * MANY}, KEYS, "x" * MANY, [["ab"] * MANY] * 3, ["'", "a" * MANY]]
)
def test_what_came_is_shown_by_its_beginning(value: Any) -> None:
    assert len(show(value)) == 60
    assert show(value).endswith("...")


def test_what_is_short_is_shown_whole() -> None:
    assert show({"a": [1, None, "b'"], "c": True}) == """{'a': [1, null, "b'"], 'c': true}"""

"""What is wrong with a message is said in a sentence of the catalogue, whose values are in no language."""

from __future__ import annotations

from typing import Any

import pytest

from app.messages.reading import id_in, parse_json, read_request
from descent_lab.refusals import Refusal

MAP: dict[str, Any] = {"type": "map", "id": 1, "window": [[0, 1], [0, 1]], "size": [3, 3]}
PLANE: dict[str, Any] = {"type": "plane", "id": 1, "race": 1, "step": 0}
SWEEP: dict[str, Any] = {"type": "sweep", "id": 1, "setup": {}}
WRONG: list[tuple[dict[str, Any], str, dict[str, Any], str]] = [
    (MAP | {"step": 1.5}, "any whole", {"came": "1.5"}, "step must be a whole number; got 1.5."),
    (MAP | {"step": -1}, "at least", {"least": 0, "came": "-1"}, "step must be at least 0; got -1."),
    (
        MAP | {"step": 2**53},
        "up to",
        {"most": 2**53 - 1, "came": "9007199254740992"},
        "step must be at most 9007199254740991; got 9007199254740992.",
    ),
    (MAP | {"size": [3]}, "so many", {"least": 2, "count": 1}, "size must have 2 items at least; got 1."),
    (
        MAP | {"size": [3, 3, 3]},
        "so many at most",
        {"most": 2, "count": 3},
        "size must have 2 items at most; got 3.",
    ),
    (MAP | {"size": 3}, "any list", {"came": "3"}, "size must be a list; got 3."),
    (MAP | {"setup": []}, "object", {"came": "[]"}, "setup must be an object; got []."),
    (
        MAP | {"plane": {"origin": ["a"], "u": [], "v": []}},
        "any number",
        {"came": "'a'"},
        "plane.origin.0 must be a number; got 'a'.",
    ),
    (
        PLANE | {"kind": "flat"},
        "choice",
        {"known": ["pca", "random", "three"], "came": "'flat'"},
        "kind must be one of pca, random, three; got 'flat'.",
    ),
    (
        {"type": "digit", "id": 1, "race": 1, "step": 0, "pixels": [], "centred": "perhaps"},
        "yes or no",
        {"came": "'perhaps'"},
        "centred must be true or false; got 'perhaps'.",
    ),
    ({"type": "table", "id": 1, "csv": 5}, "any text", {"came": "5"}, "csv must be text; got 5."),
    (
        {"type": "table", "id": 1, "csv": "1,2", "learner": "tree"},
        "choice",
        {"known": ["network", "regression"], "came": "'tree'"},
        "learner must be one of network, regression; got 'tree'.",
    ),
    (
        SWEEP | {"widths": []},
        "so many",
        {"least": 1, "count": 0},
        "widths must have 1 items at least; got 0.",
    ),
]


@pytest.mark.parametrize(("message", "reason", "values", "sentence"), WRONG)
def test_a_wrong_value(message: dict[str, Any], reason: str, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_request(message)
    assert (refused.value.reason, refused.value.values) == (reason, values)
    assert refused.value.message == sentence


def test_a_message_without_a_type() -> None:
    with pytest.raises(Refusal, match=r"type must be one of race, grant, .*; none came"):
        read_request({"id": 1})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1,\n  b}', "line 2, column 3 does not fit"),
        ("", "line 1, column 1 does not fit"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 100_000, "too many digits"),
    ],
)
def test_a_text_that_is_no_json(text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        parse_json(text)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ('{"type": "race", "id": 12, "setup": ', 12),
        ('{"type": "race", "setup": {"a": [1, 2, ], "id" : 7}', 7),
        ("x" * 5_000 + '"id":3}', 3),
        ('{"id":' + "9" * 30 + "}", None),
        ('{"id":1.5}', None),
        ("no message", None),
    ],
)
def test_the_id_of_what_cannot_be_read_is_looked_for(text: str, id: int | None) -> None:
    assert id_in(text) == id

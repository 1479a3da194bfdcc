"""Large answers are the JSON that they would be in one go, and are written a little at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.large_json import AT_ONCE, LargeJSON, pieces

NUMBERS = [i / 7 for i in range(3 * AT_ONCE + 1)]


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1e-320,
        'é\u2028"',
        [],
        {},
        [[]],
        [{}],
        [1, None, "a", [2]],
        {"a": {"b": [{"c": NUMBERS}, {"c": []}]}, "d": [NUMBERS[:400]] * 400},
        [[each, -each] for each in NUMBERS],
    ],
)
def test_it_is_what_was_given(value: Any):
    assert json.loads(bytes(LargeJSON(value).body)) == value


def test_what_is_not_finite_is_null():
    body = LargeJSON({"a": [1.0, float("inf")], "b": float("nan"), "c": [[float("-inf")]]}).body
    assert body == b'{"a":[1.0,null],"b":null,"c":[[null]]}'


@pytest.mark.parametrize("value", [NUMBERS, [NUMBERS[:400]] * 400, [[0.1, 0.2]] * AT_ONCE, [NUMBERS[:9]] * 2])
def test_nothing_is_long_in_the_writing(value: Any):
    assert max(each.count(b",") for each in pieces(value)) <= AT_ONCE + 1


def test_powers_that_overflow_are_told_with_null(client: TestClient):
    """Found by schemathesis: it was 500."""
    points = [[1e99, 1.0], [-2e99, 2.0], [3e99, 0.5]]
    setup = {
        "points": points,
        "entrants": [{"optimizer": "newton"}],
        "degree": 8,
        "standardise": True,
        "steps": 3,
    }
    answer = client.post("/api/regress", json=setup)
    assert answer.status_code == 200
    assert None in answer.json()["scales"]["mean"]
    assert answer.json()["entrants"][0]["losses"][0] is None

"""Setups of trainings: what is drawn by hand, and what each layer has."""

from __future__ import annotations

from typing import Any

import pytest

from descent_lab.limits import Limits
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_network


@pytest.mark.parametrize(
    ("points", "field", "says"),
    [
        ([], "drawn", "so far there are none"),
        ([[0, 0, 1], [1, 1, 1]], "drawn", "so far all are of class B"),
        ([[0, 0, 0], [1, 1]], "drawn.1", r"must be \[x, y, class\]; got \[1, 1\]"),
        ([[0, 0, 0], "abc"], "drawn.1", r"must be \[x, y, class\]; got 'abc'"),
        ([[0, 0, 0], 7], "drawn.1", r"must be \[x, y, class\]; got 7"),
        ([[0, 0, 0], [0, 0, 3]], "drawn.1.class", "whole number from 0 to 2; got 3"),
        ([[0, 0, 0.5]], "drawn.0.class", "whole number from 0 to 2; got 0.5"),
        ([[0, 0, True]], "drawn.0.class", "whole number from 0 to 2; got true"),
        ([[float("nan"), 0, 0]], "drawn.0.x", "number from -100 to 100; got nan"),
        ([[0, 101, 0]], "drawn.0.y", "number from -100 to 100; got 101"),
        ({"x": 1}, "drawn", "must be a list"),
        ([[0, 0, 0]] * 2001, "drawn", "At most 2000 drawn"),
    ],
)
def test_what_was_drawn_is_checked(points: Any, field: str, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        read_network({"drawn": points}, Limits(max_samples=2000))
    assert refused.value.field == field

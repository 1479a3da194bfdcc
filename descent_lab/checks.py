"""Plain JSON values, checked: each gives the value, or a `Refusal` that says what was expected and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from descent_lab.geometry import LARGEST, Point
from descent_lab.refusals import Refusal, nearest, show


def number(value: Any, field: str, low: float = -LARGEST, high: float = LARGEST) -> float:
    """A number from `low` to `high`."""
    ok = isinstance(value, int | float) and not isinstance(value, bool)
    if not ok or not (low <= value <= high):
        # The range is compared before float(): an integer of a thousand digits must not overflow.
        raise Refusal("number", field=field, low=low, high=high, came=show(value))
    return float(value)


def whole(value: Any, field: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    ok = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    if not ok or value != int(value):
        raise Refusal("whole", field=field, low=low, high=high, came=show(value))
    return int(value)


def point(value: Any, field: str) -> Point:
    """Two numbers, x and y."""
    x, y = numbers(value, field, 2)
    return x, y


def numbers(value: Any, field: str, count: int) -> tuple[float, ...]:
    """So many numbers."""
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    if not listed or len(cast(Sequence[Any], value)) != count:
        if count == 2:
            raise Refusal("point", field=field, came=show(value))
        raise Refusal("numbers", field=field, count=count, came=show(value))
    names = ("x", "y") if count == 2 else range(count)
    items = cast(Sequence[Any], value)
    return tuple(number(each, f"{field}.{name}") for name, each in zip(names, items, strict=True))


def mapping(value: Any, field: str, allowed: Sequence[str]) -> Mapping[str, Any]:
    """An object that has none but the `allowed` fields."""
    if not isinstance(value, Mapping):
        raise Refusal("object", field=field, came=show(value))
    given = cast(Mapping[str, Any], value)
    for key in given:
        if key not in allowed:
            raise Refusal(
                "unknown key",
                field=field,
                owner=field,
                key=str(key)[:40],
                known=list(allowed),
                near=nearest(str(key)[:40], allowed),
            )
    return given


def listed(value: Any, field: str, most: int) -> Sequence[Any]:
    """A list of at most `most` items."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Refusal("list", field=field, came=show(value))
    items = cast(Sequence[Any], value)
    if len(items) > most:
        raise Refusal("at most", field=field, most=most, count=len(items))
    return items


def within(value: int, low: int, high: int, field: str) -> int:
    """The value, if it is from `low` to `high`."""
    if not low <= value <= high:
        raise Refusal("within", field=field, low=low, high=high, came=value)
    return value

"""Days and moments as people write them: to days since 1970-01-01."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal

Order = Literal["ymd", "dmy", "mdy"]
"""In which order year, month and day stand."""

_CLOCK = r"(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}(?:[.,][0-9]+)?))?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _CLOCK, re.IGNORECASE)
_LOCAL = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})" + _CLOCK, re.IGNORECASE)
_SIGN = re.compile("[0-9]")
_ORDERS: tuple[Order, ...] = ("ymd", "dmy", "mdy")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def days_of(cells: Iterable[str]) -> dict[str, float] | None:
    """Days since 1970-01-01 of each different cell, a moment as a fraction; one without a time zone is taken as of UTC.

    None where not all cells are days in one order, or where day and month could be either: 3.4.2020 is a way of writing
    that puts the day first, but 3/4/2020 is written by both."""
    different = dict.fromkeys(cells)
    found = [each for order in _ORDERS if (each := _in_order(different, order)) is not None]
    pointed = len(found) == 2 and all(_SIGN.sub("", cell[:6]).startswith(".") for cell in different)
    return found[0] if len(found) == 1 or pointed else None


def _in_order(cells: Iterable[str], order: Order) -> dict[str, float] | None:
    found: dict[str, float] = {}
    for cell in cells:
        value = _days(cell, order)
        if value is None:
            return None
        found[cell] = value
    return found or None


def _days(cell: str, order: Order) -> float | None:
    found = (_ISO if order == "ymd" else _LOCAL).fullmatch(cell)
    if found is None:
        return None
    a, _, b, c, hour, minute, second, zone = found.groups()
    year, month, day = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}[order]
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=UTC)
    except ValueError:
        return None
    seconds = float((second or "0").replace(",", "."))
    if seconds >= 60:
        return None
    ahead = _offset(zone)
    if ahead is None:
        return None
    days = (moment - _EPOCH) / _DAY + (seconds - ahead) / 86_400
    return days if FIRST <= days < LAST else None


FIRST, LAST = ((datetime(year, 1, 1, tzinfo=UTC) - _EPOCH) / _DAY for year in (1, 9999))
"""Days of the years that are known to calendars here, all of them but the last."""


def _offset(zone: str | None) -> float | None:
    """Seconds that a zone is ahead of UTC; None for one that there is not."""
    if not zone or zone in "Zz":
        return 0.0
    sign = -1 if zone[0] == "-" else 1
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return sign * (hours * 3600 + minutes * 60) if hours <= 14 and minutes < 60 else None

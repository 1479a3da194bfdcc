"""Waiting for what comes about by itself: looked at until it is so, never for a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 30.0
"""Seconds that anything may take, on however busy a machine."""

Seen = TypeVar("Seen")


def eventually(look: Callable[[], Seen], fits: Callable[[Seen], bool], seconds: float = PATIENCE) -> Seen:
    """What `look` sees as soon as it `fits`; what it saw last, when time is up."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if fits(seen) or time.monotonic() > end:
            return seen
        time.sleep(0.01)


def seen(what: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether that comes about in time."""
    return eventually(what, bool, seconds)

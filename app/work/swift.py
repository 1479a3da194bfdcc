"""Work that is known to be so short that a thread for it would take longer than the work itself.

A race of seven on a surface takes half a millisecond; to hand it to a thread and back takes as long again, and more the
more threads want the interpreter's lock. Whether it is short is not guessed, but seen: what has taken little time of a
processor, on a thread, is done on the loop the next time; and on a thread again as soon as it has taken longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 0.0015
"""Seconds of a processor that the loop may be kept from others."""

KNOWN = 10_000
"""Kinds of work that are remembered."""

PLAIN = frozenset({"surface", "start", "steps", "seed", "noise", "window", "scene", "entrants"})
"""What a setup may say that is a race on a surface of the catalogue, and nothing besides."""


class Swift:
    """Which kinds of work are short."""

    def __init__(self) -> None:
        self.known: set[Hashable] = set()

    def knows(self, kind: Hashable) -> bool:
        """Whether that is short."""
        return kind in self.known

    def timed(self, kind: Hashable, work: Callable[[], T]) -> T:
        """Have it done, on whichever thread this is, and remember how long it takes."""
        begun = time.thread_time()
        done = work()
        if kind is None:
            return done
        if time.thread_time() - begun > MOST:
            self.known.discard(kind)
        elif len(self.known) < KNOWN:
            self.known.add(kind)
        return done


def kind_of_race(setup: Any) -> Hashable:
    """What a race's time depends on, but for its numbers: two with the same are of one kind. None where that cannot be
    told without reading it whole."""
    if not isinstance(setup, Mapping) or not PLAIN.issuperset(setup):
        return None
    try:
        racers = tuple(
            (each["optimizer"], (each.get("schedule") or {}).get("kind")) for each in setup["entrants"]
        )
        kind = setup["surface"], setup.get("steps"), bool(setup.get("noise")), racers
        hash(kind)
    except (AttributeError, KeyError, TypeError):  # it will be refused, or is of another kind
        return None
    return kind

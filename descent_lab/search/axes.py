"""What a search varies: a field of the setup, or a knob of the entrant, over some values or a range."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from descent_lab.knobs import Knob
from descent_lab.links import grammar, parts
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal, nearest
from descent_lab.setups.search_space import round_to

Kind = Literal["network", "regression"]

FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "network": (
        *("samples", "spread", "hidden", "activation", "output", "loss", "initial", "batch"),
        *("l2", "l1", "dropout", "jitter", "patience", "noise"),
    ),
    "regression": ("degree", "standardise", "batch", "l2", "l1", "jitter", "patience", "noise"),
}
"""Fields of a setup that can be varied; of a regression not the loss, for errors of several could not be compared."""

USUAL: Mapping[str, str] = {
    "samples": "100,300,1000",
    "spread": "0.05..0.4",
    "hidden": "4|8|16|8,8",
    "activation": "tanh|relu|sigmoid",
    "output": "linear",
    "loss": "mse",
    "initial": "xavier,he",
    "batch": "8..128:log",
    "l2": "0,0.0001,0.001,0.01",
    "l1": "0,0.0001,0.001",
    "dropout": "0|0.1|0.3",
    "jitter": "0,0.05,0.2",
    "patience": "100,300",
    "noise": "0,0.01,0.1",
    "degree": "1..9",
    "standardise": "yes,no",
}
"""What people would try of each field."""

ALIKE = frozenset({"output", "loss"})
"""Fields of which several could not be compared, or are seldom wanted: they are not offered."""

WHOLE = frozenset({"samples", "batch", "patience", "degree"})
LAYERED = frozenset({"hidden", "activation", "dropout"})
"""Fields whose value may itself have commas: their values are parted by bars."""

OPTIMIZER = "optimizer"

MOST_WHOLE = 10_000
"""Whole numbers of a range that a grid goes through."""

DIGITS = 4
"""Significant digits of a number that is drawn: what a person would type."""


@dataclass(frozen=True)
class Axis:
    """One thing that is varied: over `values`, as they stand in a setup, or where there are none over a range.

    log: evenly by ratios. whole: whole numbers alone.
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    whole: bool = False

    @property
    def knob(self) -> bool:
        """Whether it is a knob of the entrant."""
        return self.name in knobs_of_all()

    @property
    def each(self) -> tuple[Any, ...]:
        """All that it may be; nothing where that is too many to be gone through: a range of fractions, or by ratios."""
        if self.values or not self.whole or self.log:
            return self.values
        return tuple(range(int(self.low), int(self.high) + 1)) if self.high - self.low < MOST_WHOLE else ()

    def at(self, share: float) -> Any:
        """The value that lies so far along. share: from 0 up to, but not, 1."""
        if self.values:
            return self.values[int(share * len(self.values))]
        low, high = self.low, self.high + self.whole  # each whole number has the same width
        value = low * (high / low) ** share if self.log else low + (high - low) * share
        if self.whole:
            return int(min(math.floor(value), self.high))
        return min(max(round_to(value, DIGITS), self.low), self.high)


@cache
def knobs_of_all() -> dict[str, list[Knob]]:
    """Of every name, the knobs of all optimizers that are called so."""
    found: dict[str, list[Knob]] = {}
    for optimizer in OPTIMIZERS.values():
        for name, knob in optimizer.knobs.items():
            found.setdefault(name, []).append(knob)
    return found


def usual_values(knob: Knob) -> str:
    """What people would try of a knob: its slider."""
    low, high = f"{knob.low:g}", f"{knob.high:g}"
    return f"{low}..{high}:log" if knob.log else f"{low}..{high}"


def read_axis(text: str, kind: Kind, field: str) -> Axis:
    """An axis as it is written: `lr=1e-4..1:log`, `l2=0,1e-4,1e-3`, `hidden=8|15|15,15`, `optimizer=adam,sgd`.

    A comma parts values, and a bar those of fields whose values have commas themselves. field: of a `Refusal`.
    """
    name, sign, rest = text.partition("=")
    name = name.strip()
    known = [*dict.fromkeys((*FIELDS[kind], OPTIMIZER, *knobs_of_all()))]
    if not sign:
        raise Refusal("axis", field=field, came=text[:60])
    if name not in known:
        raise Refusal("no axis", field=field, key=name[:60], known=known, near=nearest(name, known))
    if ".." in rest:
        return _range(name, rest, field)
    parted = "|" if "|" in rest or name in LAYERED else ","
    pieces = rest.split(parted)
    values = tuple(_value(name, piece.strip(), field) for piece in pieces)
    return Axis(name, values)


def _value(name: str, text: str, field: str) -> Any:
    """One value, read as links are."""
    if name == OPTIMIZER:
        if text not in OPTIMIZERS:
            raise OPTIMIZERS.unknown(text, field)
        return text
    if name in knobs_of_all():
        return parts.read_number(text, field)
    return grammar.read(f"{name}={text}")[name]


def _range(name: str, text: str, field: str) -> Axis:
    ends, _, scale = text.partition(":")
    first, _, last = ends.partition("..")
    whole = name in WHOLE or any(knob.integer for knob in knobs_of_all().get(name, ()))
    if scale not in ("", "log") or name in LAYERED - {"dropout"} or name == OPTIMIZER:
        raise Refusal("range", field=field, came=text[:60])
    low, high = float(parts.read_number(first, field)), float(parts.read_number(last, field))
    log = scale == "log"
    if not low < high or (log and low <= 0) or (whole and not (low.is_integer() and high.is_integer())):
        raise Refusal("range", field=field, came=text[:60])
    return Axis(name, (), low, high, log, whole)

"""Knob: one hyper-parameter, said once.

Its slider range is a suggestion to the hand; `domain` is what the mathematics allows. Slider, validation, sweep,
command line and permalink all read the same declaration.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from descent_lab.refusals import Refusal, nearest, show, word


@dataclass(frozen=True)
class Domain:
    """An interval of allowed values, with its ends open or closed."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = True
    high_open: bool = True

    def __contains__(self, value: float) -> bool:
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    def __str__(self) -> str:
        low = "" if self.low == -math.inf else f"{self.low:g} {'<' if self.low_open else '<='} "
        high = "" if self.high == math.inf else f" {'<' if self.high_open else '<='} {self.high:g}"
        if low and not high:
            return f"{'>' if self.low_open else '>='} {self.low:g}"
        return f"{low}value{high}" if low or high else "any finite number"

    def about(self, name: str) -> Any:
        """The interval as a value of a sentence, with the name of what lies in it."""
        bounded = self.low != -math.inf or self.high != math.inf
        return str(self).replace("value", name) if bounded else word("finite")


POSITIVE = Domain(0)
NON_NEGATIVE = Domain(0, low_open=False)
DECAY = Domain(0, 1, low_open=False)

# What a knob of this name is called wherever it stands; the name is the field's standard term.
_LABELS = {
    "lr": "learning rate",
    "beta": "β momentum",
    "beta1": "β₁ memory",
    "beta2": "β₂ scale",
    "rho": "ρ memory",
    "eps": "ε",
    "weight_decay": "λ weight decay",
    "noise": "σ gradient noise",
    "damping": "λ damping",
}


@dataclass(frozen=True)
class Knob:
    """One hyper-parameter: its default, its slider from `low` to `high`, and the `domain` of allowed values."""

    default: float
    low: float
    high: float
    log: bool = False
    domain: Domain = field(default_factory=Domain)
    integer: bool = False
    sentence: str = ""
    label: str = ""

    def check(self, name: str, value: Any, path: str = "knobs") -> float:
        """The value as a float; `Refusal` names what was expected and what came."""
        ok = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not ok or value not in self.domain or (self.integer and value != int(value)):
            raise self.refusal(name, value, f"{path}.{name}")
        return float(value)

    def refusal(self, name: str, came: Any, field: str) -> Refusal:
        """That something else came than a value of the knob's domain."""
        reason = "whole knob" if self.integer else "knob"
        return Refusal(reason, field=field, knob=name, domain=self.domain.about(name), came=show(came))

    def describe(self, name: str) -> dict[str, Any]:
        """What everyone who shows this knob needs, as plain JSON values."""
        return {
            "name": name,
            "label": self.label or _LABELS.get(name, name.replace("_", " ")),
            "default": self.default,
            "low": self.low,
            "high": self.high,
            "log": self.log,
            "integer": self.integer,
            "domain": str(self.domain),
            "sentence": self.sentence,
        }


def rate(default: float, low: float = 1e-5, high: float = 10.0, sentence: str = "") -> Knob:
    """A learning rate: how far one step goes."""
    return Knob(default, low, high, True, POSITIVE, sentence=sentence or "How far each step goes.")


def decay(default: float, low: float = 0.0, high: float = 0.999, sentence: str = "") -> Knob:
    """A decay of a running average, in [0, 1): 0 forgets at once, 0.99 remembers about a hundred steps."""
    return Knob(default, low, high, domain=DECAY, sentence=sentence or "How slowly the past is forgotten.")


def small(default: float, low: float = 1e-12, high: float = 1e-1, sentence: str = "") -> Knob:
    """A small positive constant that keeps a division tame."""
    return Knob(default, low, high, True, POSITIVE, sentence=sentence or "Keeps the division tame.")


def weight(default: float, high: float, sentence: str) -> Knob:
    """A non-negative strength, off at 0."""
    return Knob(default, 0.0, high, domain=NON_NEGATIVE, sentence=sentence)


def count(default: int, low: int, high: int, sentence: str) -> Knob:
    """A whole number from `low` to `high`."""
    return Knob(default, low, high, domain=Domain(low, high, False, False), integer=True, sentence=sentence)


def unknown_knob(owner: str, knob: str, known: list[str], field: str) -> Refusal:
    """That an optimizer or a schedule has no knob of that name."""
    if not known:
        return Refusal("no knobs", field=field, owner=owner, knob=knob)
    near = nearest(knob, known)
    return Refusal("unknown knob", field=field, owner=owner, knob=knob, known=known, near=near)


def read_knobs(
    owner: str, knobs: Mapping[str, Knob], given: Mapping[str, Any], path: str
) -> dict[str, float]:
    """Every knob's value: the given ones checked, the others at their defaults. `Refusal` for one that is not there."""
    for name in given:
        if name not in knobs:
            key = str(name)[:40]
            raise unknown_knob(owner, key, list(knobs), f"{path}.{key}")
    return {
        name: knob.check(name, given[name], path) if name in given else knob.default
        for name, knob in knobs.items()
    }

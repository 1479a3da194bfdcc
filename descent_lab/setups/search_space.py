"""What a tuning or a sweep searches, and what a tuning finds."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from descent_lab.knobs import Knob

RATE = "lr"
"""The learning rate's knob; everybody who trains networks has one."""

MOMENTUM = "beta"
"""The momentum knob; it is tuned along with the learning rate where an optimizer has one."""

SLACK = 0.1
"""From the other starts the rate is up to this share higher or lower: what stands on an edge falls off."""


@dataclass(frozen=True)
class Tuned:
    """The best knobs found for one entrant, and what they lead to from the given start."""

    knobs: Mapping[str, float]
    reached: int | None
    loss: float


@dataclass(frozen=True)
class Tuning:
    """Tuned knobs of every entrant, and the sentence that says by what they were judged."""

    entrants: tuple[Tuned, ...]
    metric: str
    budget: int
    seed: int


def rates_around(rate: float, ratio: float, count: int) -> np.ndarray:
    """Rates from so much below one to so much above it, (count,), evenly by their ratios: all are finite and above 0,
    also where the rate is the smallest or the largest that there is."""
    low, high = max(rate / ratio, math.ulp(0.0)), min(rate * ratio, sys.float_info.max)
    with np.errstate(over="ignore"):
        return np.clip(np.geomspace(low, high, count), low, high)


def rates_nearer(knob: Knob, rate: float, count: int) -> np.ndarray:
    """Rates of a second look, (count,): around the best of as many along the whole slider, and half as far again as
    the next ones were."""
    return rates_around(rate, (knob.high / knob.low) ** (1.5 / (count - 1)), count)


def momenta_nearer(momentum: float, nearest: float, farthest: float, count: int) -> np.ndarray:
    """Momenta of a second look, (count,): what they lack to 1 is from so many times to so many times that of the
    best."""
    return np.clip(1 - (1 - momentum) * np.geomspace(nearest, farthest, count), 0.0, 0.999)


def off_by(share: float, count: int) -> np.ndarray:
    """What a rate is multiplied by in each of so many repetitions, (count,): 1 in the first."""
    return np.concatenate([[1.0], np.linspace(1 + share, 1 - share, count - 1)])


def as_typed(best: Mapping[str, float]) -> dict[str, float]:
    """Tuned values as a person would type them."""
    return {name: round_to(value, 2 if name == RATE else 3) for name, value in best.items()}


def slider_values(knob: Knob, count: int) -> np.ndarray:
    """Values along the slider of a knob, (count,)."""
    values = (np.geomspace if knob.log else np.linspace)(knob.low, knob.high, count)
    values[0], values[-1] = knob.low, knob.high  # to the last bit: some domains end there
    return np.rint(values) if knob.integer else values


def round_to(value: float, digits: int) -> float:
    """The value with so many significant digits: what a person would type."""
    return float(f"{value:.{digits}g}")

"""Learning-rate schedules: what the learning rate is multiplied by at each step. They wrap any optimizer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from descent_lab.catalog import Catalog
from descent_lab.knobs import Domain, Knob, count, read_knobs

_SHARE = Domain(0, 1, low_open=False, high_open=False)


@dataclass(frozen=True, eq=False)
class Schedule:
    """One entry of the catalogue of schedules: `factor(t, steps, **knobs)`, t: (steps,) -> (steps,)."""

    key: str
    name: str
    sentence: str
    factor: Callable[..., np.ndarray]
    knobs: Mapping[str, Knob]

    def knob_values(self, given: Mapping[str, Any], path: str = "schedule") -> dict[str, float]:
        """Every knob's value: the given ones checked, the others at their defaults."""
        return read_knobs(f"The schedule {self.key!r}", self.knobs, given, path)

    def rates(self, steps: int, knobs: Mapping[str, float]) -> np.ndarray:
        """What the learning rate is multiplied by at steps 0 .. steps - 1, (steps,)."""
        return _rates(self, steps, tuple(knobs.items()))

    def describe(self) -> dict[str, Any]:
        """What everyone who shows this schedule needs, as plain JSON values."""
        return {
            "key": self.key,
            "name": self.name,
            "sentence": self.sentence,
            "knobs": [knob.describe(name) for name, knob in self.knobs.items()],
        }


@lru_cache(maxsize=256)
def _rates(schedule: Schedule, steps: int, knobs: tuple[tuple[str, float], ...]) -> np.ndarray:
    rates = np.asarray(schedule.factor(np.arange(steps, dtype=float), steps, **dict(knobs)), dtype=float)
    rates.setflags(write=False)
    return rates


def _schedule(key: str, name: str, sentence: str, **knobs: Knob) -> Callable[..., Schedule]:
    def declare(factor: Callable[..., np.ndarray]) -> Schedule:
        assert list(inspect.signature(factor).parameters)[2:] == list(knobs)
        return Schedule(key, name, sentence, factor, knobs)

    return declare


_floor = Knob(0.0, 0.0, 1.0, domain=_SHARE, sentence="The share of the rate that is left at the end.")


@_schedule("constant", "Constant", "The same rate from the first step to the last.")
def constant(t: np.ndarray, steps: int) -> np.ndarray:
    return np.ones_like(t)


@_schedule(
    "step",
    "Step",
    "Multiplies the rate by a factor every so many steps.",
    every=count(100, 1, 1_000_000, "Steps between two drops."),
    factor=Knob(
        0.5, 0.01, 1.0, domain=Domain(0, 1, high_open=False), sentence="What each drop multiplies by."
    ),
)
def step(t: np.ndarray, steps: int, every: float, factor: float) -> np.ndarray:
    return factor ** np.floor(t / every)


@_schedule(
    "exponential",
    "Exponential",
    "Multiplies the rate by the same factor at every step.",
    gamma=Knob(
        0.99,
        0.9,
        1.0,
        domain=Domain(0, 1, high_open=False),
        sentence="What every step multiplies the rate by.",
    ),
)
def exponential(t: np.ndarray, steps: int, gamma: float) -> np.ndarray:
    return gamma**t


@_schedule(
    "inverse",
    "1/t",
    "Divides the rate by one plus the steps taken, as the theory of stochastic descent asks for.",
    decay=Knob(0.01, 1e-4, 1.0, True, Domain(0, low_open=False), sentence="How soon the rate falls."),
)
def inverse(t: np.ndarray, steps: int, decay: float) -> np.ndarray:
    with np.errstate(over="ignore"):  # a rate that falls so fast is 0
        return 1 / (1 + decay * t)


def _cosine(progress: np.ndarray, floor: float) -> np.ndarray:
    return floor + (1 - floor) * 0.5 * (1 + np.cos(np.pi * progress))


@_schedule("cosine", "Cosine", "Falls slowly, then fast, then slowly to the end of the race.", floor=_floor)
def cosine(t: np.ndarray, steps: int, floor: float) -> np.ndarray:
    return _cosine(t / max(steps, 1), floor)


@_schedule(
    "warmup_cosine",
    "Warm-up, then cosine",
    "Rises in a straight line first, then falls as a cosine to the end of the race.",
    warmup=Knob(0.1, 0.0, 0.5, domain=_SHARE, sentence="The share of the race spent rising."),
    floor=_floor,
)
def warmup_cosine(t: np.ndarray, steps: int, warmup: float, floor: float) -> np.ndarray:
    rise = max(warmup * steps, 1e-300)
    fall = max(steps - warmup * steps, 1e-300)
    # The first step of a warm-up is not zero: that would be a step for nothing.
    return np.where(t + 1 <= rise, (t + 1) / rise, _cosine(np.clip((t - warmup * steps) / fall, 0, 1), floor))


SCHEDULES: Catalog[Schedule] = Catalog(
    "schedule", constant, step, exponential, inverse, cosine, warmup_cosine
)

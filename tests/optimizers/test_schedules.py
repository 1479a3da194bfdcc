"""Schedules: what the learning rate is multiplied by, by their own formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from descent_lab.optimizers.schedules import SCHEDULES
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup

every_schedule = pytest.mark.parametrize("key", SCHEDULES)


def rates(key: str, steps: int, **knobs: float) -> np.ndarray:
    return SCHEDULES[key].rates(steps, SCHEDULES[key].knob_values(knobs))


@every_schedule
def test_factors_are_from_0_to_1(key: str) -> None:
    for steps in (0, 1, 2, 3, 10, 1000):
        factors = rates(key, steps)
        assert factors.shape == (steps,)
        assert np.all((factors >= 0) & (factors <= 1))


@every_schedule
def test_the_first_step_is_no_step_for_nothing(key: str) -> None:
    for steps in (1, 2, 300):
        assert rates(key, steps)[0] > 0


def test_constant() -> None:
    assert np.all(rates("constant", 50) == 1)


def test_step() -> None:
    np.testing.assert_array_equal(rates("step", 7, every=3, factor=0.5), [1, 1, 1, 0.5, 0.5, 0.5, 0.25])


def test_exponential() -> None:
    np.testing.assert_allclose(rates("exponential", 4, gamma=0.9), [1, 0.9, 0.81, 0.729], rtol=1e-15)


def test_inverse() -> None:
    np.testing.assert_allclose(rates("inverse", 4, decay=0.5), [1, 1 / 1.5, 1 / 2, 1 / 2.5], rtol=1e-15)


def test_cosine() -> None:
    expected = [0.2 + 0.8 * (1 + math.cos(math.pi * t / 10)) / 2 for t in range(10)]
    np.testing.assert_allclose(rates("cosine", 10, floor=0.2), expected, rtol=1e-15)


def test_warmup_then_cosine() -> None:
    factors = rates("warmup_cosine", 100, warmup=0.2, floor=0.1)
    np.testing.assert_allclose(factors[:20], np.arange(1, 21) / 20, rtol=1e-14)
    expected = [0.1 + 0.9 * (1 + math.cos(math.pi * (t - 20) / 80)) / 2 for t in range(20, 100)]
    np.testing.assert_allclose(factors[20:], expected, rtol=1e-12)
    np.testing.assert_allclose(rates("warmup_cosine", 30, warmup=0.0), rates("cosine", 30), rtol=1e-14)


@every_schedule
def test_a_schedule_multiplies_the_rate_of_any_optimizer(key: str) -> None:
    """On a slope of 1 everywhere, GD's steps are the rates themselves."""
    racer = {"optimizer": "gd", "knobs": {"lr": 0.5}, "schedule": {"kind": key}}
    race = Race(read_setup({"expression": "x + 0y", "start": [0, 0], "steps": 60, "entrants": [racer]}))
    race.advance(60)
    moves = -np.diff(race.points(0, 60)[0, :, 0])
    np.testing.assert_allclose(moves, 0.5 * rates(key, 60), rtol=1e-12, atol=1e-15)


def test_unknown_knobs_and_values_out_of_range_are_refused() -> None:
    with pytest.raises(Refusal, match="has no knob"):
        SCHEDULES["cosine"].knob_values({"gamma": 1})
    with pytest.raises(Refusal) as caught:
        SCHEDULES["step"].knob_values({"every": 2.5}, "entrants.0.schedule")
    assert caught.value.field == "entrants.0.schedule.every"


@every_schedule
def test_describes_itself(key: str) -> None:
    described = SCHEDULES[key].describe()
    assert described["sentence"].endswith(".")
    for knob in described["knobs"]:
        assert knob["low"] <= knob["default"] <= knob["high"]
        assert knob["sentence"]

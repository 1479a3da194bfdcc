"""The step of one weight: its numbers are those that the training had, to the bit."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from descent_lab.inside.one_step import one_step
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training

KEYS = [each.key for each in OPTIMIZERS.values() if each.for_networks]
MOONS: dict[str, Any] = {"data": "moons", "samples": 100, "hidden": [4], "batch": 8, "steps": 60, "seed": 3}
WEIGHT, BIAS = 3, 9  # of the first layer
MIDDLE = 37  # between two records


def trained(**more: Any) -> Training:
    training = Training(read_setup({**MOONS, **more}))
    training.advance(training.setup.steps)
    return training


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("number", [WEIGHT, BIAS])
def test_it_goes_from_where_the_training_was_to_where_it_came(key: str, number: int) -> None:
    training = trained(entrants=[{"optimizer": "adam"}, {"optimizer": key}], l2=0.01, dropout=0.2)
    for step in (0, MIDDLE, 59):
        found = one_step(training, 1, step, number)
        assert found.was == training.weights(step)[number, 1]
        assert found.now == training.weights(step + 1)[number, 1]
        assert found.samples == 8
        assert not found.frozen


@pytest.mark.parametrize("key", [key for key in KEYS if not OPTIMIZERS[key].whole_point])
def test_the_last_line_of_a_rule_comes_to_the_weight_after_the_step(key: str) -> None:
    found = one_step(trained(entrants=[{"optimizer": key}], noise=0.01), 0, MIDDLE, WEIGHT)
    numbers = found.lines[-1].numbers
    assert numbers is not None
    text = re.sub(r"<[^>]*>", "", numbers).replace("&#x02212;", "-").rsplit("&#x0003D;", 1)[-1]
    mantissa, _, exponent = text.partition("&#x000D7;10")
    assert float(mantissa) * 10 ** int(exponent or 0) == pytest.approx(found.now, rel=1e-3)


def test_the_gradient_is_the_sum_of_slope_penalties_and_noise() -> None:
    training = trained(entrants=[{"optimizer": "sgd", "knobs": {"lr": 0.1}}], l2=0.02, l1=0.01, noise=0.3)
    for number, signs in ((WEIGHT, 4), (BIAS, 2)):
        found = one_step(training, 0, MIDDLE, number)
        assert found.gradient == pytest.approx((found.was - found.now) / 0.1, rel=1e-9)
        assert found.lines[0].formula.count("&#x0002B;") == signs - 1
    plain = one_step(trained(entrants=[{"optimizer": "sgd"}]), 0, MIDDLE, WEIGHT)
    assert "&#x0002B;" not in plain.lines[0].formula


def test_knobs_settings_and_schedules_are_those_of_the_step() -> None:
    turned = [
        {"at": 30, "entrant": 0, "knob": "lr", "value": 0.5},
        {"at": 37, "setting": "batch", "value": 16},
    ]
    schedule = {"kind": "exponential", "gamma": 0.9}
    training = trained(
        entrants=[{"optimizer": "sgd", "knobs": {"lr": 0.1}, "schedule": schedule}], changes=turned
    )
    for step, lr, samples in ((29, 0.1, 8), (30, 0.5, 8), (37, 0.5, 16)):
        found = one_step(training, 0, step, WEIGHT)
        assert found.gradient is not None
        assert found.was - found.now == pytest.approx(lr * 0.9**step * found.gradient, rel=1e-9)
        assert found.samples == samples


def test_after_the_last_step_it_is_the_one_that_would_come() -> None:
    short = trained(entrants=[{"optimizer": "adam"}])
    long = trained(entrants=[{"optimizer": "adam"}], steps=61)
    assert one_step(short, 0, 60, WEIGHT).now == long.weights(61)[WEIGHT, 0]


def test_a_rule_for_layers_shows_its_formula_for_weights_only_and_one_without_a_slope_none() -> None:
    training = trained(entrants=[{"optimizer": "muon"}, {"optimizer": "random_search"}])
    assert len(one_step(training, 0, MIDDLE, WEIGHT).lines) == 4  # g, the formula, B, w
    assert len(one_step(training, 0, MIDDLE, BIAS).lines) == 2  # g, w
    search = one_step(training, 1, MIDDLE, WEIGHT)
    assert (search.gradient, len(search.lines)) == (None, 2)


def test_who_has_diverged_takes_no_step() -> None:
    training = trained(data="curve", entrants=[{"optimizer": "sgd", "knobs": {"lr": 1e6}}])
    died = training.diverged()[0]
    assert died is not None
    assert one_step(training, 0, died + 1, WEIGHT).frozen
    assert not one_step(training, 0, 0, WEIGHT).frozen


def test_who_was_stopped_early_stays_at_its_best() -> None:
    training = trained(entrants=[{"optimizer": "adam", "knobs": {"lr": 0.3}}], patience=10, steps=300)
    best = training.stopped()[0]
    assert best is not None
    found = one_step(training, 0, 300, WEIGHT)
    assert found.was == found.now == training.weights(best)[WEIGHT, 0]
    assert found.frozen
    assert not one_step(training, 0, best, WEIGHT).frozen


def test_nothing_of_it_changes_the_training() -> None:
    training = trained(entrants=[{"optimizer": "adam"}, {"optimizer": "muon"}])
    before = training.weights(60).copy()
    one_step(training, 0, MIDDLE, WEIGHT)
    assert np.array_equal(training.weights(60), before)
    assert training.have == 60


def test_a_weight_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="weight must be the number of a weight"):
        one_step(trained(entrants=[{"optimizer": "adam"}]), 0, 3, 1000)

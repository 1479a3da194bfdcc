"""What every optimizer of the catalogue promises, and what is known of some of them on paper."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from descent_lab.machine.lanes import Lanes
from descent_lab.machine.random_draws import standard_normal
from descent_lab.machine.rules import Optimizer
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal
from descent_lab.surfaces.surface import Surface
from descent_lab.surfaces.typed import typed_surface

BOWL = "0.5*(x^2 + y^2)"
BEALE = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2"
HILLS = "sin(3*x)*cos(2*y) + 0.1*(x^2 + y^2)"

every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)
every_racer = pytest.mark.parametrize("key", [key for key, each in OPTIMIZERS.items() if each.for_races])


@cache
def surface(expression: str) -> Surface:
    return typed_surface(expression)


def column(optimizer: Optimizer, **knobs: float) -> np.ndarray:
    return np.array([[value] for value in optimizer.knob_values(knobs).values()])


def run(
    key: str, expression: str, start: Any, steps: int, noise: float = 0.0, rates: Any = None, **knobs: float
) -> tuple[np.ndarray, np.ndarray, Lanes]:
    """One lane: points (steps + 1, 2), losses (steps + 1,), and the lane itself."""
    optimizer = OPTIMIZERS[key]
    lanes = Lanes.start(
        surface(expression),
        optimizer,
        np.array(start, dtype=float).reshape(2, 1),
        column(optimizer, **knobs),
        noise,
    )
    rates = np.ones(steps) if rates is None else rates
    path, losses = lanes.advance(rates, standard_normal(3, 0, steps, 2), record=True)
    return path[:, :, 0], losses[:, 0], lanes


def spread(optimizer: Optimizer, lanes: int) -> tuple[np.ndarray, np.ndarray]:
    """Starts, (2, lanes), and knobs, (K, lanes), all different, some of them wild."""
    random = np.random.default_rng(7)
    start = random.uniform(-2, 2, (2, lanes))
    knobs = np.empty((len(optimizer.knobs), lanes))
    for row, knob in zip(knobs, optimizer.knobs.values(), strict=True):
        row[:] = random.uniform(knob.low, knob.high, lanes)
        if knob.log:
            row[:] = np.exp(random.uniform(np.log(knob.low), np.log(knob.high), lanes))
        if knob.integer:
            row[:] = np.round(row)
    return start, knobs


# ---------------------------------------------------------------- the catalogue


def test_the_catalogue_is_complete() -> None:
    assert list(OPTIMIZERS) == [
        *("gd", "sgd", "momentum", "nesterov"),
        *("adagrad", "adadelta", "rmsprop"),
        *("adam", "adamw", "amsgrad", "adamax", "nadam", "radam", "adabelief", "yogi"),
        *("lion", "rprop"),
        "muon",
        *("newton", "lbfgs", "cg"),
        *("nelder_mead", "random_search"),
    ]


@every_optimizer
def test_defaults_and_sliders_lie_in_the_domain(key: str) -> None:
    for name, knob in OPTIMIZERS[key].knobs.items():
        assert knob.low <= knob.default <= knob.high, name
        for value in (knob.low, knob.default, knob.high):
            number = int(value) if knob.integer else value
            assert knob.check(name, number) == value
        assert not knob.log or knob.low > 0, name


@every_optimizer
def test_only_documented_knobs_are_taken(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    with pytest.raises(Refusal, match="has no knob 'nonsense'"):
        optimizer.knob_values({"nonsense": 1})
    for name in optimizer.knobs:
        for bad in (float("nan"), float("inf"), "1", None, True, -1.0):
            with pytest.raises(Refusal) as refusal:
                optimizer.knob_values({name: bad})
            assert refusal.value.field == f"knobs.{name}"


@every_optimizer
def test_it_describes_itself_in_plain_json(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    told = json.loads(json.dumps(optimizer.describe(), allow_nan=False))
    assert told["key"] == key
    assert told["sentence"].endswith(".")
    assert told["source"]
    assert told["mathml"].startswith("<math")
    assert [knob["name"] for knob in told["knobs"]] == list(optimizer.knobs)
    assert all(knob["label"] and knob["sentence"].endswith(".") for knob in told["knobs"])


@every_optimizer
def test_what_it_remembers_is_part_of_its_state(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    assert optimizer.remembers is None or optimizer.remembers in optimizer.state
    assert optimizer.push is None or optimizer.push + 2 <= optimizer.state_rows(2)
    assert set(optimizer.initial) <= set(optimizer.state)
    state = optimizer.initial_state(2, column(optimizer))
    assert state.shape == (optimizer.state_rows(2), 1)
    if optimizer.recalls is not None:
        for latex, value in optimizer.recalls(np.arange(float(optimizer.state_rows(2))), 2):
            assert latex
            assert np.all(np.isfinite(value))


@every_racer
def test_it_goes_down_the_round_bowl(key: str) -> None:
    suggested = {
        "gd": 0.1, "sgd": 0.1, "momentum": 0.02, "nesterov": 0.02, "adagrad": 0.5, "rmsprop": 0.02, "lion": 0.02,
        "adam": 0.1, "adamw": 0.1, "amsgrad": 0.1, "adamax": 0.1, "nadam": 0.1, "radam": 0.1, "adabelief": 0.1,
        "yogi": 0.1,
    }  # fmt: skip
    knobs = {"lr": suggested[key]} if key in suggested else {}
    if key == "adadelta":
        knobs = {"eps": 1e-3}
    _, losses, lanes = run(key, BOWL, (1.5, -1.0), 200, **knobs)
    assert lanes.diverged[0] < 0
    assert losses[-1] < 0.02 * losses[0]


@every_racer
def test_the_first_step_goes_downhill(key: str) -> None:
    """Sign conventions: whatever the rule, the first step from the side of a bowl lowers the loss or stays."""
    knobs = {"lr": 1e-3} if "lr" in OPTIMIZERS[key].knobs and key not in ("newton", "lbfgs", "cg") else {}
    path, losses, lanes = run(key, BOWL, (2.0, 1.0), 1, **knobs)
    assert losses[1] <= losses[0]
    remembered = OPTIMIZERS[key].remembers
    if remembered is not None:
        row = OPTIMIZERS[key].state.index(remembered) * 2
        assert np.all(lanes.state[row : row + 2, 0] * (path[1] - path[0]) < 0), (
            "it pushes towards minus its average"
        )


@every_racer
def test_noise_is_the_same_draw_for_every_lane_and_none_is_none(key: str) -> None:
    quiet, _, _ = run(key, HILLS, (0.5, 0.4), 20)
    still, _, _ = run(key, HILLS, (0.5, 0.4), 20, noise=0.0)
    loud, _, _ = run(key, HILLS, (0.5, 0.4), 20, noise=0.5)
    again, _, _ = run(key, HILLS, (0.5, 0.4), 20, noise=0.5)
    assert np.array_equal(quiet, still)
    assert np.array_equal(loud, again)
    assert np.array_equal(loud, quiet) == (key in ("nelder_mead", "random_search"))


def test_a_schedule_of_half_is_half_the_rate() -> None:
    """The factor multiplies the knob; a factor of one half is exact."""
    for key, optimizer in OPTIMIZERS.items():
        if optimizer.for_races and "lr" in optimizer.knobs and key != "rprop":
            lr = optimizer.knobs["lr"].default
            halved, _, _ = run(key, BEALE, (1.0, 1.6), 30, rates=np.full(30, 0.5))
            half, _, _ = run(key, BEALE, (1.0, 1.6), 30, lr=lr / 2)
            assert np.array_equal(halved, half), key

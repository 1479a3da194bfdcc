"""One step in detail: it is the race's own step, and its numbers add up."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from descent_lab.optimizers import OPTIMIZERS
from descent_lab.races.explain import explain
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from descent_lab.setups.setup import Setup

every_racer = pytest.mark.parametrize("key", [key for key, each in OPTIMIZERS.items() if each.for_races])


def setup_of(key: str, **rest: Any) -> Setup:
    entrants = [{"optimizer": "gd"}, {"optimizer": key, "offset": [0.1, 0], "schedule": {"kind": "cosine"}}]
    return read_setup({"surface": "beale", "start": [1, 1.6], "steps": 30, "entrants": entrants, **rest})


@every_racer
@pytest.mark.parametrize("step", [0, 1, 12, 29])
def test_the_step_explained_is_the_step_raced(key: str, step: int) -> None:
    changes = [{"at": 3, "entrant": 0, "knob": "lr", "value": 1e-4}]
    if "lr" in OPTIMIZERS[key].knobs:
        lower = OPTIMIZERS[key].knobs["lr"].default / 3
        changes.append({"at": 12, "entrant": 1, "knob": "lr", "value": lower})
    setup = setup_of(key, noise=0.2, seed=4, changes=changes)
    race = Race(setup)
    race.advance(30)
    told = explain(setup, 1, step)
    here, there = race.points(step, step + 1)[1]
    assert told.point == tuple(here)
    assert told.next == tuple(there)
    np.testing.assert_array_equal(told.move, there - here)
    assert told.loss == race.losses(step, step)[1, 0]
    assert (told.noise is not None) == ("gradient" in OPTIMIZERS[key].needs)
    assert told.entrant == 1
    assert told.step == step
    assert not told.frozen
    assert told.lines


@every_racer
def test_it_describes_itself_in_plain_json(key: str) -> None:
    told = json.loads(json.dumps(explain(setup_of(key), 1, 5).describe(), allow_nan=False))
    assert set(told) == {
        *("entrant", "step", "point", "loss", "gradient", "noise", "memory", "move", "next"),
        *("sentence", "lines", "frozen"),
    }
    assert (told["noise"] is None) == (key != "sgd")
    for line in told["lines"]:
        assert line["formula"].startswith("<math")
        for numbers in (line["numbers"], line["numbers_y"]):
            assert numbers is None or (numbers.startswith("<math") and "undefined" not in numbers)
    if not OPTIMIZERS[key].whole_point:
        rule = told["lines"][-len(OPTIMIZERS[key].lines) :]
        assert all(line["numbers"] and line["numbers_y"] for line in rule)


@every_racer
def test_the_lines_work_out_the_step(key: str) -> None:
    """The formula that is shown gives the point that the kernel gives."""
    optimizer = OPTIMIZERS[key]
    if optimizer.whole_point:
        return
    setup = read_setup(
        {
            "surface": "beale",
            "start": [1, 1.6],
            "steps": 1,
            "entrants": [{"optimizer": key, "knobs": {}}],
            "noise": 0.1,
        }
    )
    told = explain(setup, 0, 0)
    knobs = {name: knob.default for name, knob in optimizer.knobs.items()}
    state = optimizer.initial_state(2, np.array([[value] for value in knobs.values()]))[:, 0]
    for i in range(2):
        kept = {name: float(state[2 * row + i]) for row, name in enumerate(optimizer.state)}
        values = {"w": told.point[i], "g": told.gradient[i], **kept, **knobs}
        moved = next(line for line in optimizer.lines if line.target == "w").value(values)
        assert moved == pytest.approx(told.next[i], rel=1e-14)


def test_memory_is_the_average_that_pushes_the_other_way() -> None:
    setup = read_setup(
        {"surface": "beale", "steps": 9, "entrants": [{"optimizer": "momentum", "knobs": {"lr": 0.001}}]}
    )
    told = explain(setup, 0, 4)
    assert told.memory is not None
    np.testing.assert_allclose(told.move, -0.001 * np.array(told.memory), rtol=1e-9)


def test_a_schedule_and_a_change_show_in_the_numbers() -> None:
    entrant = {
        "optimizer": "gd",
        "knobs": {"lr": 0.004},
        "schedule": {"kind": "step", "every": 5, "factor": 0.5},
    }
    changes = [{"at": 6, "entrant": 0, "knob": "lr", "value": 0.006}]
    setup = read_setup({"surface": "beale", "steps": 9, "entrants": [entrant], "changes": changes})
    for step, rate in ((4, "0.004"), (5, "0.002"), (6, "0.003")):
        told = explain(setup, 0, step)
        assert told.lines[-1].numbers is not None
        assert f"<mn>{rate}</mn>" in told.lines[-1].numbers
        np.testing.assert_allclose(told.move, -float(rate) * np.array(told.gradient), rtol=1e-9)


def test_a_frozen_entrant_takes_no_step() -> None:
    setup = read_setup(
        {"surface": "beale", "steps": 60, "entrants": [{"optimizer": "gd", "knobs": {"lr": 5.0}}]}
    )
    told = explain(setup, 0, 50)
    assert told.frozen
    assert told.move == (0.0, 0.0)
    assert told.next == told.point
    json.dumps(told.describe(), allow_nan=False)


def test_at_the_end_of_the_race_it_tells_the_step_that_would_follow() -> None:
    entrants = [{"optimizer": "adam"}]
    short = read_setup({"surface": "beale", "steps": 10, "entrants": entrants})
    long = read_setup({"surface": "beale", "steps": 11, "entrants": entrants})
    assert explain(short, 0, 10) == explain(long, 0, 10)

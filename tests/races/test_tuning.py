"""Painted sliders and fair tuning: each lane is a race, the same for everybody, repeatable, and better than before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.limits import limits_from_environment
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.races.race import Race
from descent_lab.races.tuning import BUDGET, SCATTER, paint, tune
from descent_lab.refusals import Refusal
from descent_lab.search import tuning
from descent_lab.search.workers import Threads
from descent_lab.setups.reading import read_setup
from descent_lab.setups.search_space import rates_around, round_to, slider_values
from descent_lab.setups.setup import Setup

SEVEN = ("gd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam")


def setup(keys: tuple[str, ...] = SEVEN, **given: Any) -> Setup:
    base: dict[str, Any] = {
        "surface": "beale",
        "steps": 200,
        "entrants": [{"optimizer": key} for key in keys],
    }
    return read_setup(base | given)


# ---------------------------------------------------------------- painted sliders


def test_values_run_along_the_slider() -> None:
    painted = paint(setup(("gd", "adam")), "lr", 33)
    for row, key in zip(painted.values, ("gd", "adam"), strict=True):
        knob = OPTIMIZERS[key].knobs["lr"]
        assert row[0] == pytest.approx(knob.low)
        assert row[-1] == pytest.approx(knob.high)
        np.testing.assert_allclose(np.diff(np.log(row)), np.diff(np.log(row))[0])
    beta = paint(setup(("momentum",)), "beta", 5).values[0]
    np.testing.assert_allclose(np.diff(beta), np.diff(beta)[0])


def test_every_lane_is_the_race_with_that_value() -> None:
    entrants = [
        {"optimizer": "adam", "knobs": {"beta1": 0.7}, "schedule": {"kind": "cosine"}, "offset": [0.1, -0.2]},
        {"optimizer": "sgd", "knobs": {"noise": 0.3}},
        {"optimizer": "nelder_mead"},
    ]
    given = setup(entrants=entrants, noise=0.2, seed=11)
    painted = paint(given, "lr", 16)
    for index in range(2):
        for lane in (0, 5, 9, 12, 15):
            value = float(painted.values[index, lane])
            racer = entrants[index] | {"knobs": {**entrants[index].get("knobs", {}), "lr": value}}
            race = Race(setup(entrants=[racer], noise=0.2, seed=11))
            race.advance(200)
            (outcome,), (reached,) = race.outcomes(), race.reached()
            died = painted.diverged[index, lane]
            assert (outcome.kind == "diverged") == (died >= 0)
            assert outcome.step == died if died >= 0 else True
            assert (-1 if reached is None else reached) == painted.reached[index, lane]
            if died < 0:
                loss = race.losses(200, 200)[0, 0]
                assert painted.loss[index, lane] == pytest.approx(loss, rel=1e-6, abs=1e-12)
            else:
                assert np.isnan(painted.loss[index, lane])
    assert np.all(np.isnan(painted.values[2]))
    assert np.all(painted.reached[2] == -1)


def test_the_stability_limit_shows() -> None:
    painted = paint(setup(("gd",), surface="long_valley", steps=2000), "lr", 200)
    died = painted.diverged[0] >= 0
    grows = died | (painted.loss[0] > 100)
    np.testing.assert_array_equal(grows, painted.values[0] > 0.02)


def test_a_knob_that_nobody_has_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        paint(setup(("gd",)), "beta")
    assert caught.value.field == "knob"


def test_whole_numbers_stay_whole() -> None:
    for key, item in OPTIMIZERS.items():
        for name, knob in item.knobs.items():
            values = slider_values(knob, 16)
            for value in values:
                knob.check(name, float(value))  # every value along a slider is one that the setup would take
            assert len(values) == 16, key


# ---------------------------------------------------------------- tuning


def test_tuning_is_repeatable() -> None:
    given = setup(("gd", "momentum", "adam"))
    assert tune(given, 64) == tune(given, 64)


def test_everybody_gets_better_than_at_the_defaults() -> None:
    given = setup()
    before = Race(given)
    before.advance(given.steps)
    for tuned, loss, reached in zip(
        tune(given).entrants, before.losses(200, 200)[:, 0], before.reached(), strict=True
    ):
        assert tuned.reached is not None or not loss <= tuned.loss
        if reached is not None:
            assert tuned.reached is not None
            assert tuned.reached <= reached * 1.1 + 2


def test_the_found_knobs_do_what_is_said() -> None:
    given = setup(surface="himmelblau", steps=150)
    entrants = [
        {"optimizer": key, "knobs": dict(tuned.knobs)}
        for key, tuned in zip(SEVEN, tune(given).entrants, strict=True)
    ]
    race = Race(setup(surface="himmelblau", steps=150, entrants=entrants))
    race.advance(150)
    for tuned, loss, reached in zip(
        tune(given).entrants, race.losses(150, 150)[:, 0], race.reached(), strict=True
    ):
        assert tuned.reached == reached
        assert tuned.loss == pytest.approx(loss, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("surface", ["beale", "rosenbrock", "long_valley", "himmelblau", "goldstein_price"])
def test_no_tuned_entrant_diverges_from_starts_nearby(surface: str) -> None:
    """A lucky rate on a knife's edge must not win: the rounded values hold around the start too."""
    given = setup(surface=surface, steps=300)
    shift = 0.01 * given.surface.scale
    for key, tuned in zip(SEVEN, tune(given).entrants, strict=True):
        racer = {"optimizer": key, "knobs": dict(tuned.knobs)}
        offsets = [[0, 0], [shift, 0], [-shift, 0], [0, shift], [0, -shift]]
        race = Race(setup(surface=surface, steps=300, entrants=[racer | {"offset": o} for o in offsets]))
        race.advance(300)
        assert [o.kind for o in race.outcomes()].count("diverged") == 0, key


def test_it_says_what_was_measured() -> None:
    tuning = tune(setup(("gd",)), 32, seed=5)
    assert (tuning.budget, tuning.seed) == (32, 5)
    for fact in ("seed 5", "32 settings", f"{SCATTER} starts", "step 200"):
        assert fact in tuning.metric
    assert tuning.metric.endswith(".")


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    tune(setup(("gd", "adam", "nelder_mead")), 16, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert {(0, 3), (1, 3), (2, 3), (3, 3)} == set(told)


def test_progress_may_end_the_work_and_changes_nothing_of_it() -> None:
    class Enough(Exception):
        pass

    def enough(*_: int) -> None:
        raise Enough

    given = setup(("adam",), steps=1_000)
    with pytest.raises(Enough):
        tune(given, 16, enough)
    assert tune(given, 16, lambda *_: None) == tune(given, 16)


def test_who_has_no_rate_is_left_alone() -> None:
    (tuned,) = tune(setup(("nelder_mead",)), 16).entrants
    assert tuned.knobs == {}


def test_a_surface_without_a_lowest_value_is_tuned_by_loss() -> None:
    tuning = tune(setup(("gd", "adam"), surface="saddle", steps=100), 32)
    for tuned in tuning.entrants:
        assert tuned.reached is None
        assert tuned.loss < 0


@pytest.mark.parametrize("budget", [1, 2, 7, 50, BUDGET])
def test_any_budget_will_do(budget: int) -> None:
    for tuned in tune(setup(("gd", "momentum"), steps=50), budget).entrants:
        assert tuned.knobs["lr"] > 0
        assert np.isfinite(tuned.loss)


def test_rounding() -> None:
    assert round_to(0.0123456, 2) == 0.012
    assert round_to(123.456, 3) == 123.0
    assert round_to(0.0, 2) == 0.0


@pytest.mark.parametrize("rate", [5e-324, 1e-300, 1.0, 1e300, 1.7e308])
@pytest.mark.parametrize(
    "problem", [{"surface": "beale"}, {"points": []}, {"data": "moons", "samples": 20, "hidden": [2]}]
)
def test_a_rate_at_the_end_of_the_numbers_is_tuned(rate: float, problem: dict[str, Any]) -> None:
    around = rates_around(rate, 30.0, 5)
    assert np.all(np.isfinite(around) & (around > 0) & (np.diff(around, prepend=0.0) >= 0))
    given = {**problem, "steps": 5, "entrants": [{"optimizer": "nadam", "knobs": {"lr": rate}}]}
    limits = limits_from_environment()
    (tuned,) = tuning.tune(read_setup(given), given, 4, limits, lambda _done, _of: None, Threads()).entrants
    assert 0 < tuned.knobs["lr"] < np.inf

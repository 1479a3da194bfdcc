"""A race is a pure function of its setup: however it is cut into pieces, changed or resumed, the bits are the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.machine.endpoints import finish
from descent_lab.machine.random_draws import standard_normal
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.races.race import GOAL, Race, goal_of
from descent_lab.setups.reading import read_setup
from descent_lab.setups.setup import Change, Setup

RACERS = {key: each for key, each in OPTIMIZERS.items() if each.for_races}
SIX = ("gd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop")


def setup(**given: Any) -> Setup:
    """A race on Beale's function, unless something else is given."""
    base: dict[str, Any] = {
        "surface": "beale",
        "steps": 120,
        "entrants": [
            {"optimizer": "gd", "knobs": {"lr": 0.003}},
            {"optimizer": "adam", "knobs": {"lr": 0.1}},
        ],
    }
    return read_setup(base | given)


def whole(given: Setup) -> Race:
    """The race, run to its end in one go."""
    race = Race(given)
    race.advance(given.steps)
    return race


def assert_same(one: Race, other: Race) -> None:
    steps = one.setup.steps
    assert one.have == other.have == steps
    np.testing.assert_array_equal(one.points(0, steps), other.points(0, steps))
    np.testing.assert_array_equal(one.losses(0, steps), other.losses(0, steps))
    assert one.reached() == other.reached()
    assert one.outcomes() == other.outcomes()


def test_the_start_is_there_before_the_first_step() -> None:
    race = Race(setup(start=[1.0, 1.6]))
    assert race.have == 0
    np.testing.assert_array_equal(race.points(0, 0), [[[1.0, 1.6]], [[1.0, 1.6]]])
    assert race.losses(0, 0)[0, 0] == pytest.approx(race.setup.surface.expression.value(1.0, 1.6))


def test_losses_are_the_losses_of_the_points() -> None:
    race = whole(setup())
    for entrant in range(2):
        for step in range(0, 121, 10):
            x, y = race.points(step, step)[entrant, 0]
            expected = race.setup.surface.expression.value(x, y)
            assert race.losses(step, step)[entrant, 0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("pieces", [(1, 2, 3, 60, 61, 120), (119, 120), (40, 40, 30, 500)])
def test_pieces_give_the_same_bits(pieces: tuple[int, ...]) -> None:
    entrants = [
        {"optimizer": key, "knobs": {"lr": 0.004} if "lr" in o.knobs else {}} for key, o in RACERS.items()
    ]
    given = setup(entrants=entrants, noise=0.3, seed=5)
    race = Race(given)
    for to in pieces:
        race.advance(to)
    assert_same(race, whole(given))


def test_the_same_setup_gives_the_same_bits() -> None:
    assert_same(whole(setup(noise=0.5, seed=3)), whole(setup(noise=0.5, seed=3)))


def test_the_seed_matters_only_with_noise() -> None:
    quiet, other = whole(setup(seed=1)), whole(setup(seed=2))
    np.testing.assert_array_equal(quiet.points(0, 120), other.points(0, 120))
    loud, louder = whole(setup(seed=1, noise=0.5)), whole(setup(seed=2, noise=0.5))
    assert np.any(loud.points(0, 120) != louder.points(0, 120))


def test_every_entrant_meets_the_same_draws() -> None:
    twins = [{"optimizer": "gd", "knobs": {"lr": 0.003}}] * 2
    race = whole(setup(entrants=twins, noise=1.0, seed=9))
    np.testing.assert_array_equal(race.points(0, 120)[0], race.points(0, 120)[1])


def test_noise_of_the_race_and_of_the_optimizer_add_up() -> None:
    own = whole(setup(entrants=[{"optimizer": "sgd", "knobs": {"lr": 0.003, "noise": 0.5}}]))
    shared = whole(setup(entrants=[{"optimizer": "gd", "knobs": {"lr": 0.003}}], noise=0.5))
    np.testing.assert_array_equal(own.points(0, 120), shared.points(0, 120))


def test_an_entrant_does_not_depend_on_its_company() -> None:
    entrants = [{"optimizer": key} for key in SIX]
    together = whole(setup(entrants=entrants, noise=0.1))
    for index, entrant in enumerate(entrants):
        alone = whole(setup(entrants=[entrant], noise=0.1))
        np.testing.assert_array_equal(together.points(0, 120)[index], alone.points(0, 120)[0])


def test_offset_moves_one_start() -> None:
    entrant = {"optimizer": "gd", "knobs": {"lr": 0.003}}
    race = whole(setup(start=[1, 1.5], entrants=[entrant, entrant | {"offset": [0.25, -0.5]}]))
    elsewhere = whole(setup(start=[1.25, 1.0], entrants=[entrant]))
    np.testing.assert_array_equal(race.points(0, 120)[1], elsewhere.points(0, 120)[0])


# ---------------------------------------------------------------- changes


def test_a_change_during_the_race_equals_one_known_from_the_start() -> None:
    change = Change(40, 1, "lr", 0.01)
    race = Race(setup())
    race.advance(90)
    race.change(change)
    assert race.have == 40
    race.advance(120)
    assert_same(race, whole(setup(changes=[{"at": 40, "entrant": 1, "knob": "lr", "value": 0.01}])))


def test_a_change_leaves_the_steps_before_it_alone() -> None:
    plain = whole(setup())
    changed = whole(setup(changes=[{"at": 40, "entrant": 1, "knob": "lr", "value": 0.01}]))
    np.testing.assert_array_equal(plain.points(0, 40), changed.points(0, 40))
    assert np.all(plain.points(41, 41)[1] != changed.points(41, 41)[1])
    np.testing.assert_array_equal(plain.points(0, 120)[0], changed.points(0, 120)[0])


def test_a_change_at_the_first_step_equals_another_knob() -> None:
    changed = whole(setup(changes=[{"at": 0, "entrant": 0, "knob": "lr", "value": 0.001}]))
    other = whole(
        setup(
            entrants=[
                {"optimizer": "gd", "knobs": {"lr": 0.001}},
                {"optimizer": "adam", "knobs": {"lr": 0.1}},
            ]
        )
    )
    assert_same(changed, other)


def test_of_two_changes_at_one_step_the_later_holds() -> None:
    one = {"at": 30, "entrant": 0, "knob": "lr", "value": 0.001}
    two = one | {"value": 0.002}
    both, last = whole(setup(changes=[one, two])), whole(setup(changes=[two]))
    np.testing.assert_array_equal(both.points(0, 120), last.points(0, 120))


def test_changes_do_not_depend_on_how_the_race_is_cut() -> None:
    changes = [
        {"at": 70, "entrant": 0, "knob": "lr", "value": 0.0005},
        {"at": 10, "entrant": 1, "knob": "beta1", "value": 0.5},
        {"at": 70, "entrant": 1, "knob": "lr", "value": 0.02},
        {"at": 120, "entrant": 1, "knob": "lr", "value": 5.0},  # after the last step: without effect
    ]
    given = setup(changes=changes)
    race = Race(given)
    for to in (9, 10, 11, 69, 71, 120):
        race.advance(to)
    assert_same(race, whole(given))
    assert_same(race, whole(setup(changes=changes[:3])))


def test_noise_can_be_turned_on_the_way() -> None:
    entrants = [{"optimizer": "sgd", "knobs": {"lr": 0.003, "noise": 0.0}}]
    change = {"at": 50, "entrant": 0, "knob": "noise", "value": 1.0}
    quiet, turned = whole(setup(entrants=entrants)), whole(setup(entrants=entrants, changes=[change]))
    np.testing.assert_array_equal(quiet.points(0, 50), turned.points(0, 50))
    assert np.all(quiet.points(51, 51) != turned.points(51, 51))


# ---------------------------------------------------------------- divergence


def test_a_dead_lane_keeps_its_last_finite_point() -> None:
    race = whole(setup(entrants=[{"optimizer": "gd", "knobs": {"lr": 1.0}}]))
    (found,) = race.outcomes()
    assert found.kind == "diverged"
    assert found.step is not None
    points, losses = race.points(0, 120)[0], race.losses(0, 120)[0]
    assert np.all(np.isfinite(points))
    assert np.all(points[found.step :] == points[found.step])
    assert np.all(np.isfinite(losses[: found.step]))
    assert np.all(np.isnan(losses[found.step :]))


def test_nothing_is_clamped_to_the_window() -> None:
    race = whole(setup(surface="round_bowl", entrants=[{"optimizer": "gd", "knobs": {"lr": 1.01}}]))
    (x0, x1), _ = race.setup.surface.window
    assert np.max(np.abs(race.points(0, 120))) > 4 * (x1 - x0)


@pytest.mark.parametrize("start", [[1e99, 1e99], [-1e100, 3.0], [1e-300, -1e-300]])
def test_absurd_starts_are_survived(start: list[float]) -> None:
    race = whole(setup(start=start, entrants=[{"optimizer": key} for key in RACERS]))
    assert np.all(np.isfinite(race.points(0, 120)))
    assert len(race.outcomes()) == len(RACERS)


# ---------------------------------------------------------------- goal


def test_goal_is_a_thousandth_of_the_way_above_the_lowest() -> None:
    given = setup(surface="himmelblau", start=[0.0, 0.0])
    goal = goal_of(given, given.entrants[0])
    assert goal is not None
    assert goal.f_min == 0.0
    assert goal.loss == pytest.approx(GOAL * 170.0)


def test_steps_to_goal_is_the_first_step_below_it() -> None:
    race = whole(setup(surface="round_bowl", entrants=[{"optimizer": "gd", "knobs": {"lr": 0.05}}]))
    goal = goal_of(race.setup, race.setup.entrants[0])
    assert goal is not None
    first = int(np.argmax(race.losses(0, 120)[0] < goal.loss))
    assert race.reached() == [first]
    # The loss shrinks by 0.81 a step.
    assert first == int(np.floor(np.log(GOAL) / np.log(0.81))) + 1


def test_no_goal_on_a_surface_that_falls_without_end() -> None:
    race = whole(setup(surface="saddle"))
    assert race.goals == [None, None]
    assert race.reached() == [None, None]


def test_no_goal_from_the_minimum_itself() -> None:
    given = setup(start=[3.0, 0.5])
    assert goal_of(given, given.entrants[0]) is None
    assert whole(given).reached() == [None, None]


# ---------------------------------------------------------------- lanes and the recorded race


@pytest.mark.parametrize("key", ["gd", "momentum", "adam", "rprop", "nelder_mead", "lbfgs"])
def test_a_race_equals_a_sweep_of_lanes(key: str) -> None:
    given = setup(entrants=[{"optimizer": key}], noise=0.2, seed=4)
    race = whole(given)
    (entrant,) = given.entrants
    lane = Race(given).lane(0)
    many = finish(
        given.surface, entrant.optimizer, np.repeat(lane.w, 5, axis=1), np.repeat(lane.knobs, 5, axis=1),
        np.ones(120), standard_normal(4, 0, 120, 2), 0.2 + entrant.knobs.get("noise", 0.0),
    )  # fmt: skip
    for column in range(5):
        np.testing.assert_allclose(many.w[:, column], race.points(120, 120)[0, 0], rtol=1e-9, atol=1e-12)

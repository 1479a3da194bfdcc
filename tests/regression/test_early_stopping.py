"""Early stopping of a regression: who has waited for too long goes back to its best weights and stays there."""

from __future__ import annotations

import numpy as np

from descent_lab.races.explain import explain
from descent_lab.races.race import Race
from descent_lab.setups.setup import Change
from tests.regression.test_regression import WAVE, setup, whole

STOPPING = {"points": WAVE, "degree": 9, "split": [60, 40, 0], "patience": 15, "steps": 400}
MOMENTUM = [{"optimizer": "momentum", "knobs": {"lr": 0.05}}]


def test_early_stopping_ends_a_path_at_the_best_validation_loss_once_it_has_waited() -> None:
    race = whole(setup(**STOPPING, entrants=MOMENTUM))
    free = whole(setup(**STOPPING | {"patience": 0}, entrants=MOMENTUM))
    losses = free.measured(0, 400)["validation"][0]
    (stop,) = race.stopped()
    assert stop is not None
    assert losses[stop] == losses[: stop + 16].min()
    assert np.all(losses[stop + 1 : stop + 16] >= losses[stop])
    for step in range(1, stop):  # and nowhere before had it waited as long
        best = int(np.argmin(losses[: step + 1]))
        assert step - best < 15
    early = Race(race.setup)
    early.advance(stop + 14)
    assert early.stopped() == [None]
    at = stop + 15
    assert np.array_equal(race.points(0, at - 1), free.points(0, at - 1)), "until then it goes its way"
    assert np.all(race.points(at, 400) == race.points(stop, stop)), "and then stands at its best"
    assert np.all(race.losses(at, 400) == race.losses(stop, stop))
    for row in race.measured(at, 400).values():
        assert np.all(row == row[:, :1])
    assert race.measured(at, at)["validation"][0, 0] == losses[stop]


def test_early_stopping_ends_at_the_same_bits_however_the_race_is_cut() -> None:
    entrants = [
        *MOMENTUM,
        {"optimizer": "gd", "knobs": {"lr": 0.3}},
        {"optimizer": "gd", "knobs": {"lr": 50.0}},
    ]
    race = whole(setup(**STOPPING, entrants=entrants))
    pieces = Race(race.setup)
    for to in range(1, 401):
        pieces.advance(to)
    assert pieces.stopped() == race.stopped()
    assert race.stopped()[0] is not None
    assert race.outcomes()[2].kind == "diverged"
    assert race.stopped()[2] is None, "what has diverged has not stopped"
    np.testing.assert_array_equal(pieces.points(0, 400), race.points(0, 400))
    np.testing.assert_array_equal(pieces.losses(0, 400), race.losses(0, 400))
    for name, rows in race.measured(0, 400).items():
        np.testing.assert_array_equal(pieces.measured(0, 400)[name], rows)


def test_a_knob_turned_before_the_stop_stops_anew() -> None:
    race = whole(setup(**STOPPING, entrants=MOMENTUM))
    turned = Change(at=5, entrant=0, knob="lr", value=0.01)
    race.change(turned)
    race.advance(400)
    again = whole(setup(**STOPPING, entrants=MOMENTUM).with_change(turned))
    assert race.stopped() == again.stopped()
    np.testing.assert_array_equal(race.points(0, 400), again.points(0, 400))


def test_an_entrant_that_has_stopped_takes_no_step() -> None:
    race = whole(setup(**STOPPING, entrants=MOMENTUM))
    (stop,) = race.stopped()
    assert stop is not None
    told = explain(race.setup, 0, stop + 15)
    assert told.frozen
    assert told.point == told.next == explain(race.setup, 0, stop).point
    assert not explain(race.setup, 0, stop + 14).frozen


def test_without_patience_nothing_is_stopped() -> None:
    assert whole(setup(points=WAVE, degree=9, split=[60, 40, 0])).stopped() == [None, None]

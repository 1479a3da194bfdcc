"""Trainings of networks: torch's own results, and the promises that a training makes whatever the network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.networks.network import TEST, TRAINING, VALIDATION
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import Limits, read_setup
from descent_lab.setups.setup import Change
from descent_lab.training.training import Training, alone, every_of

REFERENCE = json.loads((Path(__file__).parents[1] / "references" / "trainings.json").read_text())
FOUR = [
    {"optimizer": "gd", "knobs": {"lr": 0.1}},
    {"optimizer": "momentum", "knobs": {"lr": 0.05}},
    {"optimizer": "rmsprop", "knobs": {"lr": 0.01}},
    {"optimizer": "adam", "knobs": {"lr": 0.01}},
]
MOONS: dict[str, Any] = {"data": "moons", "samples": 120, "batch": 16, "steps": 90, "entrants": FOUR}


def trained(to: int | None = None, **setup: Any) -> Training:
    training = Training(read_setup({**MOONS, **setup}))
    training.advance(training.setup.steps if to is None else to)
    return training


def setup_of(case: dict[str, Any]) -> dict[str, Any]:
    entrants = [{"optimizer": case["optimizer"], "knobs": case["knobs"]}]
    return {**case["shape"], "seed": REFERENCE["seed"], "steps": REFERENCE["steps"], "entrants": entrants}


@pytest.mark.parametrize(
    "case", REFERENCE["trainings"], ids=lambda case: f"{case['name']}, {case['optimizer']}"
)
def test_a_training_is_torchs(case: dict[str, Any]):
    training = Training(read_setup(setup_of(case)))
    training.advance(REFERENCE["steps"])
    for step, weights in case["weights"].items():
        found = training.weights(int(step))[::7, 0]
        np.testing.assert_allclose(found, weights, rtol=1e-9, atol=1e-10, err_msg=f"step {step}")
        assert training.losses(int(step), int(step))[0, 0] == pytest.approx(case["losses"][step], rel=1e-9)


# ---------------------------------------------------------------- the same bits, whoever asks and how


@pytest.mark.parametrize("settings", [{}, {"dropout": 0.2, "jitter": 0.1}, {"batch": 0}], ids=str)
def test_a_racer_among_others_equals_its_solo_run(settings: dict[str, Any]):
    entrants = [*FOUR, {"optimizer": "nesterov"}, {"optimizer": "lion"}, {"optimizer": "lbfgs"}]
    together = trained(**settings, entrants=entrants)
    for index in range(len(entrants)):
        solo = Training(alone(together.setup, index))
        solo.advance(90)
        assert np.array_equal(solo.weights(90)[:, 0], together.weights(90)[:, index])
        assert np.array_equal(solo.losses(0, 90)[0], together.losses(0, 90)[index], equal_nan=True)


def test_pieces_make_no_difference():
    whole, pieces = trained(), trained(0)
    for step in (1, 2, 17, 40, 41, 90):
        pieces.advance(step)
        assert pieces.have == step
    assert np.array_equal(whole.losses(0, 90), pieces.losses(0, 90))
    for one, other in zip(whole.records(0, 90), pieces.records(0, 90), strict=True):
        assert one.step == other.step
        assert np.array_equal(one.w, other.w)
        assert all(np.array_equal(one.measured[name], other.measured[name]) for name in one.measured)


def test_weights_between_records_are_those_that_were_there():
    training = trained()
    assert training.every > 1
    for step in (0, 1, training.every + 1, 47, 90):
        assert np.array_equal(training.weights(step), trained(step).state(step).w)


def test_the_last_step_is_recorded_though_it_is_no_multiple():
    training = trained(steps=93)
    assert [record.step for record in training.records(80, 93)][-1] == 93


# ---------------------------------------------------------------- what is measured


def test_the_sets_are_measured_apart():
    training = trained()
    network = training.network
    w = training.weights(90)
    for name, which in (("training", TRAINING), ("validation", VALIDATION), ("test", TEST)):
        rows = network.rows[which]
        said = network.answers(w, network.seen(rows))[:, -1]
        right = ((said > 0.5) == network.samples.targets[rows, None]).mean(axis=0)
        np.testing.assert_allclose(training.measured(90, 90)[f"{name}_accuracy"][:, 0], right)
        p = np.where(network.samples.targets[rows, None] == 1, said, 1 - said)
        np.testing.assert_allclose(training.measured(90, 90)[name][:, 0], -np.log(p).mean(axis=0), rtol=1e-9)


def test_penalties_are_descended_and_not_measured():
    one, other = trained(0), trained(0, l2=1.0)
    assert np.array_equal(one.measured(0, 0)["training"], other.measured(0, 0)["training"])
    assert (other.losses(0, 0) > one.losses(0, 0)).all()


def test_dropout_is_off_when_measuring():
    one, other = trained(0), trained(0, dropout=0.5)
    assert np.array_equal(one.measured(0, 0)["training"], other.measured(0, 0)["training"])


def test_data_that_come_with_a_test_set_keep_it():
    network = read_setup({"data": "mnist", "samples": 700, "hidden": [15], "entrants": FOUR}).network
    assert network.samples.test is not None
    assert set(network.rows[TEST]) == set(range(network.samples.test, 700))
    assert len(network.rows[TRAINING]) + len(network.rows[VALIDATION]) == network.samples.test


def test_the_chapters_network_has_11_935_weights():
    assert read_setup({"data": "mnist", "hidden": [15], "steps": 1, "entrants": FOUR}).network.dim == 11_935


def test_a_racer_that_diverges_says_where_and_the_others_go_on():
    wild = {"optimizer": "gd", "knobs": {"lr": 1e6}}
    training = trained(data="curve", entrants=[wild, *FOUR])
    step = training.diverged()[0]
    assert step is not None
    assert step < 10
    assert training.diverged()[1:] == [None] * 4
    assert np.isnan(training.losses(step, 90)[0]).all()
    assert np.isnan(training.measured(90, 90)["training"][0]).all()
    calm = trained(data="curve")
    assert np.array_equal(calm.weights(90), training.weights(90)[:, 1:])


STOPPED: dict[str, Any] = {"samples": 40, "spread": 0.4, "hidden": [20, 20], "batch": 8, "steps": 1500}


def test_early_stopping_puts_a_racer_back_to_its_best_weights():
    patient, free = trained(1500, **STOPPED, patience=200), trained(1500, **STOPPED)
    assert free.stopped() == [None] * 4
    assert any(step is not None for step in patient.stopped())
    steps = [record.step for record in free.records(0, 1500)]
    for lane, best in enumerate(patient.stopped()):
        losses = free.measured(0, 1500)["validation"][lane]
        at = _expected(steps, losses, 200)
        assert best == at[0]
        if best is None or at[1] is None:
            assert np.array_equal(patient.weights(1500)[:, lane], free.weights(1500)[:, lane])
            continue
        for step in (at[1], at[1] + 1, 1500):
            assert np.array_equal(patient.weights(step)[:, lane], free.weights(best)[:, lane])
        before = at[1] - patient.every
        assert np.array_equal(patient.weights(before)[:, lane], free.weights(before)[:, lane])
        assert patient.measured(1500, 1500)["validation"][lane, 0] == losses.min(
            where=np.array(steps) <= at[1], initial=np.inf
        )
        assert np.isnan(patient.losses(at[1] + 1, 1500)[lane]).all()
        assert not np.isnan(patient.losses(0, at[1])[lane]).any()


def _expected(steps: list[int], losses: np.ndarray, patience: int) -> tuple[int | None, int | None]:
    best = 0
    for index, step in enumerate(steps):
        if losses[index] < losses[best]:
            best = index
        elif step - steps[best] >= patience:
            return steps[best], step
    return None, None


def test_a_racer_that_stopped_learns_on_when_it_is_sent_back():
    training = trained(1500, **STOPPED, patience=200)
    lane = next(lane for lane, step in enumerate(training.stopped()) if step is not None)
    change = Change(100, lane, "lr", 1e-5)
    training.change(change)
    assert training.stopped() == [None] * 4
    training.advance(1500)
    changed = trained(
        1500, **STOPPED, patience=200, changes=[{"at": 100, "entrant": lane, "knob": "lr", "value": 1e-5}]
    )
    assert training.stopped() == changed.stopped()
    assert np.array_equal(training.weights(1500), changed.weights(1500))


def test_records_are_so_far_apart_that_memory_and_time_suffice():
    assert every_of(read_setup(MOONS)) in (1, 2, 5, 10)
    wide = read_setup({**MOONS, "data": "digits", "hidden": [64] * 6, "steps": 5000})
    every = every_of(wide)
    assert 5000 / every * wide.network.dim * 4 * 8 < 60e6


def test_a_long_step_is_ended_on_the_way(monkeypatch: pytest.MonkeyPatch):
    """Only that of the training that is ended: others train the same network."""
    monkeypatch.setattr("descent_lab.training.training.HEAVY", 1)
    left, other = trained(0), trained(0)
    left.advance(10)
    left.end()
    left.advance(20)
    assert np.all(left.losses(11, 20) == 0), "no sample was looked at"
    other.advance(90)
    assert np.array_equal(other.losses(0, 90), trained(90).losses(0, 90))
    monkeypatch.undo()
    light = trained()
    assert light.setup.network.over is None
    assert np.array_equal(other.losses(0, 90), light.losses(0, 90))
    light.end()


def test_the_work_of_a_training_is_bounded():
    with pytest.raises(Refusal, match="may be at most 1,000,000"):
        read_setup({**MOONS, "steps": 1000}, Limits(max_training=1_000_000))


def test_a_mini_batch_that_grows_on_the_way_counts():
    plain = read_setup({**MOONS, "batch": 8})
    grown = [{"at": 60, "setting": "batch", "value": 16}, {"at": 30, "setting": "l2", "value": 0.1}]
    setup = read_setup({**MOONS, "batch": 8, "changes": grown})
    assert setup.cost * 90 == plain.cost * (60 + 30 * 2)
    Training(read_setup({**MOONS, "batch": 8}, Limits(max_training=plain.cost)))
    with pytest.raises(Refusal, match="the mean of all mini-batches"):
        read_setup({**MOONS, "batch": 8, "changes": grown}, Limits(max_training=plain.cost))


def test_everybody_starts_from_the_same_weights():
    with pytest.raises(Refusal, match="start from the same weights"):
        read_setup({**MOONS, "entrants": [{**FOUR[0], "offset": [0.1] * 105}]})


def test_noise_that_is_turned_on_on_the_way():
    entrant = {"optimizer": "sgd", "knobs": {"lr": 0.1}}
    turned = [{"at": 0, "entrant": 0, "knob": "noise", "value": 0.3}]
    noisy = trained(entrants=[{**entrant, "knobs": {"lr": 0.1, "noise": 0.3}}])
    assert np.array_equal(trained(entrants=[entrant], changes=turned).weights(90), noisy.weights(90))
    training = trained(entrants=[entrant])
    calm = training.weights(90)
    training.change(Change(0, 0, "noise", 0.3))
    training.advance(90)
    assert np.array_equal(training.weights(90), noisy.weights(90))
    assert not np.array_equal(calm, noisy.weights(90))


def test_noise_in_the_gradient_moves_everybody_alike():
    training = trained(noise=0.1, entrants=[FOUR[0], FOUR[0]])
    assert np.array_equal(training.weights(90)[:, 0], training.weights(90)[:, 1])
    assert not np.array_equal(training.weights(90)[:, 0], trained(entrants=[FOUR[0]]).weights(90)[:, 0])

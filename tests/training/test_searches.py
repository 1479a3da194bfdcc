"""Searches over networks by lanes: each lane is the training it stands for, and the best is found fairly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.datasets import splits
from descent_lab.networks.variants import all_but_test, folded, of_width
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from descent_lab.setups.setup import Setup
from descent_lab.training.folds import cross_validate, fold_bundles
from descent_lab.training.many_lanes import Bundle, over_repetitions, train_all, work_of
from descent_lab.training.sweep import RATE, rates_of, sweep
from descent_lab.training.training import Training
from descent_lab.training.tuning import STARTS, lanes_of, tune_network


def setup(*keys: str, **given: Any) -> Setup:
    base: dict[str, Any] = {
        "data": "moons",
        "samples": 120,
        "hidden": [6, 5],
        "steps": 60,
        "seed": 3,
        "entrants": [{"optimizer": key} for key in keys or ("adam",)],
    }
    return read_setup(base | given)


def trained(given: Setup, lr: float | None = None, **more: Any) -> Training:
    """The same by the training that the page runs."""
    entrant = given.entrants[0]
    knobs = {**entrant.knobs, **({} if lr is None else {"lr": lr})}
    schedule = {"kind": entrant.schedule.key, **entrant.schedule_knobs}
    own = {"optimizer": entrant.optimizer.key, "knobs": knobs, "schedule": schedule}
    training = Training(setup(entrants=[own], **more))
    training.advance(given.steps)
    return training


# ---------------------------------------------------------------- lanes


@pytest.mark.parametrize("count", [1, 3, 5, 8, 11, 20])
def test_every_lane_is_the_training_with_that_rate(count: int) -> None:
    more: dict[str, Any] = {"dropout": 0.1, "l2": 0.01, "jitter": 0.1, "noise": 0.02}
    entrant = {"optimizer": "momentum", "schedule": {"kind": "cosine"}}
    given = setup(entrants=[entrant], **more)
    found = sweep(given, given.entrants[0], rates_of(given.entrants[0], max(count, 2))[:count], [(6, 5)], 60)
    for lane in {0, count // 2, count - 1}:
        training = trained(given, float(found.rates[lane]), **more)
        for name, values in found.measured.items():
            expected = training.measured(60, 60)[name][0, 0]
            assert values[0, lane] == expected or (np.isnan(expected) and np.isnan(values[0, lane])), name


def test_a_lane_that_dies_says_when_and_harms_nobody() -> None:
    given = setup("gd", loss="mse", activation="relu", steps=40)
    rates = np.array([0.01, 1e30, 0.1])
    found = sweep(given, given.entrants[0], rates, [(6, 5)], 40)
    died = trained(given, 1e30, loss="mse", activation="relu", steps=40).diverged()[0]
    assert found.diverged[0].tolist() == [-1, died, -1]
    assert np.isnan(found.measured["training"][0, 1])
    assert np.isfinite(found.measured["validation"][0, [0, 2]]).all()
    everybody = sweep(given, given.entrants[0], rates[1:2], [(6, 5)], 40)
    assert everybody.best is None


def test_progress_is_told_to_the_end_and_may_end_the_work() -> None:
    given = setup()
    told: list[tuple[int, int]] = []
    sweep(
        given,
        given.entrants[0],
        rates_of(given.entrants[0], 12),
        [(4,), (8, 8)],
        60,
        lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (2 * 12 * 60, 2 * 12 * 60)
    assert sorted(told) == told

    class Enough(Exception):
        pass

    def enough(_done: int, _total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        sweep(given, given.entrants[0], rates_of(given.entrants[0], 12), [(4,), (8, 8)], 60, enough)


def test_the_work_is_counted_as_that_of_a_training() -> None:
    given = setup("adam", "gd")
    bundles = [Bundle.of(given.network, entrant, {}) for entrant in given.entrants]
    assert work_of(bundles, given.steps) == given.cost


# ---------------------------------------------------------------- sweeps


def test_a_sweep_finds_the_best_rate_and_width() -> None:
    given = setup(samples=300, steps=300)
    found = sweep(given, given.entrants[0], rates_of(given.entrants[0], 9), [(), (8, 8)], 300)
    assert found.weights == (3, 105)
    assert found.measured["validation"].shape == found.diverged.shape == (2, 9)
    assert found.ranked_by == "validation"
    assert not any(name.startswith("test") for name in found.measured)
    assert found.best is not None
    assert found.best[0] == 1  # a straight line does not part the moons
    assert found.measured["validation"][found.best] == np.nanmin(found.measured["validation"])
    assert 1e-4 < found.rates[found.best[1]] < 1


def test_without_a_validation_set_the_training_loss_counts() -> None:
    given = setup(split=[100, 0, 0])
    assert sweep(given, given.entrants[0], np.array([0.01, 0.1]), [(4,)], 20).ranked_by == "training"


def test_other_layers_keep_what_they_can() -> None:
    network = setup(activation=["relu", "gelu"], dropout=[0.1, 0.2]).network
    deeper = of_width(network, (3, 3, 3))
    assert (deeper.activations, deeper.dropout) == (("relu", "gelu", "gelu"), (0.1, 0.2, 0.2))
    assert (of_width(network, (9,)).activations, of_width(network, ()).activations) == (("relu",), ())
    bare = of_width(of_width(network, ()), (2,))
    assert (bare.activations, bare.dropout, bare.dims) == (("tanh",), (0.0,), (2, 2, 1))
    for one, other in zip(network.rows, deeper.rows, strict=True):
        np.testing.assert_array_equal(one, other)


def test_everybody_who_trains_networks_has_a_rate() -> None:
    assert all(RATE in each.knobs for each in OPTIMIZERS.values() if each.for_networks)


# ---------------------------------------------------------------- folds


def test_every_known_sample_is_validated_once_and_the_test_set_never() -> None:
    network = setup().network
    networks = folded(network, 5)
    validated = np.concatenate([each.rows[1] for each in networks])
    known = np.concatenate(network.rows[:2])
    np.testing.assert_array_equal(np.sort(validated), np.sort(known))
    for each in networks:
        assert not set(each.rows[0]) & set(each.rows[1])
        assert not len(each.rows[2])
        assert len(each.rows[0]) + len(each.rows[1]) == len(known)
    order = splits.folds(len(known), 5, 3)
    np.testing.assert_array_equal(networks[2].rows[1], np.sort(known)[order == 2])


@pytest.mark.parametrize("over", ["lr", "width"])
def test_the_mean_is_that_of_trainings_fold_by_fold(over: str) -> None:
    given = setup(samples=90, steps=40)
    entrant = given.entrants[0]
    values: Any = [0.003, 0.03] if over == "lr" else [(3,), (8, 4)]
    found = cross_validate(given, entrant, 3, values, 40)
    for i, value in enumerate(values):
        losses, right = [], []
        for network in folded(given.network, 3):
            own = network if over == "lr" else of_width(network, value)
            varied = {"lr": np.array([value])} if over == "lr" else {}
            (end,) = train_all(given, [Bundle.of(own, entrant, varied)], 40)
            losses.append(end.measured["validation"][0])
            right.append(end.measured["validation_accuracy"][0])
        assert found.mean[i] == pytest.approx(np.mean(losses), rel=1e-12)
        assert found.spread[i] == pytest.approx(np.std(losses), rel=1e-9)
        assert found.accuracy is not None
        assert found.accuracy[i] == pytest.approx(np.mean(right), rel=1e-12)
    assert found.best == int(np.argmin(found.mean))
    best = values[found.best]
    network = all_but_test(given.network)
    own = network if over == "lr" else of_width(network, best)
    (end,) = train_all(given, [Bundle.of(own, entrant, {"lr": np.array([best])} if over == "lr" else {})], 40)
    assert (found.test, found.test_accuracy) == (
        end.measured["test"][0],
        end.measured["test_accuracy"][0],
    )


def test_a_fold_that_diverges_is_counted_and_never_wins() -> None:
    given = setup("gd", loss="mse", activation="relu", steps=40)
    found = cross_validate(given, given.entrants[0], 4, [1e30, 0.01], 40)
    assert found.diverged.tolist() == [4, 0]
    assert (found.mean[0], found.best) == (np.inf, 1)
    nobody = cross_validate(given, given.entrants[0], 4, [1e30], 40)
    assert (nobody.best, nobody.test) == (None, None)


def test_a_curve_has_no_accuracy_and_a_set_that_is_empty_no_test() -> None:
    given = setup(data="curve", split=[80, 20, 0])
    found = cross_validate(given, given.entrants[0], 3, [0.01], 20)
    assert (found.accuracy, found.test, found.test_accuracy) == (None, None, None)


def test_a_cross_validation_tells_of_the_winners_training_too_and_can_be_ended_in_it() -> None:
    given = setup(samples=100, steps=40)
    told: list[tuple[int, int]] = []
    cross_validate(
        given, given.entrants[0], 3, [0.01, 0.1], 40, lambda done, total: told.append((done, total))
    )
    assert told == sorted(told)
    assert told[-1] == ((3 * 2 + 1) * 40, (3 * 2 + 1) * 40)

    def enough(done: int, _total: int) -> None:
        if done > 3 * 2 * 40:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        cross_validate(given, given.entrants[0], 3, [0.01, 0.1], 40, enough)


def test_more_folds_than_samples_are_refused() -> None:
    given = setup(samples=10)
    with pytest.raises(Refusal) as caught:
        fold_bundles(given, given.entrants[0], 10, [0.1])
    assert caught.value.field == "folds"


# ---------------------------------------------------------------- tuning


def test_tuning_is_repeatable_and_better_than_the_defaults() -> None:
    given = setup("sgd", "momentum", "adam", samples=200, steps=150)
    tuning = tune_network(given, 150, 32)
    assert tuning == tune_network(given, 150, 32)
    before = Training(given)
    before.advance(150)
    for tuned, loss in zip(tuning.entrants, before.measured(150, 150)["validation"][:, 0], strict=True):
        assert tuned.loss < loss
        assert tuned.reached is None
    assert [list(tuned.knobs) for tuned in tuning.entrants] == [["lr"], ["lr", "beta"], ["lr"]]


def test_the_found_knobs_do_what_is_said() -> None:
    given = setup("momentum", "adam")
    tuning = tune_network(given, 60, 24)
    entrants = [
        {"optimizer": entrant.optimizer.key, "knobs": {**tuned.knobs}}
        for entrant, tuned in zip(given.entrants, tuning.entrants, strict=True)
    ]
    training = Training(setup(entrants=entrants))
    training.advance(60)
    assert [tuned.loss for tuned in tuning.entrants] == training.measured(60, 60)["validation"][:, 0].tolist()


def test_it_says_what_was_measured() -> None:
    metric = tune_network(setup(), 45, 16).metric
    for fact in ("validation loss", "45 steps", f"{STARTS} draws", "seeds 3 to 5", "16 settings", "10%"):
        assert fact in metric
    assert "training loss" in tune_network(setup(split=[100, 0, 0]), 45, 16).metric


def test_all_lanes_are_counted_and_told() -> None:
    given = setup("momentum", "adam", "random_search")
    told: list[tuple[int, int]] = []
    tune_network(given, 20, 16, lambda done, total: told.append((done, total)))
    assert told[-1] == (lanes_of(given, 16) * 20,) * 2
    assert sorted(told) == told


@pytest.mark.parametrize("key", [each.key for each in OPTIMIZERS.values() if each.for_networks])
def test_everybody_who_trains_networks_can_be_tuned(key: str) -> None:
    (tuned,) = tune_network(setup(key, steps=20), 20, 8).entrants
    assert set(tuned.knobs) == {"lr", "beta"} & set(OPTIMIZERS[key].knobs)
    assert np.isfinite(tuned.loss)


@pytest.mark.parametrize("shape", [(2, 3), (5, 12), (10, 12), (10, 2)])
def test_the_mean_over_folds_is_numpys_of_many_values(shape: tuple[int, int]) -> None:
    losses = np.random.default_rng(0).lognormal(size=shape)
    mean, spread = over_repetitions(losses)
    np.testing.assert_array_equal(mean, losses.mean(axis=0))
    np.testing.assert_array_equal(spread, losses.std(axis=0))
    for column in range(shape[1]):
        assert over_repetitions(losses[:, column].tolist()) == (mean[column], spread[column])

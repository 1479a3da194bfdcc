"""Sweeps, cross-validation and tuning of networks: searches in which each try is the training that it stands for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.datasets import splits
from descent_lab.networks.variants import all_but_test, folded, of_width
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal
from descent_lab.search.folds import NetworkValidation, cross_validate, folds_of
from descent_lab.search.sweep import Sweep, sweep, sweep_of
from descent_lab.search.workers import Threads
from descent_lab.setups.reading import read_setup
from descent_lab.setups.search_space import RATE
from descent_lab.setups.setup import Entrant, Setup
from descent_lab.training.many_lanes import Progress, over_repetitions, train_lanes
from descent_lab.training.training import Training
from tests.search.conftest import quiet, rates, setup, told


def swept(
    given: dict[str, Any], rates: Any, widths: Any, steps: int | None = None, progress: Progress = quiet
) -> Sweep:
    return sweep(sweep_of(given, 0, np.array(rates), widths, steps), Threads(), progress)


def validated(
    given: dict[str, Any], folds: int, values: Any, progress: Progress = quiet
) -> NetworkValidation:
    return cross_validate(folds_of(given, 0, folds, values), Threads(), progress)


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
    given = told(entrants=[entrant], **more)
    found = swept(given, rates(given, max(count, 2))[:count], [(6, 5)])
    for lane in {0, count // 2, count - 1}:
        training = trained(read_setup(given), float(found.rates[lane]), **more)
        for name, values in found.measured.items():
            expected = training.measured(60, 60)[name][0, 0]
            assert values[0, lane] == expected or (np.isnan(expected) and np.isnan(values[0, lane])), name


def test_a_lane_that_dies_says_when_and_harms_nobody() -> None:
    given = told("gd", loss="mse", activation="relu", steps=40)
    found = swept(given, [0.01, 1e30, 0.1], [(6, 5)])
    died = trained(read_setup(given), 1e30, loss="mse", activation="relu", steps=40).diverged()[0]
    assert found.diverged[0].tolist() == [-1, died, -1]
    assert np.isnan(found.measured["training"][0, 1])
    assert np.isfinite(found.measured["validation"][0, [0, 2]]).all()
    everybody = swept(given, [1e30], [(6, 5)])
    assert everybody.best is None


def test_progress_is_told_to_the_end_and_may_end_the_work() -> None:
    given = told()
    far: list[tuple[int, int]] = []
    swept(given, rates(given, 12), [(4,), (8, 8)], None, lambda done, total: far.append((done, total)))
    assert far[-1] == (2 * 12 * 60, 2 * 12 * 60)
    assert sorted(far) == far

    class Enough(Exception):
        pass

    def enough(_done: int, _total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        swept(given, rates(given, 12), [(4,), (8, 8)], None, enough)


def test_the_work_is_counted_as_that_of_a_training() -> None:
    given = setup("adam", "gd")
    assert sweep_of(told("adam", "gd"), 1, np.array([0.1, 0.2]), [(6, 5)]).work == given.cost


# ---------------------------------------------------------------- sweeps


def test_a_sweep_finds_the_best_rate_and_width() -> None:
    given = told(samples=300, steps=300)
    found = swept(given, rates(given, 9), [(), (8, 8)])
    assert found.weights == (3, 105)
    assert found.measured["validation"].shape == found.diverged.shape == (2, 9)
    assert found.ranked_by == "validation"
    assert not any(name.startswith("test") for name in found.measured)
    assert found.best is not None
    assert found.best[0] == 1  # a straight line does not part the moons
    assert found.measured["validation"][found.best] == np.nanmin(found.measured["validation"])
    assert 1e-4 < found.rates[found.best[1]] < 1


def test_without_a_validation_set_the_training_loss_counts() -> None:
    assert swept(told(split=[100, 0, 0]), [0.01, 0.1], [(4,)], 20).ranked_by == "training"


def test_a_width_keeps_what_its_layers_have_of_their_own() -> None:
    given = told(activation=["relu", "gelu"], dropout=[0.1, 0.2])
    found = swept(given, [0.01], [(6, 5), (3, 3, 3), (4,)])
    for row, hidden, activation, dropout in (
        (0, [6, 5], ["relu", "gelu"], [0.1, 0.2]),
        (1, [3, 3, 3], ["relu", "gelu", "gelu"], [0.1, 0.2, 0.2]),
        (2, [4], ["relu"], [0.1]),
    ):
        training = Training(
            setup(
                hidden=hidden,
                activation=activation,
                dropout=dropout,
                entrants=[{"optimizer": "adam", "knobs": {"lr": 0.01}}],
            )
        )
        training.advance(60)
        assert found.measured["validation"][row, 0] == training.measured(60, 60)["validation"][0, 0]


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


def knobs_of(entrant: Entrant, value: Any) -> np.ndarray:
    """Of one lane; value: its rate, or the width that has the entrant's own."""
    varied = {} if isinstance(value, tuple) else {"lr": value}
    return np.array([[*({**entrant.knobs} | varied).values()]]).T


@pytest.mark.parametrize("over", ["lr", "width"])
def test_the_mean_is_that_of_trainings_fold_by_fold(over: str) -> None:
    given = setup(samples=90, steps=40)
    entrant = given.entrants[0]
    values: Any = [0.003, 0.03] if over == "lr" else [(3,), (8, 4)]
    found = validated(told(samples=90, steps=40), 3, values)
    for i, value in enumerate(values):
        losses, right = [], []
        for network in folded(given.network, 3):
            own = network if over == "lr" else of_width(network, value)
            end = train_lanes(own, given, entrant, knobs_of(entrant, value), 40, lambda _: None)
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
    end = train_lanes(own, given, entrant, knobs_of(entrant, best), 40, lambda _: None)
    assert (found.test, found.test_accuracy) == (
        end.measured["test"][0],
        end.measured["test_accuracy"][0],
    )


def test_a_fold_that_diverges_is_counted_and_never_wins() -> None:
    given = told("gd", loss="mse", activation="relu", steps=40)
    found = validated(given, 4, [1e30, 0.01])
    assert found.diverged.tolist() == [4, 0]
    assert (found.mean[0], found.best) == (np.inf, 1)
    nobody = validated(given, 4, [1e30])
    assert (nobody.best, nobody.test) == (None, None)


def test_a_curve_has_no_accuracy_and_a_set_that_is_empty_no_test() -> None:
    found = validated(told(data="curve", split=[80, 20, 0], steps=20), 3, [0.01])
    assert (found.accuracy, found.test, found.test_accuracy) == (None, None, None)


def test_a_cross_validation_tells_of_the_winners_training_too_and_can_be_ended_in_it() -> None:
    given = told(samples=100, steps=40)
    far: list[tuple[int, int]] = []
    validated(given, 3, [0.01, 0.1], lambda done, total: far.append((done, total)))
    assert far == sorted(far)
    assert far[-1] == ((3 * 2 + 1) * 40, (3 * 2 + 1) * 40)

    def enough(done: int, _total: int) -> None:
        if done > 3 * 2 * 40:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        validated(given, 3, [0.01, 0.1], enough)


def test_more_folds_than_samples_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        folds_of(told(samples=10), 0, 10, [0.1])
    assert caught.value.field == "folds"


@pytest.mark.parametrize("shape", [(2, 3), (5, 12), (10, 12), (10, 2)])
def test_the_mean_over_folds_is_numpys_of_many_values(shape: tuple[int, int]) -> None:
    losses = np.random.default_rng(0).lognormal(size=shape)
    mean, spread = over_repetitions(losses)
    np.testing.assert_array_equal(mean, losses.mean(axis=0))
    np.testing.assert_array_equal(spread, losses.std(axis=0))
    for column in range(shape[1]):
        assert over_repetitions(losses[:, column].tolist()) == (mean[column], spread[column])

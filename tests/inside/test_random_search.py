"""Random search: repeatable, honest about its draws, and every find better than the last."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.inside import random_search as needle_module
from descent_lab.inside.random_search import LANES, Needle, grid_points, random_weights, search
from descent_lab.networks.network import TRAINING, Network
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from tests.inside.trainings import trained

ENTRANTS = [{"optimizer": "gd"}]


def network_of(**more: object) -> Network:
    return read_setup({"data": "moons", "hidden": [4], "entrants": ENTRANTS, **more}).network


def found(network: Network, tries: int, scale: float | None = None, seed: int = 5) -> Needle:
    return search(network, tries, seed, scale, lambda *_: None)


@pytest.mark.parametrize("scale", [None, 2.0])
def test_every_find_is_better_than_the_last_and_is_what_the_network_scores(scale: float | None) -> None:
    network = network_of()
    needle = found(network, 700, scale)
    assert needle.at[0] == 1
    assert np.all(np.diff(needle.at) > 0)
    assert np.all(np.diff(needle.losses) < 0)
    generator = np.random.Generator(np.random.Philox(key=[5, 11 << 40]))
    loss, right = network.score(
        random_weights(network, generator, scale), network.block(network.measured[TRAINING])
    )
    first = [at - 1 for at in needle.at.tolist() if at <= LANES]
    np.testing.assert_array_equal(needle.losses[: len(first)], loss[first])
    assert needle.accuracy is not None
    np.testing.assert_array_equal(needle.accuracy[: len(first)], right[first] / needle.samples)
    assert needle.losses[len(first) - 1] == loss.min()


def test_more_tries_begin_with_the_same_ones() -> None:
    few, many = found(network_of(), 300), found(network_of(), 900)
    assert many.at[: len(few.at)].tolist() == few.at.tolist()
    assert many.losses[: len(few.losses)].tolist() == few.losses.tolist()


def test_another_seed_draws_others() -> None:
    assert found(network_of(), 50, seed=1).losses[0] != found(network_of(), 50, seed=2).losses[0]


@pytest.mark.parametrize("initial", ["xavier", "he", "normal"])
def test_draws_are_spread_like_the_initialisation(initial: str) -> None:
    network = network_of(initial=initial, hidden=[30, 30])
    lanes = random_weights(network, np.random.default_rng(0), None)
    start = network.layers(np.array(network.start))
    for (weights, biases), (own, _) in zip(network.layers(lanes), start, strict=True):
        assert not biases.any()
        if own.size > 100:
            assert weights.std() == pytest.approx(own.std(), rel=0.1)


def test_uniform_draws_reach_biases_too_and_stay_in_their_range() -> None:
    lanes = random_weights(network_of(), np.random.default_rng(0), 3.0)
    assert 2.9 < np.abs(lanes).max() <= 3.0
    assert np.all(lanes.std(axis=1) > 1.5)


def test_a_curve_has_no_accuracy() -> None:
    needle = found(trained("a curve").network, 100)
    assert needle.accuracy is None
    assert len(needle.losses) > 0


def test_zeros_leave_nothing_to_draw() -> None:
    with pytest.raises(Refusal, match="every try would be the same"):
        found(network_of(initial="zeros"), 10)
    assert len(found(network_of(initial="zeros"), 10, scale=1.0).at) > 0


def test_progress_tells_of_the_best_so_far() -> None:
    told: list[tuple[int, float, float | None]] = []
    needle = search(network_of(), 600, 5, None, lambda *word: told.append(word))
    assert [done for done, _, _ in told] == [256, 512, 600]
    assert needle.accuracy is not None
    assert told[-1][1:] == (needle.losses[-1], needle.accuracy[-1])


def test_a_heavy_network_is_tried_in_parts_that_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    network, told = network_of(), list[int]()
    whole = found(network, 300)
    monkeypatch.setattr(needle_module, "WORK", 1)
    parts = search(network, 300, 5, None, lambda done, *_: told.append(done))
    assert told == [*range(8, 257, 8), *range(264, 300, 8), 300]
    np.testing.assert_array_equal(parts.losses, whole.losses)
    np.testing.assert_array_equal(parts.at, whole.at)


def test_a_grid_grows_by_ten_for_every_weight() -> None:
    assert grid_points(network_of(hidden=[8, 8])) == "10^105"
    assert grid_points(network_of(data="mnist", samples=700, hidden=[15])) == "10^11935"

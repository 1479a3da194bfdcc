"""Fair rates of networks: searches in ever narrower grids, judged over several seeds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.datasets.samples import LARGEST_SEED
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.search.axes import Axis
from descent_lab.search.journal import Journal
from descent_lab.search.search import Plan, Search
from descent_lab.search.space import Space, plain
from descent_lab.search.tuning import SEEDS, trainings_of, tune_network
from descent_lab.search.workers import Threads
from descent_lab.setups.reading import read_setup
from descent_lab.setups.search_space import RATE, SLACK, Tuning
from descent_lab.training.many_lanes import Progress
from descent_lab.training.training import Training
from tests.search.conftest import quiet, rates, setup, told


def tuned(given: dict[str, Any], steps: int, budget: int, progress: Progress = quiet) -> Tuning:
    return tune_network(read_setup(given), given, steps, budget, Threads(), progress)


def test_tuning_is_repeatable_and_better_than_the_defaults() -> None:
    given = told("sgd", "momentum", "adam", samples=200, steps=150)
    tuning = tuned(given, 150, 32)
    assert tuning == tuned(given, 150, 32)
    before = Training(read_setup(given))
    before.advance(150)
    for found, loss in zip(tuning.entrants, before.measured(150, 150)["validation"][:, 0], strict=True):
        assert found.loss < loss
        assert found.reached is None
    assert [list(found.knobs) for found in tuning.entrants] == [["lr"], ["lr", "beta"], ["lr"]]


def test_the_found_knobs_do_what_is_said() -> None:
    tuning = tuned(told("momentum", "adam"), 60, 24)
    entrants = [
        {"optimizer": key, "knobs": {**found.knobs}}
        for key, found in zip(("momentum", "adam"), tuning.entrants, strict=True)
    ]
    training = Training(setup(entrants=entrants))
    training.advance(60)
    assert [found.loss for found in tuning.entrants] == training.measured(60, 60)["validation"][:, 0].tolist()


def test_it_says_what_was_measured() -> None:
    metric = tuned(told(), 45, 16).metric
    for fact in ("validation loss", "45 steps", f"{SEEDS} repetitions", "seeds 3 to 5", "16 settings", "10%"):
        assert fact in metric
    assert "training loss" in tuned(told(split=[100, 0, 0]), 45, 16).metric


def test_a_setting_is_judged_by_its_mean_over_seeds_with_its_rate_somewhat_off() -> None:
    """The best of two rates, by trainings of one's own."""
    given = told("gd", steps=40)
    means: dict[float, float] = {}
    grid = rates(given, 2)
    for rate in (read_setup(given).entrants[0].knobs["lr"], *grid):
        losses: list[float] = []
        for repeat, factor in enumerate((1.0, 1.1, 0.9)):
            entrants = [{"optimizer": "gd", "knobs": {"lr": rate * factor}}]
            training = Training(setup(entrants=entrants, steps=40, seed=3 + repeat))
            training.advance(40)
            losses.append(training.measured(40, 40)["validation"][0, 0])
        means[rate] = float(np.mean(losses))
    space = Space(plain(given), (Axis(RATE),))
    tries = [{RATE: rate} for rate in means]
    found = Search(space, tries, Plan(SEEDS, slack=SLACK)).run(Threads(), Journal(), quiet)
    assert {each.choices[RATE]: each.mean for each in found.tried} == pytest.approx(means, rel=1e-12)


def test_repetitions_go_on_from_the_first_seed_behind_the_last_there_is() -> None:
    assert tuned(told(seed=LARGEST_SEED), 20, 4).seed == LARGEST_SEED


def test_all_lanes_are_counted_and_told() -> None:
    given = told("momentum", "adam", "random_search")
    far: list[tuple[int, int]] = []
    tuned(given, 20, 16, lambda done, total: far.append((done, total)))
    assert far[-1] == (trainings_of(read_setup(given), 16) * 20,) * 2
    assert sorted(far) == far


@pytest.mark.parametrize("key", [each.key for each in OPTIMIZERS.values() if each.for_networks])
def test_everybody_who_trains_networks_can_be_tuned(key: str) -> None:
    (found,) = tuned(told(key, steps=20), 20, 8).entrants
    assert set(found.knobs) == {"lr", "beta"} & set(OPTIMIZERS[key].knobs)
    assert np.isfinite(found.loss)

"""Tasks that are trained side by side come to what each comes to alone, and every worker has some."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from descent_lab.networks.kernels.vectors import EIGHT
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.search.grouping import APART, grouped
from descent_lab.search.journal import Journal
from descent_lab.search.results import search_result
from descent_lab.search.tasks import Task, outcome_of, outcomes_of
from descent_lab.search.workers import Threads
from descent_lab.setups.reading import read_setup
from descent_lab.training.many_lanes import side_by_side
from tests.search.conftest import LINE, MOONS, Shuffled, quiet, search

NOISY = next(each.key for each in OPTIMIZERS.values() if each.for_networks and APART in each.knobs)


def tasks(base: dict[str, Any], *axes: str, tries: int = 20, **plan: Any) -> list[Task]:
    someone = Shuffled()
    search(base, *axes, tries=tries, **plan).run(someone, Journal(), quiet)
    return [task for task in someone.did if not task.tested]


def sizes(some: list[Task], workers: int = 1, looked_at: int = 100) -> list[int]:
    groups = [*grouped(some, {}, lambda: workers, looked_at)]
    assert sorted(task.key for group in groups for task in group) == sorted(task.key for task in some)
    return [len(group) for group in groups]


@pytest.mark.parametrize(
    "plan", [{}, {"seeds": 2}, {"folds": 3}, {"halving": True}, {"seeds": 2, "folds": 2, "halving": True}]
)
def test_side_by_side_or_alone_makes_no_difference(plan: dict[str, Any]):
    axes = "lr=1e-3..10:log", "hidden=4|8"

    def found(workers: Any) -> Any:
        made = search({**MOONS, "dropout": 0.1, "jitter": 0.1, "noise": 0.02}, *axes, tries=14, **plan)
        return search_result(made, made.run(workers, Journal(), quiet))

    alone, together = Shuffled(), Shuffled(1, workers=1)
    first = found(alone)
    assert found(together) == first
    assert {len(group) for group in alone.groups} == {1}
    assert len(together.groups) < len(together.did) / 3
    for count in (1, 3):
        threads = Threads(count)
        assert found(threads) == first
        threads.close()


@pytest.mark.parametrize("key", [each.key for each in OPTIMIZERS.values() if each.for_networks])
def test_every_knob_of_everybody_may_differ_in_a_group(key: str):
    knobs = {name: knob for name, knob in OPTIMIZERS[key].knobs.items() if name != APART}
    base = {**MOONS, "hidden": [3], "entrants": [{"optimizer": key}]}
    ranges = [f"{name}={knob.low:g}..{knob.high:g}" for name, knob in knobs.items() if name != "lr"]
    some = tasks(base, "lr=1e-3..0.1:log", *ranges, tries=6)
    (group,) = grouped(some, {}, lambda: 1)
    assert len(group) == 6
    assert outcomes_of(group) == [outcome_of(task) for task in group]


def test_one_that_diverges_harms_nobody():
    wild = {**MOONS, "loss": "mse", "activation": "relu", "entrants": [{"optimizer": "gd"}]}
    some = tasks(wild, "lr=0.01,1e30,0.1")
    found = outcomes_of(some)
    assert sorted(each["diverged"] is None for each in found) == [False, True, True]
    assert found == [outcome_of(task) for task in some]


def test_every_worker_has_some():
    some = tasks(MOONS, "lr=1e-3..1:log")
    assert sizes(some) == [6, 7, 7]
    assert sizes(some, 4) == [5, 5, 5, 5]
    assert sizes(some, 7) == [2, 3, 3, 3, 3, 3, 3]
    assert sizes(some, 20) == sizes(some, 1_000) == 20 * [1]
    assert sizes(some, 2, looked_at=9) == [4, 5, 4, 5, 1, 1]


def test_others_networks_seeds_and_folds_are_other_groups():
    assert sizes(tasks(MOONS, "lr=1e-3..1:log", tries=5, seeds=2, folds=2)) == [5, 5, 5, 5]
    assert sorted(sizes(tasks(MOONS, "lr=1e-3,1e-2", "hidden=3|4|5", tries=6))) == [2, 2, 2]


@pytest.mark.parametrize(
    ("base", "axis"),
    [
        (LINE, "lr=0.01,0.1"),
        ({**MOONS, "patience": 10}, "lr=0.01,0.1"),
        ({**MOONS, "hidden": [64, 64]}, "lr=0.01,0.1"),
        ({**MOONS, "entrants": [{"optimizer": NOISY}]}, f"{APART}=0,0.1"),
        (MOONS, "l2=0,0.1"),
    ],
)
def test_some_are_done_one_by_one(base: dict[str, Any], axis: str):
    assert sizes(tasks(base, axis)) == [1, 1]


def test_folds_have_no_early_stopping_and_so_are_lanes():
    some = tasks({**MOONS, "patience": 10}, "lr=0.01,0.1", folds=2)
    groups = [*grouped(some, {}, lambda: 1)]
    assert [len(group) for group in groups] == [2, 2]
    for group in groups:
        assert outcomes_of(group) == [outcome_of(task) for task in group]


@pytest.mark.parametrize(
    ("hidden", "data", "lanes"),
    [
        ([8, 8], "moons", EIGHT),
        ([4], "moons", EIGHT),
        ([64, 64], "moons", 1),
        ([15], "mnist", 1),
        ([5], "mnist", EIGHT),
        ([25], "mnist", 1),
    ],
)
def test_what_fills_the_vectors_by_itself_is_trained_alone(hidden: list[int], data: str, lanes: int):
    setup = read_setup({"data": data, "hidden": hidden, "entrants": [{"optimizer": "adam"}]})
    assert side_by_side(setup.network) == lanes


def test_who_interrupts_loses_one_group_at_the_most(tmp_path: Path):
    path = tmp_path / "found.jsonl"
    stopped = Shuffled(0, most=1, workers=1)
    with pytest.raises(KeyboardInterrupt):
        search(MOONS, "lr=1e-3..1:log", tries=20).run(stopped, Journal(path), quiet)
    (group,) = stopped.groups
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["key"] for line in lines] == [task.key for task in group]
    assert [line["outcome"] for line in lines] == [outcome_of(task) for task in group]
    again = Shuffled(0, workers=1)
    search(MOONS, "lr=1e-3..1:log", tries=20).run(again, Journal(path), quiet)
    assert len(again.did) == 20 - len(group) + 1


def test_a_group_can_be_ended_by_whoever_ticks():
    some = tasks(MOONS, "lr=1e-3..1:log", tries=4)
    told = 0

    def enough(_steps: int) -> None:
        nonlocal told
        told += 1
        if told == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        outcomes_of(some, None, enough)

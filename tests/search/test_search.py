"""Searches: whoever works at them, in whatever order and however often interrupted, finds the same to the last bit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.refusals import Refusal
from descent_lab.search.journal import Journal
from descent_lab.search.results import search_result
from descent_lab.search.tasks import outcome_of
from descent_lab.search.workers import Threads
from tests.search.conftest import LINE, MOONS, Shuffled, quiet, search

AXES = ("lr=1e-3..1:log", "hidden=4|8", "optimizer=adam,momentum")


def result(made: Any, workers: Any, journal: Journal | None = None) -> Any:
    return search_result(made, made.run(workers, journal or Journal(), quiet))


@pytest.mark.parametrize(
    "plan", [{}, {"seeds": 2}, {"folds": 3}, {"halving": True}, {"seeds": 2, "folds": 2, "halving": True}]
)
def test_who_works_and_in_which_order_makes_no_difference(plan: dict[str, Any]):
    first = result(search(MOONS, *AXES, **plan), Shuffled(0))
    assert result(search(MOONS, *AXES, **plan), Shuffled(1)) == first
    for count in (1, 3):
        threads = Threads(count)
        assert result(search(MOONS, *AXES, **plan), threads) == first
        threads.close()


def test_the_best_has_the_lowest_mean_over_seeds_and_folds(shuffled: Shuffled):
    made = search(MOONS, "lr=1e-3..1:log", tries=5, seeds=2, folds=2)
    found = result(made, shuffled)
    assert len(shuffled.did) == 5 * 2 * 2 + 1
    assert {task.setup["seed"] for task in shuffled.did} == {0, 1}
    losses = [each["loss"] for each in found["tried"]]
    assert losses == sorted(losses)
    best = found["tried"][0]
    own = [
        outcome_of(task)["validation"]
        for task in shuffled.did
        if not task.tested and task.setup["entrants"][0]["knobs"]["lr"] == best["choices"]["lr"]
    ]
    assert best["loss"] == pytest.approx(np.mean(np.array(own)))
    assert best["spread"] == pytest.approx(np.std(np.array(own)))


def test_the_test_set_is_asked_once_and_for_the_best_alone(shuffled: Shuffled):
    found = result(search(MOONS, "lr=1e-3..1:log", tries=5), shuffled)
    tested = [task for task in shuffled.did if task.tested]
    assert [task.setup["entrants"][0]["knobs"]["lr"] for task in tested] == [
        found["tried"][0]["choices"]["lr"]
    ]
    assert tested[0] is shuffled.did[-1]
    outcome = outcome_of(tested[0])
    assert (found["best"]["test"], found["best"]["test_accuracy"]) == (
        outcome["test"],
        outcome["test_accuracy"],
    )


def test_what_is_found_can_be_trained_again(shuffled: Shuffled):
    from descent_lab.links.opened import opened
    from descent_lab.setups.reading import read_setup
    from descent_lab.training.training import Training

    found = result(search(MOONS, *AXES), shuffled)
    again = opened(found["best"]["link"]).setup
    assert again is not None
    training = Training(read_setup(again))
    training.advance(again["steps"])
    network = training.setup.network
    measured = network.measure(training.weights(again["steps"]))
    assert float(measured["validation"][0]) == found["tried"][0]["loss"]
    assert float(measured["test"][0]) == found["best"]["test"]


def test_halving_trains_the_worse_for_a_while_only(shuffled: Shuffled):
    made = search({**MOONS, "steps": 90}, "lr=1e-4..1:log", tries=20, halving=True)
    assert made.rungs == [(20, 1 / 9), (7, 1 / 3), (3, 1.0)]
    found = result(made, shuffled)
    assert [each["steps"] for each in found["tried"]] == 3 * [90] + 4 * [30] + 13 * [10]
    assert [task.steps for task in shuffled.did] == 20 * [10] + 7 * [30] + 3 * [90] + [90]
    for steps in (90, 30, 10):
        losses = [each["loss"] for each in found["tried"] if each["steps"] == steps]
        assert losses == sorted(losses)


def test_epochs_are_those_of_each_try(shuffled: Shuffled):
    made = search(MOONS, "batch=10,35", tries=2, epochs=2)
    found = result(made, shuffled)
    assert {each["choices"]["batch"]: each["steps"] for each in found["tried"]} == {10: 14, 35: 4}


def test_progress_ends_where_it_should(shuffled: Shuffled):
    told: list[tuple[int, int]] = []
    made = search(MOONS, "lr=1e-3..1:log", tries=4, seeds=2)
    made.run(shuffled, Journal(), lambda done, total: told.append((done, total)))
    assert told[-1] == (540, 540)  # eight, and the best once more for the test set
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_all_that_diverge_leave_no_best(shuffled: Shuffled):
    wild = {**MOONS, "loss": "mse", "activation": "linear", "entrants": [{"optimizer": "gd"}]}
    found = result(search(wild, "lr=1e30,1e31", tries=2), shuffled)
    assert found["best"] is None
    assert [each["diverged"] for each in found["tried"]] == [1, 1]
    assert found["told"].endswith("all diverged.")
    json.dumps(found, allow_nan=False)


def test_a_regression_is_searched_as_well(shuffled: Shuffled):
    found = result(search(LINE, "degree=1..6", "lr=0.01,0.1", tries=8), shuffled)
    assert found["judge"] == "validation"
    assert found["best"]["page"].startswith("/regression#")
    assert found["best"]["test"] is not None


def test_without_sets_the_training_loss_judges(shuffled: Shuffled):
    found = result(search({**MOONS, "split": [100, 0, 0]}, "lr=0.01,0.1", tries=2), shuffled)
    assert (found["judge"], found["best"]["test"]) == ("training", None)
    assert "no test set" in found["told"]


@pytest.mark.parametrize("torn", [b"", b'{"key": "abc", "outco', b'{"key'])
def test_a_search_goes_on_from_what_was_found(torn: bytes, tmp_path: Path, shuffled: Shuffled):
    path = tmp_path / "found.jsonl"
    whole = result(search(MOONS, *AXES, seeds=2), shuffled)
    stopped = Shuffled(3, most=5)
    journal = Journal(path)
    with pytest.raises(KeyboardInterrupt):
        result(search(MOONS, *AXES, seeds=2), stopped, journal)
    journal.close()
    with path.open("ab") as file:
        file.write(torn)
    again = Shuffled(4)
    journal = Journal(path)
    assert result(search(MOONS, *AXES, seeds=2), again, journal) == whole
    journal.close()
    assert len(again.did) == len(shuffled.did) - 5
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert len({line["key"] for line in lines}) == len(lines) == len(shuffled.did)
    last = Shuffled()
    assert result(search(MOONS, *AXES, seeds=2), last, Journal(path)) == whole
    assert last.did == []


@pytest.mark.parametrize("text", ["nothing\n", '{"key": 1}\n', "[]\n", '{"key": "a", "outcome": 3}\n'])
def test_a_file_of_something_else_is_refused_and_left_alone(text: str, tmp_path: Path):
    path = tmp_path / "other.txt"
    path.write_text(text + "and more")
    with pytest.raises(Refusal, match="line 1"):
        Journal(path)
    assert path.read_text() == text + "and more"


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match="nowhere"):
        Journal(tmp_path / "nowhere" / "found.jsonl")


@pytest.mark.parametrize(
    ("base", "axes", "plan", "why"),
    [
        (MOONS, ("batch=-1",), {}, "batch"),
        (MOONS, ("hidden=8|100000",), {}, "hidden"),
        (MOONS, ("optimizer=adam,newton",), {}, "Newton"),
        (MOONS, ("lr=-1,0.1",), {}, "lr"),
        (MOONS, ("loss=mse,cross_entropy",), {}, "one kind"),
    ],
)
def test_a_try_that_cannot_be_made_is_refused_before_any(
    base: dict[str, Any], axes: tuple[str, ...], plan: dict[str, Any], why: str
):
    with pytest.raises(Refusal, match=why):
        search(base, *axes, **plan)

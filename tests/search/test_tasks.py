"""A task of a search comes to what the commands come to that do the same, to the last bit."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.datasets import splits
from descent_lab.races.race import Race
from descent_lab.races.trained_folds import train_folds, trained_error
from descent_lab.regression.regression import Regression
from descent_lab.search.axes import Axis
from descent_lab.search.folds import cross_validate, folds_of
from descent_lab.search.journal import Journal
from descent_lab.search.search import Plan, Search
from descent_lab.search.space import Space
from descent_lab.search.tasks import Task, apart, outcome_of
from descent_lab.search.workers import Threads
from descent_lab.setups.reading import read_setup
from descent_lab.tables import files
from descent_lab.training.training import Training
from tests.search.conftest import LINE, MOONS, Shuffled, quiet, search


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"hidden": [8, 8], "activation": "relu", "dropout": 0.2, "l2": 0.001},
        {"entrants": [{"optimizer": "momentum", "schedule": {"kind": "cosine"}}], "noise": 0.1},
        {"patience": 15, "steps": 400, "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.3}}]},
        {"data": "iris"},
        {"data": "curve"},
    ],
)
def test_a_training_is_that_of_the_network_page(changed: dict[str, Any]):
    setup = {**MOONS, **changed}
    training = Training(read_setup(setup))
    training.advance(setup["steps"])
    network = training.setup.network
    expected = network.measure(training.weights(setup["steps"]))
    found = outcome_of(Task(setup, setup["steps"]))
    assert found == {
        **{name: float(value[0]) for name, value in expected.items() if not name.startswith("test")},
        "diverged": None,
    }
    tested = outcome_of(Task(setup, setup["steps"], tested=True))
    assert tested["test"] == float(expected["test"][0])
    assert set(tested) <= {"test", "test_accuracy", "diverged"}


def test_part_of_a_training_has_the_schedule_of_the_whole():
    setup = {**MOONS, "entrants": [{"optimizer": "adam", "schedule": {"kind": "cosine"}}]}
    training = Training(read_setup(setup))
    training.advance(20)
    expected = training.setup.network.measure(training.weights(20))
    assert outcome_of(Task(setup, 20))["validation"] == float(expected["validation"][0])


def test_who_diverges_has_no_loss():
    wild = {
        **MOONS,
        "entrants": [{"optimizer": "gd", "knobs": {"lr": 1e30}}],
        "loss": "mse",
        "activation": "linear",
    }
    found = outcome_of(Task(wild, 60))
    assert isinstance(found["diverged"], int)
    assert {found["training"], found["validation"]} == {None}


@pytest.mark.parametrize("folds", [3, 10])
def test_folds_are_those_of_the_network_page(folds: int, shuffled: Shuffled):
    rates = [0.001, 0.1]
    expected = cross_validate(folds_of(MOONS, 0, folds, rates, 60), Threads())
    made = search(MOONS, "lr=0.001,0.1", tries=2, folds=folds)
    tried = {each.choices["lr"]: each for each in made.run(shuffled, Journal(), quiet).tried}
    assert expected.accuracy is not None
    assert [(tried[rate].mean, tried[rate].spread, tried[rate].accuracy) for rate in rates] == [
        *zip(expected.mean, expected.spread, expected.accuracy, strict=True)
    ]
    for index, rate in enumerate(rates):
        own = {**MOONS, "entrants": [{"optimizer": "adam", "knobs": {"lr": rate}}]}
        found = [outcome_of(Task(own, 60, fold, folds)) for fold in range(folds)]
        mean = np.mean(np.array([each["validation"] for each in found]))
        assert mean == pytest.approx(expected.mean[index], rel=1e-14)
        if index == expected.best:
            assert outcome_of(Task(own, 60, None, folds, True))["test"] == expected.test


def test_a_regression_is_that_of_its_page():
    race = Race(read_setup(LINE))
    race.advance(200)
    expected = {name: float(row[0, -1]) for name, row in race.measured(200, 200).items()}
    assert outcome_of(Task(LINE, 200)) == {
        "training": float(race.losses(200, 200)[0, -1]),
        "validation": expected["validation"],
        "diverged": None,
    }
    assert outcome_of(Task(LINE, 200, tested=True)) == {"test": expected["test"], "diverged": None}


def test_folds_of_a_regression_are_those_of_its_page():
    setup = read_setup(LINE)
    problem = setup.problem
    assert isinstance(problem, Regression)
    known = problem.sets != 2
    dealt = problem.of_degree(known, 1)
    expected = train_folds(setup, dealt, setup.entrants[0], 4, [3], [0.0])
    found = [outcome_of(Task(LINE, 200, fold, 4))["validation"] for fold in range(4)]
    assert np.mean(np.array(found)) == pytest.approx(expected.mean[0, 0], rel=1e-15)
    test = trained_error(setup, problem, known, setup.entrants[0], 3, 0.0)
    assert outcome_of(Task(LINE, 200, None, 4, True))["test"] == test
    assert len(np.unique(splits.folds(len(dealt.targets), 4, problem.seed))) == 4


def test_a_large_text_stands_beside_the_task():
    rows = [(x, y, "in" if x * x + y * y < 30 else "out") for x in range(-9, 10) for y in range(-9, 10)]
    file = io.StringIO()
    csv.writer(file).writerows([("x", "y", "where"), *rows])
    setup = {"csv": file.getvalue(), "steps": 40, "seed": 0, "entrants": [{"optimizer": "adam"}]}
    rest, text, name = apart(setup)
    assert text == file.getvalue()
    assert "csv" not in rest
    assert outcome_of(Task(rest, 40, text=name), text) == outcome_of(Task(setup, 40))


def test_a_text_that_is_kept_here_travels_with_the_tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A worker of a cluster on another machine has no store of ours."""
    text = "x,y,c\n" + "".join(f"{i % 7},{i % 5},{'ab'[i % 7 > 3]}\n" for i in range(90))
    own = {"steps": 40, "seed": 0, "entrants": [{"optimizer": "adam"}]}
    monkeypatch.setattr(files, "FOLDER", tmp_path / "ours")
    brought = {**own, "file": files.keep(text)}
    made = Search(Space(brought, (Axis("lr", (0.01, 0.1)),)), [{"lr": 0.01}, {"lr": 0.1}], Plan())
    monkeypatch.setattr(files, "FOLDER", tmp_path / "theirs")
    found = made.run(Shuffled(), Journal(), quiet)
    whole = search({**own, "csv": text}, "lr=0.01,0.1", tries=2).run(Shuffled(), Journal(), quiet)
    assert [each.mean for each in found.tried] == [each.mean for each in whole.tried]
    assert found.setup is not None
    assert found.setup["file"] == brought["file"]
    assert "csv" not in found.setup


def test_a_task_is_named_by_all_that_it_depends_on():
    tasks = [
        Task(MOONS, 60),
        Task(MOONS, 59),
        Task({**MOONS, "seed": 1}, 60),
        Task(MOONS, 60, 0, 3),
        Task(MOONS, 60, 1, 3),
        Task(MOONS, 60, None, 3, True),
        Task(MOONS, 60, tested=True),
        Task(MOONS, 60, text="csv:a"),
    ]
    assert len({task.key for task in tasks}) == len(tasks)
    assert Task(dict(reversed(MOONS.items())), 60).key == tasks[0].key

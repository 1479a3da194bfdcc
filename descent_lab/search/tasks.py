"""A task of a search: one training, from its start to its judgement. A pure function of what is written in it, so that
it may be done by anybody, anywhere, in any order, and twice."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from descent_lab import __version__
from descent_lab.datasets import splits
from descent_lab.limits import limits_from_environment
from descent_lab.networks.network import TEST, Network
from descent_lab.networks.variants import all_but_test, folded
from descent_lab.races.race import Race
from descent_lab.races.trained_folds import trained_error
from descent_lab.regression.dealing import of_chosen
from descent_lab.regression.regression import Regression
from descent_lab.setups.reading import read_alike, read_setup
from descent_lab.setups.setup import Setup
from descent_lab.tables.files import kept
from descent_lab.training.many_lanes import MOMENT, Tick, train_lanes
from descent_lab.training.training import Training

Outcome = Mapping[str, float | int | None]
"""What came of a task: the loss, and the accuracy, of each set that was asked; `diverged`, the step of death or None. A
number that is not finite is None."""

TEXTS = {"csv": "file", "table": "table_file"}
"""Fields of a setup that may hold a large text, and those that name one which is kept."""

TEST_SET = 2
"""Number of the test set among those of a regression."""


@dataclass(frozen=True)
class Task:
    """Train `setup`, which has one entrant, for `steps` of its steps, and judge.

    fold: of so many `folds` the one that judges, and is not learned from; None for the setup's own sets. tested: what
    is asked is the test set, and it alone; with folds, after all other samples were learned from. text: the name of
    the large text that the setup lacks (see `apart`).
    """

    setup: Mapping[str, Any]
    steps: int
    fold: int | None = None
    folds: int = 0
    tested: bool = False
    text: str | None = None

    @cached_property
    def key(self) -> str:
        """A name that no other task has, for this version of the code."""
        told = [__version__, self.setup, self.steps, self.fold, self.folds, self.tested, self.text]
        text = json.dumps(told, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def apart(setup: Mapping[str, Any]) -> tuple[dict[str, Any], str | None, str | None]:
    """A setup without its large text, that text, and its name. What is kept here need not be where the work is done."""
    for field, named in TEXTS.items():
        kept_as = setup.get(named)
        text = setup.get(field) if kept_as is None else kept(kept_as)
        if isinstance(text, str):
            name = f"{field}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
            return {key: value for key, value in setup.items() if key not in (field, named)}, text, name
    return dict(setup), None, None


def setup_of(task: Task, text: str | None) -> Setup:
    """The setup of a task, checked. text: what its setup lacks."""
    return read_setup(_whole(task, text), limits_from_environment())


def _whole(task: Task, text: str | None) -> Mapping[str, Any]:
    return task.setup if task.text is None else {**task.setup, task.text.partition(":")[0]: text}


def outcome_of(task: Task, text: str | None = None, tick: Tick = lambda _: None) -> Outcome:
    """Do it. text: what the task's setup lacks."""
    return outcomes_of((task,), text, tick)[0]


def outcomes_of(tasks: Sequence[Task], text: str | None = None, tick: Tick = lambda _: None) -> list[Outcome]:
    """Do several that belong together (see `grouping`), each to the bits that it comes to alone."""
    setups = read_alike([_whole(task, text) for task in tasks], limits_from_environment())
    tick(0)
    problem = setups[0].problem
    if isinstance(problem, Network):
        if problem.patience and not tasks[0].folds:
            return [_stopped(task, setup, tick) for task, setup in zip(tasks, setups, strict=True)]
        return _trained(tasks, setups, problem, tick)
    return [_fitted(task, setup, setup.regression, tick) for task, setup in zip(tasks, setups, strict=True)]


def _stopped(task: Task, setup: Setup, tick: Tick) -> Outcome:
    """With early stopping, which looks at what is recorded on the way."""
    training, network = Training(setup), setup.network
    for upto in _pieces(task.steps, network.cost, tick):
        training.advance(upto)
    measured = network.measure(training.weights(training.have))
    return _outcome(
        task, {name: float(values[0]) for name, values in measured.items()}, training.diverged()[0]
    )


def _trained(tasks: Sequence[Task], setups: Sequence[Setup], network: Network, tick: Tick) -> list[Outcome]:
    """Lanes of one network."""
    task, setup = tasks[0], setups[0]
    if task.fold is not None:
        network = folded(network, task.folds)[task.fold]
    elif task.tested and task.folds:
        network = all_but_test(network)
    knobs = np.array([[*each.entrants[0].knobs.values()] for each in setups], dtype=float).T
    end = train_lanes(network, setup, setup.entrants[0], knobs, task.steps, tick, setup.steps)
    return [
        _outcome(
            each,
            {name: float(values[lane]) for name, values in end.measured.items()},
            None if end.diverged[lane] < 0 else int(end.diverged[lane]),
        )
        for lane, each in enumerate(tasks)
    ]


def _fitted(task: Task, setup: Setup, problem: Regression, tick: Tick) -> Outcome:
    entrant = setup.entrants[0]
    known = problem.sets != TEST_SET
    degree, l2 = problem.design.degree, problem.l2
    if task.fold is not None:
        dealt = of_chosen(problem, known, 1)
        learned = splits.folds(len(dealt.targets), task.folds, problem.seed) != task.fold
        error = trained_error(setup, dealt, learned, entrant, degree, l2, lambda: tick(0))
        return _outcome(task, {"validation": error}, None)
    if task.tested and task.folds:
        error = trained_error(setup, problem, known, entrant, degree, l2, lambda: tick(0))
        return _outcome(task, {"test": error}, None)
    race = Race(setup)
    for upto in _pieces(task.steps, problem.dim * min(problem.batch or MOMENT, len(problem.targets)), tick):
        race.advance(upto)
    died = race.outcomes()[0]
    measured = {name: float(values[0, -1]) for name, values in race.measured(task.steps, task.steps).items()}
    if "training" not in measured:
        measured["training"] = float(race.losses(task.steps, task.steps)[0, -1])
    return _outcome(task, measured, died.step if died.kind == "diverged" else None)


def _pieces(steps: int, products: int, tick: Tick) -> Iterator[int]:
    """How far to go before each tick. products: of a step, about."""
    span, done = max(1, MOMENT // max(1, products)), 0
    for upto in (*range(span, steps, span), steps):
        yield upto
        tick(upto - done)
        done = upto


def _outcome(task: Task, measured: Mapping[str, float], died: int | None) -> Outcome:
    """What may be known: the test set is asked once, and then nothing else is."""
    names = [name for name in measured if name.startswith("test") == task.tested]
    found: dict[str, float | int | None] = {
        name: measured[name] if died is None and math.isfinite(measured[name]) else None for name in names
    }
    return found | {"diverged": died}


def has_test_set(setup: Setup) -> bool:
    """Whether there are samples that nobody learns from or chooses by."""
    problem = setup.problem
    if isinstance(problem, Network):
        return len(problem.rows[TEST]) > 0
    assert isinstance(problem, Regression)
    return bool(np.any(problem.sets == TEST_SET))

"""A search: tries that are trained, judged and compared; with successive halving, the worse for a while only."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from descent_lab.limits import limits_from_environment
from descent_lab.networks.network import Network, measured_names
from descent_lab.refusals import Refusal
from descent_lab.regression.regression import Regression
from descent_lab.search.journal import Journal
from descent_lab.search.rung import Rung
from descent_lab.search.space import Choices, Space
from descent_lab.search.tasks import Outcome, Task, apart, has_test_set
from descent_lab.search.workers import Workers
from descent_lab.setups.reading import read_setup
from descent_lab.setups.setup import Setup
from descent_lab.training.many_lanes import Progress, over_repetitions, ranking_set

ETA = 3
"""Of so many tries one goes on to a rung of so many times the steps (Li et al., 2018, "Hyperband", section 3.1)."""

FEWEST = 4
"""Tries that are still worth halving."""

Tell = Callable[["Tried"], None]
"""Takes what came of a try, as soon as that is known."""


@dataclass(frozen=True)
class Plan:
    """How the tries are judged.

    seeds: repetitions of each, the setup's seed and those after it. folds: of a cross-validation, 0 for the setup's own
    sets. halving: whether bad tries end early. epochs: of each; None for the setup's steps.
    """

    seeds: int = 1
    folds: int = 0
    halving: bool = False
    epochs: int | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one try.

    number: from 1. steps: it was trained. mean, spread: of the loss by which it is judged, over seeds and folds; None
    where one of them diverged. accuracy: the mean, of classes. diverged: how many trainings did. rung: the last it
    reached, from 0.
    """

    number: int
    choices: Choices
    steps: int
    mean: float | None
    spread: float | None
    accuracy: float | None
    diverged: int
    rung: int

    @property
    def order(self) -> tuple[float, float, int]:
        """The best first: who came farther, then who has the lower loss, then who was first."""
        return -self.rung, math.inf if self.mean is None else self.mean, self.number


@dataclass(frozen=True)
class Found:
    """All tries, the best first; what judged them; and of the best its setup, and its losses on the test set, which
    nobody had seen."""

    tried: tuple[Tried, ...]
    judge: str
    best: Tried | None
    setup: Mapping[str, Any] | None
    test: Outcome | None


class Search:
    """Tries of a space under a plan. Whoever works at it, in whatever order, finds the same to the last bit."""

    def __init__(self, space: Space, tries: Sequence[Choices], plan: Plan) -> None:
        """`Refusal` of the first try that cannot be made."""
        self.space, self.tries, self.plan = space, tries, plan
        self._base, text, self._text = apart(space.base)
        self.texts = {} if text is None or self._text is None else {self._text: text}
        self.first = self._read(0)
        self._steps, cost = array("q"), 0
        for number in range(len(tries)):
            setup = self._read(number) if number else self.first
            self._steps.append(setup.steps)
            cost += setup.cost
        self._cost = cost
        self._checked()

    @cached_property
    def rungs(self) -> list[tuple[int, float]]:
        """How many tries come to each rung, and the share of their steps that they are trained there."""
        counts = [len(self.tries)]
        while self.plan.halving and counts[-1] >= FEWEST and min(self._steps) >= ETA ** len(counts):
            counts.append(-(-counts[-1] // ETA))
        last = len(counts) - 1
        return [(count, float(ETA) ** (rung - last)) for rung, count in enumerate(counts)]

    @property
    def judge(self) -> str:
        """The set whose loss compares the tries."""
        problem = self.first.problem
        if self.plan.folds:
            return "validation"
        if isinstance(problem, Network):
            return ranking_set(measured_names(problem))
        assert isinstance(problem, Regression)
        return "validation" if np.any(problem.sets == 1) else "training"

    @cached_property
    def total(self) -> int:
        """Steps of all trainings, about: who goes on is not known before."""
        return self._in_all(sum(self._steps))

    @cached_property
    def work(self) -> int:
        """Products of all trainings, about; see `Limits.max_search`."""
        return self._in_all(self._cost)

    def _in_all(self, of_tries: int) -> int:
        each = self.plan.seeds * max(1, self.plan.folds) * of_tries / len(self.tries)
        return round(sum(count * share for count, share in self.rungs) * each)

    def run(
        self, workers: Workers, journal: Journal, progress: Progress, tell: Tell = lambda _: None
    ) -> Found:
        """Make all tries, and judge the best once on the test set. tell: hears of a try once for each of its rungs."""
        standing: dict[int, Tried] = {}
        numbers: Sequence[int] = range(len(self.tries))
        done = 0

        def one(task: Task) -> None:
            nonlocal done
            done += task.steps
            progress(min(done, self.total), self.total)

        for rung, (count, share) in enumerate(self.rungs):
            if rung:
                numbers = sorted(numbers, key=lambda number: standing[number].order)[:count]

            def whole(
                number: int, outcomes: Sequence[Outcome], rung: int = rung, share: float = share
            ) -> None:
                standing[number] = self._tried(number, rung, share, outcomes)
                tell(standing[number])

            def tasks_of(number: int, share: float = share) -> list[Task]:
                return [*self._tasks(number, share)]

            total = count * self.plan.seeds * max(1, self.plan.folds)
            Rung(total, tasks_of, journal, one, whole).run(numbers, workers, self.texts)
        tried = tuple(sorted(standing.values(), key=lambda each: each.order))
        best = tried[0] if tried[0].mean is not None else None
        if best is None:
            return Found(tried, self.judge, None, None, None)
        setup = self._setup(best.number - 1)
        test = self._tested(best, workers, journal) if has_test_set(self.first) else None
        return Found(tried, self.judge, best, {**self.space.base, **setup}, test)

    def _tested(self, best: Tried, workers: Workers, journal: Journal) -> Outcome:
        number = best.number - 1
        task = Task(self._setup(number), self._steps[number], None, self.plan.folds, True, self._text)
        found: list[Outcome] = []
        rung = Rung(1, lambda _: [task], journal, lambda _: None, lambda _, outcomes: found.extend(outcomes))
        rung.run([number], workers, self.texts)
        return found[0]

    def _steps_at(self, number: int, share: float) -> int:
        return max(1, round(share * self._steps[number])) if self._steps[number] else 0

    def _tasks(self, number: int, share: float) -> Iterator[Task]:
        """Of one try at one rung: every seed, and every fold of it."""
        steps = self._steps_at(number, share)
        for repeat in range(self.plan.seeds):
            setup = self._setup(number, repeat)
            for fold in range(self.plan.folds) if self.plan.folds else (None,):
                yield Task(setup, steps, fold, self.plan.folds, False, self._text)

    def _tried(self, number: int, rung: int, share: float, outcomes: Sequence[Outcome]) -> Tried:
        losses, rights = (
            [each.get(name) for each in outcomes] for name in (self.judge, f"{self.judge}_accuracy")
        )
        known = [each for each in losses if each is not None]
        right = [each for each in rights if each is not None]
        whole = len(known) == len(losses)
        mean, spread = over_repetitions(known or [math.nan])
        return Tried(
            number + 1,
            self.tries[number],
            self._steps_at(number, share),
            float(mean) if whole else None,
            float(spread) if whole else None,
            float(over_repetitions(right)[0]) if whole and right else None,
            sum(each is None for each in losses),
            rung,
        )

    def _setup(self, number: int, repeat: int = 0) -> dict[str, Any]:
        """The setup of a try, without its large text."""
        made = self.space.setup(self.tries[number], self.space.base["seed"] + repeat, self._steps[number])
        return {name: made[name] for name in made if name in self._base or name not in self.space.base}

    def _read(self, number: int) -> Setup:
        """The setup of a try as it will be trained."""
        data, limits = self.space.setup(self.tries[number]), limits_from_environment()
        if self.plan.epochs is None:
            return read_setup(data, limits)
        problem = read_setup({**data, "steps": 0}, limits).problem
        assert isinstance(problem, Network | Regression)
        return read_setup({**data, "steps": self.plan.epochs * problem.epoch}, limits)

    def _checked(self) -> None:
        if any(axis.name == "loss" and len(set(axis.values)) > 1 for axis in self.space.axes):
            raise Refusal("losses of several kinds", field="loss")

"""A search: tries that are trained, judged and compared; with successive halving, the worse for a while only."""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np

from descent_lab.datasets.samples import LARGEST_SEED
from descent_lab.limits import limits_from_environment
from descent_lab.networks.network import Network, measured_names
from descent_lab.networks.variants import check_folds
from descent_lab.refusals import Refusal
from descent_lab.regression.regression import Regression
from descent_lab.search.journal import Journal
from descent_lab.search.rung import Rung
from descent_lab.search.space import Choices, Space
from descent_lab.search.tasks import Outcome, Task, Tick, apart, has_test_set
from descent_lab.search.workers import Workers
from descent_lab.setups.reading import read_alike, read_setup
from descent_lab.setups.search_space import RATE, off_by
from descent_lab.setups.setup import Setup
from descent_lab.training.many_lanes import Progress, over_repetitions, ranking_set

ETA = 3
"""Of so many tries one goes on to a rung of so many times the steps (Li et al., 2018, "Hyperband", section 3.1)."""

FEWEST = 4
"""Tries that are still worth halving."""

Tell = Callable[["Tried", Sequence[Outcome]], None]
"""Takes what came of a try as soon as that is known, and of its trainings: seed after seed, of each all folds."""

TOGETHER = 1_000
"""Tries that are read at a time, so that memory holds no more of their setups."""


@dataclass(frozen=True)
class Plan:
    """How the tries are judged.

    seeds: repetitions of each, the setup's seed and those after it. folds: of a cross-validation, 0 for the setup's own
    sets. halving: whether bad tries end early. epochs: of each; None for the setup's steps. slack: by what share the
    learning rate is off in the last repetition, and too large in the second: a rate must be good near itself too.
    tested: whether the best is judged on the test set, where there is one.
    """

    seeds: int = 1
    folds: int = 0
    halving: bool = False
    epochs: int | None = None
    slack: float = 0.0
    tested: bool = True

    def factors(self) -> list[float]:
        """What the learning rate is multiplied by in each repetition."""
        return off_by(self.slack, self.seeds).tolist()


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
        self.first = self._read([0])
        self._factors = plan.factors()
        self._steps, self._cost = array("q", [0]) * len(tries), 0
        for numbers in self._alike():
            setup = self._read(numbers)
            self._cost += setup.cost * len(numbers)
            for number in numbers:
                self._steps[number] = setup.steps
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
        """Steps of all trainings, about: who goes on is not known before, and who is judged on the test set."""
        last = round(sum(self._steps) / len(self.tries)) if self._is_tested else 0
        return self._in_all(sum(self._steps)) + last

    @cached_property
    def work(self) -> int:
        """Products of all trainings, about; see `Limits.max_search`."""
        return self._in_all(self._cost)

    @cached_property
    def _is_tested(self) -> bool:
        return self.plan.tested and has_test_set(self.first)

    def _in_all(self, of_tries: int) -> int:
        each = self.plan.seeds * max(1, self.plan.folds) * of_tries / len(self.tries)
        return round(sum(count * share for count, share in self.rungs) * each)

    def run(
        self, workers: Workers, journal: Journal, progress: Progress, tell: Tell = lambda _tried, _of: None
    ) -> Found:
        """Make all tries, and judge the best once on the test set. tell: hears of a try once for each of its rungs."""
        standing: dict[int, Tried] = {}
        numbers: Sequence[int] = range(len(self.tries))
        done, turn = 0, Lock()

        def made(steps: int) -> None:
            nonlocal done
            with turn:
                done += steps
                progress(min(done, self.total), self.total)

        for rung, (count, share) in enumerate(self.rungs):
            if rung:
                numbers = sorted(numbers, key=lambda number: standing[number].order)[:count]

            def whole(
                number: int, outcomes: Sequence[Outcome], rung: int = rung, share: float = share
            ) -> None:
                standing[number] = self._tried(number, rung, share, outcomes)
                tell(standing[number], outcomes)

            def tasks_of(number: int, share: float = share) -> list[Task]:
                return [*self._tasks(number, share)]

            total = count * self.plan.seeds * max(1, self.plan.folds)
            Rung(total, tasks_of, journal, made, whole).run(numbers, workers, self.texts)
        tried = tuple(sorted(standing.values(), key=lambda each: each.order))
        best = tried[0] if tried[0].mean is not None else None
        if best is None:
            return Found(tried, self.judge, None, None, None)
        setup = self._setup(best.number - 1)
        test = self._tested(best, workers, journal, made) if self._is_tested else None
        return Found(tried, self.judge, best, {**self.space.base, **setup}, test)

    def _tested(self, best: Tried, workers: Workers, journal: Journal, made: Tick) -> Outcome:
        number = best.number - 1
        task = Task(self._setup(number), self._steps[number], None, self.plan.folds, True, self._text)
        found: list[Outcome] = []
        rung = Rung(1, lambda _: [task], journal, made, lambda _, outcomes: found.extend(outcomes))
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
        choices, seed = self.tries[number], (self.space.base["seed"] + repeat) % (LARGEST_SEED + 1)
        if (factor := self._factors[repeat]) != 1:
            choices = {**choices, RATE: min(factor * choices[RATE], sys.float_info.max)}
        made = self.space.setup(choices, seed, self._steps[number])
        return {name: made[name] for name in made if name in self._base or name not in self.space.base}

    def _alike(self) -> Iterator[list[int]]:
        """The numbers of all tries, together those that differ in knobs alone."""
        alike: dict[str, list[int]] = {}
        for number, choices in enumerate(self.tries):
            alike.setdefault(self.space.kind_of(choices), []).append(number)
        for numbers in alike.values():
            yield from (numbers[at : at + TOGETHER] for at in range(0, len(numbers), TOGETHER))

    def _read(self, numbers: Sequence[int]) -> Setup:
        """The setup of the first of tries that are alike, as it will be trained; all are checked."""
        limits = limits_from_environment()
        given = [self.space.setup(self.tries[number]) for number in numbers]
        if self.plan.epochs is not None:
            problem = read_setup({**given[0], "steps": 0}, limits).problem
            assert isinstance(problem, Network | Regression)
            given = [{**each, "steps": self.plan.epochs * problem.epoch} for each in given]
        return read_alike(given, limits)[0]

    def _checked(self) -> None:
        if self.plan.folds and isinstance(self.first.problem, Network):
            check_folds(self.first.network, self.plan.folds)
        if any(axis.name == "loss" and len(set(axis.values)) > 1 for axis in self.space.axes):
            raise Refusal("losses of several kinds", field="loss")

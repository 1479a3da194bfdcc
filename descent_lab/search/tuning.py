"""Tuning of whatever a setup describes, a race or a training, within the limits.

Of those who train a network it is a few searches for each: over the rate, and the momentum where there is one, first of
the whole sliders and then around the best. Fair means, as in `races.tuning`: the same seeds, steps and number of
settings for everybody, and a setting that must hold with other seeds too, with its rate somewhat off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from descent_lab.checks import within
from descent_lab.limits import Limits
from descent_lab.networks.network import Network
from descent_lab.races import tuning as races
from descent_lab.refusals import Refusal
from descent_lab.search.axes import Axis
from descent_lab.search.journal import Journal
from descent_lab.search.search import Found, Plan, Search
from descent_lab.search.space import Choices, Space, of_entrant
from descent_lab.search.workers import Workers
from descent_lab.setups.search_space import (
    MOMENTUM,
    RATE,
    SLACK,
    Tuned,
    Tuning,
    as_typed,
    momenta_nearer,
    rates_nearer,
    slider_values,
)
from descent_lab.setups.setup import Entrant, Setup
from descent_lab.training.many_lanes import Progress

SEEDS = 3
"""Repetitions that a setting is judged by: with the setup's seed and the next."""

ROUNDS = 2
"""The whole sliders first, then the neighbourhood of the best."""

MOMENTA = (0.0, 0.5, 0.9, 0.99)

BUDGET = 64
"""Settings tried for each entrant, if no other budget is given."""

FEWEST = 50
"""Steps below which nothing can be said of a rate."""

METRIC = (
    "Best is the lowest {judge} loss after {steps:,} steps, penalties not counted: the mean over {seeds} repetitions "
    "(seeds {seed} to {last}; the rate up to {slack:.0%} off). {budget} settings were tried for each."
)


def tune(
    setup: Setup,
    given: Mapping[str, Any],
    budget: int | None,
    limits: Limits,
    progress: Progress,
    workers: Workers,
) -> Tuning:
    """The best learning rate (and momentum) of every entrant. given: the whole setup as JSON. budget: settings tried
    for each, None for the usual. workers: who trains networks."""
    if isinstance(setup.problem, Network):
        return _tuned_training(setup, given, budget, limits, progress, workers)
    tries = within(races.BUDGET if budget is None else budget, 1, limits.max_tune_budget, "budget")
    work = tries * setup.cost
    if work > limits.max_tune_lane_steps:
        raise Refusal("too much tuning", field="budget", most=limits.max_tune_lane_steps, work=work)
    return races.tune(setup, tries, progress)


def _tuned_training(
    setup: Setup,
    given: Mapping[str, Any],
    budget: int | None,
    limits: Limits,
    progress: Progress,
    workers: Workers,
) -> Tuning:
    """In as many of the training's steps as the limits allow."""
    tries = within(BUDGET if budget is None else budget, 1, limits.max_tune_budget, "budget")
    allowed = limits.max_search // (trainings_of(setup, tries) * setup.network.cost)
    if allowed < min(FEWEST, setup.steps):
        raise Refusal("too few steps of tuning", field="budget", tries=tries, allowed=allowed)
    return tune_network(setup, given, min(setup.steps, allowed), tries, workers, progress)


# ---------------------------------------------------------------- networks


@dataclass
class _Settings:
    """What is tried of one entrant. best: the values of all knobs that are tuned, so far."""

    entrant: Entrant
    grids: dict[str, np.ndarray]
    best: dict[str, float] = field(default_factory=dict[str, float])

    @classmethod
    def of(cls, entrant: Entrant, budget: int) -> _Settings:
        known = entrant.optimizer.knobs
        momenta = {MOMENTUM: np.array(MOMENTA)} if MOMENTUM in known else {}
        rates = max(budget // (ROUNDS * (len(MOMENTA) if momenta else 1)), 2)
        grids = {RATE: slider_values(known[RATE], rates)} | momenta
        return cls(entrant, grids, {name: entrant.knobs[name] for name in grids})

    def tries(self) -> list[Choices]:
        """All settings of this round; the best so far is the first."""
        grid = np.array(np.meshgrid(*self.grids.values(), indexing="ij")).reshape(len(self.grids), -1)
        return [self.best, *(dict(zip(self.grids, each, strict=True)) for each in grid.T.tolist())]

    def narrow(self, found: Found) -> None:
        """Take the best of a round, and look closer around it."""
        if found.best is not None:
            self.best = dict(found.best.choices)
        knob = self.entrant.optimizer.knobs[RATE]
        self.grids[RATE] = rates_nearer(knob, self.best[RATE], len(self.grids[RATE]))
        if MOMENTUM in self.best:
            self.grids[MOMENTUM] = momenta_nearer(self.best[MOMENTUM], 0.4, 2.5, len(MOMENTA))


def trainings_of(setup: Setup, budget: int) -> int:
    """Trainings that a tuning takes."""
    return sum(1 + ROUNDS * SEEDS * len(_Settings.of(entrant, budget).tries()) for entrant in setup.entrants)


def tune_network(
    setup: Setup,
    given: Mapping[str, Any],
    steps: int,
    budget: int,
    workers: Workers,
    progress: Progress = lambda _done, _of: None,
) -> Tuning:
    """The best learning rate, and momentum where there is one, of every entrant, in so many steps.

    Changes made on the way are left out. Of each entrant's `Tuned`, the loss is that with the setup's own seed; there
    is no goal to be reached.
    """
    total, done = trainings_of(setup, budget) * steps, 0

    def run(search: Search) -> Found:
        nonlocal done
        found = search.run(workers, Journal(), lambda now, _of: progress(done + now, total))
        done += search.total
        return found

    def tuned() -> Iterator[tuple[Tuned, str]]:
        for index, entrant in enumerate(setup.entrants):
            settings = _Settings.of(entrant, budget)
            space = Space(of_entrant(given, index, steps), tuple(Axis(name) for name in settings.grids))
            for _ in range(ROUNDS):
                settings.narrow(run(Search(space, settings.tries(), Plan(SEEDS, slack=SLACK, tested=False))))
            chosen = as_typed(settings.best)
            last = run(Search(space, [chosen], Plan(tested=False)))
            loss = last.tried[0].mean
            yield Tuned(chosen, None, np.inf if loss is None else loss), last.judge

    entrants, judges = zip(*tuned(), strict=True)
    metric = METRIC.format(
        judge=judges[0],
        steps=steps,
        seeds=SEEDS,
        seed=setup.seed,
        last=setup.seed + SEEDS - 1,
        slack=SLACK,
        budget=budget,
    )
    return Tuning(entrants, metric, budget, setup.seed)

"""Fair tuning of those who train a network: rates and momenta as lanes, judged by the loss that training is for.

Fair means, as in `tuning`: the same first weights, mini-batches, steps and number of settings for everybody, and a
setting that must hold from other first weights too, with its rate somewhat off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from descent_lab.networks.network import Network
from descent_lab.setups.search_space import (
    MOMENTUM,
    SLACK,
    Tuned,
    Tuning,
    rates_around,
    round_to,
    slider_values,
)
from descent_lab.setups.setup import Entrant, Setup
from descent_lab.training.many_lanes import Bundle, Ends, Progress, ranking_set, train_all
from descent_lab.training.sweep import RATE

STARTS = 3
"""Draws of the first weights that a setting is judged by: the given one and those of the next seeds."""

ROUNDS = 2
"""The whole sliders first, then the neighbourhood of the best."""

MOMENTA = (0.0, 0.5, 0.9, 0.99)

BUDGET = 64
"""Settings tried for each entrant, if no other budget is given."""

FEWEST = 50
"""Steps below which nothing can be said of a rate."""

METRIC = (
    "Best is the lowest {ranked_by} loss after {steps:,} steps, penalties not counted: the mean over {starts} draws of "
    "the first weights (seeds {seed} to {last}; the rate up to {slack:.0%} off). {budget} settings were tried for each."
)


@dataclass
class _Search:
    """How far the search for one entrant has come. best: the values of `names` so far."""

    entrant: Entrant
    names: tuple[str, ...]
    grids: list[np.ndarray]
    best: dict[str, float] = field(default_factory=dict[str, float])

    @classmethod
    def of(cls, entrant: Entrant, budget: int) -> _Search:
        known = entrant.optimizer.knobs
        names = tuple(name for name in (RATE, MOMENTUM) if name in known)
        momenta = len(MOMENTA) if len(names) > 1 else 1
        grids = [slider_values(known[RATE], max(budget // (ROUNDS * momenta), 2))]
        if momenta > 1:
            grids.append(np.array(MOMENTA))
        return cls(entrant, names, grids, {name: entrant.knobs[name] for name in names})

    def settings(self) -> np.ndarray:
        """All settings of this round, (names, settings); the best so far is the first."""
        grid = np.array(np.meshgrid(*self.grids, indexing="ij")).reshape(len(self.names), -1)
        return np.concatenate([[[self.best[name]] for name in self.names], grid], axis=1)

    def bundle(self, network: Network, starts: np.ndarray) -> Bundle:
        """Every setting from every start, setting after setting. starts: (dim, STARTS)."""
        settings = self.settings()
        lanes = np.repeat(settings, STARTS, axis=1)
        with np.errstate(over="ignore"):  # such a lane diverges
            lanes[0] *= np.tile(_slack(), settings.shape[1])
        varied = dict(zip(self.names, lanes, strict=True))
        return Bundle.of(network, self.entrant, varied, starts)

    def narrow(self, end: Ends) -> None:
        """Take the best of a round, and look closer around it."""
        settings = self.settings()
        score = end.judged().reshape(-1, STARTS).mean(axis=1)
        winner = settings[:, int(np.argmin(score))]
        self.best.update(zip(self.names, map(float, winner), strict=True))
        knob, rates = self.entrant.optimizer.knobs[RATE], len(self.grids[0])
        ratio = (knob.high / knob.low) ** (1.5 / (rates - 1))
        self.grids[0] = rates_around(self.best[RATE], ratio, rates)
        if MOMENTUM in self.best:
            nearer = 1 - (1 - self.best[MOMENTUM]) * np.geomspace(0.4, 2.5, len(MOMENTA))
            self.grids[1] = np.clip(nearer, 0.0, 0.999)

    def chosen(self) -> Mapping[str, float]:
        """The best values as a person would type them."""
        return {name: round_to(self.best[name], 2 if name == RATE else 3) for name in self.names}


def _slack() -> np.ndarray:
    """What the rate is multiplied by from each start, (STARTS,): 1 from the given one."""
    return np.concatenate([[1.0], np.linspace(1 + SLACK, 1 - SLACK, STARTS - 1)])


def lanes_of(setup: Setup, budget: int) -> int:
    """Lanes that a tuning trains."""
    settings = (_Search.of(entrant, budget).settings().shape[1] for entrant in setup.entrants)
    return sum(1 + ROUNDS * STARTS * each for each in settings)


def tune_network(setup: Setup, steps: int, budget: int = BUDGET, progress: Progress | None = None) -> Tuning:
    """The best learning rate, and momentum where there is one, of every entrant, in so many steps.

    budget: settings tried for each. progress: see `train_all`. Changes made on the way are left out. Of each entrant's
    `Tuned`, the loss is that from the given first weights; there is no goal to be reached.
    """
    network = setup.network
    seeds = [setup.seed + k for k in range(STARTS)]
    others = [network.initial.weights(network.dims, seed) for seed in seeds[1:]]
    starts = np.stack([np.array(network.start), *others], axis=1)
    searches = [_Search.of(entrant, budget) for entrant in setup.entrants]
    total, done = lanes_of(setup, budget) * steps, 0

    def run(bundles: Sequence[Bundle]) -> list[Ends]:
        nonlocal done
        before = done
        done += steps * sum(bundle.lanes for bundle in bundles)

        def tell(now: int, _of: int) -> None:
            if progress is not None:
                progress(before + now, total)

        return train_all(setup, bundles, steps, tell)

    for _ in range(ROUNDS):
        ends = run([search.bundle(network, starts) for search in searches])
        for search, end in zip(searches, ends, strict=True):
            search.narrow(end)
    knobs = [search.chosen() for search in searches]
    ends = run(
        [
            Bundle.of(network, search.entrant, {name: np.array([value]) for name, value in own.items()})
            for search, own in zip(searches, knobs, strict=True)
        ]
    )
    metric = METRIC.format(
        ranked_by=ranking_set(ends[0].measured),
        steps=steps,
        starts=STARTS,
        seed=seeds[0],
        last=seeds[-1],
        slack=SLACK,
        budget=budget,
    )
    tuned = [Tuned(own, None, float(end.judged()[0])) for own, end in zip(knobs, ends, strict=True)]
    return Tuning(tuple(tuned), metric, budget, setup.seed)

"""Many lanes of networks trained to their end, to be judged there: what is underneath sweeps, cross-validation, tuning
and searches. Here is how all of them train, judge, tell how far they are, are ended, and how much they may ask for.

A lane of a network is far heavier than one on a surface. The kernels treat eight numbers at once: those of eight lanes
for one neuron, or of one lane for eight neurons (see `networks.kernels.passes`). Which is quicker, the network's layers
tell (`side_by_side`), and so blocks are of eight lanes or of one. They share the cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise
from threading import Lock
from typing import Any

import numpy as np

from descent_lab.limits import Limits
from descent_lab.machine.lanes import Lanes
from descent_lab.machine.random_draws import standard_normal
from descent_lab.networks.kernels.vectors import EIGHT
from descent_lab.networks.network import Network, measured_names
from descent_lab.refusals import Refusal
from descent_lab.setups.setup import Entrant, Setup

MOMENT = 50_000_000
"""Products between two words of progress: a small part of a second."""

LARGE = 16_000
"""Lanes of networks with so many weights are quicker one by one: those of eight do not stay in the cache. (Of several
optimizers sooner: see `block_set.LARGE`.)"""

PADDED = 1.12
"""A lane alone fills its layers up to whole eights of neurons. Where that makes so many times as many products, eight
lanes side by side, which fill the eights with one another, are quicker (measured: 784-15-10 and 2-64-64-1 are not,
2-8-8-1 is, 1.9 times, and 2-4-1 nearly four times)."""

Progress = Callable[[int, int], None]
"""Takes how many steps of lanes are done, and of how many. It may raise, and so end the work."""


@dataclass(frozen=True, eq=False)
class Bundle:
    """Lanes of one network, trained by one entrant. start: (dim, starts), taken in turns. knobs: (K, lanes)."""

    network: Network
    entrant: Entrant
    start: np.ndarray
    knobs: np.ndarray

    @classmethod
    def of(
        cls,
        network: Network,
        entrant: Entrant,
        varied: Mapping[str, np.ndarray],
        start: np.ndarray | None = None,
    ) -> Bundle:
        """The entrant's own knobs but for the varied ones, (lanes,) each; from the network's start or the given one."""
        lanes = len(next(iter(varied.values()))) if varied else 1
        names = list(entrant.knobs)
        knobs = np.repeat(np.array([*entrant.knobs.values()]).reshape(-1, 1), lanes, axis=1)
        for name, values in varied.items():
            knobs[names.index(name)] = values
        return cls(network, entrant, np.array(network.start)[:, None] if start is None else start, knobs)

    @property
    def lanes(self) -> int:
        """How many."""
        return self.knobs.shape[1]


@dataclass(frozen=True, eq=False)
class Ends:
    """How the lanes of a bundle ended. diverged: (lanes,), the step of death, -1 for none. measured: as by
    `Network.measure`, NaN where a lane is dead."""

    diverged: np.ndarray
    measured: dict[str, np.ndarray]

    def judged(self) -> np.ndarray:
        """The loss by which lanes are compared, (lanes,), infinite for the dead: of the validation set, else of the
        training set."""
        losses = self.measured[ranking_set(self.measured)]
        return np.where(np.isfinite(losses), losses, np.inf)


def ranking_set(measured: Container[str]) -> str:
    """The set whose loss compares networks: validation where there is one."""
    return "validation" if "validation" in measured else "training"


def over_repetitions(losses: Sequence[Any] | np.ndarray) -> tuple[Any, Any]:
    """Mean and standard deviation over the first axis: of seeds, of folds. They are added in their order, for numpy's
    own order depends on how many tries lie beside each other, and with it the last bits."""
    count, each = len(losses), np.asarray(losses, dtype=float)
    with np.errstate(invalid="ignore"):
        mean = reduce(np.add, each) / count
        return mean, np.sqrt(reduce(np.add, (each - mean) ** 2) / count)


def bounded(work: int, limits: Limits, reason: str) -> None:
    """`Refusal`, for that reason, of more products than a search of whatever kind may take."""
    if work > limits.max_search:
        raise Refusal(reason, field="steps", times=work / limits.max_search)


@cache
def _pool() -> ThreadPoolExecutor:
    """Threads of its own, for the lanes of a race must not wait until a network is trained."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="networks")


def work_of(bundles: Sequence[Bundle], steps: int) -> int:
    """Products of all the training."""
    return sum(each.network.cost * each.lanes for each in bundles) * steps


def train_all(
    setup: Setup,
    bundles: Sequence[Bundle],
    steps: int,
    progress: Progress | None = None,
    of: int | None = None,
) -> list[Ends]:
    """Train every lane for so many steps with the setup's seed and noise; changes made on the way are left out.

    of: how many steps the schedules of the rates reckon with, where it is more than are taken.
    """
    ends: list[Ends] = []
    blocks: list[tuple[Bundle, Ends, slice]] = []
    for bundle in bundles:
        n = bundle.lanes
        diverged = np.full((n,), -1)
        measured = {name: np.full((n,), np.nan) for name in measured_names(bundle.network)}
        ends.append(Ends(diverged, measured))
        blocks += [(bundle, ends[-1], part) for part in _parts(bundle.network, n)]
    telling = _Telling(progress, steps * sum(bundle.lanes for bundle in bundles))

    def one(block: tuple[Bundle, Ends, slice]) -> None:
        bundle, end, part = block
        network, lanes, here = bundle.network, _lanes(setup, bundle, part), part.stop - part.start
        rates = bundle.entrant.schedule.rates(of or steps, bundle.entrant.schedule_knobs)
        noisy = "draws" in bundle.entrant.optimizer.needs or bool(np.any(lanes.noise))
        span = max(1, MOMENT // (network.cost * here))
        for first in range(0, steps, span):
            if telling.over:
                return
            count = min(span, steps - first)
            draws = standard_normal(setup.seed, first, count, network.dim) if noisy else np.zeros((count, 1))
            lanes.advance(rates[first : first + count], draws)
            telling.add(count * here)
        end.diverged[part] = lanes.diverged
        for name, values in network.measure(lanes.w).items():
            end.measured[name][part] = np.where(lanes.diverged < 0, values, np.nan)

    list(map(one, blocks)) if len(blocks) == 1 else list(_pool().map(one, blocks))
    return ends


def side_by_side(network: Network) -> int:
    """How many lanes of the network are trained in one block."""
    pairs = [*pairwise(network.dims)]
    alone = sum(before * EIGHT * -(-after // EIGHT) for before, after in pairs)
    real = sum(before * after for before, after in pairs)
    return EIGHT if network.dim < LARGE and alone >= PADDED * real else 1


def _parts(network: Network, n: int) -> list[slice]:
    """Blocks of n lanes, of equal size: eleven are six and five, for fewer than five would go one after another."""
    blocks = -(-n // side_by_side(network))
    cuts = [n * i // blocks for i in range(blocks + 1)]
    return [slice(first, last) for first, last in pairwise(cuts)]


def _lanes(setup: Setup, bundle: Bundle, part: slice) -> Lanes:
    noise = setup.noise_of(bundle.entrant)
    start = bundle.start[:, np.arange(part.start, part.stop) % bundle.start.shape[1]]
    return Lanes.start(bundle.network, bundle.entrant.optimizer, start, bundle.knobs[:, part], noise)


class _Telling:
    """Adds up what all threads have done, and ends them all when telling fails."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.over = False
        self._progress, self._total, self._done = progress, total, 0
        self._lock = Lock()

    def add(self, done: int) -> None:
        if self._progress is None:
            return
        with self._lock:
            self._done += done
            try:
                self._progress(self._done, self._total)
            except BaseException:
                self.over = True
                raise

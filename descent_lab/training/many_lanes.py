"""Lanes of a network trained to their end, to be judged there: what every search does, of whatever name. Here is how
they train, judge, tell how far they are, are ended, and how much they may ask for.

A lane of a network is far heavier than one on a surface. The kernels treat eight numbers at once: those of eight lanes
for one neuron, or of one lane for eight neurons (see `networks.kernels.passes`). Which is quicker, the network's layers
tell (`side_by_side`), and so blocks are of eight lanes or of one. Whoever works has a block (see `search.workers`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np

from descent_lab.limits import Limits
from descent_lab.machine.lanes import Lanes
from descent_lab.machine.random_draws import standard_normal
from descent_lab.networks.kernels.vectors import EIGHT
from descent_lab.networks.network import Network
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

Tick = Callable[[int], None]
"""Takes how many steps have been made since it was told last, those of all lanes together; it may raise, and so end the
work."""

Progress = Callable[[int, int], None]
"""Takes how many steps of lanes are done, and of how many. It may raise, and so end the work."""


@dataclass(frozen=True, eq=False)
class Ends:
    """How lanes ended. diverged: (lanes,), the step of death, -1 for none. measured: as by `Network.measure`, NaN where
    a lane is dead."""

    diverged: np.ndarray
    measured: dict[str, np.ndarray]


def train_lanes(
    network: Network,
    setup: Setup,
    entrant: Entrant,
    knobs: np.ndarray,
    steps: int,
    tick: Tick,
    of: int | None = None,
) -> Ends:
    """Train the network for so many steps with each column of knobs, (K, lanes), side by side.

    entrant: whose rule, schedule and noise they have. The seed and the noise are the setup's; changes made on the way
    are left out. of: how many steps the schedule of the rate reckons with, where it is more than are taken.
    """
    count = knobs.shape[1]
    start = np.repeat(np.array(network.start)[:, None], count, axis=1)
    lanes = Lanes.start(network, entrant.optimizer, start, knobs, setup.noise_of(entrant))
    rates = entrant.schedule.rates(of or steps, entrant.schedule_knobs)
    noisy = "draws" in entrant.optimizer.needs or bool(np.any(lanes.noise))
    span = max(1, MOMENT // (network.cost * count))
    for first in range(0, steps, span):
        taken = min(span, steps - first)
        draws = standard_normal(setup.seed, first, taken, network.dim) if noisy else np.zeros((taken, 1))
        lanes.advance(rates[first : first + taken], draws)
        tick(taken * count)
    measured = network.measure(lanes.w)
    alive = lanes.diverged < 0
    return Ends(lanes.diverged, {name: np.where(alive, values, np.nan) for name, values in measured.items()})


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


def side_by_side(network: Network) -> int:
    """How many lanes of the network are trained in one block."""
    pairs = [*pairwise(network.dims)]
    alone = sum(before * EIGHT * -(-after // EIGHT) for before, after in pairs)
    real = sum(before * after for before, after in pairs)
    return EIGHT if network.dim < LARGE and alone >= PADDED * real else 1

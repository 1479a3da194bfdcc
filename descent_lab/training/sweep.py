"""A search by lanes: what every learning rate makes of a network, and of networks of other widths.

It is no `Search` underneath, but has the same underneath as that (see `many_lanes`). A search makes of every try a
setup of its own, checked and named, so that it can travel and be found again; of 24 rates over 300 steps that takes
half as long again as the training. And its layers share an activation, where those of a width here keep their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from descent_lab.networks.variants import of_width
from descent_lab.setups.search_space import slider_values
from descent_lab.setups.setup import Entrant, Setup
from descent_lab.training.many_lanes import Bundle, Progress, ranking_set, train_all

RATE = "lr"
"""The learning rate's knob; everybody who trains networks has one."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """What each rate led to in each width.

    rates: (rates,). weights: of each width. measured: as by `Network.measure`, (widths, rates) each, NaN where a lane
    died. diverged: (widths, rates), the step of death, -1 for none. ranked_by: the set whose loss finds the best. best:
    numbers of width and rate, None where all died.
    """

    rates: np.ndarray
    weights: tuple[int, ...]
    measured: dict[str, np.ndarray]
    diverged: np.ndarray
    ranked_by: str
    best: tuple[int, int] | None


def rates_of(entrant: Entrant, count: int) -> np.ndarray:
    """Rates along the slider of the entrant's learning rate, (count,), log-spaced."""
    return slider_values(entrant.optimizer.knobs[RATE], count)


def sweep_bundles(
    setup: Setup, entrant: Entrant, rates: np.ndarray, widths: Sequence[Sequence[int]]
) -> list[Bundle]:
    """For each width a bundle whose lanes differ in the rate alone."""
    return [Bundle.of(of_width(setup.network, hidden), entrant, {RATE: rates}) for hidden in widths]


def sweep(
    setup: Setup,
    entrant: Entrant,
    rates: np.ndarray,
    widths: Sequence[Sequence[int]],
    steps: int,
    progress: Progress | None = None,
) -> Sweep:
    """Train each width with each rate for so many steps, all from the setup's seed and over its mini-batches.

    rates: (rates,). widths: the hidden layers of each. The set that is kept for the test is not asked.
    """
    bundles = sweep_bundles(setup, entrant, rates, widths)
    ends = train_all(setup, bundles, steps, progress)
    names = [name for name in ends[0].measured if not name.startswith("test")]
    losses = np.array([end.judged() for end in ends])
    best = divmod(int(np.argmin(losses)), len(rates))
    return Sweep(
        rates,
        tuple(bundle.network.dim for bundle in bundles),
        {name: np.array([end.measured[name] for end in ends]) for name in names},
        np.array([end.diverged for end in ends]),
        ranking_set(ends[0].measured),
        best if np.isfinite(losses[best]) else None,
    )

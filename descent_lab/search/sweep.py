"""A sweep: what every learning rate makes of a network, and of networks of other widths. It is a search over a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from descent_lab.networks.variants import of_width
from descent_lab.search.axes import Axis
from descent_lab.search.journal import Journal
from descent_lab.search.search import Plan, Search, Tried
from descent_lab.search.space import HIDDEN, Space, of_entrant
from descent_lab.search.tasks import Outcome
from descent_lab.search.workers import Workers
from descent_lab.setups.search_space import RATE, slider_values
from descent_lab.setups.setup import Entrant
from descent_lab.training.many_lanes import Progress


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


def sweep_of(
    setup: Mapping[str, Any],
    entrant: int,
    rates: np.ndarray,
    widths: Sequence[Sequence[int]],
    steps: int | None = None,
) -> Search:
    """The search whose tries are each rate, (rates,), in each width, the hidden layers. setup: a whole one, as JSON.

    All are trained from the setup's seed and over its mini-batches. The set that is kept for the test is not asked.
    """
    layers, values = [[*width] for width in widths], rates.tolist()
    space = Space(of_entrant(setup, entrant, steps), (Axis(HIDDEN, (*layers,)), Axis(RATE, (*values,))))
    tries = [{HIDDEN: hidden, RATE: rate} for hidden in layers for rate in values]
    return Search(space, tries, Plan(tested=False))


def sweep(search: Search, workers: Workers, progress: Progress = lambda _done, _of: None) -> Sweep:
    """What comes of it. search: of `sweep_of`."""
    layers, rates = (axis.values for axis in search.space.axes)
    outcomes: dict[int, Outcome] = {}

    def tell(tried: Tried, of: Sequence[Outcome]) -> None:
        (outcomes[tried.number],) = of

    found = search.run(workers, Journal(), progress, tell)
    known = [outcomes[number] for number in sorted(outcomes)]

    def table(name: str, otherwise: float) -> np.ndarray:
        values = [otherwise if each[name] is None else each[name] for each in known]
        return np.array(values, dtype=float).reshape(len(layers), len(rates))

    return Sweep(
        np.array(rates),
        tuple(of_width(search.first.network, hidden).dim for hidden in layers),
        {name: table(name, np.nan) for name in known[0] if name != "diverged"},
        table("diverged", -1).astype(int),
        search.judge,
        None if found.best is None else divmod(found.best.number - 1, len(rates)),
    )

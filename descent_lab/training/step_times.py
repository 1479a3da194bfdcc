"""How long a step of each racer takes when it has a core to itself: together nobody can tell their shares apart."""

from __future__ import annotations

import time

import numpy as np

from descent_lab.setups.setup import Setup
from descent_lab.training.training import alone, random_draws, started

TRIES = 3
"""The quickest counts: whatever else the machine does makes it slower."""

PRODUCTS = 6_000_000
"""Products that a try is long, some milliseconds; and so many steps at the least and at the most."""
FEWEST, MOST = 5, 300


def step_times(setup: Setup) -> np.ndarray:
    """Seconds of one step of each entrant of a training, measured over its first steps: (entrants,)."""
    return np.array([_step_time(alone(setup, entrant)) for entrant in range(len(setup.entrants))])


def _step_time(setup: Setup) -> float:
    steps = min(max(FEWEST, min(MOST, PRODUCTS // setup.network.cost)), max(setup.steps, 1))
    (entrant,) = setup.entrants
    rates = entrant.schedule.rates(max(setup.steps, 1), entrant.schedule_knobs)[None, :steps]
    draws, losses = random_draws(setup, 0, steps), np.empty((steps + 1, 1))
    blocks, taken = started(setup), list[float]()
    for _ in range(TRIES):
        trial = blocks.copy()
        begun = time.perf_counter()
        trial.advance([], rates, draws, losses)
        taken.append(time.perf_counter() - begun)
    return min(taken) / steps

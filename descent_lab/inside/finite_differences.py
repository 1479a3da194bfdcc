"""One gradient, two ways: by backpropagation and by central differences, against the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from descent_lab.machine.lanes import evaluate
from descent_lab.networks.network import Network

H = 1e-5
"""How far a weight is moved to either side, times its size where that is above 1: much less and the difference of two
losses has too few digits left, much more and the loss is curved in between."""

BUDGET = 0.5
"""Seconds that the differences may take; for larger networks a part of the weights is measured."""

QUICK = 0.15
"""Seconds for repeating backpropagation."""

REPEATS, WEIGHTS = 15, 32
"""Repetitions at the most, and weights that are moved at once, each to both sides."""

_STREAM = 10 << 40


@dataclass(frozen=True, eq=False)
class GradientTimes:
    """Seconds of one whole gradient each way. measured: weights that differences were taken for; where these are fewer
    than all, their time is scaled up and the gradients are compared in them alone. forward: forward passes over the
    mini-batch each way; backpropagation has one backward pass besides. largest: the largest difference between the two
    gradients; relative: the same over the largest slope. samples: of the mini-batch."""

    dim: int
    samples: int
    measured: int
    backpropagation: float
    differences: float
    forward: tuple[int, int]
    largest: float
    relative: float


def time_gradients(network: Network, w: np.ndarray, step: int, seed: int = 0) -> GradientTimes:
    """Both gradients of the loss of that step's mini-batch, penalties and dropout counted. w: (dim,)."""
    lane = w[:, None]
    batches = network.batches(step, 1)
    numbers = batches.numbers[batches.offsets[0] :]

    def loss(lanes: np.ndarray) -> np.ndarray:
        return network.score(lanes, numbers)[0] + penalties(network, lanes)

    gradient = evaluate(network, lane, at=step)[1][:, 0]  # the first call compiles, and is not timed
    direct = _median(lambda: evaluate(network, lane, at=step), QUICK)
    order = np.random.Generator(np.random.Philox(key=[seed, _STREAM])).permutation(network.dim)
    differences(loss, w, order[:1])
    begun = time.perf_counter()
    differences(loss, w, order[:1])
    affordable = int(BUDGET / (time.perf_counter() - begun))
    chosen = order[: max(1, affordable)]
    begun = time.perf_counter()
    found = differences(loss, w, chosen)
    seconds = time.perf_counter() - begun
    if seconds < BUDGET / 3:
        seconds = _median(lambda: differences(loss, w, chosen), BUDGET - seconds)
    with np.errstate(invalid="ignore"):
        largest = float(np.max(np.abs(found - gradient[chosen])))
    size = float(np.max(np.abs(gradient[chosen])))
    return GradientTimes(
        dim=network.dim,
        samples=int(numbers[0]),
        measured=len(chosen),
        backpropagation=direct,
        differences=seconds * network.dim / len(chosen),
        forward=(1, 2 * network.dim),
        largest=largest,
        relative=largest / size if size else largest,
    )


def differences(loss: Callable[[np.ndarray], np.ndarray], w: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Slopes of the chosen weights, (chosen,): (L(w + h) - L(w - h)) / 2h, one weight moved at a time. loss: of lanes,
    (dim, lanes) -> (lanes,), which are treated side by side."""
    found = np.empty(len(chosen))
    for first in range(0, len(chosen), WEIGHTS):
        own = chosen[first : first + WEIGHTS]
        count = np.arange(len(own))
        h = H * np.maximum(1.0, np.abs(w[own]))
        lanes = np.repeat(w[:, None], 2 * len(own), axis=1)
        lanes[own, count] += h
        lanes[own, count + len(own)] -= h
        width = lanes[own, count] - lanes[own, count + len(own)]  # what rounding has left of 2h
        ahead, back = loss(lanes).reshape(2, -1)
        found[first : first + WEIGHTS] = (ahead - back) / width
    return found


def penalties(network: Network, lanes: np.ndarray) -> np.ndarray:
    """What the sizes of the weights cost; biases cost nothing. lanes: (dim, lanes) -> (lanes,)."""
    total = np.zeros(lanes.shape[1])
    if network.l2 or network.l1:
        for weights, _ in network.layers(lanes):
            total += (network.l2 * weights**2 + network.l1 * np.abs(weights)).sum(axis=(0, 1))
    return total


def _median(work: Callable[[], object], budget: float) -> float:
    """Seconds that the work takes: the middle one of a few times, as many as the budget allows."""
    times: list[float] = []
    while len(times) < REPEATS and (not times or sum(times) < budget):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return sorted(times)[len(times) // 2]

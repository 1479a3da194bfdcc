"""One gradient, two ways: by backpropagation and by central differences, against the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from descent_lab.machine.lanes import evaluate
from descent_lab.networks.kernels.activations import KINKED
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

NEAR = 100 * H
"""A weighted sum below this may change its sign while a weight is nudged, layers behind it counted."""

ANSWERS = 4_000_000
"""Answers of neurons that are looked at at once."""

_STREAM = 10 << 40


@dataclass(frozen=True, eq=False)
class GradientTimes:
    """Seconds of one whole gradient each way. measured: weights that differences were taken for; where these are fewer
    than all, their time is scaled up and the gradients are compared in them alone. forward: forward passes over the
    mini-batch each way; backpropagation has one backward pass besides. largest: the largest difference between the two
    gradients; relative: the same over the largest slope; NaN where no weight is left to compare. samples: of the
    mini-batch. kinks: neurons that pass from one side of a kink to the other while a weight is nudged; left_out: the
    weights that make them (or cross the kink of their own penalty): a difference over a kink is no slope."""

    dim: int
    samples: int
    measured: int
    backpropagation: float
    differences: float
    forward: tuple[int, int]
    largest: float
    relative: float
    kinks: int = 0
    left_out: int = 0


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
    crossing, kinks = crossings(network, w, chosen, network.sample_blocks.inputs_of(step))
    with np.errstate(invalid="ignore"):
        away = np.abs(found - gradient[chosen])[~crossing]
    largest = float(np.max(away)) if len(away) else float("nan")
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
        kinks=kinks,
        left_out=int(crossing.sum()),
    )


def differences(loss: Callable[[np.ndarray], np.ndarray], w: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Slopes of the chosen weights, (chosen,): (L(w + h) - L(w - h)) / 2h, one weight moved at a time. loss: of lanes,
    (dim, lanes) -> (lanes,), which are treated side by side."""
    found = np.empty(len(chosen))
    for first in range(0, len(chosen), WEIGHTS):
        own = chosen[first : first + WEIGHTS]
        count, lanes = np.arange(len(own)), nudged(w, own)
        width = lanes[own, count] - lanes[own, count + len(own)]  # what rounding has left of 2h
        ahead, back = loss(lanes).reshape(2, -1)
        found[first : first + WEIGHTS] = (ahead - back) / width
    return found


def nudged(w: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Lanes in which one of these weights is a little larger, then as many in which it is smaller, (dim, 2 own)."""
    count = np.arange(len(own))
    h = H * np.maximum(1.0, np.abs(w[own]))
    lanes = np.repeat(w[:, None], 2 * len(own), axis=1)
    lanes[own, count] += h
    lanes[own, count + len(own)] -= h
    return lanes


def crossings(
    network: Network, w: np.ndarray, chosen: np.ndarray, inputs: np.ndarray
) -> tuple[np.ndarray, int]:
    """Which of the chosen weights crosses a kink when it is nudged, (chosen,), and how many neurons are on one then.

    inputs: (n, k), as the network sees them. What is dropped out is thought to be there.
    """
    crossing = np.zeros(len(chosen), dtype=bool)
    if network.l1:
        layers = network.layers(np.arange(network.dim))
        penalised = np.concatenate([weights.ravel() for weights, _ in layers])
        crossing |= np.isin(chosen, penalised) & (np.abs(w[chosen]) <= H)
    kinds = (*network.activations, network.output if network.loss == "mse" else "linear")
    kinked = np.repeat([kind in KINKED for kind in kinds], network.dims[1:])
    if not kinked.any():
        return crossing, 0
    inputs = inputs[_near_a_kink(network, w, inputs, kinds)]
    passing = np.zeros(len(kinked), dtype=bool)
    if not len(inputs):
        return crossing, 0
    room = max(1, min(WEIGHTS, ANSWERS // (2 * len(inputs) * len(kinked))))
    for first in range(0, len(chosen), room):
        own = chosen[first : first + room]
        positive = network.answers(nudged(w, own), inputs)[:, kinked] > 0
        turned = positive[..., : len(own)] != positive[..., len(own) :]
        crossing[first : first + room] |= turned.any(axis=(0, 1))
        passing[kinked] |= turned.any(axis=(0, 2))
    return crossing, int(passing.sum())


def _near_a_kink(network: Network, w: np.ndarray, inputs: np.ndarray, kinds: tuple[str, ...]) -> np.ndarray:
    """Samples for which the weighted sum of some kinked neuron is so small that a nudge may turn its sign, (n,)."""
    near = np.zeros(len(inputs), dtype=bool)
    answers, at = network.answers(w[:, None], inputs)[:, :, 0], 0
    before = inputs
    for (weights, biases), kind in zip(network.layers(w), kinds, strict=True):
        if kind in KINKED:
            near |= (np.abs(before @ weights + biases) <= NEAR).any(axis=1)
        before = answers[:, at : at + len(biases)]
        at += len(biases)
    return near


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

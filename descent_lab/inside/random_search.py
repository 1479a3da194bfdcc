"""The needle in the haystack: weights drawn at random, again and again, and the best kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from descent_lab.networks.kernels.vectors import EIGHT
from descent_lab.networks.network import TRAINING, Network
from descent_lab.refusals import Refusal

LANES = 256
"""Tries that are scored side by side. Each block has draws of its own, so that more tries begin with the same ones."""

WORK = 400_000_000
"""Weights times samples of the tries that are scored between two words of progress, eight tries at the least."""

_STREAM = 11 << 40

CUTS = 10
"""Values that a grid takes along each axis."""


@dataclass(frozen=True, eq=False)
class Needle:
    """Every try that was better than all before, in their order, (n,) each. at: its number, from 1. losses: mean loss
    over the samples, without penalties. accuracy: the share that is right; of a curve None. samples: how many were
    tried on."""

    at: np.ndarray
    losses: np.ndarray
    accuracy: np.ndarray | None
    samples: int


Progress = Callable[[int, float, float | None], None]
"""(tries done, best loss, its accuracy). It may raise, and so end the work."""


def search(network: Network, tries: int, seed: int, scale: float | None, progress: Progress) -> Needle:
    """So many tries. scale: weights and biases are uniform from -scale to scale; None: drawn as the network's own were
    to begin with, biases 0."""
    if scale is None and network.initial.key == "zeros":
        raise Refusal("nothing to draw", field="scale")
    rows = network.measured[TRAINING]
    numbers = network.block(rows)
    part = EIGHT * max(1, WORK // (EIGHT * network.dim * len(rows)))
    best = np.inf
    at: list[int] = []
    losses: list[float] = []
    right: list[float] = []
    for first in range(0, tries, LANES):
        own = min(LANES, tries - first)
        generator = np.random.Generator(np.random.Philox(key=[seed, _STREAM + first // LANES]))
        lanes = random_weights(network, generator, scale)[:, :own]
        for begin in range(0, own, part):
            loss, hits = network.score(lanes[:, begin : begin + part], numbers)
            loss = np.where(np.isnan(loss), np.inf, loss)
            before = np.concatenate([[best], np.minimum(best, np.minimum.accumulate(loss)[:-1])])
            for index in np.flatnonzero(loss < before).tolist():
                best = float(loss[index])
                at.append(first + begin + index + 1)
                losses.append(best)
                right.append(float(hits[index]) / len(rows))
            done = first + begin + len(loss)
            progress(done, best, right[-1] if right and network.samples.classes else None)
    accuracy = np.array(right) if network.samples.classes else None
    return Needle(np.array(at), np.array(losses), accuracy, len(rows))


def random_weights(network: Network, generator: np.random.Generator, scale: float | None) -> np.ndarray:
    """Weights of LANES tries, (dim, LANES)."""
    if scale is not None:
        return scale * (2 * generator.random((network.dim, LANES)) - 1)
    lanes = np.zeros((network.dim, LANES))
    for weights, _ in network.layers(lanes):
        weights[:] = np.moveaxis(network.initial.draw(generator, (LANES, *weights.shape[:2])), 0, 2)
    return lanes


def grid_points(network: Network) -> str:
    """Points of a grid of CUTS values along each axis: one factor of ten for every weight."""
    return f"{CUTS}^{network.dim}"

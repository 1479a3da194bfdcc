"""What turning a single weight does: which neurons hear of it, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from descent_lab.networks.network import SETS, TRAINING, Network


@dataclass(frozen=True, eq=False)
class Perturbation:
    """before, after: what every neuron says, (neurons, *shape), inputs left out. changed: which of them says anything
    else than before, anywhere of what was asked, to the last bit, (neurons,). losses: mean loss over the measured
    training samples before and after, without penalties."""

    before: np.ndarray
    after: np.ndarray
    changed: np.ndarray
    losses: tuple[float, float]


def perturb(
    network: Network, w: np.ndarray, number: int, value: float, inputs: np.ndarray, shape: tuple[int, ...]
) -> Perturbation:
    """Weight `number` of w, (dim,), set to `value`. inputs: (n, k), as the network sees them, n the places of
    `shape`."""
    lanes = np.stack([w, w], axis=1)
    lanes[number, 1] = value
    # Lanes do not notice one another: what is the same before and after has the same bits.
    before, after = network.answers(lanes, inputs).transpose(2, 1, 0)
    loss, changed = network.measure(lanes)[SETS[TRAINING]], np.any(before != after, axis=1)
    return Perturbation(
        before.reshape(-1, *shape), after.reshape(-1, *shape), changed, (float(loss[0]), float(loss[1]))
    )

"""Who takes which class for which, and the samples that a network is most wrong about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from descent_lab.inside.one_sample import passage
from descent_lab.machine.endpoints import pool
from descent_lab.machine.stepping import evaluate_block
from descent_lab.networks.kernels import block, compiled
from descent_lab.networks.network import Network
from descent_lab.refusals import Refusal

CHUNK = 500
"""Samples that a core goes through at once."""


@dataclass(frozen=True, eq=False)
class Confusion:
    """Of several networks over the same samples. counts: (lanes, classes, classes), how many samples of a class (down)
    each takes for which (across). accuracy: (lanes,), the share that is right."""

    counts: np.ndarray
    accuracy: np.ndarray


@dataclass(frozen=True, eq=False)
class Mistakes:
    """What a network gets wrong, the worst first, (n,) each. rows: numbers of the samples. predicted: the class that it
    takes them for. loss: of the sample. probability: that it gives to what it says; under the mean squared error the
    answer of that class's neuron."""

    rows: np.ndarray
    targets: np.ndarray
    predicted: np.ndarray
    loss: np.ndarray
    probability: np.ndarray


def sums(
    network: Network, w: np.ndarray, rows: np.ndarray, tick: Callable[[], None] | None = None
) -> np.ndarray:
    """The last layer's sums under cross-entropy, its answers under the mean squared error, for many samples.

    w: (dim, lanes) -> (rows, outputs, lanes). The cores share the work. tick: called again and again; it may raise, and
    so end the work.
    """
    w = np.ascontiguousarray(w, dtype=float)
    neurons, outs, lanes = sum(network.dims[1:]), network.outputs, w.shape[1]

    def part(own: np.ndarray) -> np.ndarray:
        if tick is not None:
            tick()
        numbers = network.block(own)
        numbers[block.LOSS] = 0  # else they would come as probabilities, and those of 1 cannot be told apart
        out = np.empty((len(own) * neurons, lanes))
        evaluate_block(compiled.answers().address, numbers, w, np.empty(1), out)
        return out.reshape(len(own), neurons, lanes)[:, -outs:]

    chunks = [rows[first : first + CHUNK] for first in range(0, len(rows), CHUNK)]
    return np.concatenate(list(pool().map(part, chunks)))


def predicted_classes(network: Network, outputs: np.ndarray) -> np.ndarray:
    """The class that each stands for; of equals the first. outputs: (rows, outputs, lanes) -> (rows, lanes)."""
    if network.outputs > 1:
        return outputs.argmax(axis=1)
    return (outputs[:, 0] > (0.5 if network.loss == "mse" else 0.0)).astype(np.int64)


def confusion(network: Network, outputs: np.ndarray, rows: np.ndarray) -> Confusion:
    """outputs: (rows, outputs, lanes), of `sums`."""
    classes, targets = len(network.samples.classes), network.samples.targets[rows]
    predicted = predicted_classes(network, outputs)
    pairs = targets[:, None] * classes + predicted
    counts = np.stack([np.bincount(lane, minlength=classes**2) for lane in pairs.T])
    return Confusion(counts.reshape(-1, classes, classes), (predicted == targets[:, None]).mean(axis=0))


def mistakes(network: Network, w: np.ndarray, outputs: np.ndarray, rows: np.ndarray, most: int) -> Mistakes:
    """Those of one network. w: (dim,). outputs: (rows, outputs), of `sums`."""
    targets, predicted = network.samples.targets[rows], predicted_classes(network, outputs[:, :, None])[:, 0]
    wrong = np.flatnonzero(predicted != targets)
    losses = _losses(network, outputs[wrong], targets[wrong])
    worst = wrong[np.argsort(-losses, kind="stable")[:most]]
    told = [passage(network, w, *_sample(network, row)) for row in rows[worst].tolist()]
    sure = [
        float(_certainty(each.output, int(own))) for each, own in zip(told, predicted[worst], strict=True)
    ]
    return Mistakes(
        rows[worst], targets[worst], predicted[worst], np.array([each.loss for each in told]), np.array(sure)
    )


def _sample(network: Network, row: int) -> tuple[np.ndarray, float]:
    return network.seen(np.array([row]))[0], float(network.samples.targets[row])


def _certainty(output: np.ndarray, predicted: int) -> float:
    if len(output) > 1:
        return output[predicted]
    return output[0] if predicted else 1 - output[0]


def _losses(network: Network, outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Of every sample, (n,). outputs: (n, outputs)."""
    everyone = np.arange(len(targets))
    with np.errstate(all="ignore"):
        if network.loss == "mse":
            goals = targets[:, None] if network.outputs == 1 else np.eye(network.outputs)[targets]
            return ((outputs - goals) ** 2).mean(axis=1)
        if network.outputs == 1:
            z = outputs[:, 0]
            return np.logaddexp(0.0, z) - targets * z
        most = outputs.max(axis=1)
        return np.log(np.exp(outputs - most[:, None]).sum(axis=1)) + most - outputs[everyone, targets]


def only_classes(network: Network) -> None:
    """Refuses a curve: it has no classes to take for one another."""
    if not network.samples.classes:
        raise Refusal("confusion of a curve", field="set")

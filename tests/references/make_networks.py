"""Write networks.json: losses and gradients of dense networks by torch's autograd, which the tests compare ours with.

    python -m venv /tmp/references
    /tmp/references/bin/pip install torch==2.13.0 numpy
    /tmp/references/bin/python tests/references/make_networks.py

Everything is in double precision, and nothing is the engine's but the order in which weights lie: those of a layer
(inputs, neurons), row by row, then its biases, layer after layer. All networks share the tables at the top: one with
k inputs and n samples sees the first k columns of the first n rows, and takes the first of the weights.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

dice = np.random.default_rng(21)
INPUTS = np.round(dice.normal(size=(70, 11)), 2) * (dice.random((70, 11)) < 0.8)
INPUTS[3] = 0
WEIGHTS = np.round(dice.normal(scale=0.5, size=320), 2)
TARGETS = np.round(dice.normal(size=70), 2)
CLASSES = dice.integers(0, 60, 70)  # the target is the remainder by the number of classes
KEPT = (dice.random((70, 30)) < 0.7).astype(int)

ACTIVATIONS = {
    "linear": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": lambda z: functional.leaky_relu(z, 0.01),
    "gelu": functional.gelu,
    "softplus": lambda z: functional.softplus(z, threshold=700),
}
# The loss, the activation of the output layer, the outputs, and what the targets are.
ENDS = [
    ("mse", "linear", 1, "numbers"),
    ("mse", "sigmoid", 1, "classes"),
    ("mse", "linear", 3, "classes"),
    ("mse", "sigmoid", 3, "classes"),
    ("cross-entropy", "linear", 1, "classes"),
    ("cross-entropy", "linear", 3, "classes"),
]
PLAIN = {"l2": 0.0, "l1": 0.0, "drop": 0.0}


def layers(w: torch.Tensor, sizes: list[int]) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Weights, (neurons, inputs) as torch has them, and biases of every layer."""
    found, at = [], 0
    for before, after in pairwise(sizes):
        biases = at + before * after
        found.append((w[at:biases].reshape(before, after).T, w[biases : biases + after]))
        at = biases + after
    return found


def forward(case: dict[str, Any], w: torch.Tensor) -> list[torch.Tensor]:
    """What every layer says to all samples, dropout counted: (samples, neurons) each."""
    sizes, first = case["sizes"], 0
    said = [torch.tensor(INPUTS[: case["samples"], : sizes[0]])]
    for index, (weights, biases) in enumerate(layers(w, sizes)):
        a = ACTIVATIONS[case["activations"][index]](functional.linear(said[-1], weights, biases))
        if case["drop"] and index < len(sizes) - 2:
            kept = torch.tensor(KEPT[: case["samples"], first : first + sizes[index + 1]])
            a = a * kept / (1 - case["drop"])
            first += sizes[index + 1]
        said.append(a)
    return said[1:]


def judged(case: dict[str, Any], outputs: torch.Tensor) -> tuple[torch.Tensor, int, torch.Tensor]:
    """The loss, how many samples are right, and the outputs as probabilities where they are some."""
    samples, outs = outputs.shape
    classes = torch.tensor(CLASSES[:samples] % max(outs, 2))
    targets = torch.tensor(TARGETS[:samples]) if case["targets"] == "numbers" else classes.double()
    one = outputs[:, 0]
    if case["loss"] == "mse" and outs == 1:
        return functional.mse_loss(one, targets), int(((one > 0.5) == targets).sum()), outputs
    if case["loss"] == "mse":
        loss = functional.mse_loss(outputs, functional.one_hot(classes, outs).double())
        return loss, int((outputs.argmax(1) == classes).sum()), outputs
    if outs == 1:
        loss = functional.binary_cross_entropy_with_logits(one, targets)
        return loss, int(((one > 0) == targets).sum()), torch.sigmoid(outputs)
    right = int((outputs.argmax(1) == classes).sum())
    return functional.cross_entropy(outputs, classes), right, functional.softmax(outputs, 1)


def solved(case: dict[str, Any]) -> dict[str, Any]:
    """The case with its loss and gradient, penalties counted; the loss without; and what the last sample is told."""
    sizes = case["sizes"]
    dim = sum((before + 1) * after for before, after in pairwise(sizes))
    w = torch.tensor(WEIGHTS[:dim], requires_grad=True)
    said = forward(case, w)
    bare, hits, answers = judged(case, said[-1])
    weights = torch.cat([weights.flatten() for weights, _ in layers(w, sizes)])
    loss = bare + case["l2"] * (weights**2).sum() + case["l1"] * weights.abs().sum()
    loss.backward()
    last = torch.cat([*(a[-1] for a in said[:-1]), answers[-1]])
    return case | {
        "value": loss.item(),
        "bare": bare.item(),
        "hits": hits,
        "answers": last.tolist(),
        "gradient": w.grad.tolist(),
    }


def case(
    sizes: list[int], hidden: list[str], end: tuple[str, str, int, str], samples: int, **more: float
) -> Any:
    """One case as plain values: hidden layers' activations, and how it ends."""
    loss, last, outs, targets = end
    shape = {"sizes": [*sizes, outs], "activations": [*hidden, last], "samples": samples}
    return shape | {"loss": loss, "targets": targets} | PLAIN | more


def main() -> None:
    """Every activation with every loss; then architectures, penalties and dropout."""
    cases = [case([2, 3], [kind], end, 9) for kind in ACTIVATIONS for end in ENDS]
    number, squashed, several, _, two, many = ENDS
    deep = ["tanh", "relu", "gelu", "softplus", "leaky", "sigmoid"]
    cases += [
        case([4], [], two, 40),
        case([11], [], (*many[:2], 5, many[3]), 1, l1=0.03),
        case([2], [], number, 32, l2=0.1),
        case([9, 1], ["tanh"], squashed, 33),
        case([2, 19], ["gelu"], squashed, 70, l2=0.02),
        case([2, 8, 8], ["relu", "relu"], two, 64, l1=0.01, l2=0.05),
        case([2, 8, 8], ["tanh", "softplus"], two, 65, drop=0.3),
        case([5, 9, 12], ["relu", "tanh"], (*many[:2], 4, many[3]), 33, l2=0.02, drop=0.3),
        case([3, 4, 5, 3, 7, 2, 4], deep, many, 70),
        case([3, 4, 5, 3, 7, 2, 4], deep, several, 41, l1=0.004, l2=0.01, drop=0.2),
    ]
    data = {
        "inputs": INPUTS.tolist(),
        "weights": WEIGHTS.tolist(),
        "targets": TARGETS.tolist(),
        "classes": CLASSES.tolist(),
        "kept": ["".join(map(str, row)) for row in KEPT.tolist()],
        "cases": [solved(each) for each in cases],
    }
    Path(__file__).with_name("networks.json").write_text(json.dumps(data) + "\n")


if __name__ == "__main__":
    main()

"""Write trainings.json: torch's training of small networks by mini-batches, which the tests compare ours with.

    python -m venv /tmp/references
    /tmp/references/bin/pip install torch==2.13.0 numpy numba llvmlite latex2mathml
    PYTHONPATH=. /tmp/references/bin/python tests/references/make_trainings.py

The forward pass, the losses, autograd and the optimizers are torch's own, in double precision. The engine's are the
samples, the first weights, and what follows from the seed: the mini-batches, the masks of dropout, the input noise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from descent_lab.datasets import splits
from descent_lab.networks.network import TRAINING, Network
from descent_lab.networks.sample_blocks import _DROPOUT, _JITTER, draws
from descent_lab.setups.reading import read_setup

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

STEPS = 60
KEPT = [1, 2, 5, 10, 30, 60]
SHAPES: dict[str, dict[str, Any]] = {
    "two classes": {"data": "moons", "samples": 120, "hidden": [8, 8], "batch": 16},
    "three classes, penalties": {
        "data": "blobs3", "samples": 90, "hidden": [6], "activation": "relu", "batch": 20, "l2": 0.01, "l1": 0.003,
    },
    "a curve": {"data": "curve", "samples": 80, "hidden": [10, 3], "activation": ["softplus", "sigmoid"], "batch": 0},
    "dropout and input noise": {
        "data": "xor", "samples": 100, "hidden": [7, 5], "activation": "leaky", "batch": 32,
        "dropout": [0.3, 0.1], "jitter": 0.2,
    },
    "squares, one output a class": {
        "data": "iris", "hidden": [9], "activation": "gelu", "loss": "mse", "output": "sigmoid", "batch": 25,
    },
}  # fmt: skip
OPTIMIZERS: dict[str, tuple[dict[str, float], Any]] = {
    "gd": ({"lr": 0.1}, lambda w: torch.optim.SGD(w, lr=0.1)),
    "momentum": ({"lr": 0.05, "beta": 0.9}, lambda w: torch.optim.SGD(w, lr=0.05, momentum=0.9)),
    "adam": ({"lr": 0.01}, lambda w: torch.optim.Adam(w, lr=0.01)),
    "rmsprop": ({"lr": 0.005}, lambda w: torch.optim.RMSprop(w, lr=0.005)),
}
ACTIVATIONS = {
    "linear": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": lambda z: functional.leaky_relu(z, 0.01),
    "gelu": functional.gelu,
    "softplus": functional.softplus,
}


def drawn(network: Network, step: int, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """The input noise and the masks of dropout of one step."""
    keep = np.repeat(1 - np.array(network.dropout), network.hidden)
    masks = (draws(_DROPOUT, network.seed, step).random((rows, len(keep))) < keep) / keep
    return draws(_JITTER, network.seed, step).standard_normal((rows, network.dims[0])), masks


def train(shape: dict[str, Any], optimizer: str) -> dict[str, Any]:
    """All weights and the mini-batch's loss after the steps in KEPT."""
    knobs, make = OPTIMIZERS[optimizer]
    entrants = [{"optimizer": optimizer, "knobs": knobs}]
    network = read_setup({**shape, "seed": 5, "steps": STEPS, "entrants": entrants}).network
    parts = network.layers(np.array(network.start))
    layers = [[torch.tensor(part.copy(), requires_grad=True) for part in layer] for layer in parts]
    flat = [part for layer in layers for part in layer]
    rule = make(flat)
    found: dict[str, Any] = {"weights": {}, "losses": {}}
    for step in range(STEPS + 1):
        training = network.rows[TRAINING]
        own = training[splits.batches(len(training), network.batch, network.seed, step, 1)[0]]
        noise, masks = drawn(network, step, len(own))
        a = torch.tensor(network.seen(own) + network.jitter * noise)
        at = 0
        for (weights, bias), activation in zip(layers[:-1], network.activations, strict=True):
            a = ACTIVATIONS[activation](a @ weights + bias)
            if any(network.dropout):
                a = a * torch.tensor(masks[:, at : at + a.shape[1]])
            at += a.shape[1]
        z = a @ layers[-1][0] + layers[-1][1]
        targets = torch.tensor(network.samples.targets[own])
        loss = misfit(network, z, targets)
        for weights, _ in layers:
            loss = loss + network.l2 * (weights**2).sum() + network.l1 * weights.abs().sum()
        if step in KEPT:
            found["losses"][step] = loss.item()
            found["weights"][step] = [float(w) for part in flat for w in part.detach().flatten()][::7]
        rule.zero_grad()
        loss.backward()
        rule.step()
    return found


def misfit(network: Network, z: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """The loss without penalties."""
    if network.loss == "mse":
        said = ACTIVATIONS[network.output](z)
        wanted = (
            targets[:, None].double()
            if network.outputs == 1
            else functional.one_hot(targets, network.outputs).double()
        )
        return functional.mse_loss(said, wanted)
    if network.outputs == 1:
        return functional.binary_cross_entropy_with_logits(z[:, 0], targets.double())
    return functional.cross_entropy(z, targets)


def main() -> None:
    """Write the file beside this one; every seventh weight is kept."""
    found = [
        {
            "name": name,
            "shape": shape,
            "optimizer": optimizer,
            "knobs": OPTIMIZERS[optimizer][0],
            **train(shape, optimizer),
        }
        for name, shape in SHAPES.items()
        for optimizer in OPTIMIZERS
    ]
    path = Path(__file__).with_name("trainings.json")
    path.write_text(
        json.dumps({"torch": torch.__version__, "steps": STEPS, "seed": 5, "trainings": found}) + "\n"
    )


if __name__ == "__main__":
    main()

"""Write muon.json: networks trained by torch.optim.Muon and, for the biases, AdamW, which the tests compare ours with.

    python -m venv /tmp/references
    /tmp/references/bin/pip install torch==2.13.0 numpy
    /tmp/references/bin/python tests/references/make_muon.py

torch rounds the matrix to bfloat16 before it is made orthogonal, which leaves three digits to compare. That rounding,
and nothing else, is left out here: `Tensor.bfloat16` gives a copy in double precision, and the rest is torch's code.
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
torch.Tensor.bfloat16 = torch.Tensor.clone

KEPT = [1, 2, 10, 30]
DEFAULTS = {"lr": 1e-3, "beta": 0.95, "weight_decay": 0.1, "rounds": 5}
SIZES = {"narrow and wide": [3, 5, 4, 3], "one output": [2, 8, 8, 1], "no hidden layer": [9, 4]}
SETTINGS = [
    DEFAULTS,
    DEFAULTS | {"lr": 0.02},
    {"lr": 0.1, "beta": 0.8, "weight_decay": 0.3, "rounds": 2},
    {"lr": 0.02, "beta": 0.0, "weight_decay": 0.0, "rounds": 0},
]


def train(sizes: list[int], knobs: dict[str, float], dice: np.random.Generator) -> dict[str, Any]:
    """The start, the samples, and the weights after the steps in KEPT, in the engine's order."""
    layers = [torch.nn.Linear(before, after) for before, after in pairwise(sizes)]
    for layer in layers:
        layer.weight.data = torch.tensor(np.round(dice.normal(scale=0.7, size=tuple(layer.weight.shape)), 2))
        layer.bias.data = torch.tensor(np.round(dice.normal(scale=0.3, size=tuple(layer.bias.shape)), 2))
    inputs = np.round(dice.normal(size=(12, sizes[0])), 2)
    targets = dice.integers(0, max(2, sizes[-1]), 12)
    own = {"weight_decay": knobs["weight_decay"], "momentum": knobs["beta"], "ns_steps": knobs["rounds"]}
    rules = [
        torch.optim.Muon([layer.weight for layer in layers], lr=knobs["lr"], **own),
        torch.optim.AdamW([layer.bias for layer in layers], lr=knobs["lr"]),
    ]

    def weights() -> list[float]:
        parts = [
            part for layer in layers for part in (layer.weight.detach().T.flatten(), layer.bias.detach())
        ]
        return torch.cat(parts).tolist()

    start, kept = weights(), []
    for step in range(1, KEPT[-1] + 1):
        a = torch.tensor(inputs)
        for layer in layers[:-1]:
            a = torch.tanh(layer(a))
        z = layers[-1](a)
        classes = torch.tensor(targets)
        for rule in rules:
            rule.zero_grad()
        if sizes[-1] == 1:
            functional.binary_cross_entropy_with_logits(z[:, 0], classes.double()).backward()
        else:
            functional.cross_entropy(z, classes).backward()
        for rule in rules:
            rule.step()
        if step in KEPT:
            kept.append(weights())
    return {
        "sizes": sizes,
        "knobs": knobs,
        "inputs": inputs.tolist(),
        "targets": targets.tolist(),
        "start": start,
        "weights": kept,
    }


def main() -> None:
    """Every shape of a matrix, with knobs at their defaults and elsewhere."""
    dice = np.random.default_rng(12)
    cases = [train(SIZES["narrow and wide"], knobs, dice) for knobs in SETTINGS]
    cases += [train(SIZES[name], SETTINGS[1], dice) for name in ("one output", "no hidden layer")]
    Path(__file__).with_name("muon.json").write_text(json.dumps({"kept": KEPT, "cases": cases}) + "\n")


if __name__ == "__main__":
    main()

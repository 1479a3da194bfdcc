"""Trained networks for the tests of what is seen inside them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training

PRICES = "rooms,age,price\n" + "".join(
    f"{2 + i % 5},{(7 * i) % 41},{90_000 + 31_000 * (i % 5) - 900.5 * ((7 * i) % 41)}\n" for i in range(60)
)
"""A table of one's own, in units of which none is of order one."""

KINDS: dict[str, dict[str, Any]] = {
    "two classes": {"data": "moons", "activation": ["tanh", "gelu"], "hidden": [5, 4]},
    "three classes": {"data": "blobs3", "activation": ["sigmoid", "softplus", "leaky"], "hidden": [4, 3, 4]},
    "three classes, squares": {
        "data": "blobs3", "loss": "mse", "output": "sigmoid", "hidden": [6], "activation": "relu",
    },
    "two classes, squares": {"data": "circles", "loss": "mse", "output": "sigmoid", "hidden": [4, 4]},
    "a curve": {"data": "curve", "hidden": [7], "activation": "linear"},
    "flowers": {"data": "iris", "hidden": [6], "activation": "tanh"},
    "prices": {"csv": PRICES, "hidden": [5], "activation": "tanh"},
    "no hidden layer": {"data": "blobs", "hidden": []},
    "pictures": {"data": "digits", "hidden": [9], "activation": "relu", "batch": 16},
}  # fmt: skip


def trained(kind: str, steps: int = 40, **more: Any) -> Training:
    """A training of that kind, run to its end; two entrants."""
    entrants = [{"optimizer": "adam", "knobs": {"lr": 0.02}}, {"optimizer": "gd", "knobs": {"lr": 0.05}}]
    return _trained(json.dumps({**KINDS[kind], "steps": steps, "seed": 3, "entrants": entrants, **more}))


@cache
def _trained(setup: str) -> Training:
    training = Training(read_setup(json.loads(setup)))
    training.advance(training.setup.steps)
    return training

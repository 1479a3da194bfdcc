"""Scenes of networks: what is learned, by which network, and how fast; each with a sentence on what to watch."""

from __future__ import annotations

from typing import Any

from descent_lab.catalog import Catalog
from descent_lab.scene import Scene


def _racer(optimizer: str, **knobs: float) -> dict[str, Any]:
    return {"optimizer": optimizer, "knobs": knobs}


def _four(sgd: float, momentum: float, rmsprop: float, adam: float) -> list[dict[str, Any]]:
    """The four of the chapter, with rates that suit."""
    return [
        _racer("sgd", lr=sgd),
        _racer("momentum", lr=momentum, beta=0.9),
        _racer("rmsprop", lr=rmsprop),
        _racer("adam", lr=adam),
    ]


FOUR = _four(0.1, 0.05, 0.005, 0.01)

RATES = [
    _racer("gd", lr=0.1),
    _racer("nesterov", lr=0.05, beta=0.9),
    _racer("adagrad", lr=0.1),
    _racer("adadelta", lr=3.0),
    _racer("adamw", lr=0.01),
    _racer("amsgrad", lr=0.01),
    _racer("adamax", lr=0.03),
    _racer("nadam", lr=0.01),
    _racer("radam", lr=0.03),
    _racer("adabelief", lr=0.01),
    _racer("yogi", lr=0.01),
    _racer("lion", lr=0.001),
    _racer("muon", lr=0.02),
    _racer("lbfgs", lr=0.1),
    _racer("cg", lr=0.1),
]
"""What whoever joins a training begins with: found to serve on moons as on digits."""

OVERFITTING: dict[str, Any] = {
    "data": "moons",
    "samples": 60,
    "spread": 0.4,
    "seed": 3,
    "split": [40, 30, 30],
    "hidden": [32, 32],
    "batch": 0,
    "steps": 2000,
    "entrants": [_racer("momentum", lr=0.05, beta=0.9), _racer("adam", lr=0.003)],
}
"""Many more weights than points, and points that lie in each other's way."""


def _scenes() -> list[Scene]:
    return [
        Scene(
            "moons", "Two moons",
            "All start from the same weights and see the same mini-batches. The border bends as the loss falls.",
            {"data": "moons", "entrants": FOUR},
        ),
        Scene(
            "circles", "Circles",
            "A ring around a disc: no straight line parts them, and the hidden neurons draw a polygon.",
            {"data": "circles", "entrants": FOUR},
        ),
        Scene(
            "xor", "XOR",
            "Opposite corners belong together, which no network without a hidden layer can learn.",
            {"data": "xor", "entrants": FOUR},
        ),
        Scene(
            "spirals", "Spirals",
            "The hardest of the toys: the border must turn round and round, and plain descent takes very long.",
            {"data": "spirals", "hidden": [16, 16], "steps": 4000, "entrants": _four(0.3, 0.1, 0.01, 0.01)},
        ),
        Scene(
            "blobs", "Two blobs",
            "One straight line would do. All find it, some sooner.",
            {"data": "blobs", "hidden": [4], "steps": 500, "entrants": FOUR},
        ),
        Scene(
            "blobs3", "Three blobs",
            "Three outputs, and softmax makes them shares that add up to one.",
            {"data": "blobs3", "hidden": [8], "steps": 500, "entrants": FOUR},
        ),
        Scene(
            "curve", "A curve",
            "One input and one output: every neuron bends the line once.",
            {"data": "curve", "hidden": [16, 16], "entrants": _four(0.1, 0.1, 0.01, 0.03)},
        ),
        Scene(
            "iris", "Iris",
            "Four measures of a flower tell three kinds apart, all but a few.",
            {"data": "iris", "hidden": [8], "batch": 16, "steps": 1000, "entrants": FOUR},
        ),
        Scene(
            "wine", "Wine",
            "Thirteen measures of a wine tell the vineyard.",
            {"data": "wine", "hidden": [8], "batch": 16, "steps": 500, "entrants": FOUR},
        ),
        Scene(
            "digits", "Digits, 8 × 8",
            "Sixty-four pixels of grey, ten digits.",
            {
                "data": "digits", "hidden": [32], "activation": "relu", "initial": "he",
                "entrants": _four(0.1, 0.03, 0.003, 0.003),
            },
        ),
        Scene(
            "mnist", "MNIST, 784-15-10",
            "The network of the chapter: 11,935 weights learn to read handwriting.",
            {
                "data": "mnist", "hidden": [15], "activation": "sigmoid", "steps": 6000,
                "entrants": [_racer("sgd", lr=0.7), _racer("momentum", lr=0.1, beta=0.9), _racer("adam", lr=0.005)],
            },
        ),
        Scene(
            "overfitting", "Too large a network",
            "Twenty-four noisy points and 1,185 weights: the training loss goes to nothing while the validation loss "
            "turns and climbs.",
            OVERFITTING,
        ),
        Scene(
            "cure-l2", "Cure: L2",
            "The same with a price on large weights: the border stays smooth.",
            OVERFITTING | {"l2": 0.01},
        ),
        Scene(
            "cure-dropout", "Cure: dropout",
            "The same with every other neuron switched off at random at each step: none can rely on its neighbours.",
            OVERFITTING | {"dropout": 0.5},
        ),
        Scene(
            "cure-noise", "Cure: input noise",
            "The same with noise on the inputs, other at every step: no point is seen twice.",
            OVERFITTING | {"jitter": 0.3},
        ),
        Scene(
            "cure-stopping", "Cure: early stopping",
            "The same network; who has had no better validation loss for 200 steps goes back to its best and stops.",
            OVERFITTING | {"patience": 200},
        ),
    ]  # fmt: skip


NETWORK_SCENES: Catalog[Scene] = Catalog("scene", *_scenes())

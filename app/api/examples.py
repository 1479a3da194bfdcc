"""Setups that the documentation of the API shows, each of which can be sent as it stands."""

from __future__ import annotations

from typing import Any

SETUPS: dict[str, Any] = {
    "adam": {
        "summary": "Adam and plain gradient descent on Beale's function",
        "value": {
            "surface": "beale",
            "start": [1, 1.6],
            "steps": 150,
            "entrants": [
                {"optimizer": "adam", "knobs": {"lr": 0.04, "beta1": 0.87}},
                {"optimizer": "gd", "knobs": {"lr": 0.002}},
            ],
        },
    },
    "typed": {
        "summary": "A typed surface, a schedule, noise, and a rate turned down on the way",
        "value": {
            "expression": "sin(3*x) + 0.1*(x^2 + y^2)",
            "start": [2, 2],
            "steps": 100,
            "seed": 7,
            "noise": 0.1,
            "entrants": [{"optimizer": "momentum", "knobs": {"lr": 0.02}, "schedule": {"kind": "cosine"}}],
            "changes": [{"at": 40, "entrant": 0, "knob": "lr", "value": 0.01}],
        },
    },
}
"""Races on a surface."""

REGRESSIONS: dict[str, Any] = {
    "seven": {
        "summary": "The chapter's seven points and a straight line",
        "value": {
            "preset": "seven",
            "start": [3.1, -4.5],
            "steps": 200,
            "entrants": [
                {"optimizer": "gd", "knobs": {"lr": 0.02}},
                {"optimizer": "adam", "knobs": {"lr": 0.1}},
            ],
        },
    },
    "drawn": {
        "summary": "Points of one's own, a cubic, mini-batches of two, ridge, and a point that moves on the way",
        "value": {
            "points": [[0, 1], [1, 2.1], [2, 2.9], [3, 4.2], [4, 3.1], [5, 2]],
            "degree": 3,
            "batch": 2,
            "l2": 0.01,
            "steps": 100,
            "entrants": [{"optimizer": "momentum", "knobs": {"lr": 0.02}}],
            "changes": [{"at": 50, "point": 4, "to": [4, 5]}],
        },
    },
}
"""Regressions."""

TRAININGS: dict[str, Any] = {
    "moons": {
        "summary": "Two moons, a 2-8-8-1 network, Adam and plain SGD",
        "value": {
            "data": "moons",
            "hidden": [8, 8],
            "activation": "tanh",
            "batch": 32,
            "steps": 350,
            "entrants": [
                {"optimizer": "adam", "knobs": {"lr": 0.01}},
                {"optimizer": "sgd", "knobs": {"lr": 0.1}},
            ],
        },
    },
    "cures": {
        "summary": "Few points and a large network, held back by L2, dropout and input noise; a batch that grows",
        "value": {
            "data": "circles",
            "samples": 60,
            "split": [50, 25, 25],
            "hidden": [24, 24],
            "activation": ["relu", "gelu"],
            "initial": "he",
            "batch": 8,
            "l2": 0.001,
            "dropout": [0.2, 0.1],
            "jitter": 0.05,
            "patience": 100,
            "steps": 300,
            "entrants": [{"optimizer": "adamw", "knobs": {"lr": 0.005}, "schedule": {"kind": "cosine"}}],
            "changes": [{"at": 150, "setting": "batch", "value": 16}],
        },
    },
}
"""Trainings of a network."""

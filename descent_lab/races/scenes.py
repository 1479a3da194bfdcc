"""Scenes: named set-ups, each with one sentence on what to watch."""

from __future__ import annotations

from typing import Any

from descent_lab.catalog import Catalog
from descent_lab.races.suggestions import suggested
from descent_lab.scene import Scene

TWIN_START = [-0.186, -1.5]
"""On the ridge between two of Himmelblau's minima."""

OURS = "Radford published no rates; these were found by our own tuning."


def _racer(optimizer: str, label: str | None = None, **knobs: float) -> dict[str, Any]:
    return {"optimizer": optimizer, "knobs": knobs} | ({"label": label} if label else {})


def _radford(surface: str) -> list[dict[str, Any]]:
    return [racer for racer in suggested(surface) if racer["optimizer"] != "adam"]


def _scenes() -> list[Scene]:
    # The steepest curvature of the long valley is 100: gradient descent is stable below a rate of 2 / 100.
    limit = 0.02
    return [
        Scene(
            "radford-contours",
            "Radford's contours",
            "Momentum and Nesterov shoot past the bend and swing back, while the scaled methods turn into the valley "
            f"at once. {OURS}",
            {"surface": "beale", "start": [1.0, 1.6], "steps": 240, "entrants": suggested("beale")},
        ),
        Scene(
            "radford-saddle",
            "Radford's saddle",
            "All slide to the saddle; the methods that scale each axis leave it first, momentum and Nesterov after "
            f"some swings across the ridge, and gradient descent is the last to find the way down. {OURS}",
            {
                "surface": "saddle",
                "start": [1.2, 0.001],
                "steps": 120,
                "entrants": [
                    _racer("gd", lr=0.03),
                    _racer("momentum", lr=0.01, beta=0.9),
                    _racer("nesterov", lr=0.01, beta=0.9),
                    _racer("adagrad", lr=0.1),
                    _racer("adadelta", lr=0.3, eps=1e-3),
                    _racer("rmsprop", lr=0.01),
                ],
            },
        ),
        Scene(
            "long-valley",
            "The long valley",
            "Gradient descent crawls along the floor, momentum and Nesterov oscillate and arrive, and the scaled "
            f"methods walk the diagonal as if the valley were round. {OURS}",
            {
                "surface": "long_valley",
                "start": [-10.0, 1.0],
                "steps": 240,
                "entrants": _radford("long_valley"),
            },
        ),
        Scene(
            "stability-limit",
            "A rate just below, and just above, the limit",
            "Two per cent lie between these rates: below 2 divided by the steepest curvature the zigzag dies out, "
            "above it grows at every step.",
            {
                "surface": "long_valley",
                "start": [-10.0, 0.4],
                "steps": 200,
                "entrants": [
                    _racer("gd", "1 % below the limit", lr=round(limit * 0.99, 6)),
                    _racer("gd", "1 % above the limit", lr=round(limit * 1.01, 6)),
                ],
            },
        ),
        Scene(
            "plateau",
            "Stuck on a plateau",
            "On the flat, gradient descent and momentum see next to no slope and stay where they are; methods that "
            "divide by the size of the slope walk at their usual pace and find the hole.",
            {
                "expression": "-exp(-4((x - 1)^2 + (y - 0.5)^2))",
                "window": [[-2.0, 3.0], [-1.8, 2.2]],
                "start": [-0.7, -0.8],
                "steps": 200,
                "entrants": [
                    _racer("gd", lr=0.1),
                    _racer("momentum", lr=0.01, beta=0.9),
                    _racer("rmsprop", lr=0.01),
                    _racer("adam", lr=0.03),
                ],
            },
        ),
        Scene(
            "noise-helps",
            "Noise that helps",
            "Exactly on the ridge the gradient leads to the saddle and gradient descent stays there for good; a "
            "little noise pushes its twin off the ridge, and it finds a minimum.",
            {
                "surface": "bounded_saddle",
                "start": [1.6, 0.0],
                "steps": 200,
                "seed": 1,
                "entrants": [
                    _racer("gd", "GD, no noise", lr=0.05),
                    _racer("sgd", "SGD, with noise", lr=0.05, noise=0.1),
                ],
            },
        ),
        Scene(
            "overshoot",
            "Momentum that overshoots",
            "The heavier the ball, the further it rolls past the minimum: at 0.5 it settles at once, at 0.9 it "
            "swings, and at 0.98 it is still swinging at the end.",
            {
                "surface": "round_bowl",
                "start": [-2.4, 1.5],
                "steps": 200,
                "entrants": [
                    _racer("momentum", "momentum 0.5", lr=0.02, beta=0.5),
                    _racer("momentum", "momentum 0.9", lr=0.02, beta=0.9),
                    _racer("momentum", "momentum 0.98", lr=0.02, beta=0.98),
                ],
            },
        ),
        Scene(
            "two-starts",
            "A hair apart",
            "The same optimizer with the same rate from two starts a thousandth apart: a ridge runs between them, and "
            "they end in different minima.",
            {
                "surface": "himmelblau",
                "start": TWIN_START,
                "steps": 120,
                "entrants": [
                    _racer("gd", "here", lr=0.005),
                    _racer("gd", "a hair to the right", lr=0.005) | {"offset": [0.001, 0.0]},
                ],
            },
        ),
    ]


SCENES: Catalog[Scene] = Catalog("scene", *_scenes())
DEFAULT_SCENE = "radford-contours"

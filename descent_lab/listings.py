"""What there is, as command line, API and pages list it: plain JSON values, made once. Nothing is compiled for it."""

from __future__ import annotations

from functools import cache
from typing import Any

from descent_lab.datasets import POINT_SETS, SAMPLE_SETS, TABLES
from descent_lab.geometry import Point
from descent_lab.networks.initialisations import INITIALS
from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.optimizers.schedules import SCHEDULES
from descent_lab.races.scenes import SCENES
from descent_lab.races.suggestions import suggested
from descent_lab.regression.losses import LOSSES
from descent_lab.setups.entrants import ON_NETWORKS
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface


@cache
def surfaces() -> list[dict[str, Any]]:
    """Every surface with what is known of it, and the entrants of its suggested race."""
    return [
        surface.describe()
        | {
            "minima": _critical(surface, surface.minima),
            "saddles": _critical(surface, surface.saddles),
            "entrants": suggested(surface.key),
        }
        for surface in SURFACES.values()
    ]


@cache
def optimizers() -> list[dict[str, Any]]:
    """Every optimizer that can race on a surface or over points, with its knobs and its update rule."""
    return [each.describe() for each in OPTIMIZERS.values() if each.for_races]


ELSEWHERE: dict[str, dict[str, Any]] = {
    "gd": {"offered": False},  # on mini-batches it is SGD
    "sgd": {
        "sentence": "Gradient descent on mini-batches: the slope of a few samples stands for that of all."
    },
}
"""What is said otherwise of optimizers where they train a network."""


@cache
def network_optimizers() -> list[dict[str, Any]]:
    """Every optimizer that can train a network; some knobs start from another value there. What is not `offered` can
    be asked for all the same."""
    found: list[dict[str, Any]] = [
        {**each.describe(), "offered": True, **ELSEWHERE.get(each.key, {})}
        for each in OPTIMIZERS.values()
        if each.for_networks
    ]
    for knob in (knob for each in found for knob in each["knobs"]):
        knob["default"] = ON_NETWORKS.get(knob["name"], knob["default"])
    return found


@cache
def schedules() -> list[dict[str, Any]]:
    """Every learning-rate schedule."""
    return SCHEDULES.describe()


@cache
def scenes() -> list[dict[str, Any]]:
    """Every scene: a set-up and what to watch in it."""
    return SCENES.describe()


@cache
def point_sets() -> list[dict[str, Any]]:
    """Every set of points, and what it shows."""
    return POINT_SETS.describe()


@cache
def tables() -> list[dict[str, Any]]:
    """Every table of many inputs."""
    return TABLES.describe()


@cache
def losses() -> list[dict[str, Any]]:
    """Every loss of a regression."""
    return LOSSES.describe()


@cache
def sample_sets() -> list[dict[str, Any]]:
    """Every set of samples for networks, and what it teaches."""
    return SAMPLE_SETS.describe()


@cache
def activations() -> list[dict[str, Any]]:
    """Every activation, with its formula and its slope's."""
    return ACTIVATIONS.describe()


@cache
def initialisations() -> list[dict[str, Any]]:
    """Every way to draw the first weights."""
    return INITIALS.describe()


NETWORK_LOSSES = [
    {
        "key": "cross_entropy",
        "name": "Cross-entropy",
        "sentence": "What a right answer would have cost: minus the logarithm of the probability that the network gave "
        "it. For classes.",
        "kinds": ["classes"],
    },
    {
        "key": "mse",
        "name": "Mean squared error",
        "sentence": "The square of what the outputs miss, whether a curve's value or the 0 and 1 of classes.",
        "kinds": ["curve", "classes"],
    },
]
"""The losses of a network, and which kinds of samples each can judge."""


def _critical(surface: Surface, points: tuple[Point, ...]) -> list[dict[str, Any]]:
    return [{"point": list(point), "value": surface.expression.value(*point)} for point in points]

"""The pictures of the glossary, each drawn from numbers that are worked out here by the rules that it shows."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from descent_lab.glossary.drawing import Drawing
from descent_lab.machine.rules import Optimizer
from descent_lab.networks.kernels.activations import Activation
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.optimizers.schedules import SCHEDULES
from descent_lab.regression.losses import LOSSES

STEEP = 8.0
"""How much more the bowl of the paths bends along y than along x."""

RATES = {"gd": 0.22, "sgd": 0.12, "momentum": 0.03, "nesterov": 0.03, "adadelta": 1.0}
USUAL_RATE = 0.08
STEPS = {"adadelta": 400}

Picture = Callable[[], str]


def parabola(steps: int, rate: float, start: float = -0.9) -> Picture:
    """Steps of gradient descent on w^2."""

    def draw() -> str:
        x = np.linspace(-1.3, 1.3, 41)
        path = [start * (1 - 2 * rate) ** k for k in range(steps + 1)]
        places = [(w, w * w) for w in path if abs(w) < 1.3]
        return Drawing((-1.3, 1.3), (-0.1, 1.7)).curve(x, x * x, faint=True).line(places).dots(places).svg()

    return draw


def tangent() -> str:
    """A curve, and its slope at one place."""
    x = np.linspace(-1.3, 1.3, 41)
    at, slope = -0.8, -1.6
    line = [(w, at * at + slope * (w - at)) for w in (-1.25, -0.25)]
    return (
        Drawing((-1.3, 1.3), (-0.3, 1.7)).curve(x, x * x, faint=True).line(line).dots([(at, at * at)]).svg()
    )


def two_valleys(*, deeper: bool) -> Picture:
    """w^4 - w^2 + w / 4, which has two minima, and a dot in one of them."""

    def draw() -> str:
        x = np.linspace(-1.15, 1.05, 61)
        y = x**4 - x**2 + x / 4
        minima = [(w.real, (w**4 - w**2 + w / 4).real) for w in np.roots([4, 0, -2, 0.25])]
        left, right = min(minima), max(minima)
        return (
            Drawing((-1.15, 1.05), (-0.6, 0.4))
            .curve(x, y, faint=True)
            .dots([left if deeper else right])
            .svg()
        )

    return draw


def contours(curvature: tuple[float, float]) -> Drawing:
    """Contour lines of a bowl that bends so much along x and along y."""
    angle = np.linspace(0, 2 * math.pi, 49)
    drawing = Drawing((-1.25, 1.25), (-0.8, 0.8))
    for level in (0.08, 0.32, 0.72):
        across, up = (math.sqrt(2 * level / bend) for bend in curvature)
        if across < 1.25 and up < 0.8:
            drawing.curve(across * np.cos(angle), up * np.sin(angle), faint=True)
    return drawing


def gorge() -> str:
    """Contour lines of a long bowl."""
    return contours((1, 16)).dots([(0, 0)]).svg()


def saddle() -> str:
    """Contour lines of x^2 - y^2, and its saddle point."""
    drawing, t = Drawing((-1.25, 1.25), (-0.8, 0.8)), np.linspace(-0.8, 0.8, 31)
    drawing.line([(-0.8, -0.8), (0.8, 0.8)], faint=True).line([(-0.8, 0.8), (0.8, -0.8)], faint=True)
    for level in (0.06, 0.3, 0.8):
        far = np.sqrt(t * t + level)
        for side in (-1, 1):
            drawing.curve(
                np.where(far < 1.25, side * far, np.nan), np.where(far < 1.25, t, np.nan), faint=True
            )
            drawing.curve(t, np.where(far < 0.8, side * far, np.nan), faint=True)
    return drawing.dots([(0, 0)]).svg()


def path(optimizer: Optimizer, rate: float | None = None) -> list[tuple[float, float]]:
    """The optimizer's own rule on the bowl (x^2 + STEEP y^2) / 2, from one corner."""
    rate = RATES.get(optimizer.key, USUAL_RATE) if rate is None else rate
    named = {name: rate if name == "lr" else knob.default for name, knob in optimizer.knobs.items()}
    knobs = [value for name, value in named.items() if name in optimizer.rule.__code__.co_varnames]
    begins = [optimizer.initial.get(name, 0.0) for name in optimizer.state]
    state = [[named[value] if isinstance(value, str) else value for value in begins] for _ in range(2)]
    draws = np.random.default_rng(3)
    w, walked = [-1.0, 0.6], [(-1.0, 0.6)]
    for _ in range(STEPS.get(optimizer.key, 60)):
        slopes = (w[0], STEEP * w[1])
        for i in range(2):
            noise = named.get("noise", 0.0) * 1.5 * draws.standard_normal()
            w[i], *state[i] = np.atleast_1d(
                optimizer.rule(w[i], slopes[i] + noise, *state[i], *knobs)
            ).tolist()
        walked.append((w[0], w[1]))
    return walked


def walk(optimizer: Optimizer) -> Picture | None:
    """The optimizer on a long bowl; None where its rule is no formula for one coordinate."""
    if optimizer.whole_point:
        return None

    def draw() -> str:
        walked = path(optimizer)
        return (
            contours((1, STEEP)).line(walked).dots(walked[:1], radius=3.5, hollow=True).dots([(0, 0)]).svg()
        )

    return draw


def jump() -> str:
    """Newton's step on the same bowl: g divided by the Hessian leads to its floor at once."""
    start = (-1.0, 0.6)
    return (
        contours((1, STEEP)).line([start, (0, 0)]).dots([start], radius=3.5, hollow=True).dots([(0, 0)]).svg()
    )


def effective_batch() -> str:
    """The same start and rate, with the slope of all and with that of a few."""
    drawing = contours((1, STEEP)).line(path(OPTIMIZERS["gd"], RATES["sgd"]), faint=True)
    return drawing.line(path(OPTIMIZERS["sgd"])).dots([(0, 0)]).svg()


def rates(key: str) -> str:
    """What a schedule multiplies the learning rate by over a race of 100 steps."""
    schedule = SCHEDULES[key]
    shorter = {"step": {"every": 25.0}, "exponential": {"gamma": 0.97}, "inverse": {"decay": 0.05}}
    factor = schedule.rates(100, schedule.knob_values(shorter.get(key, {})))
    return Drawing((0, 100), (0, 1.05)).axes().curve(np.arange(100.0), factor).svg()


def schedule(key: str) -> Picture:
    """The picture of one schedule."""
    return partial(rates, key)


def activation(item: Activation) -> Picture:
    """What a neuron makes of its sum from -4 to 4, and its slope, dashed."""

    def draw() -> str:
        z = np.linspace(-4, 4, 81)
        value = np.array([evaluated(item.value, each) for each in z])
        slope = np.gradient(value, z)
        low, high = min(value.min(), -0.2), min(value.max(), 2.5)
        drawing = Drawing((-4, 4), (low - 0.1, high + 0.1)).axes()
        cut = np.where(value <= high + 0.1, value, np.nan)
        return drawing.curve(z, slope, faint=True, dashed=True).curve(z, cut).svg()

    return draw


KNOWN: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "softplus": lambda z: math.log1p(math.exp(z)),
    "tanh": math.tanh,
    "exp": math.exp,
    "erf": math.erf,
    "sqrt": math.sqrt,
}
"""What a formula of an activation may call."""


def evaluated(formula: str, z: float) -> float:
    """The value of an activation's formula at z, in Python's own arithmetic."""
    names: dict[str, Any] = {**KNOWN, "z": float(z)}
    return float(eval(formula, {"__builtins__": {}}, names))


def curve(formula: Callable[[np.ndarray], np.ndarray], x: tuple[float, float], y: tuple[float, float],
          beside: Callable[[np.ndarray], np.ndarray] | None = None) -> Picture:  # fmt: skip
    """A function of one number over the stretch x, and another beside it, dashed."""

    def draw() -> str:
        at = np.linspace(*x, 81)
        drawing = Drawing(x, y).axes()
        if beside is not None:
            other = beside(at)
            drawing.curve(at, np.where(other <= y[1], other, np.nan), faint=True, dashed=True)
        value = formula(at)
        return drawing.curve(at, np.where(value <= y[1], value, np.nan)).svg()

    return draw


def error(key: str) -> Picture:
    """What a loss makes of a residual, and the square of it, dashed."""
    of = LOSSES[key].of
    beside = None if key == "mse" else np.square
    return curve(lambda r: of(r, 0.5), (-1.6, 1.6), (-0.15, 2.0), beside)


def softmax() -> str:
    """Three outputs, faint, and the probabilities that softmax makes of them."""
    outputs = np.array([2.0, 1.0, 0.2])
    shares = np.exp(outputs) / np.exp(outputs).sum()
    drawing = Drawing((0, 3), (0, 1))
    for i, (output, share) in enumerate(zip(outputs / 2.4, shares, strict=True)):
        drawing.bar(i + 0.12, i + 0.45, 0, output, strength=0.3).bar(i + 0.5, i + 0.85, 0, share)
    return drawing.svg()

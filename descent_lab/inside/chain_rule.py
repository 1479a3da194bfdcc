"""The chain rule for one weight and one sample: formulas, and the same with the numbers put in.

Layers, neurons and inputs are counted from 1, as people count; x are the inputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from descent_lab.formulas.latex import measured
from descent_lab.formulas.mathml import latex_to_mathml
from descent_lab.inside.one_sample import Passage, goals
from descent_lab.inside.one_weight import Place
from descent_lab.networks.network import Network

LONG = 4
"""Sums of more terms than this are shown with dots."""


@dataclass(frozen=True)
class ChainLine:
    """part: "sum" z of the neuron that the weight leads to, "answer" a, "slope" f'(z), "loss" L, "error" e = dL/dz, and
    "gradient" dL/dw. Both the formula and its numbers are MathML."""

    part: str
    formula: str
    numbers: str


def chain(network: Network, w: np.ndarray, passed: Passage, place: Place) -> list[ChainLine]:
    """How a weight's slope comes about, from the forward pass to the product at the end. w: (dim,)."""
    return [
        _line(*each) for each in (*_forward(network, w, passed, place), *_backward(network, w, passed, place))
    ]


Written = tuple[str, str, str]
"""Part, formula and numbers, in LaTeX."""


def _line(part: str, formula: str, numbers: str) -> ChainLine:
    return ChainLine(part, latex_to_mathml(formula), latex_to_mathml(numbers))


def _forward(network: Network, w: np.ndarray, passed: Passage, place: Place) -> list[Written]:
    W, b = network.layers(w)[place.layer]
    layer, j = passed.layers[place.layer], place.target
    before = _answer(place.layer - 1, "i")
    z, a = _symbol("z", place.layer, j), _symbol("a", place.layer, j)
    total = f"{_products(W[:, j], layer.before, place.source)} + {_bracketed(b[j])}"
    lines = [
        (
            "sum",
            rf"{z} = \sum_{{i}} {_weight(place.layer, 'i', j)} \, {before} + {_symbol('b', place.layer, j)}",
            f"{total} = {_number(layer.z[j])}",
        )
    ]
    if _softened(network, place.layer):
        return lines
    return [
        *lines,
        (
            "answer",
            rf"{a} = f\left({z}\right)",
            rf"f\left({_number(layer.z[j])}\right) = {_number(layer.a[j])}",
        ),
        (
            "slope",
            rf"f'\left({z}\right)",
            rf"f'\left({_number(layer.z[j])}\right) = {_number(layer.slope[j])}",
        ),
    ]


def _backward(network: Network, w: np.ndarray, passed: Passage, place: Place) -> list[Written]:
    layer, j = passed.layers[place.layer], place.target
    e, error = _symbol("e", place.layer, j), _number(layer.e[j])
    last = place.layer == len(passed.layers) - 1
    lines = [_loss(network, passed)]
    lines.append(_error_at_the_end(network, passed, j) if last else _error(network, w, passed, place))
    if place.source is None:
        bias = _symbol("b", place.layer, j)
        return [*lines, ("gradient", rf"\frac{{\partial L}}{{\partial {bias}}} = {e}", error)]
    weight, i = _weight(place.layer, str(place.source + 1), j), place.source
    formula = rf"\frac{{\partial L}}{{\partial {weight}}} = {e} \, {_answer(place.layer - 1, str(i + 1))}"
    product = _product(layer.e[j], layer.before[i])
    return [*lines, ("gradient", formula, f"{product} = {_number(layer.e[j] * layer.before[i])}")]


def _loss(network: Network, passed: Passage) -> Written:
    loss, out = _number(passed.loss), passed.output
    goal = goals(network, passed.target)
    if network.loss == "mse":
        squares = [
            (rf"\left({_number(a)} - {_bracketed(t)}\right)^{{2}}", (a - t) ** 2)
            for a, t in zip(out.tolist(), goal.tolist(), strict=True)
        ]
        if len(out) == 1:
            return "loss", r"L = \left(a - t\right)^{2}", f"{squares[0][0]} = {loss}"
        mean = rf"\frac{{1}}{{{len(out)}}} \left({_sum(squares, int(passed.target))}\right)"
        formula = rf"L = \frac{{1}}{{{len(out)}}} \sum_{{k}} \left(a_{{k}} - t_{{k}}\right)^{{2}}"
        return "loss", formula, f"{mean} = {loss}"
    if len(out) == 1:
        formula = r"L = -t \, \ln \, p - (1 - t) \, \ln (1 - p), \; p = \frac{1}{1 + e^{-z}}"
        true = rf"\, {_number(out[0])}" if passed.target else rf"\left(1 - {_number(out[0])}\right)"
        return "loss", formula, rf"-\ln {true} = {loss}"
    true = int(passed.target)
    formula = (
        rf"L = -\ln \, p_{{{true + 1}}}, \; p_{{k}} = \frac{{e^{{z_{{k}}}}}}{{\sum_{{m}} e^{{z_{{m}}}}}}"
    )
    return "loss", formula, rf"-\ln \, {_number(out[true])} = {loss}"


def _error_at_the_end(network: Network, passed: Passage, j: int) -> Written:
    """e of an output neuron."""
    layer, goal = passed.layers[-1], goals(network, passed.target)
    e, error = _symbol("e", len(passed.layers) - 1, j), _number(layer.e[j])
    index = f"_{{{j + 1}}}" if len(goal) > 1 else ""
    if network.loss == "cross_entropy":
        gap = f"{_number(layer.a[j])} - {_bracketed(goal[j])}"
        return (
            "error",
            rf"{e} = \frac{{\partial L}}{{\partial z{index}}} = p{index} - t{index}",
            f"{gap} = {error}",
        )
    share = "2" if len(goal) == 1 else rf"\frac{{2}}{{{len(goal)}}}"
    gap = rf"\left({_number(layer.a[j])} - {_bracketed(goal[j])}\right)"
    formula = rf"{e} = {share} \left(a{index} - t{index}\right) f'\left(z{index}\right)"
    return "error", formula, rf"{share} \cdot {gap} \cdot {_bracketed(layer.slope[j])} = {error}"


def _error(network: Network, w: np.ndarray, passed: Passage, place: Place) -> Written:
    """e of a hidden neuron: what it does to all neurons after it, times its slope."""
    j, layer, after = place.target, passed.layers[place.layer], passed.layers[place.layer + 1]
    row = network.layers(w)[place.layer + 1][0][j]
    total = _products(after.e, row, None)
    ahead = _weight(place.layer + 1, str(j + 1), "k")
    formula = (
        rf"{_symbol('e', place.layer, j)} = \left(\sum_{{k}} {_symbol('e', place.layer + 1, 'k')} \, {ahead}\right) "
        rf"f'\left({_symbol('z', place.layer, j)}\right)"
    )
    numbers = rf"\left({total}\right) \cdot {_bracketed(layer.slope[j])} = {_number(layer.e[j])}"
    return "error", formula, numbers


# ---------------------------------------------------------------- how it is written


def _softened(network: Network, layer: int) -> bool:
    """Whether the loss itself makes probabilities of the layer's sums."""
    return network.loss == "cross_entropy" and layer == len(network.dims) - 2


def _symbol(letter: str, layer: int, neuron: int | str) -> str:
    index = neuron if isinstance(neuron, str) else neuron + 1
    return rf"{letter}^{{\left({layer + 1}\right)}}_{{{index}}}"


def _weight(layer: int, source: str, target: int | str) -> str:
    index = target if isinstance(target, str) else target + 1
    return rf"w^{{\left({layer + 1}\right)}}_{{{source}, {index}}}"


def _answer(layer: int, neuron: str) -> str:
    """What a neuron of that layer says; before the first layer are the inputs."""
    return f"x_{{{neuron}}}" if layer < 0 else _symbol("a", layer, neuron)


def _number(value: float) -> str:
    return measured(float(value) + 0.0)[0]  # adding 0 makes 0 of -0


def _bracketed(value: float) -> str:
    """A number that follows a sign."""
    written = _number(value)
    return rf"\left({written}\right)" if written.startswith("-") else written


def _product(left: float, right: float) -> str:
    return rf"{_bracketed(left)} \cdot {_bracketed(right)}"


def _products(left: np.ndarray, right: np.ndarray, kept: int | None) -> str:
    """The sum of their products."""
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return _sum([(_product(u, v), u * v) for u, v in pairs], kept)


def _sum(terms: Sequence[tuple[str, float]], kept: int | None) -> str:
    """A sum of terms, each as it is written and as it counts. Of many the largest are shown, and always number `kept`;
    dots are for the others."""
    sizes = np.abs([size for _, size in terms])
    shown = set(np.argsort(-sizes, kind="stable")[:LONG].tolist()) | (set[int]() if kept is None else {kept})
    parts: list[str] = []
    for index, (term, _) in enumerate(terms):
        if index in shown:
            parts.append(term)
        elif not parts or parts[-1] != r"\dots":
            parts.append(r"\dots")
    return " + ".join(parts)

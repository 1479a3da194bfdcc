"""One sample's way through a network: the textbook's arithmetic gives what the compiled passes give."""

from __future__ import annotations

import html
import re

import numpy as np
import pytest

from descent_lab.inside.chain_rule import LONG, chain
from descent_lab.inside.one_sample import Passage, passage, predicted_class
from descent_lab.inside.one_weight import place_of
from descent_lab.machine.stepping import evaluate_block
from descent_lab.networks.kernels import compiled
from descent_lab.networks.network import Network
from descent_lab.refusals import Refusal
from descent_lab.training.training import Training
from tests.inside.trainings import KINDS, trained

every_kind = pytest.mark.parametrize("kind", KINDS)
ROWS = (0, 7, 31)


def passed(training: Training, row: int, lane: int = 0) -> Passage:
    network, w = training.network, training.weights(training.have)[:, lane]
    return passage(network, w, network.seen(np.array([row]))[0], float(network.samples.targets[row]))


def kernel(network: Network, w: np.ndarray, row: int) -> tuple[float, np.ndarray]:
    """Loss and gradient of one sample as the racers get them."""
    loss, gradient = np.empty(1), np.empty((network.dim, 1))
    numbers = network.block(np.array([row]))
    evaluate_block(compiled.field().address, numbers, np.ascontiguousarray(w[:, None]), loss, gradient)
    return float(loss[0]), gradient[:, 0]


@every_kind
@pytest.mark.parametrize("row", ROWS)
def test_loss_and_gradient_are_those_of_the_compiled_passes(kind: str, row: int) -> None:
    training = trained(kind)
    own = passed(training, row)
    loss, gradient = kernel(training.network, training.weights(training.have)[:, 0], row)
    assert own.loss == pytest.approx(loss, rel=1e-12, abs=1e-15)
    np.testing.assert_allclose(own.gradient, gradient, rtol=1e-11, atol=1e-15)


@every_kind
def test_neurons_say_what_they_say_to_the_page(kind: str) -> None:
    training = trained(kind)
    network = training.network
    own = passed(training, 7)
    told = network.answers(training.weights(training.have)[:, :1], network.seen(np.array([7])))[0, :, 0]
    np.testing.assert_allclose(own.every("a"), told, rtol=1e-12, atol=1e-15)


@every_kind
def test_slopes_and_errors_match_central_differences(kind: str) -> None:
    """e = dL/dz of a neuron is also how the loss answers to its bias."""
    training = trained(kind)
    network, w = training.network, training.weights(training.have)[:, 0]
    own = passed(training, 7)
    at = 0
    for (weights, biases), layer in zip(network.layers(w), own.layers, strict=True):
        at += weights.size
        for j in range(len(biases)):
            move = np.zeros(network.dim)
            move[at + j] = 1e-6
            ahead, back = (passage(network, w + sign * move, own.inputs, own.target).loss for sign in (1, -1))
            assert layer.e[j] == pytest.approx((ahead - back) / 2e-6, rel=1e-5, abs=1e-8)
        at += len(biases)


def test_a_class_is_said_by_the_largest_and_of_equals_by_the_first() -> None:
    assert predicted_class(trained("three classes").network, np.array([0.2, 0.4, 0.4])) == 1
    assert predicted_class(trained("two classes").network, np.array([0.5])) == 0
    assert predicted_class(trained("a curve").network, np.array([0.5])) is None


def test_weights_that_grew_without_end_are_no_fault() -> None:
    network = trained("three classes").network
    assert not np.isfinite(passage(network, np.full(network.dim, 1e300), np.ones(2), 0.0).loss)


# ---------------------------------------------------------------- the chain rule in formulas


@every_kind
def test_every_weight_has_its_chain(kind: str) -> None:
    training = trained(kind)
    network, w = training.network, training.weights(training.have)[:, 0]
    own = passed(training, 7)
    parts = set()
    for number in range(0, network.dim, max(1, network.dim // 30)):
        lines = chain(network, w, own, place_of(network, number))
        assert lines[-1].part == "gradient"
        assert all(line.formula.startswith("<math") and line.numbers.startswith("<math") for line in lines)
        parts |= {line.part for line in lines}
    assert parts >= {"sum", "loss", "error", "gradient"}


def text(mathml: str) -> str:
    """The numbers and signs of a formula, without its marks."""
    return html.unescape(re.sub(r"<[^>]+>", "", mathml))


def test_the_product_at_the_end_is_the_gradient() -> None:
    training = trained("two classes")
    network, w = training.network, training.weights(training.have)[:, 0]
    own = passed(training, 7)
    number = network.dims[0] * network.dims[1] + network.dims[1] + 2  # from the first neuron to the third
    line = chain(network, w, own, place_of(network, number))[-1]
    layer = own.layers[1]
    for value in (layer.e[2], layer.before[0], own.gradient[number]):
        assert f"{abs(value):.4g}".split("e")[0] in text(line.numbers)


def test_nothing_is_written_as_minus_nothing() -> None:
    training = trained("pictures")
    network, w = training.network, training.weights(training.have)[:, 0]
    own = passed(training, 7)
    shown = [
        text(line.numbers)
        for number in range(0, network.dim, 7)
        for line in chain(network, w, own, place_of(network, number))[-1:]
    ]
    assert any(each.endswith("=0") for each in shown)
    assert not any(each.endswith("=−0") for each in shown)


def test_long_sums_are_cut_but_never_at_the_chosen_weight() -> None:
    training = trained("pictures")
    network, w = training.network, training.weights(training.have)[:, 0]
    own = passed(training, 7)
    silent = int(np.flatnonzero(own.inputs == 0)[0])
    line = chain(network, w, own, place_of(network, silent * network.dims[1]))[0]
    shown = text(line.numbers)
    assert shown.count("·") == LONG + 1
    assert f"{abs(w[silent * network.dims[1]]):.4g}" in shown


# ---------------------------------------------------------------- where a weight lies


@every_kind
def test_places_are_those_of_the_layers(kind: str) -> None:
    network = trained(kind).network
    for number in (0, 1, network.dim // 2, network.dim - 1):
        mark = np.zeros(network.dim)
        mark[number] = 1.0
        place = place_of(network, number)
        weights, biases = network.layers(mark)[place.layer]
        found = biases[place.target] if place.source is None else weights[place.source, place.target]
        assert found == 1.0


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_weight_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(Refusal, match="weight must be the number of a weight of this network, 0 to"):
        place_of(trained("a curve").network, number)

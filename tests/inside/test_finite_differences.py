"""One gradient by backpropagation and by differences: they agree, and the counts are honest."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from descent_lab.inside import finite_differences as watch
from descent_lab.inside.finite_differences import penalties, time_gradients
from descent_lab.networks.network import Network
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.inside.trainings import trained

STEP = 17


def taken(training: Training, step: int = STEP) -> watch.GradientTimes:
    network = training.setup.problem_at(step)
    assert isinstance(network, Network)
    return time_gradients(network, training.weights(step)[:, 0], step)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"l2": 0.03, "l1": 0.01},
        {"dropout": 0.3, "jitter": 0.1},
        {"changes": [{"at": 9, "setting": "l2", "value": 0.5}, {"at": 9, "setting": "batch", "value": 5}]},
    ],
    ids=["plain", "penalties", "dropout and jitter", "settings turned on the way"],
)
def test_both_gradients_are_the_same(more: dict[str, Any]) -> None:
    found = taken(trained("two classes", **more))
    assert found.relative < 1e-7
    assert found.measured == found.dim
    assert found.forward == (1, 2 * found.dim)
    assert found.samples == (5 if "changes" in more else 32)
    assert 0 < found.backpropagation < found.differences


def test_a_large_network_is_measured_in_part_within_about_a_second() -> None:
    training = trained("pictures", batch=0, hidden=[64, 64])
    taken(training)  # compiles
    begun = time.perf_counter()
    found = taken(training)
    assert time.perf_counter() - begun < 5  # on a machine that others use too
    assert 0 < found.measured < found.dim
    assert found.differences > watch.BUDGET
    assert found.relative < 1e-6  # a ReLU has corners: whoever crosses one is left out


def test_penalties_are_those_of_the_weights_alone() -> None:
    network = trained("two classes", l2=0.5, l1=2.0).network
    lanes = np.zeros((network.dim, 2))
    for weights, biases in network.layers(lanes):
        weights[..., 0] = 1.0
        weights[0, 0, 1] = -3.0
        biases[:] = 7.0
    own = network.dim - sum(network.dims[1:])
    np.testing.assert_allclose(penalties(network, lanes), [2.5 * own, 3 * (0.5 * 9 + 2 * 3)])


@pytest.mark.parametrize("activation", ["relu", "leaky"])
def test_a_kink_is_told_and_not_taken_for_a_fault(activation: str) -> None:
    """A sample at the origin and biases of 0: all neurons stand on their kink, whatever their weights."""
    drawn = [[0, 0, 0], [1, 0.5, 1], [0.3, 1, 0], [-1, 0.25, 1], [0.5, -0.5, 0]]
    setup = {"drawn": drawn, "hidden": [3, 2], "activation": activation, "batch": 0, "split": [100, 0, 0]}
    training = Training(read_setup({**setup, "steps": 1, "entrants": [{"optimizer": "sgd"}]}))
    network = training.setup.network
    w = training.weights(0)[:, 0].copy()
    for _, biases in network.layers(w):
        biases[:] = 0.0
    found = time_gradients(network, w, 0)
    assert found.kinks == 5
    assert 0 < found.left_out < found.dim
    assert found.relative < 1e-8
    for _, biases in network.layers(w):
        biases[:] = 0.1
    found = time_gradients(network, w, 0)
    assert (found.kinks, found.left_out) == (0, 0)
    assert found.relative < 1e-8


def test_a_weight_of_nothing_with_a_lasso_penalty_is_left_out() -> None:
    training = trained("two classes", l1=0.01)
    network = training.network
    w = training.weights(STEP)[:, 0].copy()
    w[0] = 0.0
    found = time_gradients(network, w, STEP)
    assert (found.kinks, found.left_out) == (0, 1)
    assert found.relative < 1e-7

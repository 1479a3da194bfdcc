"""One weight turned: what hears of it changes, and nothing else by a single bit."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.inside.one_weight import place_of
from descent_lab.inside.perturbation import perturb
from descent_lab.training.responses import input_grid, neurons
from tests.inside.trainings import trained


@pytest.mark.parametrize("kind", ["two classes", "three classes", "a curve"])
def test_the_cone_behind_a_weight_lights_up_and_the_rest_stays_dark(kind: str) -> None:
    training = trained(kind)
    network, w = training.network, training.weights(training.have)[:, 0]
    where = input_grid(network, 12)
    assert where is not None
    firsts = np.cumsum([0, *network.dims[1:]])
    for number in range(network.dim):
        place = place_of(network, number)
        found = perturb(network, w, number, w[number] + 0.5, where.inputs, where.shape)
        cone = np.zeros(sum(network.dims[1:]), dtype=bool)
        cone[firsts[place.layer] + place.target] = True
        cone[firsts[place.layer + 1] :] = True
        if network.loss == "cross_entropy" and network.outputs > 1:  # probabilities hear of one another
            cone[firsts[-2] :] = True
        assert np.array_equal(found.changed, cone), number


def test_before_is_the_picture_of_the_neurons_and_after_that_of_the_turned_network() -> None:
    training = trained("two classes")
    network, w = training.network, training.weights(training.have)[:, 0]
    where = input_grid(network, 9)
    assert where is not None
    turned = w.copy()
    turned[11] = -2.0
    found = perturb(network, w, 11, -2.0, where.inputs, where.shape)
    assert np.array_equal(found.before, neurons(network, w, where))
    assert np.array_equal(found.after, neurons(network, turned, where))
    assert found.losses == tuple(network.measure(each[:, None])["training"][0] for each in (w, turned))


def test_the_same_value_changes_nothing() -> None:
    training = trained("flowers")
    network, w = training.network, training.weights(training.have)[:, 1]
    found = perturb(network, w, 5, float(w[5]), network.seen(np.array([3])), ())
    assert found.before.shape == (sum(network.dims[1:]),)
    assert not found.changed.any()
    assert found.losses[0] == found.losses[1]

"""Scenes of networks: what they announce happens."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from descent_lab.setups.reading import read_setup
from descent_lab.training.scenes import NETWORK_SCENES
from descent_lab.training.training import Training

TOYS = {
    "moons": 0.9, "circles": 0.95, "xor": 0.95, "spirals": 0.9, "blobs": 0.95, "blobs3": 0.95, "iris": 0.85,
    "wine": 0.85, "digits": 0.95,
}  # fmt: skip
CURES = ("cure-l2", "cure-dropout", "cure-noise")


@cache
def trained(key: str) -> Training:
    training = Training(read_setup(NETWORK_SCENES[key].setup))
    training.advance(training.setup.steps)
    return training


def end(key: str, name: str) -> np.ndarray:
    """What was measured at the end, of every entrant."""
    training = trained(key)
    last = training.setup.steps
    return np.asarray(training.measured(last, last)[name])[:, -1]


@pytest.mark.parametrize("key", TOYS)
def test_everybody_learns_it(key: str) -> None:
    assert trained(key).diverged() == [None] * 4
    assert np.all(end(key, "training_accuracy") >= TOYS[key]), end(key, "training_accuracy")


def test_the_curve_is_followed() -> None:
    assert np.all(end("curve", "training") < 0.2)
    assert end("curve", "training").min() < 0.03


def test_sgd_momentum_and_adam_read_handwriting() -> None:
    """On all 10,000 test pictures, not only those that are measured on the way."""
    training = trained("mnist")
    network = training.setup.network
    assert network.dims == (784, 15, 10)
    assert network.dim == 11_935
    said = network.answers(training.weights(training.setup.steps), network.seen(network.rows[2]))[:, -10:]
    right = np.mean(np.argmax(said, axis=1) == network.samples.targets[network.rows[2]][:, None], axis=0)
    assert len(network.rows[2]) == 10_000
    assert np.all(right >= 0.92), right


def test_too_large_a_network_learns_its_few_points_by_heart() -> None:
    training = trained("overfitting")
    validation = np.asarray(training.measured(0, training.setup.steps)["validation"])
    assert np.all(end("overfitting", "training") < 0.05)
    assert np.all(validation[:, -1] > 4 * validation.min(axis=1))


@pytest.mark.parametrize("key", CURES)
def test_every_cure_lowers_the_loss_on_points_never_seen(key: str) -> None:
    for name in ("validation", "test"):
        assert np.all(end(key, name) < 0.5 * end("overfitting", name))


def test_early_stopping_keeps_the_best() -> None:
    training = trained("cure-stopping")
    validation = np.asarray(training.measured(0, training.setup.steps)["validation"])
    records = [record.step for record in training.records(0, training.setup.steps)]
    best = [records[int(np.argmin(each))] for each in validation]
    assert training.stopped() == best
    assert max(best) < 200

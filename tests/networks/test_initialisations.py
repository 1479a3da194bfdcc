"""Weights to begin with: their spread layer by layer, and that the seed alone decides."""

from __future__ import annotations

import json

import numpy as np
import pytest

from descent_lab.networks.initialisations import INITIALS
from descent_lab.networks.kernels.block import sizes_of

SIZES = [300, 200, 100]
every_initial = pytest.mark.parametrize("key", INITIALS)


def parts(w: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weights and biases of both layers."""
    first, second = np.split(w, [301 * 200])
    return [(first[:-200], first[-200:]), (second[:-100], second[-100:])]


@every_initial
def test_the_seed_alone_decides(key: str) -> None:
    initial = INITIALS[key]
    w = initial.weights(SIZES, 3)
    assert w.shape == (sizes_of(SIZES),)
    assert np.array_equal(w, initial.weights(SIZES, 3))
    assert np.array_equal(w, initial.weights(SIZES, 4)) == (key == "zeros")
    assert np.array_equal(initial.weights([3, 1], 2**53), initial.weights([3, 1], 2**53))


@every_initial
def test_biases_begin_at_zero(key: str) -> None:
    for _, biases in parts(INITIALS[key].weights(SIZES, 0)):
        assert np.all(biases == 0)


VARIANCES = {
    "xavier": lambda before, after: 2 / (before + after),
    "he": lambda before, after: 2 / before,
    "normal": lambda before, after: 1.0,
    "zeros": lambda before, after: 0.0,
}


@every_initial
def test_the_spread_is_that_of_the_paper(key: str) -> None:
    """Mean and variance within four standard errors; 2 / n is the variance of a normal variance."""
    layers = parts(INITIALS[key].weights(SIZES, 1))
    for (weights, _), before, after in zip(layers, SIZES, SIZES[1:], strict=False):
        variance, n = VARIANCES[key](before, after), weights.size
        assert abs(weights.mean()) <= 4 * np.sqrt(variance / n)
        assert abs(weights.var() - variance) <= 4 * variance * np.sqrt(2 / n)


def test_their_shapes() -> None:
    """Xavier's are uniform up to sqrt(6 / (inputs + neurons)); He's and the normal ones have a bell's tails."""
    (xavier, _), _ = parts(INITIALS["xavier"].weights(SIZES, 1))
    limit = np.sqrt(6 / 500)
    assert np.all(np.abs(xavier) <= limit)
    share = np.histogram(xavier, 10, (-limit, limit))[0] / xavier.size
    np.testing.assert_allclose(share, 0.1, atol=0.01)
    for key in ("he", "normal"):
        (weights, _), _ = parts(INITIALS[key].weights(SIZES, 1))
        within = np.mean(np.abs(weights) < weights.std())
        assert within == pytest.approx(0.6827, abs=0.01)


@pytest.mark.parametrize(("key", "activation"), [("xavier", "linear"), ("he", "relu")])
def test_signals_keep_their_size(key: str, activation: str) -> None:
    """What the sentences promise: through 20 layers of 256 neurons nothing fades and nothing swells."""
    sizes = [256] * 21
    w = INITIALS[key].weights(sizes, 5)
    a = np.random.default_rng(0).normal(size=(100, 256))
    size = np.mean(a**2)
    for layer in np.split(w, 20):
        a = a @ layer[: 256 * 256].reshape(256, 256)
        a = np.maximum(a, 0) if activation == "relu" else a
    assert 1 / 3 < np.mean(a**2) / size < 3


def test_they_describe_themselves() -> None:
    for each in json.loads(json.dumps(INITIALS.describe())):
        assert each["name"]
        assert each["sentence"].endswith(".")

"""Weights to begin with: the spread of the first weights decides whether signals fade or swell on their way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from descent_lab.catalog import Catalog

_STREAM = 8 << 40  # of the seed; meets none of `sampling`, `splits` and the problems

Draw = Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]
"""(generator, shape) -> the weights of a layer, (inputs, neurons), or of as many such layers as come before these."""


@dataclass(frozen=True)
class Initial:
    """One way to begin."""

    key: str
    name: str
    sentence: str
    draw: Draw

    def weights(self, dims: Sequence[int], seed: int) -> np.ndarray:
        """Weights and biases of layers of these sizes, inputs first, (dim,); biases begin at 0."""
        generator = np.random.Generator(np.random.Philox(key=[seed, _STREAM]))
        layers = [
            (self.draw(generator, (before, after)), np.zeros((1, after))) for before, after in pairwise(dims)
        ]
        return np.concatenate([part.ravel() for layer in layers for part in layer])

    def describe(self) -> dict[str, Any]:
        """What everyone who shows it needs, as plain JSON values."""
        return {"key": self.key, "name": self.name, "sentence": self.sentence}


def _zeros(_generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return np.zeros(shape)


def _normal(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.standard_normal(shape)


def _xavier(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    # Glorot & Bengio 2010, equation 16.
    return (2 * generator.random(shape) - 1) * np.sqrt(6 / (shape[-2] + shape[-1]))


def _he(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    # He et al. 2015, equation 10.
    return generator.standard_normal(shape) * np.sqrt(2 / shape[-2])


INITIALS: Catalog[Initial] = Catalog(
    "initialisation",
    Initial(
        "xavier", "Xavier",
        "Uniform, the narrower the more neurons a layer joins: signals keep their size through tanh and sigmoid.",
        _xavier,
    ),
    Initial("he", "He", "Normal with variance 2 / inputs: signals keep their size through ReLU.", _he),
    Initial(
        "normal", "Normal",
        "Normal with deviation 1 whatever the layer: wide layers saturate at once.",
        _normal,
    ),
    Initial(
        "zeros", "Zeros",
        "All weights 0: the neurons of a layer are the same for ever, for nothing tells them apart.",
        _zeros,
    ),
)  # fmt: skip

"""One sample on its way through a network and back, in plain numpy, as the textbook writes it.

    forward     z = a W + b,   a' = f(z)                  layer by layer, from the inputs on
    at the end  e = dL/dz                                 of the output layer
    backward    dL/dW = aᵀ e,  dL/db = e
                e of the layer before = (e Wᵀ) f'(z)      with that layer's own z

(Rumelhart, Hinton & Williams 1986, equations 4 to 8.) The loss is that of the sample alone: no penalties, nothing
dropped, nothing jittered. It is the arithmetic of `networks.passes`, one number at a time; the tests hold the two
together.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.networks.network import Network


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer and one sample. before: what comes in, (inputs,). z, a, slope, e: weighted sums, answers f(z), slopes
    f'(z) and errors dL/dz, (neurons,). weights: dL/dW, (inputs, neurons); that of the biases is e itself."""

    before: np.ndarray
    z: np.ndarray
    a: np.ndarray
    slope: np.ndarray
    e: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        return np.outer(self.before, self.e)


@dataclass(frozen=True, eq=False)
class Passage:
    """A sample that has gone through all layers and back. inputs: (k,), as the network sees them. target: the number of
    a class, or a value. Under cross-entropy the answers of the last layer are probabilities p, of slope p (1 - p)."""

    inputs: np.ndarray
    target: float
    layers: tuple[Layer, ...]
    loss: float

    @property
    def output(self) -> np.ndarray:
        """What the last layer says, (outputs,)."""
        return self.layers[-1].a

    @property
    def gradient(self) -> np.ndarray:
        """dL/dw of every weight, in the order in which they lie, (dim,)."""
        return np.concatenate([part for layer in self.layers for part in (layer.weights.ravel(), layer.e)])

    def every(self, name: str) -> np.ndarray:
        """z, a, slope or e of all neurons, layer by layer, inputs left out."""
        return np.concatenate([getattr(layer, name) for layer in self.layers])


def passage(network: Network, w: np.ndarray, inputs: np.ndarray, target: float) -> Passage:
    """The way of one sample. w: (dim,). inputs: (k,), as the network sees them."""
    layers = network.layers(w)
    kinds = (*network.activations, network.output if network.loss == "mse" else "linear")
    with np.errstate(all="ignore"):  # weights that grow without end are answered by infinities
        before, sums = [inputs], list[np.ndarray]()
        answers, slopes = list[np.ndarray](), list[np.ndarray]()
        for (weights, biases), kind in zip(layers, kinds, strict=True):
            z = before[-1] @ weights + biases
            a, slope = activated(kind, z)
            sums.append(z)
            answers.append(a)
            slopes.append(slope)
            before.append(a)
        loss, e = judged(network, sums[-1], answers[-1], slopes[-1], target)
        if network.loss == "cross_entropy":
            answers[-1] = probabilities(sums[-1])
            slopes[-1] = answers[-1] * (1 - answers[-1])
        errors = [e]
        for (weights, _), slope in zip(layers[:0:-1], slopes[-2::-1], strict=True):
            errors.append((weights @ errors[-1]) * slope)
    parts = zip(before[:-1], sums, answers, slopes, reversed(errors), strict=True)
    return Passage(inputs, target, tuple(Layer(*part) for part in parts), loss)


def judged(
    network: Network, z: np.ndarray, a: np.ndarray, slope: np.ndarray, target: float
) -> tuple[float, np.ndarray]:
    """The loss of one sample, and e = dL/dz of the output layer. z, a, slope: (outputs,)."""
    goal = goals(network, target)
    if network.loss == "mse":
        return float(np.mean((a - goal) ** 2)), 2 * (a - goal) / len(a) * slope
    if network.outputs == 1:
        return softplus(float(z[0])) - target * float(z[0]), probabilities(z) - goal
    most = z.max()
    return float(np.log(np.exp(z - most).sum()) + most - z[int(target)]), probabilities(z) - goal


def goals(network: Network, target: float) -> np.ndarray:
    """What the outputs ought to say, (outputs,): the value, 0 or 1 for two classes, or 1 for the class's own neuron."""
    if network.outputs == 1:
        return np.array([target])
    return np.eye(network.outputs)[int(target)]


def predicted_class(network: Network, outputs: np.ndarray) -> int | None:
    """The class that the last layer's answers stand for, (outputs,); of equals the first. None for a curve."""
    if not network.samples.classes:
        return None
    return int(outputs[0] > 0.5) if network.outputs == 1 else int(outputs.argmax())


def probabilities(z: np.ndarray) -> np.ndarray:
    """Of the second of two classes, for one sum; of each class, for several."""
    if len(z) == 1:
        return np.array([sigmoid(float(z[0]))])
    powers = np.exp(z - z.max())
    return powers / powers.sum()


# ---------------------------------------------------------------- activations, one number at a time


def activated(kind: str, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Answers f(z) and slopes f'(z) of a layer's neurons. z: (neurons,)."""
    value, slope = _functions(kind)
    a = [value(each, 0.0) for each in z.tolist()]
    return np.array(a), np.array([slope(each, own) for each, own in zip(z.tolist(), a, strict=True)])


def sigmoid(z: float) -> float:
    """1 / (1 + e**-z), from the side on which the power is small."""
    power = math.exp(-abs(z))
    return 1 / (1 + power) if z >= 0 else power / (1 + power)


def softplus(z: float) -> float:
    """ln(1 + e**z)."""
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


_KNOWN = {
    "exp": math.exp, "tanh": math.tanh, "erf": math.erf, "sqrt": math.sqrt, "sigmoid": sigmoid, "softplus": softplus,
}  # fmt: skip


@cache
def _functions(kind: str) -> tuple[Callable[[float, float], float], Callable[[float, float], float]]:
    """The catalogue's formulas of an activation and its slope, in z and a."""
    chosen = ACTIVATIONS[kind]
    value, slope = (eval(f"lambda z, a: {text}", dict(_KNOWN)) for text in (chosen.value, chosen.slope))
    return value, slope

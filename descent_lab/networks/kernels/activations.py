"""Activations: what a neuron makes of its weighted sum, and how steeply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from descent_lab.catalog import Catalog
from descent_lab.formulas.mathml import latex_to_mathml


@dataclass(frozen=True)
class Activation:
    """One function of a neuron's weighted sum z.

    value: a formula in z. slope: its derivative, in z and in a, the value. Both are source text for the kernels, which
    know exp, tanh, sigmoid and softplus of `elementary`, erf, and sqrt. latex: both for the reader.
    """

    key: str
    name: str
    sentence: str
    value: str
    slope: str
    latex: tuple[str, str]

    def describe(self) -> dict[str, Any]:
        """What everyone who shows this activation needs, as plain JSON values."""
        return {
            "key": self.key,
            "name": self.name,
            "sentence": self.sentence,
            "mathml": [latex_to_mathml(formula) for formula in self.latex],
        }


ACTIVATIONS: Catalog[Activation] = Catalog(
    "activation",
    Activation(
        "linear", "Linear",
        "The sum itself. Layers of these are together no more than one.",
        "z", "1.0", ("a = z", "a' = 1"),
    ),
    Activation(
        "sigmoid", "Sigmoid",
        "From 0 to 1. Its slope is a quarter at the most, so that errors fade on their way back through many layers.",
        "sigmoid(z)", "a * (1.0 - a)", (r"a = \frac{1}{1 + e^{-z}}", r"a' = a (1 - a)"),
    ),
    Activation(
        "tanh", "Tanh",
        "From -1 to 1, and steepest in the middle.",
        "tanh(z)", "1.0 - a * a", (r"a = \tanh z", r"a' = 1 - a^2"),
    ),
    Activation(
        "relu", "ReLU",
        "Nothing below zero, the sum itself above. A neuron that is silent for every sample learns no more.",
        "(0.0 if z <= 0.0 else z)", "(0.0 if z <= 0.0 else 1.0)",
        (r"a = \max(0, z)", r"a' = 1 \text{ for } z > 0, \text{ else } 0"),
    ),
    Activation(
        "leaky", "Leaky ReLU",
        "A hundredth of the sum below zero, so that no neuron falls silent for good.",
        "(0.01 * z if z <= 0.0 else z)", "(0.01 if z <= 0.0 else 1.0)",
        (r"a = \max(0.01 z, z)", r"a' = 1 \text{ for } z > 0, \text{ else } 0.01"),
    ),
    Activation(
        "gelu", "GELU",
        "The sum times the share of a bell curve below it: a ReLU without the corner.",
        "0.5 * z * (1.0 + erf(z * 0.7071067811865476))",
        "0.5 * (1.0 + erf(z * 0.7071067811865476)) + z * 0.3989422804014327 * exp(-0.5 * z * z)",
        (r"a = z\, \Phi(z)", r"a' = \Phi(z) + z\, \varphi(z)"),
    ),
    Activation(
        "softplus", "Softplus",
        "A ReLU bent smoothly; its slope is the sigmoid.",
        "softplus(z)", "sigmoid(z)", (r"a = \ln(1 + e^z)", r"a' = \frac{1}{1 + e^{-z}}"),
    ),
)  # fmt: skip

KINKED = ("relu", "leaky")
"""Those whose slope jumps where the sum is 0."""

CODES = {key: number for number, key in enumerate(ACTIVATIONS)}
"""The number by which the kernels know an activation."""

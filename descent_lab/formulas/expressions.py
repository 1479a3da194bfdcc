"""A typed formula: text -> checked `Expression`. See `grammar` for what may be typed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from descent_lab.formulas.grammar import read, refusal
from descent_lab.formulas.tree import Node, evaluate

MAX_LENGTH = 1000
"""Characters in a formula."""

PROBES = 200
"""Points around the origin of which at least one must give a finite value."""


FIRST_VALUE = 1.0
"""Of a parameter, where none is said."""


@dataclass(frozen=True)
class Expression:
    """A checked formula. Two are equal when their text, their variables and the values of their parameters are.

    parameters: the letters that are no variables, as they are met, and the value of each.
    """

    text: str
    names: tuple[str, ...]
    root: Node = field(compare=False, repr=False)
    parameters: Mapping[str, float] = field(default_factory=dict[str, float], hash=False)

    def value(self, *point: float) -> float:
        """Value at a point, one number a variable; infinity or NaN where there is none, no exception."""
        return evaluate(self.root, {**self.parameters, **dict(zip(self.names, point, strict=True))})

    def turned(self, parameters: Mapping[str, float]) -> Expression:
        """The same formula with some of its parameters at other values."""
        return replace(self, parameters={**self.parameters, **parameters})


def parse(text: str, names: Sequence[str] = ("x", "y")) -> Expression:
    """Check a typed formula in the variables `names`.

    Raises `Refusal` with field "expression", a code, and the position of what is wrong.
    """
    if len(text) > MAX_LENGTH:
        raise refusal("formula too long", MAX_LENGTH, len(text), count=len(text), most=MAX_LENGTH)
    root, parameters = read(text, tuple(names))
    expression = Expression(text.strip(), tuple(names), root, dict.fromkeys(parameters, FIRST_VALUE))
    if not parameters and not any(
        math.isfinite(expression.value(*point)) for point in _probes(len(expression.names))
    ):
        raise refusal("no value", 0, len(text))
    return expression


@cache
def _probes(dim: int) -> tuple[tuple[float, ...], ...]:
    """Fixed points in [-5, 5]^dim, closer together near the origin: a low-discrepancy sequence, cubed.

    M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018 (R_d).
    """
    ratio = 2.0
    for _ in range(40):
        ratio = (1 + ratio) ** (1 / (dim + 1))
    steps = [ratio ** -(axis + 1) for axis in range(dim)]
    return tuple(
        tuple(5 * (2 * ((0.5 + n * step) % 1) - 1) ** 3 for step in steps) for n in range(1, PROBES + 1)
    )

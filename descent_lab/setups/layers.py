"""What is said of the hidden layers of a network: how many neurons, and one value for all or one for each."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from descent_lab.refusals import Refusal
from descent_lab.setups.fields import Shape, Whole

DEEPEST, WIDEST = 6, 64

Hidden = Annotated[tuple[Annotated[int, Whole(1, WIDEST)], ...], Field(max_length=DEEPEST), Shape("list")]
"""Neurons of each hidden layer."""


def of_each_layer(name: str, value: Any, layers: int, field: str) -> tuple[Any, ...]:
    """One value for each hidden layer: `value` is one for all of them, or has one for each."""
    if not isinstance(value, tuple):
        return (value,) * layers
    values: tuple[Any, ...] = value  # pyright: ignore[reportUnknownVariableType]
    if len(values) != layers:
        reason = "activation of each layer" if name == "activation" else "dropout of each layer"
        raise Refusal(reason, field=field, layers=layers, count=len(values))
    return values

"""Tables: real data of many inputs. The data are loaded when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np

Data = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of inputs and a target each.

    names: of the inputs, one a column. size: rows. target: what is predicted, and in which unit.
    """

    key: str
    name: str
    names: tuple[str, ...]
    size: int
    target: str
    teaches: str
    load: Callable[[], Data] = field(repr=False)

    @cached_property
    def _data(self) -> Data:
        inputs, targets = self.load()
        if inputs.shape != (self.size, len(self.names)) or targets.shape != (self.size,):
            raise ValueError(f"{self.key} came as {inputs.shape} and {targets.shape}")
        for array in (inputs, targets):
            array.setflags(write=False)
        return inputs, targets

    @property
    def inputs(self) -> np.ndarray:
        """(size, inputs)."""
        return self._data[0]

    @property
    def targets(self) -> np.ndarray:
        """(size,)."""
        return self._data[1]

    def describe(self) -> dict[str, Any]:
        """As plain JSON values; the data themselves stay where they are."""
        return {
            "key": self.key,
            "name": self.name,
            "names": list(self.names),
            "size": self.size,
            "target": self.target,
            "teaches": self.teaches,
        }


def _diabetes() -> Data:
    from sklearn import datasets  # pyright: ignore[reportMissingTypeStubs]  # takes a second: not before it is needed

    ships = cast(Any, datasets).load_diabetes()
    return np.array(ships.data, dtype=float), np.array(ships.target, dtype=float)


diabetes = Table(
    "diabetes", "Diabetes",
    ("age", "sex", "body mass index", "blood pressure", "cholesterol", "LDL", "HDL", "cholesterol / HDL",
     "triglycerides", "blood sugar"),
    442,
    "disease progression one year later, a score from 25 to 346",
    "Ten inputs of 442 patients, each centred and scaled to the same length. The two cholesterols all but repeat each "
    "other: the bowl is a long valley in that direction, and the weights wander along it while the loss hardly moves.",
    _diabetes,
)  # fmt: skip
"""Efron, Hastie, Johnstone & Tibshirani 2004, as scikit-learn ships it: s1 to s6 are the six blood serum values."""

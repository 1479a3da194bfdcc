"""Samples: what a network learns from, and the sets of them that a person can choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from descent_lab import checks
from descent_lab.datasets.nonzero_pixels import SHADE, NonzeroPixels, nonzero_pixels
from descent_lab.datasets.standardising import Scales
from descent_lab.geometry import Window

LARGEST_SEED = 2**53
"""A whole number up to here is exact in JSON."""


@dataclass(frozen=True, eq=False)
class Samples:
    """What a network learns from. The arrays are read-only and contiguous, row by row.

    inputs: (n, k), float64, or uint8 for pictures, of which the network sees pixel * SHADE. targets: (n,), int64
    numbers of classes, or float64 values of a curve. classes: their names; empty for a curve. names: of the inputs;
    empty for pictures. shape: (height, width) of a picture. test: the rows from this one on are a test set that the
    data come with; None where they come with none. measured: inputs and values have units of their own, which
    `scaled_for` makes comparable. scales: of the inputs, where they are standardised; value_scales: of the values of a
    curve. raw: the samples as they came, where either is. note: what is odd about what a person brought, a sentence.
    """

    inputs: np.ndarray
    targets: np.ndarray
    classes: tuple[str, ...]
    names: tuple[str, ...] = ()
    shape: tuple[int, int] | None = None
    test: int | None = None
    measured: bool = False
    scales: Scales | None = None
    value_scales: Scales | None = None
    raw: Samples | None = field(default=None, repr=False)
    note: str | None = None

    def __post_init__(self) -> None:
        rows = len(self.inputs)
        if self.inputs.ndim != 2 or self.targets.shape != (rows,):
            raise ValueError(f"inputs came as {self.inputs.shape} and targets as {self.targets.shape}")
        for name in ("inputs", "targets"):
            array = np.ascontiguousarray(getattr(self, name))
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    def scaled_for(self, training: np.ndarray) -> Samples:
        """The samples as a network is given them that trains on these rows, which alone decide.

        Measured inputs are standardised where there are more than two of them, for nobody looks at them in a plane, or
        where they are not of order one; the values of a curve only in the latter case.
        """
        raw = self.raw or self
        if not raw.measured:
            return raw
        values = raw.targets[:, None]
        scales, value_scales = Scales.of(raw.inputs[training]), None
        if raw.inputs.shape[1] <= 2 and scales.of_order_one:
            scales = None
        if not raw.classes and (value_scales := Scales.of(values[training])).of_order_one:
            value_scales = None
        if scales is None and value_scales is None:
            return raw
        return replace(
            raw,
            inputs=raw.inputs if scales is None else scales.applied(raw.inputs),
            targets=raw.targets if value_scales is None else value_scales.applied(values)[:, 0],
            scales=scales,
            value_scales=value_scales,
            raw=raw,
        )

    @property
    def pictures(self) -> bool:
        """Whether the inputs are pixels."""
        return self.inputs.dtype == np.uint8

    @cached_property
    def nonzero_pixels(self) -> NonzeroPixels:
        """The pixels of pictures that are not blank."""
        return nonzero_pixels(self.inputs)

    def seen(self, rows: np.ndarray) -> np.ndarray:
        """The inputs of these samples as a network sees them: (rows, k), float64."""
        return self.inputs[rows] * SHADE if self.pictures else self.inputs[rows]


@dataclass(frozen=True, eq=False)
class SampleSet:
    """A set of samples to choose, and what is known of it before any are drawn.

    kind: "classes" to tell apart, or a "curve" to follow. inputs: how many there are. size: rows, as suggested; sizes:
    the fewest and the most. noise: standard deviation of the normal noise, as suggested; noises: its range, (0, 0) for
    data that were measured. window: of the plane, x and y of two inputs, or the one input and the curve's value; it
    holds the set at the suggested noise. draw: (size, noise, seed) -> the samples. The other fields are those of
    `Samples`; test belongs to the whole set.
    """

    key: str
    name: str
    teaches: str
    kind: Literal["classes", "curve"]
    classes: tuple[str, ...]
    inputs: int
    size: int
    sizes: tuple[int, int]
    draw: Callable[[int, float, int], Samples] = field(repr=False)
    names: tuple[str, ...] = ()
    noise: float = 0.0
    noises: tuple[float, float] = (0.0, 0.0)
    window: Window | None = None
    shape: tuple[int, int] | None = None
    test: int | None = None
    source: str = ""

    def make(self, size: int | None = None, noise: float | None = None, seed: int = 0) -> Samples:
        """So many samples of that seed. Size 0 or None: as many as suggested, which is all of those that were measured.

        The first samples (of the training and of the test set, where the data come with one) are the same for every
        size, and noise moves the same points further or less far. Measured data take no noise: what comes is passed
        over. Raises `Refusal` for what is out of range.
        """
        rows = checks.whole(size, "size", *self.sizes) if size else self.size
        spread = self.noise
        if noise is not None and self.noises[1] > 0:
            spread = checks.number(noise, "noise", *self.noises)
        return self.draw(rows, spread, checks.whole(seed, "seed", 0, LARGEST_SEED))

    def describe(self) -> dict[str, Any]:
        """As plain JSON values; nothing is drawn or loaded for it."""
        return {
            "key": self.key,
            "name": self.name,
            "teaches": self.teaches,
            "source": self.source,
            "kind": self.kind,
            "classes": list(self.classes),
            "inputs": self.inputs,
            "names": list(self.names),
            "shape": list(self.shape) if self.shape else None,
            "size": self.size,
            "sizes": list(self.sizes),
            "noise": self.noise,
            "noises": list(self.noises),
            "window": [list(side) for side in self.window] if self.window else None,
            "test": self.test,
        }

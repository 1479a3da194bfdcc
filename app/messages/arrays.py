"""The arrays that come with a message: each event says which they are, and the frames are held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .frames import NAMES


@dataclass(frozen=True)
class Array:
    """An array of a frame.

    dtypes: names of safetensors, with a space between those that it may have. shape: sizes or names of axes, with a
    space between; axes of one name are equally long in all arrays of a frame. Where the number of axes depends on
    what was asked, `or` stands between the shapes. when: when it is there; empty for always.
    """

    dtypes: str
    shape: str
    description: str
    when: str = ""

    @property
    def shapes(self) -> list[list[str]]:
        """The axes of each shape that it may have."""
        return [shape.split() for shape in self.shape.split(" or ")]


Arrays = Mapping[str, Array]


def mismatch(declared: Arrays, arrays: Mapping[str, np.ndarray]) -> str | None:
    """What is not as declared, as a sentence; None where everything is."""
    for name, array in declared.items():
        if not array.when and name not in arrays:
            return f"The array {name!r} is missing."
    sizes: dict[str, int] = {}
    for name, array in arrays.items():
        if name not in declared:
            return f"No array {name!r} is declared."
        expected = declared[name]
        if NAMES.get(array.dtype.newbyteorder("<")) not in expected.dtypes.split():
            return f"The array {name!r} is declared as {expected.dtypes}; it is {array.dtype}."
        fits = (_fitted(axes, array.shape, sizes) for axes in expected.shapes)
        found = next((each for each in fits if each is not None), None)
        if found is None:
            known = ", ".join(f"{axis} = {size}" for axis, size in sizes.items()) or "no axis is known yet"
            return f"The array {name!r} is declared as [{expected.shape}], and {known}; its shape is {array.shape}."
        sizes = found
    return None


def _fitted(axes: list[str], shape: tuple[int, ...], sizes: dict[str, int]) -> dict[str, int] | None:
    """The sizes of all axes once these are counted in; None where they disagree."""
    if len(axes) != len(shape):
        return None
    found = dict(sizes)
    fits = all(
        size == (int(axis) if axis.isdigit() else found.setdefault(axis, size))
        for axis, size in zip(axes, shape, strict=True)
    )
    return found if fits else None

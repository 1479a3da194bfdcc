"""Binary frames in the safetensors layout: one message and its arrays, as one piece; and how an event says which arrays
come with it, against which its frames are held.

Eight bytes of header length (unsigned, little-endian); the header, JSON, padded with spaces to a multiple of eight;
then the arrays, little-endian and in C order. The header names every array with its dtype, shape and place, counted
from the end of the header, and `__metadata__.event` holds the JSON text of the message. Arrays of large items stand
first, so that each begins at a multiple of its item size and a browser can look at it without copying.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

DTYPES = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "U8": "|u1"}
NAMES = {np.dtype(code): name for name, code in DTYPES.items()}


def pack(event: str, arrays: Mapping[str, np.ndarray]) -> bytes:
    """The frame of a message (JSON text) and its arrays."""
    header: dict[str, Any] = {"__metadata__": {"event": event}}
    parts: list[bytes] = []
    end = 0
    for name, array in sorted(arrays.items(), key=lambda item: -item[1].dtype.itemsize):
        dtype = array.dtype.newbyteorder("<")
        part = array.astype(dtype, copy=False).tobytes()  # in C order, however the array lies in memory
        shape = list(array.shape)
        header[name] = {"dtype": NAMES[dtype], "shape": shape, "data_offsets": [end, end + len(part)]}
        parts.append(part)
        end += len(part)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *parts])


def unpack(frame: bytes) -> tuple[str, dict[str, np.ndarray]]:
    """The message (JSON text) of a frame, and its arrays as views into it."""
    start = 8 + int.from_bytes(frame[:8], "little")
    header = json.loads(frame[8:start])
    event = header.pop("__metadata__")["event"]
    arrays = {
        name: np.frombuffer(frame[start + entry["data_offsets"][0] : start + entry["data_offsets"][1]],
                            DTYPES[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }  # fmt: skip
    return event, arrays


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

"""Binary frames in the safetensors layout: one message and its arrays, as one piece.

Eight bytes of header length (unsigned, little-endian); the header, JSON, padded with spaces to a multiple of eight;
then the arrays, little-endian and in C order. The header names every array with its dtype, shape and place, counted
from the end of the header, and `__metadata__.event` holds the JSON text of the message. Arrays of large items stand
first, so that each begins at a multiple of its item size and a browser can look at it without copying.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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

"""The pixels of pictures that are not 0, listed once for all who train on them. A picture is mostly paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

BITS = 8
"""A word is the number of a pixel, times 2**BITS, and its value, 1 to 255."""

SHADE = 1 / 255
"""Of a pixel a network sees its value times this."""


@dataclass(frozen=True, eq=False)
class NonzeroPixels:
    """The pixels that are not 0 of n pictures. words: (pixels,), uint32, picture after picture. spans: (n, 2),
    float64, where each picture's words begin and end."""

    words: np.ndarray
    spans: np.ndarray

    @property
    def address(self) -> int:
        """Where the words lie in memory, for a kernel: as long as this object lives."""
        return self.words.ctypes.data


def nonzero_pixels(pictures: np.ndarray) -> NonzeroPixels:
    """Of pictures, (n, pixels) uint8."""
    counts = np.count_nonzero(pictures, axis=1)
    ends = np.cumsum(counts)
    words = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint32)
    _list(np.ascontiguousarray(pictures), words)
    return NonzeroPixels(words, np.stack([ends - counts, ends], axis=1).astype(float))


@njit(nogil=True, cache=True)
def _list(pictures: np.ndarray, words: np.ndarray) -> None:
    at = 0
    for picture in pictures:
        for pixel in range(len(picture)):
            if picture[pixel] != 0:
                words[at] = pixel << BITS | picture[pixel]
                at += 1

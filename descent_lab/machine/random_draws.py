"""Seeded draws. Step t's draw depends on the seed and on t alone, so a race can be resumed anywhere, bit for bit."""

from functools import lru_cache

import numpy as np

_BLOCK = 512


@lru_cache(maxsize=4096)
def _block(seed: int, index: int, dim: int) -> np.ndarray:
    draws = np.random.Generator(np.random.Philox(key=[seed, index])).standard_normal((_BLOCK, dim))
    draws.setflags(write=False)
    return draws


WIDE = 64
"""Draws of more numbers a step than this are made anew each time: they would fill the memory."""


def standard_normal(seed: int, first: int, count: int, dim: int) -> np.ndarray:
    """The draws of steps first .. first + count - 1, (count, dim); the same for every entrant."""
    blocks = range(first // _BLOCK, (first + count - 1) // _BLOCK + 1)
    if not blocks:
        return np.empty((0, dim))
    block = _block if dim <= WIDE else _block.__wrapped__
    draws = block(seed, blocks[0], dim)
    if len(blocks) > 1:
        draws = np.concatenate([block(seed, index, dim) for index in blocks])
    offset = first - blocks[0] * _BLOCK
    return draws[offset : offset + count]

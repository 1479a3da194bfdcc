"""Room for kernels: what they give back is kept for their next step."""

from __future__ import annotations

import ctypes

import numpy as np

MOST = 32 * 2**20
"""Bytes of a piece that still comes from the heap; more is what glibc allows."""

KEPT = 2 * MOST
"""Bytes at the end of the heap that are not handed back."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Names of glibc's, see mallopt(3)."""


def keep_what_is_given_back() -> None:
    """Kernels ask for room at every step, and what is larger than any block given back so far is fetched from the
    system page by page, which takes three to ten times as long as a step.

    Where a C library cannot be told (macOS, Windows, musl), a large piece given back once has the same effect on those
    that learn by it. It must be told where the environment says otherwise: workers of a Dask cluster run with
    MALLOC_TRIM_THRESHOLD_ of 64 kB, by which glibc stops to learn.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        large = np.empty(MOST // 8 - 2**12)
        del large
        return
    mallopt(M_MMAP_THRESHOLD, MOST)
    mallopt(M_TRIM_THRESHOLD, KEPT)

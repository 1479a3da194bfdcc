"""What a problem's kernels read beside the weights: the same numbers at every step, or a mini-batch's at each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Batches:
    """The numbers of consecutive steps, one step's after another's or shared.

    numbers: flat. offsets: (steps,), where each step's numbers begin.
    """

    numbers: np.ndarray
    offsets: np.ndarray


def always(numbers: np.ndarray, steps: int) -> Batches:
    """The same numbers at every step."""
    return Batches(numbers, np.zeros(steps, dtype=np.int64))


NOTHING = np.zeros(1)
"""The numbers of a problem that is a formula: none (the kernels are given an address all the same)."""
NOTHING.setflags(write=False)

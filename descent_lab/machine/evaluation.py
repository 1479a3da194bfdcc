# pyright: basic
# Compiled code has no types but those of its signatures.
"""What a rule over the whole point may ask the problem for: loss and gradient elsewhere, and the Hessian."""

from __future__ import annotations

from typing import Any

import numpy as np

from descent_lab.machine.kernels import (
    call_field,
    call_hessian,
    inlined,
    pointer,
)


# The wrapper of a rule for one coordinate. A single lane takes the short way: no loop, nothing to vectorise.
# x - x is 0 for a finite x and NaN otherwise: a test without a branch; and a sum is finite only if its parts are.
@inlined
def evaluate(problem: Any, w: Any, g: Any) -> float:
    """Loss at w, (dim,); the gradient, with this step's noise, goes to g, (dim,)."""
    loss = np.empty(1)
    call_field(problem[0], (problem[2], pointer(w), 1, pointer(loss), pointer(g)))
    for i in range(w.shape[0]):
        g[i] += problem[3][i]
    return loss[0]


@inlined
def curvature(problem: Any, w: Any, h: Any) -> None:
    """The rows of the Hessian's upper triangle at w, (dim,), go to h, (dim (dim + 1) / 2,)."""
    call_hessian(problem[1], (problem[2], pointer(w), 1, pointer(h)))

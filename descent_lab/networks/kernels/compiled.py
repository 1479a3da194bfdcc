"""The kernels of networks: one for every architecture, since the architecture is among the numbers they read."""

from __future__ import annotations

import inspect
from functools import cache

from descent_lab.datasets import nonzero_pixels
from descent_lab.machine.kernels import FIELD, Kernel, compile_kernel
from descent_lab.networks.kernels import (
    activations,
    block,
    elementary,
    layer,
    losses,
    packing,
    passes,
    vectors,
)

_KERNEL = """\
def kernel(data, w, n, loss, other):
    done = 0
    while done < n:
        done += passes(w, done, n, data, loss, other, {learning})
"""

_ANSWERS = """\
def kernel(data, w, n, nothing, out):
    done = 0
    while done < n:
        done += answers(w, done, n, data, out)
"""


def _kernel(source: str) -> Kernel:
    parts = (passes, layer, losses, packing, vectors, elementary, activations, block, nonzero_pixels)
    made_of = "".join(map(inspect.getsource, parts))
    return compile_kernel(source, FIELD, {"passes": passes.passes, "answers": passes.answers}, made_of)


@cache
def field() -> Kernel:
    """Loss and gradient, penalties counted (see `kernels.FIELD`)."""
    return _kernel(_KERNEL.format(learning=True))


@cache
def score() -> Kernel:
    """`(data, w, n, loss, hits)`: loss without penalties, and how many samples are right."""
    return _kernel(_KERNEL.format(learning=False))


@cache
def answers() -> Kernel:
    """`(data, w, n, nothing, out)`: what every neuron says to every sample, (samples, neurons, n)."""
    return _kernel(_ANSWERS)

"""The numbers that the kernels of a network read beside its weights: the architecture, the penalties, the samples.

A block is flat, all of it float64:

- head: samples, layers, loss (0 mean squared error, 1 cross-entropy), l2, l1, where the masks begin (0: none);
- the sizes of the layers, inputs first: (layers + 1,); the codes of their activations: (layers,);
- each sample: its target, how many of its inputs are not zero, and for each of these its number and its value.
  A picture is mostly paper, and what is zero is passed over, forwards and backwards;
- the masks of dropout, for each sample those of all hidden neurons: 0, or 1 / (1 - share dropped).

Weights lie layer after layer: those of a layer (inputs, neurons), then its biases (neurons,).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numba import njit

from app.engine.kernels import inlined

HEAD = 6
SAMPLES, LAYERS, LOSS, L2, L1, MASKS = range(HEAD)


def sizes_of(dims: Sequence[int]) -> int:
    """How many weights and biases layers of these sizes have, inputs first."""
    return sum((before + 1) * after for before, after in pairwise(dims))


@inlined
def layers_of(data: Any) -> int:
    """How many layers the network of a block has, inputs not counted."""
    return int(data[LAYERS])


@inlined
def size_of(data: Any, layer: int) -> int:
    """The neurons of a layer; of layer 0 the inputs."""
    return int(data[HEAD + layer])


@njit(nogil=True, cache=True)
def fill(
    out: np.ndarray,
    offsets: np.ndarray,
    head: np.ndarray,
    inputs: np.ndarray,
    scale: float,
    targets: np.ndarray,
    order: np.ndarray,
    counts: np.ndarray,
    masks: np.ndarray,
) -> int:
    """Write the blocks of steps one after another, and where each begins to `offsets`; how many numbers there are.

    head: the head of all, with sizes and codes; the count of samples is put in. inputs: (n, k), times `scale` they are
    what the network sees. targets: (n,). order: the rows of all steps, counts: how many are each one's. masks: (rows,
    hidden neurons), in the same order, or (0, 0).
    """
    at = first = 0
    for step in range(len(counts)):
        begin = at
        offsets[step] = begin
        out[begin : begin + len(head)] = head
        out[begin + SAMPLES] = counts[step]
        at += len(head)
        for row in order[first : first + counts[step]]:
            out[at] = targets[row]
            here = at + 2
            at = here
            for i in range(inputs.shape[1]):
                x = inputs[row, i]
                if x != 0:
                    out[at] = i
                    out[at + 1] = x * scale
                    at += 2
            out[here - 1] = (at - here) // 2
        if masks.shape[1] > 0:
            out[begin + MASKS] = at - begin
            for row in range(first, first + counts[step]):
                out[at : at + masks.shape[1]] = masks[row]
                at += masks.shape[1]
        first += counts[step]
    return at

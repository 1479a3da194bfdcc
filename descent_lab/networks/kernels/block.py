"""The numbers that the kernels of a network read beside its weights: the architecture, the penalties, the samples.

A block is flat, all of it float64:

- head: samples, layers, loss (0 mean squared error, 1 cross-entropy), l2, l1, where the masks begin (0: none), and
  where in memory the pixels that are not 0 are listed, and the number that ends the work as soon as it is not 0
  (0: none);
- the sizes of the layers, inputs first: (layers + 1,); the codes of their activations: (layers,);
- the targets of the samples: (samples,);
- their inputs, (samples, inputs); or of pictures, whose blank pixels are passed over forwards and backwards, where the
  pixels of each begin and end: (samples, 2), see `datasets.nonzero_pixels`;
- the masks of dropout, for each sample those of all hidden neurons: 0, or 1 / (1 - share dropped).

Weights lie layer after layer: those of a layer (inputs, neurons), then its biases (neurons,).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numba import njit

from descent_lab.machine.kernels import inlined

HEAD = 8
SAMPLES, LAYERS, LOSS, L2, L1, MASKS, PIXELS, OVER = range(HEAD)

TILE = 32
"""Samples that go through all layers together: what a pass writes the next one finds in the cache."""


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


def starts(head: np.ndarray, counts: np.ndarray, columns: int, masks: int) -> np.ndarray:
    """Where blocks of so many samples begin, one after another, and where the last one ends: (steps + 1,), int64.

    columns: what stands for the inputs of a sample; masks: how many a sample has.
    """
    return np.concatenate([[0], np.cumsum(len(head) + counts * (1 + columns + masks))])


@njit(nogil=True, cache=True)
def fill(
    out: np.ndarray,
    begins: np.ndarray,
    head: np.ndarray,
    inputs: np.ndarray,
    targets: np.ndarray,
    order: np.ndarray,
    counts: np.ndarray,
    masks: np.ndarray,
) -> None:
    """Write the blocks of steps, each where it begins.

    head: the head of all, with sizes and codes; the count of samples and the place of the masks are put in. inputs:
    (n, columns), what stands for those of each sample. targets: (n,). order: the rows of all steps; counts: how many
    are each one's. masks: (rows, hidden neurons), in the same order, or (0, 0).
    """
    columns, first = inputs.shape[1], 0
    for step in range(len(counts)):
        begin, samples = begins[step], counts[step]
        out[begin : begin + len(head)] = head
        out[begin + SAMPLES] = samples
        at = begin + len(head)
        for row in order[first : first + samples]:
            out[at] = targets[row]
            at += 1
        for row in order[first : first + samples]:
            for column in range(columns):
                out[at + column] = inputs[row, column]
            at += columns
        if masks.shape[1] > 0:
            out[begin + MASKS] = at - begin
            for row in range(first, first + samples):
                out[at : at + masks.shape[1]] = masks[row]
                at += masks.shape[1]
        first += samples

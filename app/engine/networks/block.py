"""The numbers that the kernels of a network read beside its weights: the architecture, the penalties, the samples.

A block is flat, all of it float64:

- head: samples, layers, loss (0 mean squared error, 1 cross-entropy), l2, l1, where the masks begin (0: none);
- the sizes of the layers, inputs first: (layers + 1,); the codes of their activations: (layers,);
- the samples, in tiles of TILE, which go through all layers together. A tile: how many numbers it takes; the targets of
  its samples; how many inputs are not zero in all of them; and for each of these its number, in how many samples it is
  not zero, and which (from 0 in the tile) with its value there. A picture is mostly paper, and what is zero is passed
  over, forwards and backwards; and the weights of an input are fetched once for all samples that have it;
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

TILE = 32
"""Samples that go through all layers together: what a pass writes the next one finds in the cache."""


def room(samples: Sequence[int], inputs: int, full: int) -> int:
    """Numbers that tiles take at the most, of blocks of so many samples; `full` of all their inputs are not zero."""
    tiles = sum(-(-n // TILE) for n in samples)
    return sum(samples) + 2 * tiles + 2 * min(tiles * inputs, full) + 2 * full


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
    words: np.ndarray,
) -> int:
    """Write the blocks of steps one after another, and where each begins to `offsets`; how many numbers there are.

    head: the head of all, with sizes and codes; the count of samples is put in. inputs: (n, k), times `scale` they are
    what the network sees. targets: (n,). order: the rows of all steps, counts: how many are each one's. masks: (rows,
    hidden neurons), in the same order, or (0, 0). words: pictures as numbers of eight pixels each, (n, k / 8) uint64,
    so that blank paper is passed over quickly; else (0, 0).
    """
    width = inputs.shape[1]
    seen = np.zeros(width, dtype=np.int64)  # in how many samples of the tile, then where the next one goes
    number = np.empty(TILE * width + 1, dtype=np.int64)
    value = np.empty(TILE * width + 1)
    ends = np.empty(TILE, dtype=np.int64)
    at = first = 0
    for step in range(len(counts)):
        begin = at
        offsets[step] = begin
        out[begin : begin + len(head)] = head
        out[begin + SAMPLES] = counts[step]
        at += len(head)
        for tile in range(first, first + counts[step], TILE):
            rows = order[tile : min(tile + TILE, first + counts[step])]
            found = 0
            for s in range(len(rows)):
                row = inputs[rows[s]]
                out[at + 1 + s] = targets[rows[s]]
                for word in range(max(words.shape[1], 1)):
                    if words.shape[1] > 0 and words[rows[s], word] == 0:
                        continue
                    last = min(8 * word + 8, width) if words.shape[1] > 0 else width
                    for i in range(8 * word, last):
                        x = row[i]
                        number[found] = (
                            i  # written over by the next one where it is zero: no branch to be guessed
                        )
                        value[found] = x * scale
                        full = 0 if x == 0 else 1
                        seen[i] += full
                        found += full
                ends[s] = found
            here = at
            at += 1 + len(rows)
            used = at
            at += 1
            active = 0
            for i in range(width):
                if seen[i] > 0:
                    out[at] = i
                    out[at + 1] = seen[i]
                    at += 2 + 2 * seen[i]
                    seen[i] = at - 2 * seen[i]
                    active += 1
            out[used] = active
            out[here] = at - here
            k = 0
            for s in range(len(rows)):
                while k < ends[s]:
                    place = seen[number[k]]
                    out[place] = s
                    out[place + 1] = value[k]
                    seen[number[k]] = place + 2
                    k += 1
            for i in range(width):
                seen[i] = 0
        if masks.shape[1] > 0:
            out[begin + MASKS] = at - begin
            for row in range(first, first + counts[step]):
                out[at : at + masks.shape[1]] = masks[row]
                at += masks.shape[1]
        first += counts[step]
    return at

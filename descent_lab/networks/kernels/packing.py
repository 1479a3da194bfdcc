# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures.
"""Weights as they are given, (dim, racers), and as the passes want them: row after row, padded to eights."""

from __future__ import annotations

from numba import carray  # pyright: ignore[reportPrivateImportUsage]

from descent_lab.machine.kernels import apart, shifted
from descent_lab.networks.kernels.block import L1, L2
from descent_lab.networks.kernels.vectors import EIGHT, give, take


@apart
def pack(w, n, here, lanes, rows, outs, wide, weights):
    """Weights and biases of a layer, (rows, outs), as they are given, to weights, padded: of one racer of n, or of
    `here` that lie side by side."""
    for i in range(rows):
        to, row = shifted(weights, i * wide), shifted(w, i * outs * n)
        if lanes > 1:
            for o in range(outs):
                # Of four racers, what is beyond is written next.
                take(shifted(to, o * lanes), shifted(row, o * n), here)
        elif n == 1:
            for o in range(0, outs, EIGHT):
                take(shifted(to, o), shifted(row, o), outs - o)
        else:
            for o in range(wide):
                to[o] = row[o * n] if o < outs else 0.0


@apart
def unpack(slopes, n, here, lanes, rows, outs, wide, gradient):
    """The other way about."""
    for i in range(rows):
        row, to = shifted(slopes, i * wide), shifted(gradient, i * outs * n)
        if lanes > 1:
            for o in range(outs):
                give(shifted(to, o * n), shifted(row, o * lanes), here)
        elif n == 1:
            for o in range(0, outs, EIGHT):
                give(shifted(to, o), shifted(row, o), outs - o)
        else:
            for o in range(outs):
                to[o * n] = row[o]


@apart
def turn(lanes, weights, count, outs, width, wide, turned):
    """The weights with inputs and neurons changed over, for the way back."""
    for i in range(count):
        for o in range(outs):
            for u in range(lanes):
                turned[o * width + i * lanes + u] = weights[i * wide + o * lanes + u]


@apart
def clear(numbers, count):
    """All of them 0."""
    N = carray(numbers, (count,))
    for k in range(count):
        N[k] = 0.0


@apart
def penalise(data, w, n, here, weights, loss, gradient):
    """What the size of a layer's weights costs, and its slope."""
    l2, l1 = data[L2], data[L1]
    for k in range(weights):
        for u in range(here):
            v = w[k * n + u]
            sign = 1.0 if v > 0.0 else (-1.0 if v < 0.0 else 0.0)
            loss[u] += l2 * v * v + l1 * abs(v)
            gradient[k * n + u] += 2.0 * l2 * v + l1 * sign

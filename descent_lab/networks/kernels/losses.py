# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures.
"""The end of the network: what the loss makes of its outputs, and how steeply."""

from __future__ import annotations

import numpy as np
from numba import carray  # pyright: ignore[reportPrivateImportUsage]

from descent_lab.machine.kernels import apart, inlined, shifted
from descent_lab.networks.kernels import elementary
from descent_lab.networks.kernels.block import LOSS


@apart
def squared_error(lanes, targets, outputs, slopes, errors, losses, hits, samples, count, width, share):
    """Mean squared error over samples and outputs. A class is the output 1 of its own neuron and 0 of the others.

    Adds to losses and hits, (8,), and sets errors, dL/dz. share: 1 / all samples of the batch.
    """
    T = carray(targets, (samples,))
    for s in range(samples):
        for u in range(lanes):
            squares, best, right = 0.0, -np.inf, -1
            for o in range(count):
                at = s * width + o * lanes + u
                a = outputs[at]
                goal = T[s] if count == 1 else (1.0 if T[s] == o else 0.0)
                squares += (a - goal) * (a - goal)
                errors[at] = 2.0 * (a - goal) / count * share * slopes[at]
                if a > best:
                    best, right = a, o
            losses[u] += squares / count * share
            if count == 1:
                right = 1 if outputs[s * width + u] > 0.5 else 0
            hits[u] += 1.0 if right == T[s] else 0.0


@apart
def binary_cross_entropy(lanes, targets, outputs, errors, losses, hits, samples, width, share, room):
    """Cross-entropy of two classes, from one output z: p = sigmoid(z), L = softplus(z) - t z, dL/dz = p - t.

    room: for 3 numbers of every sample and racer.
    """
    T = carray(targets, (samples,))
    count = samples * lanes
    z, costs, gaps = (
        carray(room, (count,)),
        carray(shifted(room, count), (count,)),
        carray(shifted(room, 2 * count), (count,)),
    )
    for s in range(samples):
        for u in range(lanes):
            z[s * lanes + u] = outputs[s * width + u]
    for k in range(count):
        gaps[k] = elementary.sigmoid(z[k])
    for k in range(count):
        costs[k] = elementary.softplus(z[k])
    for s in range(samples):
        for u in range(lanes):
            k = s * lanes + u
            losses[u] += (costs[k] - T[s] * z[k]) * share
            errors[s * width + u] = (gaps[k] - T[s]) * share
            hits[u] += 1.0 if (z[k] > 0.0) == (T[s] == 1.0) else 0.0


@apart
def softmax_cross_entropy(lanes, targets, outputs, errors, losses, hits, samples, count, width, share, room):
    """Cross-entropy of several classes: p = softmax(z), L = -ln p[t], dL/dz = p - 1[t].

    room: for count + 2 numbers of every racer.
    """
    T = carray(targets, (samples,))
    powers = carray(room, (count * lanes,))
    sums, most = (
        carray(shifted(room, count * lanes), (lanes,)),
        carray(shifted(room, (count + 1) * lanes), (lanes,)),
    )
    for s in range(samples):
        z = shifted(outputs, s * width)
        e = shifted(errors, s * width)
        for u in range(lanes):
            most[u] = z[u]
            sums[u] = 0.0
        for o in range(1, count):
            for u in range(lanes):
                most[u] = z[o * lanes + u] if z[o * lanes + u] > most[u] else most[u]
        for o in range(count):
            for u in range(lanes):
                powers[o * lanes + u] = z[o * lanes + u] - most[u]
        for k in range(count * lanes):
            powers[k] = elementary.exp(powers[k])
        for o in range(count):
            for u in range(lanes):
                sums[u] += powers[o * lanes + u]
        t = int(T[s])
        for o in range(count):
            for u in range(lanes):
                e[o * lanes + u] = (powers[o * lanes + u] / sums[u] - (1.0 if o == t else 0.0)) * share
        for u in range(lanes):
            losses[u] += (elementary.log(sums[u]) + most[u] - z[t * lanes + u]) * share
            sums[u] = 1.0 if z[t * lanes + u] >= most[u] else 0.0
        for o in range(t):  # of equals the first counts: who says the same of all classes is not always right
            for u in range(lanes):
                sums[u] = 0.0 if z[o * lanes + u] >= most[u] else sums[u]
        for u in range(lanes):
            hits[u] += sums[u]


@inlined
def output_loss(lanes, data, targets, z, d, errors, losses, hits, samples, count, width, share, room):
    """The loss and its slope at the output layer, by the loss that the block names."""
    if data[LOSS] == 0:
        squared_error(lanes, targets, z, d, errors, losses, hits, samples, count, width, share)
    elif count == 1:
        binary_cross_entropy(lanes, targets, z, errors, losses, hits, samples, width, share, room)
    else:
        softmax_cross_entropy(lanes, targets, z, errors, losses, hits, samples, count, width, share, room)


@inlined
def softmax(z, count, step):
    """z = e**z / Σ e**z, of `count` numbers that lie `step` apart."""
    most, total_of_all = z[0], 0.0
    for o in range(1, count):
        most = z[o * step] if z[o * step] > most else most
    for o in range(count):
        z[o * step] = elementary.exp(z[o * step] - most)
        total_of_all += z[o * step]
    for o in range(count):
        z[o * step] /= total_of_all

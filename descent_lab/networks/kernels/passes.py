# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures.
"""Backpropagation: the forward and the backward pass of a dense network, for all racers at once.

For layer l with inputs a, weights W (inputs, neurons), biases b and activation f, of every sample:

    forward     z = a W + b,   a' = f(z)                                (`spread`, `activate`)
    at the end  e = dL/dz of the output layer                           (`judge`)
    backward    dL/dW += aᵀ e,   dL/db += e                             (`collect`, `total`)
                e of the layer before = (e Wᵀ) f'(z) there              (`spread` over the turned weights, `scale`)

(Rumelhart, Hinton & Williams 1986, equations 4 to 8.) Every array ends in eight numbers that the processor treats
at once: those of eight racers for one neuron, of four for two, or of one for eight. The number of racer u for neuron i
lies at i * lanes + u, where lanes is 8, 4 or 1. The sums are the same in the same order, so that a racer trained alone
and one trained among others have the same bits.
"""

from __future__ import annotations

import numpy as np

from descent_lab.machine.kernels import inlined, placed, pointer, shifted
from descent_lab.networks.kernels import elementary
from descent_lab.networks.kernels.block import HEAD, L1, L2, LAYERS, LOSS, MASKS, OVER, PIXELS, SAMPLES, TILE
from descent_lab.networks.kernels.layer import (
    activate,
    begin,
    collect,
    drop,
    forward_pixels,
    gather,
    scale,
    spread,
    total,
)
from descent_lab.networks.kernels.losses import output_loss, softmax
from descent_lab.networks.kernels.packing import clear, pack, penalise, turn, unpack
from descent_lab.networks.kernels.vectors import EIGHT

FEW, MANY = 3, 5
"""So many racers are faster four, or eight, side by side than one after another."""

SIZE, WIDE, GIVEN, PACKED, TURNED, NEURON = range(6)
"""Of each layer: its neurons; their numbers, padded, for one sample; and where the layer begins: among the weights as
they are given, as they are packed, as they are turned, and among the numbers of all layers."""


@inlined
def forward(lanes, data, inputs, first, samples, plan, weights, values, slopes):
    """All layers of a tile of samples, the first of which is number `first`, with their inputs, as the block has them.
    values, slopes: layer after layer."""
    layers = int(data[LAYERS])
    hidden = before = 0
    for layer in range(1, layers):
        hidden += plan[SIZE, layer]
    for layer in range(layers):
        count, wide, there = plan[SIZE, layer], plan[WIDE, layer + 1], TILE * plan[NEURON, layer + 1]
        z, d = shifted(values, there), shifted(slopes, there)
        W = shifted(weights, plan[PACKED, layer])
        begin(shifted(W, count * wide), z, samples, wide)
        if layer == 0 and data[PIXELS] != 0:
            forward_pixels(int(data[PIXELS]), inputs, W, z, wide, samples)
        elif layer == 0:
            spread(1, inputs, count, count, W, z, wide, samples)  # all racers see the same
        else:
            a = shifted(values, TILE * plan[NEURON, layer])
            spread(lanes, a, plan[WIDE, layer], count, W, z, wide, samples)
        activate(int(data[HEAD + layers + 1 + layer]), z, d, samples * wide)
        if data[MASKS] != 0 and layer < layers - 1:
            masks = shifted(data, int(data[MASKS]) + first * hidden + before)
            drop(lanes, masks, hidden, z, d, samples, plan[SIZE, layer + 1], wide)
            before += plan[SIZE, layer + 1]


@inlined
def backward(lanes, data, inputs, samples, plan, turned, values, slopes, errors, found):
    """From the errors of the output layer to the slope of every weight, layer by layer."""
    layers = int(data[LAYERS])
    for layer in range(layers - 1, -1, -1):
        count, wide = plan[SIZE, layer], plan[WIDE, layer + 1]
        e, G = shifted(errors, TILE * plan[NEURON, layer + 1]), shifted(found, plan[PACKED, layer])
        total(e, shifted(G, count * wide), samples, wide)
        if layer == 0 and data[PIXELS] != 0:
            gather(int(data[PIXELS]), inputs, e, G, wide, samples)
        elif layer == 0:
            collect(1, inputs, count, count, e, G, wide, samples)
        else:
            there, width = TILE * plan[NEURON, layer], plan[WIDE, layer]
            collect(lanes, shifted(values, there), width, count, e, G, wide, samples)
            before = shifted(errors, there)
            clear(before, samples * width)
            W = shifted(turned, plan[TURNED, layer])
            spread(lanes, e, wide, plan[SIZE, layer + 1], W, before, width, samples)
            scale(before, shifted(slopes, there), samples * width)


@inlined
def plan_of(data, lanes):
    """Sizes and places of all layers, inputs first: (6, layers + 1), and one column more."""
    layers = int(data[LAYERS])
    plan = np.zeros((6, layers + 2), dtype=np.int64)
    for layer in range(layers + 1):
        size = int(data[HEAD + layer])
        plan[SIZE, layer] = size
        plan[WIDE, layer] = (size * lanes + EIGHT - 1) // EIGHT * EIGHT
    for layer in range(layers + 1):
        size, wide, after = plan[SIZE, layer], plan[WIDE, layer], plan[SIZE, layer + 1]
        inner = layer > 0  # the first layer has nobody behind it, and its inputs lie with the samples
        plan[GIVEN, layer + 1] = plan[GIVEN, layer] + (size + 1) * after
        plan[PACKED, layer + 1] = plan[PACKED, layer] + (size + 1) * plan[WIDE, layer + 1]
        plan[TURNED, layer + 1] = plan[TURNED, layer] + (after * wide if inner else 0)
        plan[NEURON, layer + 1] = plan[NEURON, layer] + (wide if inner else 0)
    return plan


@inlined
def lanes_for(racers):
    """How many to take side by side, of so many that wait."""
    return EIGHT if racers >= MANY else (4 if racers >= FEW else 1)


@inlined
def pointers_of(data):
    """Where the targets begin, where the inputs do, and how many numbers stand for those of a sample."""
    targets = HEAD + 2 * int(data[LAYERS]) + 1
    return targets, targets + int(data[SAMPLES]), 2 if data[PIXELS] != 0 else int(data[HEAD])


@inlined
def pack_all(w, n, first, here, lanes, plan, weights):
    """The weights of one racer, or of `here` side by side, from number `first` on."""
    for layer in range(plan.shape[1] - 2):
        rows, outs, wide = plan[SIZE, layer] + 1, plan[SIZE, layer + 1], plan[WIDE, layer + 1]
        to = shifted(weights, plan[PACKED, layer])
        pack(shifted(w, plan[GIVEN, layer] * n + first), n, here, lanes, rows, outs, wide, to)


@inlined
def passes(w, first, n, data, loss, other, learning):
    """Losses of one racer, number `first` of n, or of several from there on; how many these were.

    Where `learning`, the loss counts the penalties and the gradient goes to `other`, (dim, n); else how many samples
    each had right, (n,). What comes of work that is ended on the way is worth nothing.
    """
    lanes = lanes_for(n - first)
    here = min(lanes, n - first)
    plan, (targets, inputs, columns) = plan_of(data, lanes), pointers_of(data)
    layers, samples = int(data[LAYERS]), int(data[SAMPLES])
    outs, width = plan[SIZE, layers], plan[WIDE, layers]
    packed, turned, neurons = plan[PACKED, layers], plan[TURNED, layers], TILE * plan[NEURON, layers + 1]
    end = TILE * plan[NEURON, layers]
    room = lanes * max(3 * TILE, outs + 2)
    scratch = np.empty(EIGHT + 2 * packed + turned + 3 * neurons + room + 2 * EIGHT)
    weights = pointer(scratch)
    found = shifted(weights, packed)
    other_way = shifted(found, packed)
    values = shifted(other_way, turned)
    slopes = shifted(values, neurons)
    errors = shifted(slopes, neurons)
    spare = shifted(errors, neurons)
    losses = shifted(spare, room)
    hits = shifted(losses, EIGHT)
    clear(losses, 2 * EIGHT)
    clear(shifted(errors, end), TILE * width)
    pack_all(w, n, first, here, lanes, plan, weights)
    if learning:
        clear(found, packed)
        clear(other_way, turned)  # the padding too: numbers left there may be denormal, which are slow
        for layer in range(1, layers):
            ahead, back = shifted(weights, plan[PACKED, layer]), shifted(other_way, plan[TURNED, layer])
            count, after = plan[SIZE, layer], plan[SIZE, layer + 1]
            turn(lanes, ahead, count, after, plan[WIDE, layer], plan[WIDE, layer + 1], back)
    for begun in range(0, samples, TILE):
        if data[OVER] != 0.0 and placed(int(data[OVER]))[0] != 0.0:
            continue  # not break, by which the compiler frees scratch before it is done with
        together, seen = min(TILE, samples - begun), shifted(data, inputs + begun * columns)
        forward(lanes, data, seen, begun, together, plan, weights, values, slopes)
        output_loss(
            lanes, data, shifted(data, targets + begun),
            shifted(values, end), shifted(slopes, end), shifted(errors, end), losses, hits,
            together, outs, width, 1.0 / samples, spare,
        )  # fmt: skip
        if learning:
            backward(lanes, data, seen, together, plan, other_way, values, slopes, errors, found)
    for u in range(here):
        loss[first + u] = losses[u]
        if not learning:
            other[first + u] = hits[u]
    if learning:
        for layer in range(layers):
            rows, after, wide = plan[SIZE, layer] + 1, plan[SIZE, layer + 1], plan[WIDE, layer + 1]
            given = plan[GIVEN, layer] * n + first
            unpack(
                shifted(found, plan[PACKED, layer]), n, here, lanes, rows, after, wide, shifted(other, given)
            )
            if data[L2] != 0.0 or data[L1] != 0.0:
                own = (rows - 1) * after
                penalise(data, shifted(w, given), n, here, own, shifted(loss, first), shifted(other, given))
    clear(pointer(scratch), 0)  # an array is freed after its last mention, and this is it
    return here


@inlined
def answers(w, first, n, data, out):
    """What every neuron says to every sample, of one racer or of several; how many these were.

    out: (samples, neurons, n), the layers in order, inputs left out. Under cross-entropy the last layer's are
    probabilities: of the second of two classes, or of each of several.
    """
    lanes = lanes_for(n - first)
    here = min(lanes, n - first)
    plan, (_, inputs, columns) = plan_of(data, lanes), pointers_of(data)
    layers, samples = int(data[LAYERS]), int(data[SAMPLES])
    neurons = TILE * plan[NEURON, layers + 1]
    scratch = np.empty(EIGHT + plan[PACKED, layers] + 2 * neurons)
    weights = pointer(scratch)
    values = shifted(weights, plan[PACKED, layers])
    slopes = shifted(values, neurons)
    pack_all(w, n, first, here, lanes, plan, weights)
    speakers = 0
    for layer in range(1, layers + 1):
        speakers += plan[SIZE, layer]
    outs = plan[SIZE, layers]
    for begun in range(0, samples, TILE):
        together, seen = min(TILE, samples - begun), shifted(data, inputs + begun * columns)
        forward(lanes, data, seen, begun, together, plan, weights, values, slopes)
        for s in range(together):
            row = (begun + s) * speakers
            for layer in range(1, layers + 1):
                z = shifted(values, TILE * plan[NEURON, layer] + s * plan[WIDE, layer])
                for i in range(plan[SIZE, layer]):
                    for u in range(here):
                        out[(row + i) * n + first + u] = z[i * lanes + u]
                row += plan[SIZE, layer]
            if data[LOSS] == 1:
                last = (row - outs) * n + first
                for u in range(here):
                    if outs == 1:
                        out[last + u] = elementary.sigmoid(out[last + u])
                    else:
                        softmax(shifted(out, last + u), outs, n)
    clear(pointer(scratch), 0)  # as above
    return here

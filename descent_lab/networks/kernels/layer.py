# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures.
"""The two passes through one layer; see `passes`, which calls them.

A row is the numbers of one sample, padded to a multiple of eight; `width` and `wide` are the lengths of the rows of
what comes before and after.
"""

from __future__ import annotations

from math import erf, sqrt
from typing import Any

from numba import carray  # pyright: ignore[reportPrivateImportUsage]

from descent_lab.machine.kernels import apart, inlined, shifted
from descent_lab.networks.kernels import elementary
from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.networks.kernels.vectors import (
    EIGHT,
    eight_at_once,
    pixel_sums,
    pixel_sums_twice,
    strewn,
    strewn_twice,
    sums_of_eight,
    sums_of_eight_twice,
    sums_of_four,
    sums_of_four_twice,
    sums_of_one,
    sums_of_one_twice,
)


@apart
def begin(bias, sums, samples, width):
    """sums[s] = bias, for every sample."""
    B, Z = carray(bias, (width,)), carray(sums, (samples, width))
    for s in range(samples):
        for k in range(width):
            Z[s, k] = B[k]


@apart
def forward_pixels(words, spans, weights, sums, width, samples):
    """sums[s] += Σ_i x[s, i] W[i], over the pixels that are not 0. words: an address; spans: (samples, 2)."""
    for s in range(samples):
        z, first, last = shifted(sums, s * width), int(spans[2 * s]), int(spans[2 * s + 1])
        k = 0
        while k + 2 * EIGHT <= width:
            pixel_sums_twice(shifted(z, k), words, first, last, shifted(weights, k), width)
            k += 2 * EIGHT
        if k < width:
            pixel_sums(shifted(z, k), words, first, last, shifted(weights, k), width)


@apart
def gather(words, spans, errors, slopes, width, samples):
    """slopes[i] += Σ_s x[s, i] errors[s], over the same pixels."""
    for s in range(samples):
        e, first, last = shifted(errors, s * width), int(spans[2 * s]), int(spans[2 * s + 1])
        k = 0
        while k + 2 * EIGHT <= width:
            strewn_twice(shifted(slopes, k), words, first, last, shifted(e, k), width)
            k += 2 * EIGHT
        if k < width:
            strewn(shifted(slopes, k), words, first, last, shifted(e, k), width)


@inlined
def add_sums(lanes, z, wide, a, a_step, w, w_step, count):
    """z[k] += Σ_i a[i a_step] w[i w_step + k], for k below wide."""
    k = 0
    while k + 2 * EIGHT <= wide:
        if lanes == 1:
            sums_of_one_twice(shifted(z, k), a, a_step, shifted(w, k), w_step, count)
        elif lanes == 4:
            sums_of_four_twice(shifted(z, k), a, a_step, shifted(w, k), w_step, count)
        else:
            sums_of_eight_twice(shifted(z, k), a, a_step, shifted(w, k), w_step, count)
        k += 2 * EIGHT
    if k < wide:
        if lanes == 1:
            sums_of_one(shifted(z, k), a, a_step, shifted(w, k), w_step, count)
        elif lanes == 4:
            sums_of_four(shifted(z, k), a, a_step, shifted(w, k), w_step, count)
        else:
            sums_of_eight(shifted(z, k), a, a_step, shifted(w, k), w_step, count)


@apart
def spread(lanes, inputs, width, count, weights, sums, wide, samples):
    """sums[s] += Σ_i inputs[s, i] W[i], over i below count. width, wide: numbers of a sample's inputs and sums."""
    for s in range(samples):
        add_sums(
            lanes, shifted(sums, s * wide), wide, shifted(inputs, s * width), lanes, weights, wide, count
        )


@apart
def collect(lanes, inputs, width, count, errors, slopes, wide, samples):
    """slopes[i] += Σ_s inputs[s, i] errors[s], for i below count."""
    for i in range(count):
        add_sums(
            lanes, shifted(slopes, i * wide), wide, shifted(inputs, i * lanes), width, errors, wide, samples
        )


@apart
def total(errors, slopes, samples, width):
    """slopes += Σ_s errors[s]."""
    E, G = carray(errors, (samples, width)), carray(slopes, (width,))
    for s in range(samples):
        for k in range(width):
            G[k] += E[s, k]


@apart
def scale(numbers, factors, count):
    """numbers *= factors."""
    N, F = carray(numbers, (count,)), carray(factors, (count,))
    for k in range(count):
        N[k] *= F[k]


@apart
def drop(lanes, masks, hidden, values, slopes, samples, count, width):
    """What dropout does to one layer of `count` neurons; hidden: of all layers, the masks of one sample."""
    for s in range(samples):
        for i in range(count):
            mask = masks[s * hidden + i]
            at = s * width + i * lanes
            for u in range(lanes):
                values[at + u] *= mask
                slopes[at + u] *= mask


_ACTIVATE = """\
@apart
def activate(kind, values, slopes, count):
    eight_at_once()
    V, S = carray(values, (count,)), carray(slopes, (count,))
"""
_ONE_KIND = """\
    if kind == {code}:
        for k in range(count):
            z = V[k]
            a = {value}
            V[k] = a
            S[k] = {slope}
"""


def _activate() -> Any:
    source = _ACTIVATE + "".join(
        _ONE_KIND.format(code=code, value=each.value, slope=each.slope)
        for code, each in enumerate(ACTIVATIONS.values())
    )
    names = ("exp", "tanh", "sigmoid", "softplus")
    space = {name: getattr(elementary, name) for name in names} | {"erf": erf, "sqrt": sqrt}
    space |= {"apart": apart, "carray": carray, "eight_at_once": eight_at_once}
    exec(source, space)  # the formulas of the catalogue of activations
    return space["activate"]


activate: Any = _activate()
"""`(kind, values, slopes, count)`: values become f(values), slopes f'(values)."""

# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures, and pyright reads intrinsics as plain functions.
"""The loop, compiled: the steps of one block of lanes, in place.

It owns counting, stopping and recording: what died stands still, and nobody else notices. Everything that it calls is
a C function pointer (see `kernels`), so it is compiled once for all surfaces and rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import float64, int64, njit, types

from descent_lab.machine.kernels import OPTIONS, call_field, call_hessian, call_rule, pointer, shifted

LARGEST = float(np.finfo(float).max)

# Kernels ask for room at every step, and what is larger than any block given back so far is fetched from the system
# page by page, which takes ten times as long as a step. After a large one was given back, once, it comes from the heap.
_large = np.empty(3_900_000)
del _large


def compiled(signature: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Compile for one signature, at import, or load what was compiled before."""
    return njit(signature, nogil=True, cache=True, **OPTIONS)


_V = types.Array(float64, 1, "C")
_M = types.Array(float64, 2, "C")
_T = types.Array(float64, 3, "C")
_N = types.Array(int64, 1, "C")
_D = types.Array(float64, 1, "C", readonly=True)
_TABLE = types.Array(float64, 2, "C", readonly=True)


@compiled(
    types.void(
        int64,
        int64,
        int64,
        _D,
        _N,
        _N,
        _N,
        _N,
        _N,
        _M,
        _V,
        _V,
        _TABLE,
        _TABLE,
        _V,
        _V,
        _V,
        int64,
        _T,
        _M,
        _N,
        _N,
    ),
)
def run(
    field, hessian, joined, data, offsets, rules, counts, state_sizes, knob_sizes, w, state, knobs, rates, draws,
    noise, goal, ceiling, begin, path, losses, reached, diverged,
):  # fmt: skip
    """Steps of one block, in place; `begin` is the first step's number. See `Lanes` and `Lanes.advance`.

    The lanes of one rule lie side by side: counts[r] lanes of rules[r], whose states and knobs take state_sizes[r]
    and knob_sizes[r] numbers of the flat arrays; its rates are row r. joined: the one rule and the field in one kernel,
    or 0; it serves as long as everybody lives and there is no noise to be added in between. offsets: (steps + 1,),
    where in `data` the numbers of each step begin.
    """
    dim, n = w.shape
    here, there = w, np.empty((dim, n))
    gradient = np.empty((dim, n))
    loss = np.empty(n)
    jolt = np.zeros((dim, n))
    noisy = False
    dead = seeking = 0
    for j in range(n):
        noisy = noisy or noise[j] != 0.0
        seeking += 1 if goal[j] > -np.inf and reached[j] < 0 else 0
        dead += 1 if diverged[j] >= 0 else 0
    watch, record = losses.shape[0] > 0, path.shape[0] > 0
    pl, pg, pj, ps, pk = pointer(loss), pointer(gradient), pointer(jolt), pointer(state), pointer(knobs)
    steps, numbers = rates.shape[1], pointer(data)
    fresh = False  # whether loss and gradient are those of `here`
    for t in range(steps + 1):
        if not fresh:
            call_field(field, (shifted(numbers, offsets[t]), pointer(here), n, pl, pg))
        lost = 0
        for j in range(n):
            lost += 0 if -LARGEST <= loss[j] <= ceiling[j] else 1  # NaN is not below anything
        if seeking > 0:
            seeking = 0
            for j in range(n):
                reached[j] = begin + t if loss[j] < goal[j] and reached[j] < 0 else reached[j]
                seeking += 1 if reached[j] < 0 else 0
        if lost > 0:
            for j in range(n):
                if diverged[j] < 0 and not -LARGEST <= loss[j] <= ceiling[j]:
                    diverged[j] = begin + t
                    dead += 1
        if watch:
            for j in range(n):
                losses[t, j] = loss[j] if diverged[j] < 0 else np.nan
        if record:
            for i in range(dim):
                for j in range(n):
                    path[t, i, j] = here[i, j]
        if t == steps:
            break
        draw = draws[t]
        if noisy:
            for i in range(dim):
                for j in range(n):
                    jolt[i, j] = noise[j] * draw[i]
                    gradient[i, j] += jolt[i, j]
        ph, pt, pd = pointer(here), pointer(there), pointer(draw)
        lane = state_at = knob_at = broken = 0
        fresh = joined != 0 and dead == 0 and not noisy
        for r in range(len(rules)):
            arguments = (
                shifted(ph, lane), shifted(pl, lane), shifted(pg, lane), shifted(pj, lane),
                shifted(ps, state_at), shifted(pk, knob_at), rates[r, t], pd, dim, counts[r], n, shifted(pt, lane),
            )  # fmt: skip
            rule = joined if fresh else rules[r]
            broken += call_rule(rule, (field, hessian, shifted(numbers, offsets[t]), *arguments))
            lane += counts[r]
            state_at += state_sizes[r]
            knob_at += knob_sizes[r]
        if broken + dead == 0:
            here, there = there, here  # the usual case: everybody lives, and nothing is copied
            continue
        if fresh:
            call_field(field, (shifted(numbers, offsets[t]), ph, n, pl, pg))  # the gradient that the rule saw
            fresh = False
        for j in range(n):
            whole = diverged[j] < 0
            for i in range(dim):
                whole = whole and (there[i, j] - there[i, j]) + (gradient[i, j] - gradient[i, j]) == 0.0
            if whole:
                for i in range(dim):
                    here[i, j] = there[i, j]
            elif diverged[j] < 0:
                diverged[j] = begin + t + 1
                dead += 1
    for i in range(
        dim
    ):  # not w[:, :] = here: the message for shapes that differ takes two seconds to compile
        for j in range(n):
            w[i, j] = here[i, j]


@compiled(types.void(int64, _D, _M, _V, _M))
def evaluate_block(field, data, w, loss, gradient):
    call_field(field, (pointer(data), pointer(w), w.shape[1], pointer(loss), pointer(gradient)))


@compiled(types.void(int64, _D, _M, _M))
def curve_block(hessian, data, w, out):
    call_hessian(hessian, (pointer(data), pointer(w), w.shape[1], pointer(out)))

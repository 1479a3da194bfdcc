# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures, and pyright reads intrinsics as plain functions.
"""The loop, compiled: the steps of one block of lanes, in place.

It owns counting, stopping and recording. Who died, or will never move again, leaves the block (see `block`), and
nobody else notices. Everything that it calls is a C function pointer (see `kernels`), so it is compiled once for all
surfaces and rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import float64, int64, njit, types

from descent_lab.machine.block import (
    LARGE,
    SHARE,
    Block,
    Rows,
    at_rest,
    bring_home,
    calm_from,
    close_up,
    overshadow,
    starts_of,
    unmoved,
)
from descent_lab.machine.kernels import OPTIONS, call_field, call_hessian, pointer
from descent_lab.machine.stepping import RunInputs, record, record_lanes, take_steps

LOOK, SELDOM = 16, 1024
"""Every so many steps the loop looks for lanes that stand still; half as often each time in vain, down to SELDOM."""

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
        *(int64, int64, int64, _D, _N, _N, _N, _N, _N, _N, _M, _V, _V, _TABLE, _TABLE),
        *(_V, _V, _V, int64, _T, _M, _N, _N),
    ),
)
def run(
    field, hessian, joined, data, offsets, rules, counts, state_rows, knob_rows, traits, w, state, knobs, rates, draws,
    noise, goal, ceiling, begin, path, losses, reached, diverged,
):  # fmt: skip
    """Steps of one block, in place; `begin` is the first step's number. See `Lanes` and `Lanes.advance`.

    The lanes of one rule lie side by side: counts[r] lanes of rules[r], for each of which the flat `state` and `knobs`
    have state_rows[r] and knob_rows[r] numbers (traits: see `block`); its rates are row r. joined: the one rule and the
    field in one kernel, or 0; it serves as long as there is no noise to be added in between. offsets: (steps + 1,),
    where in `data` the numbers of each step begin.
    """
    dim, n = w.shape
    steps = rates.shape[1]
    inputs = RunInputs(
        field, hessian, joined, rules, data, offsets, rates, draws, begin, path, losses, diverged
    )
    rows = Rows(state_rows, knob_rows, traits)
    home = Block(
        counts, starts_of(counts, rows), np.arange(n), w, np.empty((dim, n)), np.empty((dim, n)), np.zeros((dim, n)),
        np.empty(n), state, knobs, noise, goal, ceiling, reached,
    )  # fmt: skip
    # No literals: with each of them the functions below would be compiled once more.
    no, t = np.bool_(False), np.int64(0)
    block, at_home, shadows = home, not no, 0
    leaving, still = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    noisy, away = no, 0
    for j in range(n):
        noisy = noisy or noise[j] != 0.0
        leaving[j] = diverged[j] >= 0
        away += 1 if leaving[j] else 0
    judged = turned = fresh = watched = no
    if away > 0:  # dead since an earlier run
        record(t, w, block.loss, diverged, path, losses)
    look, pause, calm = LOOK, LOOK, -1  # watched: `kept` is what was kept at the step before `look`
    kept = np.empty(0)
    while True:
        if away > 0:
            here = block.there if turned else block.here
            bring_home(block, here, leaving, home, rows)
            large = not at_home and len(rules) == 1 and len(block.lanes) >= LARGE
            if large and (shadows + away) * SHARE < len(block.lanes):
                shadows += overshadow(block, here, leaving, rows)
            else:
                block = close_up(block, here, leaving, rows)
                at_home, turned, shadows = no, no, 0
            leaving[:] = False
            look, watched = max(look, t + 1), no
        if len(block.lanes) == 0:
            for rest in range(t + 1 if judged else t, steps + 1):
                record_lanes(rest, block.lanes, block.here, block.loss, diverged, path, losses)
            break
        t, judged, turned, fresh, away = take_steps(
            inputs, block, rows, t, judged, turned, fresh, noisy, at_home, look, leaving
        )
        here, before = (block.there, block.here) if turned else (block.here, block.there)
        if judged and t == steps:
            leaving[:] = True
            bring_home(block, here, leaving, home, rows)
            break
        if away > 0 or t < look:
            continue
        if watched:
            away = at_rest(block, here, before, kept, rows, still, leaving)
            pause = LOOK if away > 0 else min(2 * pause, SELDOM)
            watched = no
        else:
            many = unmoved(block, here, before, rows, still)
            if many > 0 and (len(block.lanes) < LARGE or (many + shadows) * SHARE >= len(block.lanes)):
                calm = calm_from(rates, offsets) if calm < 0 else calm
                watched = t > calm
            if watched:
                kept = block.state.copy()
        look = t + 1 if watched else t + pause


@compiled(types.void(int64, _D, _M, _V, _M))
def evaluate_block(field, data, w, loss, gradient):
    call_field(field, (pointer(data), pointer(w), w.shape[1], pointer(loss), pointer(gradient)))


@compiled(types.void(int64, _D, _M, _M))
def curve_block(hessian, data, w, out):
    call_hessian(hessian, (pointer(data), pointer(w), w.shape[1], pointer(out)))

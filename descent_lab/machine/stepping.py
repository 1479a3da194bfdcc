# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures, and pyright reads intrinsics as plain functions.
"""The steps of a block, compiled: what is done at each, as long as nobody leaves it (see `loop`).

Everything that is called here is a C function pointer (see `kernels`), so it is compiled once for all surfaces and
rules.
"""

from __future__ import annotations

import numpy as np
from numba import boolean, int64, types

from descent_lab.heap import keep_what_is_given_back
from descent_lab.machine.block import BY_LANE, FADES
from descent_lab.machine.kernels import (
    CONSTANTS,
    CUBE,
    MATRIX,
    TABLE,
    TRUTHS,
    VECTOR,
    WHOLE,
    call_field,
    call_hessian,
    call_rule,
    compiled,
    inlined,
    pointer,
    shifted,
)

LARGEST = float(np.finfo(float).max)

SMALLEST = float(np.finfo(float).tiny)
"""The smallest normal number."""

FADE = 64
"""Every so many steps, memories that have faded below the normal numbers become 0."""

LOOK = 16
"""Every so many steps it is looked for lanes that stand still."""

LARGE = 64
"""Places from which on a block of one rule has shadows."""

SHARE = 8
"""A large block closes up when one column in so many has no lane to carry."""

keep_what_is_given_back()


@inlined
def record(t, here, loss, diverged, path, losses):
    """Record step t of a block that nobody has left; a dead lane has no loss."""
    n = len(diverged)
    if losses.shape[0] > 0:
        for j in range(n):
            losses[t, j] = loss[j] if diverged[j] < 0 else np.nan
    if path.shape[0] > 0:
        for i in range(here.shape[0]):
            for j in range(n):
                path[t, i, j] = here[i, j]


@inlined
def record_lanes(t, lanes, here, loss, diverged, path, losses):
    """Record step t of a block that some have left: they are where they were a step before."""
    n = len(diverged)
    if losses.shape[0] > 0:
        for k in range(n):
            losses[t, k] = losses[t - 1, k]
        for j in range(len(lanes)):
            if lanes[j] >= 0:
                losses[t, lanes[j]] = loss[j]
        for k in range(n):
            losses[t, k] = losses[t, k] if diverged[k] < 0 else np.nan
    if path.shape[0] > 0:
        for i in range(here.shape[0]):
            for k in range(n):
                path[t, i, k] = path[t - 1, i, k]
            for j in range(len(lanes)):
                if lanes[j] >= 0:
                    path[t, i, lanes[j]] = here[i, j]


@inlined
def overshadow(
    leaving, lanes, here, gradient, loss, state, knobs, noise, goal, ceiling, reached, by_lane, w, marks
):
    """Shadows take the columns of those who leave, in a block of one rule; how many more there are now. Where they
    ended goes to w, (dim, lanes), and when they had reached their goal to marks, (lanes,)."""
    dim, crowd = here.shape
    rows, settings = len(state) // crowd, len(knobs) // crowd
    new = neighbour = 0
    while leaving[neighbour]:
        neighbour += 1
    for j in range(crowd):
        if not leaving[j]:
            neighbour = j
            continue
        leaving[j] = False
        if lanes[j] >= 0:
            new += 1
            marks[lanes[j]] = reached[j]
            for i in range(dim):
                w[i, lanes[j]] = here[i, j]
        lanes[j] = -1
        loss[j], noise[j], goal[j] = loss[neighbour], noise[neighbour], goal[neighbour]
        ceiling[j], reached[j] = ceiling[neighbour], reached[neighbour]
        for i in range(dim):
            here[i, j], gradient[i, j] = here[i, neighbour], gradient[i, neighbour]
        for row in range(rows):
            if by_lane:
                state[j * rows + row] = state[neighbour * rows + row]
            else:
                state[row * crowd + j] = state[row * crowd + neighbour]
        for row in range(settings):
            knobs[row * crowd + j] = knobs[row * crowd + neighbour]
    return new


@compiled(
    types.Tuple((int64, boolean, boolean, boolean, int64, int64))(
        *(int64, int64, int64, CONSTANTS, *7 * [WHOLE]),
        *(WHOLE, *4 * [MATRIX], *6 * [VECTOR], WHOLE, TRUTHS),
        *(TABLE, TABLE, int64, int64, boolean, boolean, int64, boolean, boolean, int64, int64, int64),
        *(CUBE, MATRIX, WHOLE, MATRIX, WHOLE),
    )
)
def take_steps(
    field, hessian, joined, data, offsets, rules, traits, counts, columns, states, knob_starts,
    lanes, here, there, gradient, jolt, loss, state, knobs, noise, goal, ceiling, reached, leaving,
    rates, draws, begin, t, judged, fresh, away, at_home, noisy, shadows, look, pause,
    path, losses, diverged, w, marks,
):  # fmt: skip
    """Steps of a block from step t on, in place: up to the last, or to one where the block must close up, or to a look
    at which somebody stands still.

    The first two lines of arguments are the kernels and where what is each rule's begins (see `block.Layout`); the next
    those of `block.Block`, with room for the next points (there) and for noise (jolt), and with `leaving`, (columns,),
    of which there are `away`. rates: (rules, steps). draws: (steps, dim). begin: the first step's number. judged:
    whether step t has been judged and recorded. fresh: whether loss and gradient are those of `here`. at_home: whether
    nobody has left yet. look, pause: the next step at which
    to look, and how many until the one after. path, losses, diverged: the caller's, as his points w
    and marks of the goal.

    Returned are t, judged, whether the points lie in `there` now, fresh, away and shadows.
    """
    dim, crowd = here.shape
    steps, numbers = rates.shape[1], pointer(data)
    pl, pg, pj, ps, pk = pointer(loss), pointer(gradient), pointer(jolt), pointer(state), pointer(knobs)
    turned = False
    seeking = 0
    for j in range(crowd):
        seeking += 1 if goal[j] > -np.inf and reached[j] < 0 else 0
    while True:
        number = begin + t
        if not judged:
            if not fresh:
                call_field(field, (shifted(numbers, offsets[t]), pointer(here), crowd, pl, pg))
            lost = 0
            for j in range(crowd):
                lost += 0 if -LARGEST <= loss[j] <= ceiling[j] else 1  # NaN is not below anything
            if seeking > 0:
                seeking = 0
                for j in range(crowd):
                    reached[j] = number if loss[j] < goal[j] and reached[j] < 0 else reached[j]
                    seeking += 1 if reached[j] < 0 else 0
            if lost > 0:
                for j in range(crowd):
                    if not leaving[j] and not -LARGEST <= loss[j] <= ceiling[j]:
                        leaving[j] = True
                        away += 1
                        if lanes[j] >= 0:
                            diverged[lanes[j]] = number
            if at_home:
                record(t, here, loss, diverged, path, losses)
            else:
                record_lanes(t, lanes, here, loss, diverged, path, losses)
        if t == steps:
            return t, True, turned, fresh, away, shadows
        if away > 0:
            few = len(rules) == 1 and crowd >= LARGE and (shadows + away) * SHARE < crowd
            if at_home or not few:
                return t, True, turned, fresh, away, shadows
            shadows += overshadow(
                leaving, lanes, here, gradient, loss, state, knobs, noise, goal, ceiling, reached,
                traits[0] & BY_LANE != 0, w, marks,
            )  # fmt: skip
            away = 0
        judged = False
        if noisy:
            for i in range(dim):
                for j in range(crowd):
                    jolt[i, j] = noise[j] * draws[t, i]
                    gradient[i, j] += jolt[i, j]
        ph, pt, pd = pointer(here), pointer(there), shifted(pointer(draws), t * dim)
        broken = 0
        fresh = joined != 0 and not noisy
        for r in range(len(rules)):
            column = columns[r]
            arguments = (
                shifted(ph, column), shifted(pl, column), shifted(pg, column), shifted(pj, column),
                shifted(ps, states[r]), shifted(pk, knob_starts[r]), rates[r, t], pd, dim, counts[r], crowd,
                shifted(pt, column),
            )  # fmt: skip
            rule = joined if fresh else rules[r]
            broken += call_rule(rule, (field, hessian, shifted(numbers, offsets[t]), *arguments))
        if broken > 0:
            if fresh:  # the gradient that the rule saw is gone
                call_field(field, (shifted(numbers, offsets[t]), ph, crowd, pl, pg))
                fresh = False
            for j in range(crowd):
                whole = True
                for i in range(dim):
                    whole = whole and (there[i, j] - there[i, j]) + (gradient[i, j] - gradient[i, j]) == 0.0
                if whole:
                    continue
                for i in range(dim):
                    there[i, j] = here[i, j]
                if not leaving[j]:
                    leaving[j] = True
                    away += 1
                    if lanes[j] >= 0:
                        diverged[lanes[j]] = number + 1
        here, there, turned = there, here, not turned
        if number % FADE == 0:
            for r in range(len(rules)):
                if traits[r] & FADES != 0:
                    for k in range(states[r], states[r + 1]):
                        state[k] = 0.0 if -SMALLEST < state[k] < SMALLEST else state[k]
        t += 1
        if t == look:
            still = 0
            for j in range(crowd):
                still += 1 if here[0, j] == there[0, j] else 0
            if still > 0:
                return t, False, turned, fresh, away, shadows
            look += pause


@compiled(types.void(int64, CONSTANTS, MATRIX, VECTOR, MATRIX))
def evaluate_block(field, data, w, loss, gradient):
    call_field(field, (pointer(data), pointer(w), w.shape[1], pointer(loss), pointer(gradient)))


@compiled(types.void(int64, CONSTANTS, MATRIX, MATRIX))
def curve_block(hessian, data, w, out):
    call_hessian(hessian, (pointer(data), pointer(w), w.shape[1], pointer(out)))

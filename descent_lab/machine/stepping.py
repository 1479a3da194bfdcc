# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures, and pyright reads intrinsics as plain functions.
"""The steps of a block, compiled: what is done at each, as long as nobody leaves (see `loop`)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from descent_lab.machine.block import fade
from descent_lab.machine.kernels import call_field, call_rule, inlined, pointer, shifted

LARGEST = float(np.finfo(float).max)

FADE = 64
"""Every so many steps, memories that have faded below the normal numbers become 0."""


class RunInputs(NamedTuple):
    """What does not change during a run: kernels, what they read, and where it is recorded."""

    field: int
    hessian: int
    joined: int
    rules: np.ndarray
    data: np.ndarray
    offsets: np.ndarray
    rates: np.ndarray
    draws: np.ndarray
    begin: int
    path: np.ndarray
    losses: np.ndarray
    diverged: np.ndarray


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
    """Record step t of a block that some have left: they are where they were a step before, if there was one."""
    n = len(diverged)
    left = n if t > 0 else 0
    if losses.shape[0] > 0:
        for k in range(left):
            losses[t, k] = losses[t - 1, k]
        for j in range(len(lanes)):
            if lanes[j] >= 0:
                losses[t, lanes[j]] = loss[j]
        for k in range(n):
            losses[t, k] = losses[t, k] if diverged[k] < 0 else np.nan
    if path.shape[0] > 0:
        for i in range(here.shape[0]):
            for k in range(left):
                path[t, i, k] = path[t - 1, i, k]
            for j in range(len(lanes)):
                if lanes[j] >= 0:
                    path[t, i, lanes[j]] = here[i, j]


@inlined
def take_steps(inputs, block, rows, t, judged, turned, fresh, noisy, at_home, look, leaving):
    """Steps of a block from step t on: up to the last, or to one where somebody leaves, or to step `look`.

    judged: whether step t has been judged and recorded. turned: whether the points are in block.there. fresh: whether
    loss and gradient are those of the points. These come back, with how many are leaving.
    """
    field, joined, numbers, offsets = inputs.field, inputs.joined, pointer(inputs.data), inputs.offsets
    hessian, rules, rates, draws, begin = (
        inputs.hessian,
        inputs.rules,
        inputs.rates,
        inputs.draws,
        inputs.begin,
    )
    path, losses, diverged = inputs.path, inputs.losses, inputs.diverged
    loss, gradient, jolt, noise = block.loss, block.gradient, block.jolt, block.noise
    ceiling, goal, reached = block.ceiling, block.goal, block.reached
    lanes, starts, counts = block.lanes, block.starts, block.counts
    here, there = (block.there, block.here) if turned else (block.here, block.there)
    pl, pg, pj = pointer(loss), pointer(gradient), pointer(jolt)
    ps, pk = pointer(block.state), pointer(block.knobs)
    (dim, crowd), steps = here.shape, rates.shape[1]
    away = seeking = 0
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
                    if not -LARGEST <= loss[j] <= ceiling[j]:
                        leaving[j] = True
                        away += 1
                        if lanes[j] >= 0:
                            diverged[lanes[j]] = number
            if at_home:
                record(t, here, loss, diverged, path, losses)
            else:
                record_lanes(t, lanes, here, loss, diverged, path, losses)
            if away > 0 or t == steps:
                return t, True, turned, fresh, away
        if noisy:
            for i in range(dim):
                for j in range(crowd):
                    jolt[i, j] = noise[j] * draws[t, i]
                    gradient[i, j] += jolt[i, j]
        ph, pt, pd = pointer(here), pointer(there), shifted(pointer(draws), t * dim)
        broken = 0
        fresh = joined != 0 and not noisy
        for r in range(len(rules)):
            if counts[r] == 0:
                continue
            place = starts[r, 0]
            arguments = (
                shifted(ph, place), shifted(pl, place), shifted(pg, place), shifted(pj, place),
                shifted(ps, starts[r, 1]), shifted(pk, starts[r, 2]), rates[r, t], pd, dim, counts[r], crowd,
                shifted(pt, place),
            )  # fmt: skip
            rule = joined if fresh else rules[r]
            broken += call_rule(rule, (field, hessian, shifted(numbers, offsets[t]), *arguments))
        if broken > 0:
            if fresh:
                call_field(
                    field, (shifted(numbers, offsets[t]), ph, crowd, pl, pg)
                )  # the gradient that the rule saw
                fresh = False
            for j in range(crowd):
                whole = True
                for i in range(dim):
                    whole = whole and (there[i, j] - there[i, j]) + (gradient[i, j] - gradient[i, j]) == 0.0
                if not whole:
                    leaving[j] = True
                    away += 1
                    for i in range(dim):
                        there[i, j] = here[i, j]
                    if lanes[j] >= 0:
                        diverged[lanes[j]] = number + 1
        here, there, turned, judged = there, here, not turned, False
        if number % FADE == 0:
            fade(block, rows)
        t += 1
        if away > 0 or t == look:
            return t, False, turned, fresh, away

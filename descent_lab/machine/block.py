# pyright: basic
# Compiled code has no types but those of its signatures.
"""A block of lanes on their way, compiled: who leaves it, and how the others close up.

A place of a block holds all that the loop knows of one lane. At first the places are the caller's own arrays, where
lane k stands at place k. Once somebody leaves, the others close up in arrays of their own, and what became of a lane is
brought home to the caller's. In a large block that would be too much work for a single lane: its place is taken by a
shadow, the double of a neighbour, until there are enough of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from descent_lab.machine.kernels import inlined

BY_LANE, ASKS_DRAWS, FADES = 1, 2, 4
"""Traits of a rule: what it keeps lies lane by lane, not row by row; it moves by the draws; what it keeps may become 0
when it has faded below the normal numbers, which take a processor up to a hundred times as long as others."""

LARGE = 64
"""Places from which on a block of one rule has shadows."""

SHARE = 8
"""A large block closes up when one place in so many has no lane to carry."""

SMALLEST = float(np.finfo(float).tiny)
"""The smallest normal number."""


class Rows(NamedTuple):
    """Of each rule, (rules,): how many numbers it keeps for a lane, how many knobs it has, and its traits."""

    state: np.ndarray
    knobs: np.ndarray
    traits: np.ndarray


class Block(NamedTuple):
    """Places side by side, those of one rule after those of another.

    counts: (rules,), the places of each rule. starts: (rules + 1, 3), where its places begin, and what it keeps, and
    its knobs. lanes: (places,), who stands there; -1 is a shadow. here, there: (dim, places), the points and room for
    those of the next step, in turns. gradient, jolt: (dim, places). state, knobs: flat. The rest: (places,).
    """

    counts: np.ndarray
    starts: np.ndarray
    lanes: np.ndarray
    here: np.ndarray
    there: np.ndarray
    gradient: np.ndarray
    jolt: np.ndarray
    loss: np.ndarray
    state: np.ndarray
    knobs: np.ndarray
    noise: np.ndarray
    goal: np.ndarray
    ceiling: np.ndarray
    reached: np.ndarray


@inlined
def starts_of(counts, rows):
    """Where the places of each rule begin, what it keeps, and its knobs: (rules + 1, 3)."""
    starts = np.zeros((len(counts) + 1, 3), np.int64)
    for r in range(len(counts)):
        starts[r + 1, 0] = starts[r, 0] + counts[r]
        starts[r + 1, 1] = starts[r, 1] + counts[r] * rows.state[r]
        starts[r + 1, 2] = starts[r, 2] + counts[r] * rows.knobs[r]
    return starts


@inlined
def spot(by_lane, rows, places, row, place):
    """Where number `row` of a place lies among those of its rule."""
    return place * rows + row if by_lane else row * places + place


@inlined
def put(source, here, place, target, there, onto, r, rows):
    """A lane of rule r goes from a place to one of another block, or of the same. here, there: the points of both."""
    for i in range(here.shape[0]):
        there[i, onto] = here[i, place]
        target.gradient[i, onto] = source.gradient[i, place]
    target.lanes[onto] = source.lanes[place]
    target.loss[onto] = source.loss[place]
    target.noise[onto] = source.noise[place]
    target.goal[onto] = source.goal[place]
    target.ceiling[onto] = source.ceiling[place]
    target.reached[onto] = source.reached[place]
    by_lane = rows.traits[r] & BY_LANE != 0
    old, new = source.counts[r], target.counts[r]
    j, k = place - source.starts[r, 0], onto - target.starts[r, 0]
    for row in range(rows.state[r]):
        target.state[target.starts[r, 1] + spot(by_lane, rows.state[r], new, row, k)] = source.state[
            source.starts[r, 1] + spot(by_lane, rows.state[r], old, row, j)
        ]
    for row in range(rows.knobs[r]):
        target.knobs[target.starts[r, 2] + row * new + k] = source.knobs[source.starts[r, 2] + row * old + j]


@inlined
def bring_home(block, here, leaving, home, rows):
    """What became of those who leave goes to the caller's arrays."""
    for r in range(len(block.counts)):
        for j in range(block.starts[r, 0], block.starts[r + 1, 0]):
            if leaving[j] and block.lanes[j] >= 0:
                put(block, here, j, home, home.here, block.lanes[j], r, rows)


@inlined
def close_up(block, here, leaving, rows):
    """The block without its shadows and without those who leave, in arrays of its own."""
    counts = np.zeros_like(block.counts)
    for r in range(len(counts)):
        for j in range(block.starts[r, 0], block.starts[r + 1, 0]):
            counts[r] += 1 if block.lanes[j] >= 0 and not leaving[j] else 0
    starts = starts_of(counts, rows)
    dim, n = here.shape[0], starts[-1, 0]
    left = Block(
        counts, starts, np.empty(n, np.int64), np.empty((dim, n)), np.empty((dim, n)), np.empty((dim, n)),
        np.zeros((dim, n)), np.empty(n), np.empty(starts[-1, 1]), np.empty(starts[-1, 2]), np.empty(n), np.empty(n),
        np.empty(n), np.empty(n, np.int64),
    )  # fmt: skip
    k = np.int64(0)
    for r in range(len(counts)):
        for j in range(block.starts[r, 0], block.starts[r + 1, 0]):
            if block.lanes[j] >= 0 and not leaving[j]:
                put(block, here, j, left, left.here, k, r, rows)
                k += 1
    return left


@inlined
def overshadow(block, here, leaving, rows):
    """Shadows take the places of those who leave, in a block of one rule; how many more there are now."""
    new = neighbour = 0
    while leaving[neighbour]:
        neighbour += 1
    r = np.int64(0)
    for j in range(len(block.lanes)):
        if leaving[j]:
            new += 1 if block.lanes[j] >= 0 else 0
            put(block, here, neighbour, block, here, j, r, rows)
            block.lanes[j] = -1
        else:
            neighbour = j
    return new


@inlined
def unmoved(block, here, before, rows, still):
    """Who stands where it stood a step before, and whom no chance will move, (places,); how many they are."""
    many = 0
    for j in range(here.shape[1]):
        many += 1 if here[0, j] == before[0, j] else 0
    if many == 0:
        return 0
    many = 0
    for r in range(len(block.counts)):
        chance = rows.traits[r] & ASKS_DRAWS != 0
        for j in range(block.starts[r, 0], block.starts[r + 1, 0]):
            still[j] = not chance and block.noise[j] == 0.0 and block.lanes[j] >= 0
            for i in range(here.shape[0]):
                if not still[j] or here[i, j] != before[i, j]:
                    still[j] = False
                    break
            many += 1 if still[j] else 0
    return many


@inlined
def at_rest(block, here, before, kept, rows, still, leaving):
    """Those leave who stood still a step before, do so now, and keep what they kept then; how many they are."""
    many = 0
    for r in range(len(block.counts)):
        by_lane = rows.traits[r] & BY_LANE != 0
        for j in range(block.counts[r]):
            place = block.starts[r, 0] + j
            same = still[place] and not leaving[place]
            for i in range(here.shape[0]):
                same = same and here[i, place] == before[i, place]
            for row in range(rows.state[r] if same else 0):
                k = block.starts[r, 1] + spot(by_lane, rows.state[r], block.counts[r], row, j)
                same = same and block.state[k] == kept[k]
            if same:
                leaving[place] = True
                many += 1
    return many


@inlined
def fade(block, rows):
    """What has faded below the normal numbers becomes 0."""
    for r in range(len(block.counts)):
        if rows.traits[r] & FADES != 0:
            for k in range(block.starts[r, 1], block.starts[r + 1, 1]):
                block.state[k] = 0.0 if -SMALLEST < block.state[k] < SMALLEST else block.state[k]


@inlined
def calm_from(rates, offsets):
    """The first step from which on every rule's rate and the numbers of the problem stay what they are."""
    steps = rates.shape[1]
    t = steps
    while t > 0:
        for r in range(rates.shape[0]):
            if rates[r, t - 1] != rates[r, steps - 1]:
                return t
        if offsets[t - 1] != offsets[steps]:
            return t
        t -= 1
    return t

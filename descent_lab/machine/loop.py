"""The loop: the steps of one block of lanes, in place.

It owns counting, stopping and recording. Who died, or will never move again, leaves the block, and nobody else notices.
"""

from __future__ import annotations

from copy import copy
from typing import NamedTuple

import numpy as np

from descent_lab.machine.block import Block
from descent_lab.machine.stepping import LARGE, LOOK, SHARE, take_steps

SMALL_LOOK = 4 * LOOK
"""In a small block it is looked less often for who stands still: there is less to be saved."""

SELDOM = 1024
"""Every time that nobody is found at rest the loop waits twice as long until it looks again, up to so many steps."""


class Kernels(NamedTuple):
    """Addresses: of the field; of its Hessian, or 0; of the one rule and the field in one kernel, or 0."""

    field: int
    hessian: int = 0
    joined: int = 0


def run(
    kernels: Kernels,
    data: np.ndarray,
    offsets: np.ndarray,
    home: Block,
    rates: np.ndarray,
    draws: np.ndarray,
    begin: int,
    into: tuple[np.ndarray, np.ndarray],
    diverged: np.ndarray,
) -> None:
    """Steps of a block, in place; `begin` is the first step's number.

    The lanes of one rule lie side by side; its rates are row r of `rates`, (rules, steps). offsets: (steps + 1,), where
    in `data` the numbers of each step begin. draws: (steps, dim). into: path and losses, without rows where nothing is
    recorded. diverged: (lanes,). See `lanes.Lanes.advance`.
    """
    steps, block = rates.shape[1], copy(home)
    at_home, noisy = True, bool(home.noise.any())
    there, jolt = np.empty_like(home.here), np.zeros_like(home.here)
    leaving = diverged >= 0
    t, judged, fresh, away, shadows = 0, False, False, int(np.count_nonzero(leaving)), 0
    look = pause = LOOK if len(home) >= LARGE else SMALL_LOOK
    still = kept = None  # who stood still at the step before `look`, and what was kept then
    while True:
        lies = block.layout
        t, judged, turned, fresh, away, shadows = take_steps(
            *(*kernels, data, offsets, *lies.arrays),
            *(block.lanes, block.here, there, block.gradient, jolt, block.loss, block.state, block.knobs),
            *(block.noise, block.goal, block.ceiling, block.reached, leaving, rates, draws),
            *(begin, t, judged, fresh, away, at_home, noisy, shadows, look, pause),
            *(*into, diverged, home.here, home.reached),
        )
        if turned:
            block.here, there = there, block.here
        if t == steps and judged:
            break
        if away == 0:  # somebody stands still: if the next step does the same, it is at rest
            if still is not None and kept is not None and t == look:
                leaving = block.unchanged(still & block.still(there), kept)
                still, pause = None, pause if leaving.any() else min(2 * pause, SELDOM)
            else:
                still = block.still(there)
                many = int(np.count_nonzero(still))
                enough = many > 0 and (len(block) < LARGE or (many + shadows) * SHARE >= len(block))
                if enough and _steady(rates, offsets, t):
                    look, kept = t + 1, block.state.copy()
                    continue
                still, pause = None, min(2 * pause, SELDOM)
            if not leaving.any():
                look = t + pause
                continue
        block.bring_home(home, leaving)
        if np.all(leaving | (block.lanes < 0)):
            path, losses = into
            rest = t + judged
            path[rest:] = path[rest - 1 : rest]
            losses[rest:] = np.where(diverged < 0, losses[rest - 1 : rest], np.nan)
            return
        if len(lies.rules) > 1:
            rates = rates[~leaving]
        block, at_home, away, shadows, still = block.without(leaving), False, 0, 0, None
        there, jolt = np.empty_like(block.here), np.zeros_like(block.here)
        leaving = np.zeros(len(block), dtype=bool)
        look = t + pause
    if block.here is not home.here:
        block.bring_home(home, np.ones(len(block), dtype=bool))


def _steady(rates: np.ndarray, offsets: np.ndarray, t: int) -> bool:
    """Whether from step t on every rule's rate and the numbers of the problem stay what they are."""
    return bool(np.all(rates[:, t:] == rates[:, t : t + 1]) and np.all(offsets[t:] == offsets[t]))

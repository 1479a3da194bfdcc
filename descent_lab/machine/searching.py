# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures, and pyright reads intrinsics as plain functions.
"""Searches in the plane, compiled: many points at once, by the same kernels as the lanes of a race."""

from __future__ import annotations

import numpy as np
from numba import float64, int64, types

from descent_lab.machine.kernels import call_field, call_hessian, pointer
from descent_lab.machine.stepping import _D, _M, _V, LARGEST, compiled


@compiled(types.void(int64, int64, _D, _M, int64, float64))
def newton_block(field, hessian, data, w, rounds, leap):
    """Newton's method on the gradient in two dimensions, in place: each step at most `leap` long. A lane that moves no
    further, or has no finite step, is taken out of the block."""
    n = w.shape[1]
    lane = np.arange(n)
    at, loss, gradient, bend = np.empty(2 * n), np.empty(n), np.empty(2 * n), np.empty(3 * n)
    moving = n
    for _ in range(rounds):
        for j in range(moving):
            at[j], at[moving + j] = w[0, lane[j]], w[1, lane[j]]
        call_field(field, (pointer(data), pointer(at), moving, pointer(loss), pointer(gradient)))
        call_hessian(hessian, (pointer(data), pointer(at), moving, pointer(bend)))
        left = 0
        for j in range(moving):
            gx, gy = gradient[j], gradient[moving + j]
            xx, xy, yy = bend[j], bend[moving + j], bend[2 * moving + j]
            determinant = xx * yy - xy * xy
            dx, dy = (yy * gx - xy * gy) / determinant, (xx * gy - xy * gx) / determinant
            length = np.hypot(dx, dy)
            if not length <= LARGEST:
                continue
            share = leap / length if length > leap else 1.0
            x, y = at[j] - dx * share, at[moving + j] - dy * share
            w[0, lane[j]], w[1, lane[j]] = x, y
            if length > 1e-15 * (abs(x) + abs(y)) + 1e-300:
                lane[left] = lane[j]
                left += 1
        moving = left
        if moving == 0:
            break


@compiled(types.void(int64, _D, _M, _V, int64))
def compass_block(field, data, w, reach, rounds):
    """Steps to the lowest of the eight points around, in place; where none is lower, the reach is halved. What has no
    value is infinitely high. w: (2, lanes). reach: (lanes,)."""
    n = w.shape[1]
    around = 9 * n
    at, loss, gradient = np.empty(2 * around), np.empty(around), np.empty(2 * around)
    for _ in range(rounds):
        for j in range(n):
            at[j], at[around + j] = w[0, j], w[1, j]
        place = n
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
            for j in range(n):
                at[place + j] = w[0, j] + dx * reach[j]
                at[around + place + j] = w[1, j] + dy * reach[j]
            place += n
        call_field(field, (pointer(data), pointer(at), around, pointer(loss), pointer(gradient)))
        for j in range(n):
            best, lowest = 0, loss[j]
            if lowest != lowest:
                lowest = np.inf
            for k in range(1, 9):
                if loss[k * n + j] < lowest:
                    best, lowest = k, loss[k * n + j]
            if best == 0:
                reach[j] /= 2.0
            w[0, j], w[1, j] = at[best * n + j], at[around + best * n + j]

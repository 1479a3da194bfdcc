# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures, and pyright reads intrinsics as plain functions.
"""Searches in the plane, compiled: many points at once, by the same kernels as the lanes of a race."""

from __future__ import annotations

import numpy as np
from numba import float64, int64, types

from descent_lab.machine.kernels import (
    CONSTANTS,
    MATRIX,
    VECTOR,
    call_field,
    call_hessian,
    compiled,
    inlined,
    pointer,
)
from descent_lab.machine.stepping import LARGEST


@inlined
def newton(field, hessian, data, w, rounds, leap):
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


@compiled(types.void(int64, int64, CONSTANTS, MATRIX, int64, float64))
def newton_block(field, hessian, data, w, rounds, leap):
    newton(field, hessian, data, w, rounds, leap)


@inlined
def closest(x, y, points, reach):
    """The number of the closest of some points, (2, n), that lies within reach of (x, y); -1 where none does."""
    best, least = -1, np.inf
    for k in range(points.shape[1]):
        away = np.hypot(x - points[0, k], y - points[1, k])
        if away <= reach and away < least:
            best, least = k, away
    return best


@inlined
def kind_of(gradient, bend, j, scale):
    """1 for a minimum, -1 for a saddle, 0 for neither: the gradient is zero but for rounding, and the eigenvalues say
    which."""
    xx, xy, yy = bend[0, j], bend[1, j], bend[2, j]
    if not np.hypot(gradient[0, j], gradient[1, j]) <= 1e-9 * scale * (abs(xx) + abs(xy) + abs(yy)):
        return 0
    middle, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    lost = 1e-9 * (abs(middle) + half)
    if middle - half > lost:
        return 1
    return -1 if middle - half < -lost and middle + half > lost else 0


@compiled(
    types.void(int64, int64, CONSTANTS, MATRIX, MATRIX, MATRIX, MATRIX, int64, float64, float64, MATRIX)
)
def nearest_block(field, hessian, data, w, minima, saddles, kinks, rounds, reach, scale, found):
    """The minimum and the saddle within reach of each point, NaN for none. w: (2, lanes). found: (4, lanes).

    Asked are the minima and saddles that are known, (2, n) each; then Newton's method, of whoever is close to none of
    them, and the kinks, (2, n), at which a minimum has no gradient.
    """
    n, many = w.shape[1], 0
    alone = np.empty(n, np.int64)
    for j in range(n):
        low, between = closest(w[0, j], w[1, j], minima, reach), closest(w[0, j], w[1, j], saddles, reach)
        for i in range(2):
            found[i, j] = minima[i, low] if low >= 0 else np.nan
            found[2 + i, j] = saddles[i, between] if between >= 0 else np.nan
        if low < 0 and between < 0:
            alone[many] = j
            many += 1
    at, loss, gradient, bend = np.empty((2, many)), np.empty(many), np.empty((2, many)), np.empty((3, many))
    for k in range(many):
        at[0, k], at[1, k] = w[0, alone[k]], w[1, alone[k]]
    newton(field, hessian, data, at, rounds, reach)
    call_field(field, (pointer(data), pointer(at), many, pointer(loss), pointer(gradient)))
    call_hessian(hessian, (pointer(data), pointer(at), many, pointer(bend)))
    for k in range(many):
        j = alone[k]
        near = np.hypot(at[0, k] - w[0, j], at[1, k] - w[1, j]) <= reach
        kind = kind_of(gradient, bend, k, scale) if near else 0
        tip = closest(w[0, j], w[1, j], kinks, reach)
        for i in range(2):
            if kind != 0:
                found[i if kind > 0 else 2 + i, j] = at[i, k]
            if tip >= 0:
                found[i, j] = kinks[i, tip]


@compiled(int64(types.Array(float64, 2, "A"), float64, float64, float64))
def since(path, x, y, radius):
    """The first step from which a path, (steps, 2), stays within the radius of a point; (steps) if it is outside."""
    t = path.shape[0]
    while t > 0:
        dx, dy = path[t - 1, 0] - x, path[t - 1, 1] - y
        if not dx * dx + dy * dy <= radius * radius:
            break
        t -= 1
    return t


@compiled(types.void(int64, CONSTANTS, MATRIX, VECTOR, int64))
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

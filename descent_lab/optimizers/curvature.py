"""Optimizers that know, or guess, how the surface bends."""

# pyright: basic
# A rule is read by numba and by the printer of formulas; its letters are numbers and need no types of their own.

from math import fabs

from numpy import empty

from descent_lab.knobs import NON_NEGATIVE, Knob, count, rate
from descent_lab.machine.evaluation import curvature
from descent_lab.machine.kernels import inlined
from descent_lab.machine.rules import point_optimizer
from descent_lab.optimizers.line_search import TINY, dot, first_length, largest, line_search

GROUP = "Curvature"

HISTORY = 100
"""The most pairs of steps and slopes that L-BFGS keeps here; in two dimensions more than a few change nothing."""

FLAT = 1e-7
"""L-BFGS rests where no part of the gradient is larger (torch's tolerance_grad)."""


# ---------------------------------------------------------------- Newton


def no_rows(dim):
    return 0


@inlined
def solve(h, damping, g, x):
    """(H + damping I) x = g by elimination with pivots. h: the rows of H's upper triangle; g, x: (dim,)."""
    dim = g.shape[0]
    rows = empty((dim, dim + 1))
    at = 0
    for i in range(dim):
        rows[i, dim] = g[i]
        for j in range(i, dim):
            rows[i, j] = h[at]
            rows[j, i] = h[at]
            at += 1
        rows[i, i] += damping
    for i in range(dim):
        pivot = i
        for k in range(i + 1, dim):
            pivot = k if fabs(rows[k, i]) > fabs(rows[pivot, i]) else pivot
        for j in range(i, dim + 1):
            swapped = rows[i, j]
            rows[i, j] = rows[pivot, j]
            rows[pivot, j] = swapped
        for k in range(i + 1, dim):
            share = rows[k, i] / rows[i, i]
            for j in range(i, dim + 1):
                rows[k, j] -= share * rows[i, j]
    for i in range(dim - 1, -1, -1):
        total = rows[i, dim]
        for j in range(i + 1, dim):
            total -= rows[i, j] * x[j]
        x[i] = total / rows[i, i]


@point_optimizer(
    "newton", "Newton", "Nocedal & Wright 2006, equation 2.15; damped as in Levenberg 1944",
    group=GROUP,
    sentence="Jumps to where the slope would be zero if the surface were a parabola; on a saddle that is the saddle.",
    needs={"gradient", "hessian"},
    latex=r"w \leftarrow w - \alpha \, (H + \lambda I)^{-1} g",
    memory=no_rows,
    lr=rate(1.0, 1e-3, 2.0, "The share of the jump that is taken."),
    damping=Knob(
        1e-3, 1e-6, 1e3, True, NON_NEGATIVE,
        sentence="Added to the curvature: the larger, the shorter the steps, and the more like plain descent.",
    ),
)  # fmt: skip
def newton(problem, w, loss, g, memory, draw, lr, damping, out):
    dim = w.shape[0]
    h, jump = empty(dim * (dim + 1) // 2), empty(dim)
    curvature(problem, w, h)
    solve(h, damping, g, jump)
    for i in range(dim):
        out[i] = w[i] - lr * jump[i]


# ---------------------------------------------------------------- conjugate gradients


def conjugate_rows(dim):
    return 4 + 2 * dim


def _direction(memory, dim):
    return [("p", memory[4 : 4 + dim]), ("t", memory[1])]


@point_optimizer(
    "cg", "Conjugate gradient", "Polak & Ribière 1969; Nocedal & Wright 2006, equation 5.45",
    group=GROUP,
    sentence="Bends each new direction so that it does not undo the last one, and walks it to its lowest point.",
    needs={"gradient", "values"},
    latex=r"\beta = \max\left(0, \frac{g \cdot (g - g')}{g' \cdot g'}\right), \quad p \leftarrow \beta p - g, "
    r"\quad w \leftarrow w + t p",
    memory=conjugate_rows,
    recalls=_direction,
    push=4,
    convention="Across a kink, where no line search can end well, the quotient is Hestenes and Stiefel's.",
    lr=rate(1.0, 1e-3, 10.0, "The first length tried along a direction; the line search goes on from there."),
    restart=count(20, 1, 10_000, "After so many steps the direction starts afresh from the slope."),
)  # fmt: skip
def cg(problem, w, loss, g, memory, draw, lr, restart, out):
    # Kept: steps since the last fresh start, the last step's length and slope, whether it has crossed a kink, the
    # direction, the gradient.
    dim = w.shape[0]
    p, before = memory[4 : 4 + dim], memory[4 + dim : 4 + 2 * dim]
    fresh = memory[0] == 0.0 or memory[0] >= restart
    if not fresh:
        past = dot(g, p) - dot(before, p) if memory[3] else dot(before, before)
        beta = max(0.0, (dot(g, g) - dot(g, before)) / past) if past > 0.0 else 0.0
        for i in range(dim):
            p[i] = beta * p[i] - g[i]
        fresh = dot(g, p) >= 0.0
    if fresh:
        memory[0] = 0.0
        for i in range(dim):
            p[i] = -g[i]
    slope = dot(g, p)
    length, kink = 0.0, False
    if slope < 0.0:
        # The first trial expects the gain of the step before (equation 3.60).
        known = memory[1] > 0.0 and memory[2] < 0.0
        trial = memory[1] * memory[2] / slope if known else first_length(g)
        length, kink = line_search(problem, w, loss, g, p, lr * trial, 0.01)
    stands = length == 0.0  # and did so at the step before: there is nothing to count
    for i in range(dim):
        stands = stands and before[i] == g[i]
    memory[0] = 0.0 if stands else memory[0] + 1.0
    memory[1], memory[2], memory[3] = length, slope, kink
    for i in range(dim):
        before[i] = g[i]
        out[i] = w[i] + length * p[i]


# ---------------------------------------------------------------- L-BFGS


def lbfgs_rows(dim):
    return 4 + 2 * dim + HISTORY * (2 * dim + 1)


# A pair lies in a row of 2 dim + 1 numbers: the change y of the gradient, the step s, and 1 / (y . s).


@inlined
def drop_oldest(pairs, kept, row):
    """Move every pair one place to the front."""
    for k in range((kept - 1) * row):
        pairs[k] = pairs[k + row]


@inlined
def bend(p, pairs, kept, scale):
    """The two loops over the pairs: p, (dim,), becomes the guessed inverse Hessian times p."""
    dim = p.shape[0]
    row = 2 * dim + 1
    share = empty(HISTORY)
    for k in range(kept - 1, -1, -1):
        y, s = k * row, k * row + dim
        total = 0.0
        for i in range(dim):
            total += pairs[s + i] * p[i]
        share[k] = total * pairs[s + dim]
        for i in range(dim):
            p[i] -= share[k] * pairs[y + i]
    for i in range(dim):
        p[i] *= scale
    for k in range(kept):
        y, s = k * row, k * row + dim
        total = 0.0
        for i in range(dim):
            total += pairs[y + i] * p[i]
        back = share[k] - total * pairs[s + dim]
        for i in range(dim):
            p[i] += back * pairs[s + i]


def _quasi(memory, dim):
    return [("p", memory[4 : 4 + dim]), ("t", memory[1]), (r"\text{pairs kept}", memory[3])]


@point_optimizer(
    "lbfgs", "L-BFGS", "Nocedal & Wright 2006, algorithm 7.4; torch.optim.LBFGS(line_search_fn='strong_wolfe')",
    group=GROUP,
    sentence="Guesses the curvature from its last few steps, jumps, and searches along the jump for a good length.",
    needs={"gradient", "values"},
    latex=r"p = -H_k g, \quad w \leftarrow w + t p",
    memory=lbfgs_rows,
    recalls=_quasi,
    convention="One iteration a step. Like PyTorch it rests where every part of the gradient is below 0.0000001.",
    lr=rate(1.0, 1e-3, 10.0, "The first length tried along a direction; the line search goes on from there."),
    history=count(100, 1, HISTORY, "How many past steps the curvature is guessed from."),
)  # fmt: skip
def lbfgs(problem, w, loss, g, memory, draw, lr, history, out):
    # Kept: whether there was a step, its length, the scale of the guess, the number of pairs; direction and gradient;
    # pairs. Of the same point and slope the same is kept, step after step: who rests must be seen to rest.
    if largest(g) <= FLAT:
        return
    dim = w.shape[0]
    p, before = memory[4 : 4 + dim], memory[4 + dim : 4 + 2 * dim]
    pairs, row = memory[4 + 2 * dim :], 2 * dim + 1
    kept = int(memory[3])
    trial = lr
    if memory[0] == 0.0:
        trial *= first_length(g)
        memory[2] = 1.0
    else:
        turned, square = 0.0, 0.0
        for i in range(dim):
            turned += (g[i] - before[i]) * (p[i] * memory[1])
            square += (g[i] - before[i]) * (g[i] - before[i])
        while kept > history or (kept == history and turned > 1e-10):
            drop_oldest(pairs, kept, row)
            kept -= 1
        if turned > 1e-10:
            for i in range(dim):
                pairs[kept * row + i] = g[i] - before[i]
                pairs[kept * row + dim + i] = p[i] * memory[1]
            pairs[kept * row + 2 * dim] = 1.0 / turned
            kept += 1
            memory[2] = turned / square
    for i in range(dim):
        p[i] = -g[i]
    bend(p, pairs, kept, memory[2])
    memory[0] = 1.0
    memory[1] = trial
    memory[3] = kept
    for i in range(dim):
        before[i] = g[i]
    if dot(g, p) > -TINY:
        return
    memory[1], _ = line_search(problem, w, loss, g, p, trial, 0.9)
    for i in range(dim):
        out[i] = w[i] + memory[1] * p[i]

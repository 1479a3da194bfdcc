"""Optimizers that know, or guess, how the surface bends."""

from numpy import empty

from app.engine.knobs import NON_NEGATIVE, Knob, count, rate
from app.engine.optimizers.line_search import TINY, dot, first_length, largest, line_search
from app.engine.rules import curvature, point_optimizer

GROUP = "Curvature"

HISTORY = 20
"""The most pairs of steps and slopes that L-BFGS keeps here; in two dimensions more than a few change nothing."""

FLAT = 1e-7
"""L-BFGS rests where no part of the gradient is larger (torch's tolerance_grad)."""


# ---------------------------------------------------------------- Newton


def no_rows(dim):
    return 0


@point_optimizer(
    "newton", "Newton", "Nocedal & Wright 2006, equation 2.15; damped as in Levenberg 1944",
    group=GROUP,
    sentence="Jumps to where the slope would be zero if the surface were a parabola; on a saddle that is the saddle.",
    needs={"hessian"},
    latex=r"w \leftarrow w - \eta \, (H + \lambda I)^{-1} g",
    memory=no_rows,
    lr=rate(1.0, 1e-3, 2.0, "The share of the jump that is taken."),
    damping=Knob(1e-3, 1e-6, 1e3, True, NON_NEGATIVE, sentence="Added to the curvature: the larger, the shorter and the more like plain descent."),
)  # fmt: skip
def newton(problem, w, loss, g, memory, draw, lr, damping, out):
    h = empty(3)
    curvature(problem, w, h)
    xx, xy, yy = h[0] + damping, h[1], h[2] + damping
    det = xx * yy - xy * xy
    out[0] = w[0] - lr * (yy * g[0] - xy * g[1]) / det
    out[1] = w[1] - lr * (xx * g[1] - xy * g[0]) / det


# ---------------------------------------------------------------- conjugate gradients


def conjugate_rows(dim):
    return 3 + 2 * dim


def _direction(memory, dim):
    return [("p", memory[3 : 3 + dim]), (r"\alpha", memory[1])]


@point_optimizer(
    "cg", "Conjugate gradient", "Polak & Ribière 1969; Nocedal & Wright 2006, equation 5.45",
    group=GROUP,
    sentence="Bends each new direction so that it does not undo the last one, and walks it to its lowest point.",
    needs={"values"},
    latex=r"\beta = \max\left(0, \frac{g \cdot (g - g')}{g' \cdot g'}\right), \quad p \leftarrow \beta p - g, "
    r"\quad w \leftarrow w + \alpha p",
    memory=conjugate_rows,
    recalls=_direction,
    push=3,
    lr=rate(1.0, 1e-3, 10.0, "The first length tried along a direction; the line search goes on from there."),
    restart=count(20, 1, 10_000, "After so many steps the direction starts afresh from the slope."),
)  # fmt: skip
def cg(problem, w, loss, g, memory, draw, lr, restart, out):
    # Kept: steps since the last fresh start, the last step's length and slope, the direction, the gradient.
    dim = w.shape[0]
    p, before = memory[3 : 3 + dim], memory[3 + dim : 3 + 2 * dim]
    fresh = memory[0] == 0.0 or memory[0] >= restart
    if not fresh:
        past = dot(before, before)
        beta = max(0.0, (dot(g, g) - dot(g, before)) / past) if past > 0.0 else 0.0
        for i in range(dim):
            p[i] = beta * p[i] - g[i]
        fresh = dot(g, p) >= 0.0
    if fresh:
        memory[0] = 0.0
        for i in range(dim):
            p[i] = -g[i]
    slope = dot(g, p)
    length = 0.0
    if slope < 0.0:
        # The first trial expects the gain of the step before (equation 3.60).
        known = memory[1] > 0.0 and memory[2] < 0.0
        trial = memory[1] * memory[2] / slope if known else first_length(g)
        length = line_search(problem, w, loss, g, p, lr * trial, 0.01)
    memory[0] += 1.0
    memory[1], memory[2] = length, slope
    for i in range(dim):
        before[i] = g[i]
        out[i] = w[i] + length * p[i]


# ---------------------------------------------------------------- L-BFGS


def lbfgs_rows(dim):
    return 4 + 2 * dim + HISTORY * (2 * dim + 1)


def _quasi(memory, dim):
    return [("p", memory[4 : 4 + dim]), (r"\alpha", memory[1]), (r"\text{pairs kept}", memory[3])]


@point_optimizer(
    "lbfgs", "L-BFGS", "Nocedal & Wright 2006, algorithm 7.4; torch.optim.LBFGS(line_search_fn='strong_wolfe')",
    group=GROUP,
    sentence="Guesses the curvature from its last few steps, jumps, and searches along the jump for a good length.",
    needs={"values"},
    latex=r"p = -H_k g, \quad w \leftarrow w + \alpha p",
    memory=lbfgs_rows,
    recalls=_quasi,
    convention="One iteration a step. Like PyTorch it rests where every part of the gradient is below 0.0000001.",
    lr=rate(1.0, 1e-3, 10.0, "The first length tried along a direction; the line search goes on from there."),
    history=count(10, 1, HISTORY, "How many past steps the curvature is guessed from."),
)  # fmt: skip
def lbfgs(problem, w, loss, g, memory, draw, lr, history, out):
    # Kept: iterations, the last length, the scale of the guess, the number of pairs; direction and gradient; pairs.
    if largest(g) <= FLAT:
        return
    dim = w.shape[0]
    p, before = memory[4 : 4 + dim], memory[4 + dim : 4 + 2 * dim]
    edge = 4 + 2 * dim
    Y = memory[edge : edge + HISTORY * dim].reshape(HISTORY, dim)
    S = memory[edge + HISTORY * dim : edge + 2 * HISTORY * dim].reshape(HISTORY, dim)
    R = memory[edge + 2 * HISTORY * dim :]
    kept = int(memory[3])
    most = int(history)
    if memory[0] == 0.0:
        memory[2] = 1.0
        for i in range(dim):
            p[i] = -g[i]
        trial = first_length(g) * lr
    else:
        trial = lr
        bend, square = 0.0, 0.0
        for i in range(dim):
            y = g[i] - before[i]
            bend += y * (p[i] * memory[1])
            square += y * y
        while kept > most or (kept == most and bend > 1e-10):
            for k in range(1, kept):
                Y[k - 1], S[k - 1], R[k - 1] = Y[k], S[k], R[k]
            kept -= 1
        if bend > 1e-10:
            for i in range(dim):
                Y[kept, i] = g[i] - before[i]
                S[kept, i] = p[i] * memory[1]
            R[kept] = 1.0 / bend
            kept += 1
            memory[2] = bend / square
        share = empty(HISTORY)
        for i in range(dim):
            p[i] = -g[i]
        for k in range(kept - 1, -1, -1):
            share[k] = dot(S[k], p) * R[k]
            for i in range(dim):
                p[i] -= share[k] * Y[k, i]
        for i in range(dim):
            p[i] *= memory[2]
        for k in range(kept):
            back = dot(Y[k], p) * R[k]
            for i in range(dim):
                p[i] += S[k, i] * (share[k] - back)
    memory[0] += 1.0
    memory[1] = trial
    memory[3] = kept
    for i in range(dim):
        before[i] = g[i]
    if dot(g, p) > -TINY:
        return
    memory[1] = line_search(problem, w, loss, g, p, trial, 0.9)
    for i in range(dim):
        out[i] = w[i] + memory[1] * p[i]

"""Optimizers that use no slope at all: they only compare heights."""

# pyright: basic
# A rule is read by numba and by the printer of formulas; its letters are numbers and need no types of their own.

from math import inf

from numpy import empty

from descent_lab.knobs import POSITIVE, Knob, rate
from descent_lab.machine.evaluation import evaluate
from descent_lab.machine.kernels import inlined
from descent_lab.machine.rules import point_optimizer

GROUP = "Without a slope"


@inlined
def height(problem, w, scratch):
    """Loss at w, (dim,); infinity where there is none, so that no comparison favours it."""
    value = evaluate(problem, w, scratch)
    return value if value - value == 0.0 else inf


# ---------------------------------------------------------------- Nelder-Mead


def simplex_rows(dim):
    return 1 + (dim + 1) * (dim + 1)


@inlined
def put(out, a):
    """a, (dim,), goes to out."""
    for i in range(out.shape[0]):
        out[i] = a[i]


@inlined
def blend(out, centre, vertex, share):
    """(1 - share) centre + share vertex, (dim,), goes to out."""
    for i in range(out.shape[0]):
        out[i] = (1 - share) * centre[i] + share * vertex[i]


@inlined
def settle(simplex, heights, dim):
    """Sort the corners by height, lowest first; of equals the older stays in front."""
    for last in range(1, dim + 1):
        for j in range(last, 0, -1):
            if heights[j] < heights[j - 1]:
                h = heights[j]
                heights[j] = heights[j - 1]
                heights[j - 1] = h
                for i in range(j * dim, (j + 1) * dim):
                    x = simplex[i]
                    simplex[i] = simplex[i - dim]
                    simplex[i - dim] = x


def _corners(memory, dim):
    simplex = memory[1 : 1 + dim * (dim + 1)].reshape(dim + 1, dim)
    heights = memory[1 + dim * (dim + 1) :]
    names = ("best", "second", "worst") if dim == 2 else tuple(f"{k + 1}" for k in range(dim + 1))
    pairs = [(rf"w_{{\text{{{name}}}}}", simplex[k]) for k, name in enumerate(names)]
    return [*pairs, *((rf"f_{{\text{{{name}}}}}", heights[k]) for k, name in enumerate(names))]


@point_optimizer(
    "nelder_mead", "Nelder–Mead", "Nelder & Mead 1965; scipy.optimize.minimize",
    group=GROUP,
    sentence="A triangle that feels its way down: its worst corner is thrown over to the other side, again and again.",
    needs={"values", "few"},
    latex=r"w_r = \bar{w} + (\bar{w} - w_{\text{worst}})",
    memory=simplex_rows,
    recalls=_corners,
    size=Knob(0.25, 1e-3, 10.0, True, POSITIVE, sentence="How far the corners of the first triangle lie apart."),
)  # fmt: skip
def nelder_mead(problem, w, loss, g, memory, draw, size, out):
    dim = w.shape[0]
    simplex, heights = memory[1 : 1 + dim * (dim + 1)], memory[1 + dim * (dim + 1) :]
    best, worst = simplex[:dim], simplex[dim * dim :]
    spare, middle, tossed, tried = empty(dim), empty(dim), empty(dim), empty(dim)
    if memory[0] == 0.0:
        memory[0] = 1.0
        for k in range(dim + 1):
            corner = simplex[k * dim : (k + 1) * dim]
            for i in range(dim):
                corner[i] = w[i] + (size if k == i + 1 else 0.0)
            heights[k] = height(problem, corner, spare)
        settle(simplex, heights, dim)
    for i in range(dim):
        middle[i] = 0.0
        for k in range(dim):
            middle[i] += simplex[k * dim + i]
        middle[i] /= dim
    blend(tossed, middle, worst, -1.0)
    value = height(problem, tossed, spare)
    shrink = False
    if value < heights[0] or value >= heights[dim - 1]:
        # Downhill: twice as far. Uphill: only half as far, or back inside if it is worse than the worst.
        share = -2.0 if value < heights[0] else (-0.5 if value < heights[dim] else 0.5)
        blend(tried, middle, worst, share)
        other = height(problem, tried, spare)
        shrink = (share == -0.5 and other > value) or (share == 0.5 and other >= heights[dim])
        if share > -2.0 or other < value:
            value = other
            put(tossed, tried)
    if shrink:
        for k in range(1, dim + 1):
            corner = simplex[k * dim : (k + 1) * dim]
            blend(corner, best, corner, 0.5)
            heights[k] = height(problem, corner, spare)
    else:
        put(worst, tossed)
        heights[dim] = value
    settle(simplex, heights, dim)
    put(out, best)


# ---------------------------------------------------------------- random search


def no_rows(dim):
    return 0


@point_optimizer(
    "random_search", "Random search", "Rastrigin 1963; Matyas 1965",
    group=GROUP,
    sentence="Throws a dart near where it stands, and goes there if that is lower.",
    needs={"values", "draws"},
    latex=r"w \leftarrow w + \alpha z \quad \text{if} \quad f(w + \alpha z) < f(w)",
    memory=no_rows,
    lr=rate(0.1, sentence="How far around it the darts fall."),
)  # fmt: skip
def random_search(problem, w, loss, g, memory, draw, lr, out):
    dim = w.shape[0]
    dart, spare = empty(dim), empty(dim)
    for i in range(dim):
        dart[i] = w[i] + lr * draw[i]
    if height(problem, dart, spare) < loss:
        put(out, dart)

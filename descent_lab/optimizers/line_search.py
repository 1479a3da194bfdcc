"""A line search that both L-BFGS and conjugate gradients use: Nocedal & Wright 2006, algorithms 3.5 and 3.6.

It decides as `torch.optim.LBFGS(line_search_fn="strong_wolfe")` does, step for step.
"""

# pyright: basic
# A rule is read by numba and by the printer of formulas; its letters are numbers and need no types of their own.

from math import fabs, inf, sqrt

from numpy import empty

from descent_lab.machine.evaluation import evaluate
from descent_lab.machine.kernels import inlined

TRIES = 25
"""Trial steps before it takes the best one seen."""

TINY = 1e-9
"""A bracket shorter than this is not searched any further."""


@inlined
def dot(a, b):
    """Inner product of two vectors, (dim,)."""
    total = 0.0
    for i in range(a.shape[0]):
        total += a[i] * b[i]
    return total


@inlined
def largest(a):
    """The largest absolute value in a, (dim,)."""
    most = 0.0
    for i in range(a.shape[0]):
        most = max(most, fabs(a[i]))
    return most


@inlined
def first_length(g):
    """What to try first when nothing is known: at most 1 in all, and at most 1 along -g, (dim,)."""
    total = 0.0
    for i in range(g.shape[0]):
        total += fabs(g[i])
    return min(1.0, 1.0 / total)


@inlined
def along(problem, w, p, t, point, gradient):
    """Loss and slope along p at w + t p; all arrays are (dim,), the last two are filled.

    A loss that is not finite is infinite: higher than any that could be accepted, holes of minus infinity too.
    """
    for i in range(w.shape[0]):
        point[i] = w[i] + t * p[i]
    f = evaluate(problem, point, gradient)
    return f if f - f == 0.0 else inf, dot(gradient, p)


@inlined
def interpolate(a, fa, sa, b, fb, sb, low, high):
    """Where the cubic through two losses and slopes is lowest, within [low, high] (equation 3.59); the middle where
    there is no such place, or no such loss."""
    d = sa + sb - 3 * (fa - fb) / (a - b)
    square = d * d - sa * sb
    if not 0 <= square < inf:
        return (low + high) / 2
    root = sqrt(square)
    if a <= b:
        t = b - (b - a) * ((sb + root - d) / (sb - sa + 2 * root))
    else:
        t = a - (a - b) * ((sa + root - d) / (sa - sb + 2 * root))
    return min(max(t, low), high)


@inlined
def line_search(problem, w, f, g, p, first, flatness):
    """A step along p, (dim,), that satisfies the strong Wolfe conditions, and whether it was found to cross a kink;
    `first` is tried first.

    f, g: loss and gradient at w. flatness: the share of the first slope that may be left (c2). At a kink no step
    satisfies both conditions, and the bracket closes on it: taken is the step that leads beyond, if it leads down.
    There the slope has turned, which tells the next direction of the kink; whoever stops short meets it at once.
    """
    point, gradient = empty(w.shape[0]), empty(w.shape[0])
    slope = dot(g, p)
    length = largest(p)
    # The bracket: two steps, their losses and slopes. Until there is one, entry 0 is the step before.
    T, F, S = empty(2), empty(2), empty(2)
    T[0], F[0], S[0] = 0.0, f, slope
    T[1] = first
    F[1], S[1] = along(problem, w, p, first, point, gradient)
    tries = 0
    while True:
        if tries == TRIES:
            T[0], F[0] = 0.0, f
            break
        if F[1] > f + 1e-4 * T[1] * slope or (tries > 1 and F[1] >= F[0]):
            break
        if fabs(S[1]) <= -flatness * slope:
            return T[1], False
        if S[1] >= 0:
            break
        t = interpolate(T[0], F[0], S[0], T[1], F[1], S[1], T[1] + 0.01 * (T[1] - T[0]), T[1] * 10)
        T[0], F[0], S[0] = T[1], F[1], S[1]
        T[1] = t
        F[1], S[1] = along(problem, w, p, t, point, gradient)
        tries += 1
    low = 0 if F[0] <= F[1] else 1
    crowded = False
    while tries < TRIES and fabs(T[1] - T[0]) * length >= TINY:
        left, right = min(T[0], T[1]), max(T[0], T[1])
        t = interpolate(T[0], F[0], S[0], T[1], F[1], S[1], left, right)
        margin = 0.1 * (right - left)
        if min(right - t, t - left) < margin:
            # Twice too close to an end of the bracket: step inside.
            if crowded or t >= right or t <= left:
                t = right - margin if fabs(t - right) < fabs(t - left) else left + margin
                crowded = False
            else:
                crowded = True
        else:
            crowded = False
        value, tilt = along(problem, w, p, t, point, gradient)
        tries += 1
        if value > f + 1e-4 * t * slope or value >= F[low]:
            T[1 - low], F[1 - low], S[1 - low] = t, value, tilt
            low = 0 if F[0] <= F[1] else 1
        else:
            if fabs(tilt) <= -flatness * slope:
                return t, False
            if tilt * (T[1 - low] - T[low]) >= 0:
                T[1 - low], F[1 - low], S[1 - low] = T[low], F[low], S[low]
            T[low], F[low], S[low] = t, value, tilt
    beyond = low if S[low] >= 0 else 1 - low
    kink = S[1 - beyond] < 0 <= S[beyond] and F[beyond] < f
    return T[beyond if kink else low], kink

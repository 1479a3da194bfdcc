"""The source text into which an update rule is put: over the coordinates of a block, or over whole points."""

COORDINATE = """\
@apart
def lanes(w, gradient, out, {rows}, rate, n):
    W, G, OUT = carray(w, (n,)), carray(gradient, (n,)), carray(out, (n,))
{arrays}
    broken = 0
    for j in range(n):
        {targets} = rule(W[j], G[j], {arguments})
        total = moved + G[j]
        broken += 0 if total - total == 0.0 else 1
        OUT[j] = moved
    return broken


def kernel(field, hessian, data, w, loss, gradient, jolt, state, knobs, rate, draw, dim, n, stride, out):
    broken = 0
    for i in range(dim):
        at = i * stride
        if n == 1:
            {targets_one} = rule(w[at], gradient[at], {arguments_one})
            total = moved + gradient[at]
            broken += 0 if total - total == 0.0 else 1
            out[at] = moved
        else:
            broken += lanes(shifted(w, at), shifted(gradient, at), shifted(out, at), {pointers}, rate, n)
    return broken
"""

# The wrapper of a rule over the whole point: each lane is lifted out, moved, and put back. What it remembers lies lane
# by lane, and stays where it is: L-BFGS would carry five hundred numbers to and fro to use twenty.
POINT = """\
def kernel(field, hessian, data, w, loss, gradient, jolt, state, knobs, rate, draw, dim, n, stride, out):
    W = carray(w, (dim, stride))
    L = carray(loss, (n,))
    G = carray(gradient, (dim, stride))
    J = carray(jolt, (dim, stride))
    S = carray(state, (n, {rows}))
    K = carray(knobs, ({knobs}, n))
    D = carray(draw, (dim,))
    OUT = carray(out, (dim, stride))
    point = np.empty(dim)
    slope = np.empty(dim)
    push = np.empty(dim)
    moved = np.empty(dim)
    broken = 0
    for j in range(n):
        for i in range(dim):
            point[i] = W[i, j]
            slope[i] = G[i, j]
            push[i] = J[i, j]
            moved[i] = W[i, j]
        rule((field, hessian, data, push), point, L[j], slope, S[j], D, {arguments}, moved)
        for i in range(dim):
            total = moved[i] + G[i, j]
            broken += 0 if total - total == 0.0 else 1
            OUT[i, j] = moved[i]
    return broken
"""

"""Optimizers that move the weights of a layer as what they are, a matrix."""

# pyright: basic, reportCallIssue=false
# A rule is read by numba; its letters are numbers and need no types of their own, nor have intrinsics any.

from math import sqrt

from numba import carray  # pyright: ignore[reportPrivateImportUsage]
from numpy import empty

from descent_lab.knobs import count, decay, rate, weight
from descent_lab.machine.kernels import apart, inlined, pointer, shifted
from descent_lab.machine.rules import point_optimizer
from descent_lab.networks.kernels.block import layers_of, size_of

GROUP = "Layer by layer"

A, B, C = 3.4445, -4.7750, 2.0315
"""The odd polynomial a s + b s³ + c s⁵ that Jordan chose: steep at 0, so that small singular values s come up fast, and
from 0.68 to 1.13 once they are there. They never settle at 1."""

TINY = 1e-7
"""A matrix whose norm is smaller is taken for one of this norm (torch's eps)."""

BETA1, BETA2, EPS, SHRINK = 0.9, 0.999, 1e-8, 0.01
"""What AdamW moves the biases with: PyTorch's defaults, all but the learning rate."""


# Matrices lie with their shorter side in the rows, so that the products below need only that side squared.


@apart
def gram(matrix, rows, side, found):
    """found = XᵀX. matrix: (rows, side), found: (side, side)."""
    X, G = carray(matrix, (rows, side)), carray(found, (side, side))
    for p in range(side):
        for q in range(side):
            G[p, q] = 0.0
    for r in range(rows):
        for p in range(side):
            for q in range(side):
                G[p, q] += X[r, p] * X[r, q]


@apart
def polynomial(squared, side, found):
    """found = b G + c G². Both are (side, side)."""
    G, U = carray(squared, (side, side)), carray(found, (side, side))
    for p in range(side):
        for q in range(side):
            U[p, q] = B * G[p, q]
        for k in range(side):
            share = C * G[p, k]
            for q in range(side):
                U[p, q] += share * G[k, q]


@apart
def product(matrix, rows, side, factor, row):
    """X = a X + X U, in place. matrix: (rows, side), factor: (side, side), row: room for (side,)."""
    X, U, R = carray(matrix, (rows, side)), carray(factor, (side, side)), carray(row, (side,))
    for r in range(rows):
        for q in range(side):
            R[q] = A * X[r, q]
        for k in range(side):
            for q in range(side):
                R[q] += X[r, k] * U[k, q]
        for q in range(side):
            X[r, q] = R[q]


@inlined
def orthogonalise(room, rows, side, rounds):
    """Newton and Schulz's iteration: the matrix at the front of room, (rows, side), comes near to U Vᵀ of its singular
    value decomposition U S Vᵀ. Behind it room for 2 side² + side numbers."""
    norm = 0.0
    for k in range(rows * side):
        norm += room[k] * room[k]
    norm = max(sqrt(norm), TINY)
    for k in range(rows * side):
        room[k] /= norm
    matrix = pointer(room)
    squared = shifted(matrix, rows * side)
    factor = shifted(squared, side * side)
    for _ in range(rounds):
        gram(matrix, rows, side, squared)
        polynomial(squared, side, factor)
        product(matrix, rows, side, factor, shifted(factor, side * side))


def muon_rows(dim):
    return 2 + 2 * dim


def _averages(memory, dim):
    return [("B", memory[2 : 2 + dim])]


@point_optimizer(
    "muon", "Muon", "Jordan et al. 2024; torch.optim.Muon",
    group=GROUP,
    sentence="Takes the average slope of a whole layer and evens it out: every direction in its weights moves alike.",
    needs={"gradient", "layers"},
    latex=r"B \leftarrow \beta B + (1 - \beta) G, \quad O = \mathrm{NS}(\beta B + (1 - \beta) G) \approx U V^T, \quad "
    r"W \leftarrow W - \alpha \left( \lambda W + \sqrt{\max(1, n / m)} \, O \right)",
    memory=muon_rows,
    recalls=_averages,
    convention="As in PyTorch, with Nesterov's look ahead; its five rounds of Newton and Schulz are done in full "
    "precision, where PyTorch rounds to bfloat16. G is the slope of any layer, the last one too, with m inputs and n "
    "neurons. Biases are no matrix: AdamW moves them at the same learning rate, with β₁ 0.9, β₂ 0.999, ε 0.00000001 "
    "and weight decay 0.01.",
    lr=rate(1e-3),
    beta=decay(0.95, sentence="How long past slopes go on pushing."),
    weight_decay=weight(0.1, 1.0, "The share of the weight that is taken away, times the learning rate."),
    rounds=count(5, 0, 20, "How often the average is evened out; at 0 it is only brought to length 1."),
)  # fmt: skip
def muon(problem, w, loss, g, memory, draw, lr, beta, weight_decay, rounds, out):
    # Kept: AdamW's two averages of the constant 1; the average slopes; of biases those of their squares.
    dim = w.shape[0]
    memory[0] = BETA1 * memory[0] + (1 - BETA1)
    memory[1] = BETA2 * memory[1] + (1 - BETA2)
    m, v = memory[2 : 2 + dim], memory[2 + dim : 2 + 2 * dim]
    at = 0
    for layer in range(layers_of(problem[2])):
        inputs, neurons = size_of(problem[2], layer), size_of(problem[2], layer + 1)
        rows, side = max(inputs, neurons), min(inputs, neurons)
        # Places from one input, one neuron to the next.
        down, right = (neurons, 1) if neurons == side else (1, inputs)
        room = empty(rows * side + 2 * side * side + side)
        for i in range(inputs):
            for o in range(neurons):
                k = at + i * neurons + o
                m[k] += (1 - beta) * (g[k] - m[k])
                room[i * down + o * right] = g[k] + beta * (m[k] - g[k])
        orthogonalise(room, rows, side, int(rounds))
        length = sqrt(max(1.0, neurons / inputs))
        for i in range(inputs):
            for o in range(neurons):
                k = at + i * neurons + o
                out[k] = w[k] - lr * (weight_decay * w[k] + length * room[i * down + o * right])
        at += inputs * neurons
        for k in range(at, at + neurons):
            m[k] = BETA1 * m[k] + (1 - BETA1) * g[k]
            v[k] = BETA2 * v[k] + (1 - BETA2) * g[k] * g[k]
            step = (m[k] / memory[0]) / (sqrt(v[k] / memory[1]) + EPS)
            out[k] = w[k] - lr * (step + SHRINK * w[k])
        at += neurons

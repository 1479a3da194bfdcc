"""Gradient descent and its moving-average relatives."""

# pyright: basic
# A rule is read by numba and by the printer of formulas; its letters are numbers and need no types of their own.

from descent_lab.knobs import decay, rate, weight
from descent_lab.machine.rules import optimizer

GROUP = "Gradient descent"


@optimizer(
    "gd", "GD", "Cauchy 1847; torch.optim.SGD",
    group=GROUP,
    sentence="Walks straight downhill, each step in proportion to the slope.",
    lr=rate(1e-3),
)  # fmt: skip
def gd(w, g, lr):
    return w - lr * g


@optimizer(
    "sgd", "SGD", "Robbins & Monro 1951, equation 8; torch.optim.SGD",
    group=GROUP,
    sentence="Gradient descent that sees the slope through noise, as if each step looked at a few examples only.",
    lr=rate(1e-3),
    noise=weight(0.3, 3.0, "Standard deviation of what is added to each part of the gradient."),
)  # fmt: skip
def sgd(w, g, lr):
    return w - lr * g


@optimizer(
    "momentum", "Momentum", "Polyak 1964, equation 9; torch.optim.SGD(momentum)",
    group=GROUP,
    sentence="A heavy ball: every slope it meets goes on pushing for a while.",
    remembers="b",
    lr=rate(1e-3), beta=decay(0.9),
)  # fmt: skip
def momentum(w, g, b, lr, beta):
    b = beta * b + g
    return w - lr * b, b


@optimizer(
    "nesterov", "Nesterov", "Sutskever et al. 2013, equations 3 and 4; torch.optim.SGD(nesterov=True)",
    group=GROUP,
    sentence="Momentum that looks where the ball is about to roll before it takes the slope.",
    remembers="b",
    convention="PyTorch's form: its points are Sutskever's look-ahead points. The chapter looks ahead by the momentum "
    "without the learning rate, which diverges on any curvature above 1 + 1/β however small the rate.",
    lr=rate(1e-3), beta=decay(0.9),
)  # fmt: skip
def nesterov(w, g, b, lr, beta):
    b = beta * b + g
    return w - lr * (g + beta * b), b

"""Gradient descent and its moving-average relatives."""

from app.engine.knobs import decay, rate
from app.engine.rules import optimizer


@optimizer(
    "gd", "GD", "Cauchy 1847",
    group="Gradient descent",
    sentence="Walks straight downhill, a step in proportion to the slope.",
    lr=rate(1e-2),
)  # fmt: skip
def gd(w, g, lr):
    return w - lr * g


@optimizer(
    "momentum", "Momentum", "Polyak 1964; torch.optim.SGD",
    group="Gradient descent",
    sentence="A heavy ball: every slope it meets goes on pushing for a while.",
    remembers="b",
    lr=rate(1e-3), beta=decay(0.9),
)  # fmt: skip
def momentum(w, g, b, lr, beta):
    b = beta * b + g
    return w - lr * b, b

"""Optimizers that scale every coordinate by the size of its own gradients."""

from math import sqrt

from app.engine.knobs import decay, rate, small
from app.engine.rules import optimizer


@optimizer(
    "adam", "Adam", "Kingma & Ba 2015, algorithm 1",
    group="Adaptive",
    sentence="Each weight moves by its average gradient, divided by its typical size.",
    remembers="m",
    lr=rate(1e-2), beta1=decay(0.9), beta2=decay(0.999, high=0.9999), eps=small(1e-8),
)  # fmt: skip
def adam(w, g, m, v, m1, v1, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m1 = beta1 * m1 + (1 - beta1)  # the same average, of the constant 1:
    v1 = beta2 * v1 + (1 - beta2)  # dividing by it is Adam's bias correction
    return w - lr * (m / m1) / (sqrt(v / v1) + eps), m, v, m1, v1

"""Optimizers that scale every coordinate by the size of its own gradients."""

# pyright: basic
# A rule is read by numba and by the printer of formulas; its letters are numbers and need no types of their own.

from math import fabs, sqrt

from numpy import sign

from descent_lab.knobs import decay, rate, small, weight
from descent_lab.machine.rules import optimizer

GROUP = "Adaptive"
EPS_OUTSIDE = "ε stands outside the root, as in PyTorch; the chapter has it inside."

NADAM_DECAY = 0.96**0.004
"""PyTorch's momentum_decay, 0.004: by this factor NAdam's warm-up of the momentum fades at every step."""

BETA1 = decay(0.9, sentence="How long past slopes go on pushing.")
BETA2 = decay(0.999, high=0.9999, sentence="How long the typical size of the slopes is remembered.")


@optimizer(
    "adagrad", "AdaGrad", "Duchi, Hazan & Singer 2011, section 1.3; torch.optim.Adagrad",
    group=GROUP,
    sentence="Divides each step by the size of all slopes so far, so that every coordinate slows down by itself.",
    convention=EPS_OUTSIDE,
    lr=rate(1e-2), eps=small(1e-10),
)  # fmt: skip
def adagrad(w, g, v, lr, eps):
    v = v + g * g
    return w - lr * g / (sqrt(v) + eps), v


@optimizer(
    "adadelta", "AdaDelta", "Zeiler 2012, algorithm 1; torch.optim.Adadelta",
    group=GROUP,
    sentence="Finds its own rate: the typical size of its past steps over the typical size of the slopes.",
    convention="The paper has no learning rate: 1 leaves its rule as it is. ε sets how fast it gets going.",
    lr=rate(1.0, 1e-3, 100.0), rho=decay(0.9),
    eps=small(1e-6, 1e-8, 1e-2, "The size of the very first step: AdaDelta's real speed knob."),
)  # fmt: skip
def adadelta(w, g, v, a, lr, rho, eps):
    v = rho * v + (1 - rho) * g * g
    d = sqrt(a + eps) / sqrt(v + eps) * g
    a = rho * a + (1 - rho) * d * d
    return w - lr * d, v, a


@optimizer(
    "rmsprop", "RMSprop", "Tieleman & Hinton 2012, lecture 6.5; torch.optim.RMSprop",
    group=GROUP,
    sentence="Divides each slope by its recent typical size, so that steep and flat directions move alike.",
    convention=EPS_OUTSIDE,
    lr=rate(1e-2), rho=decay(0.99), eps=small(1e-8),
)  # fmt: skip
def rmsprop(w, g, v, lr, rho, eps):
    v = rho * v + (1 - rho) * g * g
    return w - lr * g / (sqrt(v) + eps), v


def _adam_fused(w, g, m, v, m1, v1, lr, beta1, beta2, eps):
    """Adam's last line multiplied out by v1: one division and one root, and a third less time in large blocks."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m1 = beta1 * m1 + (1 - beta1)
    v1 = beta2 * v1 + (1 - beta2)
    return w - lr * m * v1 / (m1 * (sqrt(v * v1) + eps * v1)), m, v, m1, v1


@optimizer(
    "adam", "Adam", "Kingma & Ba 2015, algorithm 1; torch.optim.Adam",
    group=GROUP,
    sentence="Each weight moves by its average slope, divided by the slope's typical size.",
    remembers="m",
    fused=_adam_fused,
    lr=rate(1e-3), beta1=BETA1, beta2=BETA2, eps=small(1e-8),
)  # fmt: skip
def adam(w, g, m, v, m1, v1, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m1 = beta1 * m1 + (1 - beta1)  # the same average, of the constant 1:
    v1 = beta2 * v1 + (1 - beta2)  # dividing by it is Adam's bias correction
    return w - lr * (m / m1) / (sqrt(v / v1) + eps), m, v, m1, v1


@optimizer(
    "adamw", "AdamW", "Loshchilov & Hutter 2019, algorithm 2; torch.optim.AdamW",
    group=GROUP,
    sentence="Adam that also shrinks every weight a little at each step, apart from the slope.",
    remembers="m",
    lr=rate(1e-3), beta1=BETA1, beta2=BETA2, eps=small(1e-8),
    weight_decay=weight(1e-2, 1.0, "The share of the weight that is taken away, times the learning rate."),
)  # fmt: skip
def adamw(w, g, m, v, m1, v1, lr, beta1, beta2, eps, weight_decay):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m1 = beta1 * m1 + (1 - beta1)
    v1 = beta2 * v1 + (1 - beta2)
    return w - lr * ((m / m1) / (sqrt(v / v1) + eps) + weight_decay * w), m, v, m1, v1


@optimizer(
    "amsgrad", "AMSGrad", "Reddi, Kale & Kumar 2018, algorithm 2; torch.optim.Adam(amsgrad=True)",
    group=GROUP,
    sentence="Adam that never forgets how large the slopes have been, so its steps can only get smaller.",
    remembers="m",
    convention="With Adam's bias corrections, as in PyTorch; the paper has none.",
    lr=rate(1e-3), beta1=BETA1, beta2=BETA2, eps=small(1e-8),
)  # fmt: skip
def amsgrad(w, g, m, v, u, m1, v1, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    u = max(u, v)
    m1 = beta1 * m1 + (1 - beta1)
    v1 = beta2 * v1 + (1 - beta2)
    return w - lr * (m / m1) / (sqrt(u / v1) + eps), m, v, u, m1, v1


@optimizer(
    "adamax", "AdaMax", "Kingma & Ba 2015, algorithm 2; torch.optim.Adamax",
    group=GROUP,
    sentence="Adam that divides by the largest recent slope in place of the typical one.",
    remembers="m",
    lr=rate(2e-3), beta1=BETA1, beta2=BETA2, eps=small(1e-8),
)  # fmt: skip
def adamax(w, g, m, u, m1, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    u = max(beta2 * u, fabs(g) + eps)
    m1 = beta1 * m1 + (1 - beta1)
    return w - lr * (m / m1) / u, m, u, m1


@optimizer(
    "nadam", "NAdam", "Dozat 2016, algorithm 2; torch.optim.NAdam",
    group=GROUP,
    sentence="Adam with Nesterov's look ahead: the newest slope counts twice.",
    remembers="m",
    initial={"c": 1.0, "p": 1.0},
    convention="The momentum warms up by 0.96 to the power of 0.004 t, as in PyTorch.",
    lr=rate(2e-3), beta1=BETA1, beta2=BETA2, eps=small(1e-8),
)  # fmt: skip
def nadam(w, g, m, v, v1, c, p, lr, beta1, beta2, eps):
    c = NADAM_DECAY * c
    mu = beta1 * (1 - 0.5 * c)
    ahead = beta1 * (1 - 0.5 * NADAM_DECAY * c)
    p = p * mu
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    v1 = beta2 * v1 + (1 - beta2)
    d = (1 - mu) * g / (1 - p) + ahead * m / (1 - p * ahead)
    return w - lr * d / (sqrt(v / v1) + eps), m, v, v1, c, p


@optimizer(
    "radam", "RAdam", "Liu et al. 2020, algorithm 2; torch.optim.RAdam",
    group=GROUP,
    sentence="Adam that does not divide by the typical size before it has seen enough slopes to know it.",
    remembers="m",
    lr=rate(1e-3), beta1=BETA1, beta2=BETA2, eps=small(1e-8),
)  # fmt: skip
def radam(w, g, m, v, m1, v1, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m1 = beta1 * m1 + (1 - beta1)
    v1 = beta2 * v1 + (1 - beta2)
    t = t + 1
    q = 2 / (1 - beta2) - 1  # how many slopes the average can span, and how many it has seen so far:
    r = q - 2 * t * (1 - v1) / v1
    s = sqrt((r - 4) * (r - 2) * q / ((q - 4) * (q - 2) * r)) * sqrt(v1) / (sqrt(v) + eps) if r > 5 else 1.0
    return w - lr * (m / m1) * s, m, v, m1, v1, t


@optimizer(
    "adabelief", "AdaBelief", "Zhuang et al. 2020, algorithm 2; optax.adabelief",
    group=GROUP,
    convention="Epsilon joins the average at every step, as in the paper, and as eps and eps_root of optax 0.2.8.",
    sentence="Takes long steps while the slope is what it expected, and short ones when it is surprised.",
    remembers="m",
    lr=rate(1e-3), beta1=BETA1, beta2=BETA2, eps=small(1e-16, 1e-20, 1e-2),
)  # fmt: skip
def adabelief(w, g, m, v, m1, v1, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * (g - m) * (g - m) + eps
    m1 = beta1 * m1 + (1 - beta1)
    v1 = beta2 * v1 + (1 - beta2)
    return w - lr * (m / m1) / (sqrt(v / v1) + eps), m, v, m1, v1


@optimizer(
    "yogi", "Yogi", "Zaheer et al. 2018, algorithm 2; optax.yogi",
    group=GROUP,
    sentence="Adam whose idea of the typical size changes by small steps only, up or down.",
    remembers="m",
    initial={"m": 1e-6, "v": 1e-6},
    convention="Both averages start at 0.000001 and are divided as in Adam, as in optax; the paper corrects no bias.",
    lr=rate(1e-2), beta1=BETA1, beta2=BETA2, eps=small(1e-3),
)  # fmt: skip
def yogi(w, g, m, v, m1, v1, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = v - (1 - beta2) * sign(v - g * g) * g * g
    m1 = beta1 * m1 + (1 - beta1)
    v1 = beta2 * v1 + (1 - beta2)
    return w - lr * (m / m1) / (sqrt(v / v1) + eps), m, v, m1, v1

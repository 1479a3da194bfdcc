"""Optimizers that look only at the sign: which way is down, not how steeply."""

# pyright: basic
# A rule is read by numba and by the printer of formulas; its letters are numbers and need no types of their own.

from numpy import sign

from descent_lab.knobs import Domain, Knob, decay, rate, weight
from descent_lab.machine.rules import optimizer

GROUP = "Sign"


@optimizer(
    "lion", "Lion", "Chen et al. 2023, algorithm 2; optax.lion",
    group=GROUP,
    sentence="Every coordinate moves by the same length; only which way is left to the slopes.",
    remembers="m",
    lr=rate(1e-4),
    beta1=decay(0.9, sentence="How much of the remembered slope goes into the vote on which way."),
    beta2=decay(0.99, sentence="How slowly the past is forgotten."),
    weight_decay=weight(1e-3, 1.0, "The share of the weight that is taken away, times the learning rate."),
)  # fmt: skip
def lion(w, g, m, lr, beta1, beta2, weight_decay):
    c = beta1 * m + (1 - beta1) * g
    m = beta2 * m + (1 - beta2) * g
    return w - lr * (sign(c) + weight_decay * w), m


@optimizer(
    "rprop", "Rprop", "Riedmiller & Braun 1993; torch.optim.Rprop",
    group=GROUP,
    sentence="Each coordinate keeps its own step: longer while the slope's sign stays, shorter when it turns.",
    initial={"d": "lr"},
    convention="When the sign turns, the step is left out once, as in PyTorch. Steps stay from 0.000001 to 50.",
    lr=rate(1e-2, sentence="The first step; after that the steps find their own length."),
    eta_minus=Knob(
        0.5, 0.1, 0.95, domain=Domain(0, 1), label="η⁻ shrink", sentence="What a step is multiplied by after a turn."
    ),
    eta_plus=Knob(
        1.2, 1.01, 2.0, domain=Domain(1), label="η⁺ grow", sentence="What a step is multiplied by while the sign stays."
    ),
)  # fmt: skip
def rprop(w, g, p, d, eta_minus, eta_plus):
    d = min(max((eta_plus if p * g > 0 else (eta_minus if p * g < 0 else 1.0)) * d, 1e-6), 50.0)
    p = 0.0 if p * g < 0 else g
    return w - sign(p) * d, p, d

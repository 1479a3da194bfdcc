"""Terms that other catalogues know already: optimizers, schedules, losses, activations, ways to begin."""

from __future__ import annotations

from collections.abc import Iterable

from descent_lab.glossary.pictures import activation, error, schedule, walk
from descent_lab.glossary.term import Term
from descent_lab.networks.initialisations import INITIALS
from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.optimizers.schedules import SCHEDULES
from descent_lab.regression.losses import LOSSES

NAMES = {"gd": "Gradient descent (GD)", "sgd": "Stochastic gradient descent (SGD)"}
SEE = {
    "gd": ("gradient", "learning-rate", "sgd"),
    "sgd": ("gd", "mini-batch", "gradient-noise"),
    "momentum": ("gd", "nesterov", "memory"),
    "nesterov": ("momentum", "gd"),
    "adagrad": ("rmsprop", "epsilon"),
    "rmsprop": ("adagrad", "adam", "rho"),
    "adadelta": ("adagrad", "rmsprop", "rho"),
    "adam": ("momentum", "rmsprop", "beta1"),
    "adamw": ("adam", "weight-decay"),
    "nadam": ("adam", "nesterov"),
    "lion": ("adam", "weight-decay"),
    "rprop": ("gd",),
    "muon": ("momentum", "hidden-layer"),
    "lbfgs": ("newton", "hessian"),
    "cg": ("gd", "hessian"),
    "nelder_mead": ("random-search",),
    "random_search": ("hyper-parameter",),
}
"""What to read beside an optimizer; those that are not named are kin of Adam."""


def slug(key: str) -> str:
    """A key of another catalogue as one of this."""
    return key.replace("_", "-")


def optimizers() -> Iterable[Term]:
    """Every optimizer but Newton's method, which is told among the terms of curvature: its rule is no line for one
    weight."""
    for item in OPTIMIZERS.values():
        if item.key != "newton":
            yield Term(
                slug(item.key),
                NAMES.get(item.key, item.name),
                "Optimizers",
                item.sentence,
                see=SEE.get(item.key, ("adam",)),
                draw=walk(item),
                mathml=item.describe()["mathml"],
            )


OPTIMIZER = tuple(optimizers())

FACTORS = {
    "constant": r"\alpha",
    "step": r"\alpha \gamma^{\lfloor t / k \rfloor}",
    "exponential": r"\alpha \gamma^t",
    "inverse": r"\frac{\alpha}{1 + k t}",
    "cosine": r"\alpha \frac{1 + \cos(\pi t / T)}{2}",
}
"""The learning rate at step t of T, by the schedule's key."""

SCHEDULE = (
    Term(
        "schedule",
        "Schedule",
        "Schedules",
        "How the learning rate changes during a race: large steps to get there, small ones to settle.",
        see=("learning-rate", *(f"schedule-{slug(key)}" for key in ("step", "cosine", "warmup_cosine"))),
        draw=schedule("cosine"),
    ),
    *(
        Term(
            f"schedule-{slug(item.key)}",
            f"{item.name} (schedule)",
            "Schedules",
            item.sentence,
            latex=(FACTORS[item.key],) if item.key in FACTORS else (),
            see=("schedule", "learning-rate"),
            draw=schedule(item.key),
        )
        for item in SCHEDULES.values()
    ),
)

ERRORS = {
    "mse": r"\frac{1}{n} \sum_i r_i^2",
    "mae": r"\frac{1}{n} \sum_i |r_i|",
    "huber": r"\frac{1}{2} r^2 \text{ for } |r| \le \delta, \text{ else } \delta (|r| - \frac{1}{2} \delta)",
}
"""Formula of a regression's losses, of the residuals r."""

LOSS = tuple(
    Term(
        item.key,
        f"{item.name} ({item.key.upper()})" if item.key != "huber" else "Huber loss",
        "Losses",
        item.sentence,
        latex=(ERRORS[item.key],),
        see=("loss", "residual", *(key for key in ERRORS if key != item.key)),
        draw=error(item.key),
    )
    for item in LOSSES.values()
)

ACTIVATION = tuple(
    Term(
        slug(item.key),
        item.name,
        "Activations",
        item.sentence,
        see=("activation", "initialisation-he" if "elu" in item.key else "initialisation-xavier"),
        latex=item.latex,
        draw=activation(item),
    )
    for item in ACTIVATIONS.values()
)

VARIANCES = {
    "xavier": r"\operatorname{Var}(w) = \frac{2}{n_{\text{in}} + n_{\text{out}}}",
    "he": r"\operatorname{Var}(w) = \frac{2}{n_{\text{in}}}",
    "normal": r"\operatorname{Var}(w) = 1",
    "zeros": r"w = 0",
}
"""How widely the first weights are spread, by the key of the initialisation."""

INITIALISATION = tuple(
    Term(
        f"initialisation-{item.key}",
        f"{item.name} initialisation",
        "Networks",
        item.sentence,
        latex=(VARIANCES[item.key],),
        see=("first-weights", "activation"),
    )
    for item in INITIALS.values()
)

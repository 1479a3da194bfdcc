"""Write regressions.json: torch's descent on linear models by mini-batches, which the tests compare ours with.

    python -m venv /tmp/references
    /tmp/references/bin/pip install torch==2.13.0 numpy
    PYTHONPATH=. /tmp/references/bin/python tests/references/make_regressions.py

Losses and gradients are torch's own (`torch.nn.functional`), in double precision. Only the order of the points is the
engine's: which points make the mini-batch of a step follows from the seed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from descent_lab.datasets.splits import batches

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

STEPS, SEED = 60, 11
KEPT = [1, 2, 3, 5, 10, 20, 40, 60]
X = np.round(np.linspace(-1.5, 2.5, 17), 3)
Y = np.round(np.sin(1.3 * X) + 0.2 * np.cos(7 * X), 3)

LOSSES = {
    "mse": lambda p, y, _: functional.mse_loss(p, y),
    "mae": lambda p, y, _: functional.l1_loss(p, y),
    "huber": lambda p, y, delta: functional.huber_loss(p, y, delta=delta),
}
OPTIMIZERS = {
    "gd": lambda w: torch.optim.SGD([w], lr=0.03),
    "momentum": lambda w: torch.optim.SGD([w], lr=0.01, momentum=0.9),
    "adam": lambda w: torch.optim.Adam([w], lr=0.05),
}
KNOBS = {"gd": {"lr": 0.03}, "momentum": {"lr": 0.01, "beta": 0.9}, "adam": {"lr": 0.05}}


def columns(degree: int, standardise: bool) -> torch.Tensor:
    """The design matrix, the bias last."""
    powers = np.stack([X**k for k in range(1, degree + 1)], axis=1)
    if standardise:
        powers = (powers - powers.mean(axis=0)) / powers.std(axis=0)
    return torch.tensor(np.concatenate([powers, np.ones((len(X), 1))], axis=1))


def descend(model: dict[str, Any], optimizer: str) -> dict[str, Any]:
    """Weights after the steps in KEPT, and the loss over all points there, penalties counted."""
    matrix, targets = columns(model["degree"], model["standardise"]), torch.tensor(Y)
    w = torch.tensor([0.3] * (model["degree"] + 1), requires_grad=True)
    rule = OPTIMIZERS[optimizer](w)

    def loss(rows: Any) -> torch.Tensor:
        misfit = LOSSES[model["loss"]](matrix[rows] @ w, targets[rows], model["delta"])
        return misfit + model["l2"] * (w[:-1] ** 2).sum() + model["l1"] * w[:-1].abs().sum()

    orders = batches(len(X), model["batch"], SEED, 0, STEPS)
    weights, losses = [], []
    for step, order in enumerate(orders, 1):
        rule.zero_grad()
        loss(torch.tensor(order.copy())).backward()
        rule.step()
        if step in KEPT:
            weights.append(w.detach().tolist())
            losses.append(loss(slice(None)).item())
    return {
        "model": model,
        "optimizer": optimizer,
        "knobs": KNOBS[optimizer],
        "weights": weights,
        "losses": losses,
    }


def main() -> None:
    """Every loss, batch and penalty that differs in kind, with three optimizers."""
    plain = {"degree": 1, "standardise": False, "delta": 0.3, "l2": 0.0, "l1": 0.0}
    curved = {"degree": 4, "standardise": True, "delta": 0.3, "l2": 0.02, "l1": 0.01, "batch": 6}
    models = [plain | {"loss": loss, "batch": batch} for loss in LOSSES for batch in (0, 5, 1)]
    models += [curved | {"loss": loss} for loss in LOSSES]
    cases = [descend(model, optimizer) for model in models for optimizer in OPTIMIZERS]
    data = {
        "seed": SEED,
        "steps": STEPS,
        "kept": KEPT,
        "points": np.stack([X, Y], axis=1).tolist(),
        "cases": cases,
    }
    Path(__file__).with_name("regressions.json").write_text(json.dumps(data) + "\n")


if __name__ == "__main__":
    main()

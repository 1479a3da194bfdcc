"""Linear regression, ours beside scikit-learn and torch in one run: `python -m benchmarks.regression`.

One epoch of mini-batches of 32 over 10,000 points, degree 3, standardised, by plain gradient descent of the mean
squared error; and the error surface of those points on a grid of 120 x 120. Peers are given the finished columns; ours
makes them, splits, and measures the loss on all points at every step besides, as the page needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.engine import median, row
from descent_lab.machine.lanes import Lanes
from descent_lab.races.race import Race
from descent_lab.regression import error_surface
from descent_lab.regression.minibatches import minibatches
from descent_lab.setups.reading import read_setup

POINTS, DEGREE, BATCH, RATE = 10_000, 3, 32, 0.01
STEPS = -(-POINTS // BATCH)
LIMITS: dict[str, Any] = {
    "degree": DEGREE,
    "batch": BATCH,
    "steps": STEPS,
    "entrants": [{"optimizer": "gd", "knobs": {"lr": RATE}}],
}


def points() -> np.ndarray:
    """(points, 2)."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, POINTS)
    return np.stack([x, np.sin(3 * x) + rng.normal(0, 0.1, POINTS)], axis=1)


def our_epoch() -> Callable[[], Any]:
    """A whole race of one epoch, from the points to the recorded losses; nothing is known from the time before."""
    setup = read_setup({"points": points().tolist(), **LIMITS})
    return lambda: Race(replace(setup, problem=replace(setup.regression))).advance(STEPS)


def our_descent() -> Callable[[], Any]:
    """The steps alone, in a new order; the columns are there, as for the peers."""
    setup = read_setup({"points": points().tolist(), **LIMITS})
    problem, entrant = setup.regression, setup.entrants[0]
    _ = problem.parts
    start, knobs = np.zeros((DEGREE + 1, 1)), np.array([list(entrant.knobs.values())]).T
    rates, draws = np.ones(STEPS), np.zeros((STEPS, DEGREE + 1))

    def descent() -> None:
        minibatches.cache_clear()
        Lanes.start(problem, entrant.optimizer, start, knobs).advance(rates, draws)

    return descent


def our_surface() -> Callable[[], Any]:
    """The error of 120 x 120 lines, nothing of it known beforehand."""
    data = points().tolist()
    setup = {"points": data, "steps": 1, "entrants": LIMITS["entrants"]}
    problem = read_setup(setup).regression

    def surface() -> None:
        fresh = replace(problem)
        section = fresh.section((0.0, 0.0))
        error_surface.grid(fresh, section, section.window, 120, 120)

    return surface


def columns() -> tuple[np.ndarray, np.ndarray]:
    """Standardised powers, the bias last, and the targets."""
    problem = read_setup({"points": points().tolist(), **LIMITS}).regression
    return problem.rows, problem.targets


def sklearn_epoch() -> Callable[[], Any]:
    """One epoch of SGDRegressor, which takes the points one by one: its only way."""
    from sklearn.linear_model import SGDRegressor  # pyright: ignore[reportMissingTypeStubs]

    rows, targets = columns()
    settings: dict[str, Any] = {
        "learning_rate": "constant",
        "eta0": RATE,
        "alpha": 0.0,
        "fit_intercept": False,
    }

    def epoch() -> None:
        SGDRegressor(max_iter=1, random_state=0, **settings).fit(rows, targets)

    return epoch


def torch_epoch() -> Callable[[], Any] | None:
    """One epoch of mini-batches of 32 with torch.optim.SGD."""
    try:
        import torch  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None
    torch.set_default_dtype(torch.float64)
    rows, targets = (torch.tensor(each) for each in columns())

    def epoch() -> None:
        w = torch.zeros(DEGREE + 1, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=RATE)
        order = torch.randperm(POINTS)
        for first in range(0, POINTS, BATCH):
            chosen = order[first : first + BATCH]
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(rows[chosen] @ w, targets[chosen]).backward()
            optimizer.step()

    return epoch


def direct_surface() -> Callable[[], Any]:
    """The same grid by numpy, point by point."""
    rows, targets = columns()
    a, b = np.meshgrid(np.linspace(-2, 2, 120), np.linspace(-2, 2, 120))

    def surface() -> None:
        loss = np.zeros_like(a)
        for x, y in zip(rows[:, 0], targets, strict=True):
            loss += (a * x + b - y) ** 2

    return surface


def main() -> None:
    """Print the table."""
    print(f"{'':<58}{'ours':>13}  {'peer':>14}{'peer/ours':>12}  goal")
    epoch = median(our_descent(), 21)
    row(
        "10,000 points, degree 3, batch 32, one epoch; torch",
        epoch,
        (peer := torch_epoch()) and median(peer, 3, 1),
    )
    row("the same; scikit-learn's SGDRegressor, point by point", epoch, median(sklearn_epoch(), 9))
    row("the whole race: columns, exact answer, all losses recorded", median(our_epoch(), 21))
    row(
        "MSE of 10,000 points on 120 x 120; numpy, summed",
        median(our_surface(), 21),
        median(direct_surface(), 1, 0),
        "< 5 ms",
    )


if __name__ == "__main__":
    main()

"""Our paths against those of torch.optim, optax and scipy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

from descent_lab.machine.lanes import Lanes, evaluate
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.surfaces.typed import typed_surface

DATA = json.loads((Path(__file__).parents[1] / "references" / "trajectories.json").read_text())
TOLERANCE = 1e-9


def path(
    key: str, knobs: dict[str, float], expression: str, start: Any, steps: int
) -> tuple[np.ndarray, Lanes]:
    """Our path, (steps + 1, 2)."""
    optimizer = OPTIMIZERS[key]
    values = np.array([[v] for v in optimizer.knob_values(knobs).values()])
    lanes = Lanes.start(
        typed_surface(expression), optimizer, np.array(start, dtype=float).reshape(2, 1), values
    )
    return lanes.advance(np.ones(steps), np.zeros((steps, 2)), record=True)[0][:, :, 0], lanes


@pytest.mark.parametrize(
    "case", DATA["cases"], ids=lambda c: f"{c['optimizer']}-{c['setting']}-{c['surface']}"
)
def test_a_path_equals_that_of_the_reference(case: dict[str, Any]) -> None:
    """1e-9 of the point's norm, at 1, 10 and 200 steps and between, as long as the lane is alive."""
    surface = DATA["surfaces"][case["surface"]]
    ours, lanes = path(
        case["optimizer"], case["knobs"], surface["expression"], surface["start"], DATA["kept"][-1]
    )
    died = int(lanes.diverged[0])
    for step, point in zip(DATA["kept"], case["points"], strict=True):
        if 0 <= died <= step:
            if None not in point:
                loss = evaluate(lanes.problem, np.array(point).reshape(2, 1))[0][0]
                assert step == died or not loss <= lanes.ceiling[0]
            assert np.all(np.isfinite(ours[step]))
        else:
            assert np.linalg.norm(ours[step] - point) <= TOLERANCE * np.linalg.norm(point), f"step {step}"


SCIPY_STARTS = [
    ("beale", (1.0, 1.6)),
    ("rosenbrock", (-1.5, 2.0)),
    ("hills", (2.2, 1.4)),
    ("bowl", (-1.0, 1.5)),
]


@pytest.mark.parametrize(("surface", "start"), SCIPY_STARTS, ids=[name for name, _ in SCIPY_STARTS])
def test_nelder_mead_equals_scipy_iteration_by_iteration(surface: str, start: tuple[float, float]) -> None:
    steps, size = 60, 0.3
    expression = DATA["surfaces"][surface]["expression"]
    ours, lanes = path("nelder_mead", {"size": size}, expression, start, steps)
    theirs: list[np.ndarray] = []
    x, y = start
    minimize(
        lambda w: float(evaluate(lanes.problem, w.reshape(2, 1))[0][0]),
        start,
        method="Nelder-Mead",
        callback=lambda w: theirs.append(w.copy()),
        options={
            "initial_simplex": [[x, y], [x + size, y], [x, y + size]],
            "xatol": 0.0,
            "fatol": 0.0,
            "maxiter": steps + 1,  # its count starts at 1
        },
    )
    assert len(theirs) == steps
    np.testing.assert_allclose(ours[1:], theirs, rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize(("surface", "start"), SCIPY_STARTS, ids=[name for name, _ in SCIPY_STARTS])
@pytest.mark.parametrize("key", ["cg", "lbfgs"])
def test_line_searches_end_in_the_minimum_that_scipy_refines(
    key: str, surface: str, start: tuple[float, float]
) -> None:
    """Their steps differ from scipy's, whose line search decides otherwise; where they lead does not."""
    ours, lanes = path(key, {}, DATA["surfaces"][surface]["expression"], start, 200)
    refined = minimize(
        lambda w: float(evaluate(lanes.problem, w.reshape(2, 1))[0][0]),
        ours[-1],
        jac=lambda w: evaluate(lanes.problem, w.reshape(2, 1))[1][:, 0],
        method="BFGS",
        options={"gtol": 1e-10},
    )
    assert np.linalg.norm(ours[-1] - refined.x) <= 1e-4
    assert lanes.diverged[0] < 0

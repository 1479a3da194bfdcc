"""Our paths against those of torch.optim, optax and scipy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine.descent import ESCAPE, Lanes, evaluate
from app.engine.optimizers import OPTIMIZERS
from app.engine.surface import typed_surface

DATA = json.loads((Path(__file__).parents[1] / "references" / "trajectories.json").read_text())
TOLERANCE = 1e-9


def path(key: str, knobs: dict[str, float], expression: str, start: Any, steps: int) -> tuple[np.ndarray, Lanes]:
    """Our path, (steps + 1, 2)."""
    optimizer = OPTIMIZERS[key]
    values = np.array([[v] for v in optimizer.knob_values(knobs).values()])
    lanes = Lanes.start(typed_surface(expression), optimizer, np.array(start, dtype=float).reshape(2, 1), values)
    return lanes.advance(np.ones(steps), np.zeros((steps, 2)), record=True)[0][:, :, 0], lanes


@pytest.mark.parametrize(
    "case", DATA["cases"], ids=lambda c: f"{c['optimizer']}-{c['setting']}-{c['surface']}"
)
def test_a_path_equals_that_of_the_reference(case: dict[str, Any]) -> None:
    """1e-9 of the point's norm, at 1, 10 and 200 steps and between, as long as the lane is alive."""
    surface = DATA["surfaces"][case["surface"]]
    ours, lanes = path(case["optimizer"], case["knobs"], surface["expression"], surface["start"], DATA["kept"][-1])
    died = int(lanes.diverged[0])
    for step, point in zip(DATA["kept"], case["points"], strict=True):
        if 0 <= died <= step:
            if None not in point:
                loss = evaluate(lanes.problem, np.array(point).reshape(2, 1))[0][0]
                first = evaluate(lanes.problem, ours[:1].T)[0][0]
                assert step == died or not loss <= ESCAPE * (1 + abs(first))
            assert np.all(np.isfinite(ours[step]))
        else:
            assert np.linalg.norm(ours[step] - point) <= TOLERANCE * np.linalg.norm(point), f"step {step}"

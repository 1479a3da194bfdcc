"""Our descent on linear models is torch's: every loss, by mini-batches, with penalties (tests/references)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup

FILE = Path(__file__).resolve().parents[1] / "references" / "regressions.json"
REFERENCE = json.loads(FILE.read_text())
CASES = REFERENCE["cases"]


def name(case: dict[str, Any]) -> str:
    model = case["model"]
    return f"{case['optimizer']}-{model['loss']}-batch {model['batch']}-degree {model['degree']}"


@pytest.mark.parametrize("case", CASES, ids=map(name, CASES))
def test_weights_and_losses_are_those_of_torch(case: dict[str, Any]) -> None:
    race = Race(
        read_setup(
            {
                "points": REFERENCE["points"],
                **case["model"],
                "seed": REFERENCE["seed"],
                "steps": REFERENCE["steps"],
                "start": [0.3] * (case["model"]["degree"] + 1),
                "entrants": [{"optimizer": case["optimizer"], "knobs": case["knobs"]}],
            }
        )
    )
    race.advance(REFERENCE["steps"])
    kept = REFERENCE["kept"]
    weights, losses = race.points(0, race.have)[0, kept], race.losses(0, race.have)[0, kept]
    np.testing.assert_allclose(weights, case["weights"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(losses, case["losses"], rtol=1e-9)

"""Write exports.json: what PyTorch says with the scripts and weights that the lab exports.

    python -m venv /tmp/references
    /tmp/references/bin/pip install . torch==2.13.0 safetensors
    PYTHONPATH=. /tmp/references/bin/python tests/references/make_exports.py

Each network of the tests is trained for a few steps, exported, and its script is run beside its weights; inputs and
outputs are kept, and the script, so that the tests can tell without torch whether the lab still says the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from descent_lab.inside import export
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.inside.trainings import KINDS

STEPS, ROWS = 25, 4
ASK = """
import json, torch, script
x = torch.tensor(json.load(open("inputs.json")), dtype=torch.float64)
print(json.dumps(script.predict(x).tolist()))
"""


def exported(setup: dict[str, Any]) -> dict[str, Any]:
    """One network, by torch."""
    training = Training(read_setup(setup))
    training.advance(STEPS)
    script = export.script(training, STEPS, 0)
    samples = training.network.samples
    inputs = (samples.raw or samples).seen(np.arange(ROWS)).tolist()
    with TemporaryDirectory() as folder:
        there = Path(folder)
        weights = there / export.file_name(training, STEPS, 0, "safetensors")
        weights.write_bytes(export.weights_file(training, STEPS, 0))
        (there / "script.py").write_text(script)
        (there / "inputs.json").write_text(json.dumps(inputs))
        said = subprocess.run(
            [sys.executable, "-c", ASK], cwd=folder, capture_output=True, text=True, check=True
        )
    outputs = json.loads(said.stdout)
    return {
        "setup": setup,
        "step": STEPS,
        "entrant": 0,
        "script": script,
        "inputs": inputs,
        "outputs": outputs,
    }


def main() -> None:
    """Every kind of the tests, by one entrant."""
    entrants = [{"optimizer": "adam", "knobs": {"lr": 0.02}}]
    setups = {kind: {**more, "steps": STEPS, "seed": 3, "entrants": entrants} for kind, more in KINDS.items()}
    cases = {kind: exported(setup) for kind, setup in setups.items()}
    Path(__file__).with_name("exports.json").write_text(json.dumps({"cases": cases}) + "\n")


if __name__ == "__main__":
    main()

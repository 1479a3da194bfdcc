"""What is taken home is what was trained: weights, a script that says the same, and curves."""

from __future__ import annotations

import ast
import csv
import io
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load

from descent_lab.inside import export
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.inside.trainings import KINDS, PRICES, trained

FILE = Path(__file__).resolve().parents[1] / "references" / "exports.json"
CASES: dict[str, Any] = json.loads(FILE.read_text())["cases"]

every_kind = pytest.mark.parametrize("kind", KINDS)


def outputs(training: Training, step: int, entrant: int, inputs: Any) -> np.ndarray:
    """What the network says to inputs as they were measured, in the unit of the values."""
    network, samples = training.network, training.network.samples
    w, rows = training.weights(step)[:, [entrant]], np.array(inputs)
    seen = rows if samples.scales is None else samples.scales.applied(rows)
    said = network.answers(w, seen)[:, -network.outputs :, 0]
    return said if samples.value_scales is None else samples.value_scales.undone(said)


# ---------------------------------------------------------------- weights


@every_kind
def test_the_file_holds_the_weights_as_torch_names_them(kind: str) -> None:
    training = trained(kind)
    arrays = load(export.weights_file(training, 40, 1))
    layers = training.network.layers(training.weights(40)[:, 1])
    assert sorted(arrays) == sorted(
        f"{2 * i}.{part}" for i in range(len(layers)) for part in ("weight", "bias")
    )
    for i, (weights, biases) in enumerate(layers):
        assert arrays[f"{2 * i}.weight"].dtype == np.float64
        assert np.array_equal(arrays[f"{2 * i}.weight"], weights.T)
        assert np.array_equal(arrays[f"{2 * i}.bias"], biases)


# ---------------------------------------------------------------- the script


@pytest.mark.parametrize("kind", CASES)
def test_outputs_are_those_that_torch_gave(kind: str) -> None:
    """References: the exported script was run with torch (tests/references/make_exports.py)."""
    case = CASES[kind]
    training = Training(read_setup(case["setup"]))
    training.advance(case["step"])
    assert export.script(training, case["step"], case["entrant"]) == case["script"]
    told = outputs(training, case["step"], case["entrant"], case["inputs"])
    np.testing.assert_allclose(told, case["outputs"], rtol=1e-12, atol=1e-14)


def test_the_references_have_every_kind() -> None:
    assert set(CASES) == set(KINDS)


@pytest.mark.skipif(find_spec("torch") is None, reason="needs torch")
@every_kind
def test_the_script_says_the_same(kind: str, tmp_path: Path) -> None:
    training = trained(kind)
    (tmp_path / export.file_name(training, 40, 0, "safetensors")).write_bytes(
        export.weights_file(training, 40, 0)
    )
    (tmp_path / "script.py").write_text(export.script(training, 40, 0))
    samples = training.network.samples
    inputs = (samples.raw or samples).seen(np.arange(9))
    (tmp_path / "inputs.json").write_text(json.dumps(inputs.tolist()))
    ask = "import json, torch, script; x = torch.tensor(json.load(open('inputs.json')), dtype=torch.float64); " \
          "print(json.dumps(script.predict(x).tolist()))"  # fmt: skip
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    np.testing.assert_allclose(
        outputs(training, 40, 0, inputs), json.loads(said.stdout), rtol=1e-12, atol=1e-14
    )
    own = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert own.stdout.startswith("tensor(")
    assert "The lab says" in own.stdout


def test_names_that_a_person_typed_cannot_become_code() -> None:
    rows = "\n".join(
        ['a"""; import os,b\\,class'] + [f"{i % 7},{i % 3},{'y' if i % 2 else 'n'}" for i in range(40)]
    )
    training = Training(
        read_setup({"csv": rows, "steps": 1, "hidden": [2], "entrants": [{"optimizer": "gd"}]})
    )
    tree = ast.parse(export.script(training, 0, 0))
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names]
    assert sorted(map(str, imported)) == ["pathlib", "safetensors.torch", "torch", "torch"]
    named = next(node for node in tree.body if isinstance(node, ast.Assign))
    assert ast.literal_eval(named.value) == [*training.network.samples.names]


def test_what_is_known_of_the_columns_goes_with_the_weights() -> None:
    training = trained("prices")
    length = int.from_bytes((file := export.weights_file(training, 40, 0))[:8], "little")
    notes = json.loads(file[8 : 8 + length])["__metadata__"]
    assert json.loads(notes["inputs"]) == ["rooms", "age"]
    rows = np.array([line.split(",") for line in PRICES.splitlines()[1:]], dtype=float)
    own = rows[training.network.rows[0]]
    told = [json.loads(notes[name]) for name in ("input_mean", "input_spread", "value_mean", "value_spread")]
    expected = [own[:, :2].mean(0), own[:, :2].std(0), own[:, 2:].mean(0), own[:, 2:].std(0)]
    for theirs, ours in zip(told, expected, strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=1e-12)


# ---------------------------------------------------------------- curves and names


def test_curves_hold_every_record() -> None:
    training = trained("two classes")
    rows = list(csv.DictReader(io.StringIO(export.curves(training, 40))))
    records = training.records(0, 40)
    assert [int(row["step"]) for row in rows] == [record.step for record in records]
    assert float(rows[-1]["epoch"]) == pytest.approx(40 / training.network.epoch, rel=1e-5)
    for row, record in zip(rows, records, strict=True):
        assert float(row["test accuracy of GD"]) == record.measured["test_accuracy"][1]
        assert float(row["training loss of Adam"]) == record.measured["training"][0]
        assert float(row["mini-batch loss of Adam"]) == training.losses(record.step, record.step)[0, 0]


def test_curves_go_no_further_than_the_step() -> None:
    rows = list(csv.DictReader(io.StringIO(export.curves(trained("flowers"), 20))))
    assert max(int(row["step"]) for row in rows) <= 20


def test_who_diverged_leaves_cells_empty() -> None:
    entrants = [{"optimizer": "gd", "knobs": {"lr": 1e4}}, {"optimizer": "adam"}]
    setup = {"data": "curve", "steps": 60, "activation": "linear", "entrants": entrants}
    training = Training(read_setup(setup))
    training.advance(60)
    rows = list(csv.DictReader(io.StringIO(export.curves(training, 60))))
    assert training.diverged()[0] is not None
    assert rows[-1]["training loss of GD"] == ""
    assert float(rows[-1]["training loss of Adam"]) > 0
    assert "nan" not in export.curves(training, 60).lower()


def test_before_the_first_step_there_is_one_row() -> None:
    training = Training(read_setup({**KINDS["flowers"], "steps": 5, "entrants": [{"optimizer": "gd"}]}))
    (row,) = csv.DictReader(io.StringIO(export.curves(training, 0)))
    assert row["step"] == row["epoch"] == "0"
    assert float(row["mini-batch loss of GD"]) > 0


def test_entrants_of_one_name_are_numbered() -> None:
    assert export.numbered(["Adam", "GD", "Adam"]) == ["Adam 1", "GD", "Adam 2"]
    training = trained("flowers")
    assert export.file_name(training, 40, 1, "safetensors") == "descent-lab-4-6-3-gd-40.safetensors"
    assert export.file_name(training, 40, 1, "csv") == "descent-lab-4-6-3-40.csv"

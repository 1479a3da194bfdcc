"""`descent-lab train`, as a person runs it."""

from __future__ import annotations

import csv
import io
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.strict import strict

TRAIN = [
    "train", "--data", "moons", "--hidden", "8,8", "--activation", "tanh", "--entrant", "adam:lr=0.01",
    "--entrant", "gd:lr=0.1", "--batch", "32",
]  # fmt: skip
SETUP: dict[str, Any] = {
    "data": "moons",
    "hidden": [8, 8],
    "activation": "tanh",
    "batch": 32,
    "steps": 350,
    "entrants": [
        {"optimizer": "adam", "knobs": {"lr": 0.01}},
        {"optimizer": "gd", "knobs": {"lr": 0.1}},
    ],
}


def test_a_training_as_json_is_the_engines_own(run: Any):
    status, out, err = run(*TRAIN, "--epochs", "50", "--json")
    assert (status, err) == (0, "")
    result = strict(out)
    assert (result["dims"], result["weights"], result["sets"]) == ([2, 8, 8, 1], 105, [210, 45, 45])
    assert (result["epoch"], result["steps"], result["data"]) == (7, 350, "moons")
    training = Training(read_setup(SETUP))
    training.advance(350)
    measured = training.measured(0, 350)
    for i, entrant in enumerate(result["entrants"]):
        assert np.array(entrant["losses"]).tobytes() == training.losses(0, 350)[i].tobytes()
        for name, values in measured.items():
            assert entrant[name] == values[i].tolist()
        assert (entrant["diverged"], entrant["stopped"]) == (None, None)
    assert result["records"][-1] == 350


def test_every_option_reaches_the_setup(run: Any):
    status, out, _ = run(
        "train", "--data", "circles", "--samples", "200", "--spread", "0.05", "--split", "60,20,20", "--hidden",
        "6,5", "--activation", "relu,gelu", "--output", "sigmoid", "--loss", "mse", "--initial", "he", "--batch",
        "16", "--l2", "0.001", "--l1", "0.0001", "--dropout", "0.1,0", "--jitter", "0.02", "--patience", "20",
        "--steps", "60", "--seed", "4", "--noise", "0.01", "--entrant", "adam:lr=0.02;schedule=cosine",
        "--change", "20:0:lr=0.01", "--change", "30:batch=64", "--json",
    )  # fmt: skip
    assert status == 0
    setup = {
        "data": "circles", "samples": 200, "spread": 0.05, "split": [60, 20, 20], "hidden": [6, 5],
        "activation": ["relu", "gelu"], "output": "sigmoid", "loss": "mse", "initial": "he", "batch": 16,
        "l2": 0.001, "l1": 0.0001, "dropout": [0.1, 0], "jitter": 0.02, "patience": 20, "steps": 60, "seed": 4,
        "noise": 0.01,
        "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.02}, "schedule": {"kind": "cosine"}}],
        "changes": [
            {"at": 20, "entrant": 0, "knob": "lr", "value": 0.01}, {"at": 30, "setting": "batch", "value": 64}
        ],
    }  # fmt: skip
    training = Training(read_setup(setup))
    training.advance(60)
    assert strict(out)["entrants"][0]["losses"] == training.losses(0, 60)[0].tolist()


def test_the_chapters_network_on_mnist(run: Any):
    status, out, _ = run(
        *("train", "--data", "mnist", "--samples", "1400", "--hidden", "15", "--steps", "20"),
        *("--entrant", "adam:lr=0.01", "--json"),
    )
    assert status == 0
    result = strict(out)
    assert (result["dims"], result["weights"]) == ([784, 15, 10], 11_935)
    assert result["entrants"][0]["test_accuracy"][-1] > result["entrants"][0]["test_accuracy"][0]


def test_a_file_and_standard_input(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rows = "".join(f"{i % 7 - 3},{i % 5 - 2},{'ab'[(i % 7) > 3]}\n" for i in range(60))
    file = tmp_path / "samples.csv"
    file.write_text("x,y,class\n" + rows)
    arguments = ["--hidden", "", "--entrant", "adam:lr=0.1", "--steps", "100", "--json"]
    status, out, _ = run("train", "--data", str(file), *arguments)
    assert status == 0
    result = strict(out)
    assert (result["dims"], result["classes"], "csv" in result) == ([2, 1], ["a", "b"], False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    assert strict(run("train", "--data", "-", *arguments)[1]) == result
    counted = "".join(f"{i},{row}\n" for i, row in enumerate(rows.split()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f",x,y,class\n{counted}".encode())))
    _, out, err = run("train", "--data", "-", *arguments)
    indexed = strict(out)
    assert (indexed["note"], indexed | {"note": None}) == (err.strip(), result)
    assert "counts or names the rows" in err


def test_csv_has_a_line_for_every_step(run: Any):
    status, out, _ = run(*TRAIN, "--steps", "20", "--csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 42
    assert list(rows[0])[:6] == ["entrant", "optimizer", "step", "loss", "training", "training_accuracy"]
    assert rows[20]["validation"] != "" == rows[19]["validation"]


def test_a_table_for_people(run: Any):
    diverging = ["--entrant", "gd:lr=1e30", "--loss", "mse", "--activation", "relu"]
    status, out, err = run(*TRAIN, *diverging, "--epochs", "50", "--patience", "10")
    assert (status, err) == (0, "")  # no progress bar where nobody looks
    lines = out.splitlines()
    assert lines[0].split() == [
        "optimizer",
        *("training", "accuracy", "validation", "accuracy"),
        "test",
        "accuracy",
        "outcome",
    ]
    assert "diverged at step" in lines[3]
    assert "105 weights and biases; 210 / 45 / 45 samples" in lines[4]
    assert "nan" not in out.lower()


def test_a_progress_bar_on_a_terminal():
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "app", *TRAIN, "--steps", "50", "--json"]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    ) as process:
        out, _ = process.communicate(timeout=120)
        shown = os.read(ours, 100_000).decode()
    os.close(theirs)
    os.close(ours)
    assert process.returncode == 0
    assert "training" in shown
    assert "100%" in shown
    assert strict(out.decode())["steps"] == 50


WRONG: dict[str, tuple[list[str], str]] = {
    "an unknown set": (["--data", "moon"], "moons"),
    "a file that is not there": (["--data", "nowhere/moons.csv"], "cannot be read"),
    "steps and epochs": (["--steps", "5", "--epochs", "5"], "--epochs"),
    "negative epochs": (["--epochs", "-1"], "--epochs"),
    "too many epochs": (["--epochs", "100000"], "700000"),
    "too many neurons": (["--hidden", "65"], "64"),
    "a layer that is no number": (["--hidden", "8,many"], "many"),
    "an unknown activation": (["--activation", "step"], "step"),
    "too few activations": (["--hidden", "4,4,4", "--activation", "tanh,relu"], "3 hidden layers"),
    "an unknown loss": (["--loss", "hinge"], "hinge"),
    "cross-entropy of a curve": (["--data", "curve", "--loss", "cross_entropy"], "mse"),
    "no training set": (["--split", "0,50,50"], "split"),
    "an unknown optimizer": (["--entrant", "adamant"], "adamant"),
    "one that needs a Hessian": (["--entrant", "newton"], "Newton"),
    "a change that is none": (["--change", "soon"], "soon"),
    "a change of no setting": (["--change", "3:speed=2"], "speed"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_input_is_one_line_and_status_2(run: Any, what: str):
    arguments, came = WRONG[what]
    data = [] if "--data" in arguments else ["--data", "moons"]
    status, out, err = run("train", *data, *arguments)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert came in err


def test_a_text_that_is_no_csv_names_its_row(run: Any, tmp_path: Path):
    file = tmp_path / "words.csv"
    file.write_text("1,2,a\n1,x,b\n")
    status, _, err = run("train", "--data", str(file))
    assert status == 2
    assert "Row 2" in err or "row 2" in err

"""The command line, as a person runs it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from tests.strict import strict

RACE = [
    "race",
    "beale",
    "--start",
    "1,1.6",
    "--entrant",
    "adam:lr=0.04,beta1=0.87",
    "--entrant",
    "gd:lr=0.002",
]


def test_a_race_as_json_is_the_engines_own(run: Any):
    status, out, _ = run(*RACE, "--steps", "150", "--json")
    assert status == 0
    result = strict(out)
    assert list(result) == [
        "surface",
        "expression",
        "parameters",
        "start",
        "steps",
        "seed",
        "note",
        "entrants",
    ]
    setup = {
        "surface": "beale", "start": [1, 1.6], "steps": 150,
        "entrants": [
            {"optimizer": "adam", "knobs": {"lr": 0.04, "beta1": 0.87}},
            {"optimizer": "gd", "knobs": {"lr": 0.002}},
        ],
    }  # fmt: skip
    race = Race(read_setup(setup))
    race.advance(150)
    for i, entrant in enumerate(result["entrants"]):
        assert np.array(entrant["points"]).tobytes() == race.points(0, 150)[i].tobytes()
        assert len(entrant["losses"]) == 151
        assert entrant["outcome"]["kind"] == race.outcomes()[i].kind
        assert entrant["outcome"]["step"] == race.outcomes()[i].step


def test_a_typed_surface_a_negative_start_noise_and_a_change(run: Any):
    status, out, _ = run(
        "race", "--expression", "sin(3*x) + 0.1*(x^2 + y^2)", "--start", "-1,2", "--entrant",
        "momentum:lr=0.01;schedule=cosine:floor=0.1;offset=0.5,0;label=mine", "--steps", "60", "--seed", "3",
        "--noise", "0.1", "--change", "40:0:lr=0.001", "--json",
    )  # fmt: skip
    assert status == 0
    result = strict(out)
    assert (result["surface"], result["expression"]) == (None, "sin(3*x) + 0.1*(x^2 + y^2)")
    assert (result["start"], result["seed"]) == ([-1, 2], 3)
    assert result["entrants"][0]["points"][0] == [-0.5, 2]


def test_csv_has_a_line_for_every_step(run: Any):
    status, out, _ = run(*RACE, "--steps", "5", "--csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 12
    assert rows[0] == {
        "entrant": "0",
        "optimizer": "adam",
        "step": "0",
        "x": "1.0",
        "y": "1.6",
        "loss": rows[0]["loss"],
    }


def test_a_table_for_people(run: Any):
    status, out, _ = run(*RACE)
    assert status == 0
    assert out.splitlines()[0].split()[:2] == ["optimizer", "loss"]
    assert "Adam" in out
    assert "nan" not in out.lower()


def test_tune_finds_rates_and_says_by_what(run: Any):
    status, out, _ = run(
        "tune",
        "beale",
        "--entrant",
        "gd",
        "--entrant",
        "momentum",
        "--steps",
        "50",
        "--budget",
        "16",
        "--json",
    )
    assert status == 0
    result = strict(out)
    assert [list(each["knobs"]) for each in result["entrants"]] == [["lr"], ["lr", "beta"]]
    assert "16 settings" in result["metric"]


@pytest.mark.parametrize(
    "what",
    ["surfaces", "optimizers", "samplesets", "activations", "initialisations", "network-optimizers"],
)
def test_lists(run: Any, what: str):
    status, out, _ = run("list", what, "--json")
    assert status == 0
    keys = [each["key"] for each in strict(out)]
    status, out, _ = run("list", what)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == keys


WRONG: dict[str, tuple[list[str], str]] = {
    "an unknown surface": (["race", "moon", "--entrant", "gd"], "moon"),
    "no surface": (["race", "--entrant", "gd"], "--expression"),
    "a surface and a formula": (["race", "beale", "--expression", "x"], "both"),
    "an unknown optimizer": (["race", "beale", "--entrant", "adamant"], "adamant"),
    "an unknown knob": (["race", "beale", "--entrant", "gd:nose=1"], "nose"),
    "a knob that is no number": (["race", "beale", "--entrant", "gd:lr=fast"], "fast"),
    "a knob out of range": (["race", "beale", "--entrant", "gd:lr=-1"], "-1"),
    "a start of one number": ([*RACE[:2], "--start", "1"], "'1'"),
    "NaN as a start": ([*RACE[:2], "--start", "nan,1"], "nan"),
    "1e308 as a start": ([*RACE[:2], "--start", "1e308,1", "--entrant", "gd"], "1e+308"),
    "negative steps": ([*RACE, "--steps", "-5"], "-5"),
    "steps that are no number": ([*RACE, "--steps", "many"], "--steps"),
    "a thousand million steps": ([*RACE, "--steps", "1000000000"], "1000000000"),
    "a change that is none": ([*RACE, "--change", "soon"], "soon"),
    "a damaged formula": (["race", "--expression", "2*x +\n", "--entrant", "gd"], "'+'"),
    "an unknown option": ([*RACE, "--fast"], "--fast"),
    "an unknown list": (["list", "moons"], "moons"),
    "writing what was not tuned": (["tune", "beale", "--write"], "--all"),
    "a race on a cluster": (["tune", "beale", "--cluster", "local:2"], "network"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_input_is_one_line_and_status_2(run: Any, what: str):
    arguments, came = WRONG[what]
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert came in err


def test_a_reader_that_has_read_enough_is_no_error():
    command = f"{sys.executable} -m app {' '.join(RACE)} --steps 5000 --csv | head -1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120
    )
    assert done.stdout.startswith("entrant,")
    assert done.stderr == ""


def test_a_goal_that_was_touched_and_left_is_told_apart_and_a_race_that_is_over_does_not_run(run: Any):
    """A heavy ball flies through the minimum at the first pass."""
    command = ("race", "round_bowl", "--start", "2.4,1.5", "--entrant", "momentum:lr=0.01,beta=0.99")
    status, out, _ = run(*command, "--steps", "20")
    assert status == 0
    (row,) = [line for line in out.splitlines() if "Momentum" in line]
    assert re.search(r"\b\d+, left\b", row)
    assert row.rstrip().endswith("not there yet")
    (entrant,) = json.loads(run(*command, "--steps", "20", "--json")[1])["entrants"]
    assert entrant["left"] is True
    (entrant,) = json.loads(run(*command, "--steps", "3000", "--json")[1])["entrants"]
    assert (entrant["left"], entrant["outcome"]["kind"]) == (False, "converged")


@pytest.mark.parametrize("what", [["race"], ["tune", "--budget", "5"]], ids=["race", "tune"])
def test_what_is_odd_about_a_formula_is_told(run: Any, what: list[str]):
    words = [*what, "--expression", "x^(1/3) + y^2", "--start", "1,1", "--steps", "20", "--entrant", "gd"]
    status, _, told = run(*words)
    assert status == 0
    assert "cbrt(x)" in told
    assert strict(run(*words, "--json")[1])["note"] == told.strip()
    if what == ["race"]:
        assert run(*words, "--csv")[2] == told

"""`descent-lab search`, as a person runs it."""

from __future__ import annotations

import csv
import io
import os
import pty
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.strict import strict
from tests.waiting import seen

SEARCH = [
    *(
        "search",
        "--data",
        "moons",
        "--vary",
        "lr=1e-3..1:log",
        "--vary",
        "hidden=4|8,8",
        "--vary",
        "batch=16,32",
    ),
    *("--tries", "8", "--steps", "60"),
]


def test_people_see_the_best_and_how_to_train_it(run: Any):
    status, out, err = run(*SEARCH)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["try", "lr", "hidden", "batch", "steps", "validation", "accuracy"]
    assert len(lines) == 9 + 1 + 4
    assert run("search", "--link", lines.pop().removeprefix("Search again: "))[1] == out
    assert lines[-3].startswith("8 tries, judged by the validation loss. The best is try ")
    command = shlex.split(lines[-2].removeprefix("Train it: "))
    status, trained, _ = run(*command[1:], "--json")
    best = strict(run(*SEARCH, "--json")[1])
    entrant = strict(trained)["entrants"][0]
    assert entrant["validation"][-1] == best["tried"][0]["loss"]
    assert entrant["test"][-1] == best["best"]["test"]
    assert lines[-1].removeprefix("See it:   ") == best["best"]["page"] == f"/network#{best['best']['link']}"


def test_all_tries_as_csv_json_and_parquet(run: Any, tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "tries.parquet"
    rows = list(csv.DictReader(io.StringIO(run(*SEARCH, "--csv", "--parquet", str(path))[1])))
    tried = strict(run(*SEARCH, "--json")[1])["tried"]
    table = parquet.read_table(path).to_pylist()
    assert len(rows) == len(tried) == len(table) == 8
    for row, each, cells in zip(rows, tried, table, strict=True):
        assert float(row["validation"]) == each["loss"] == cells["validation"]
        assert float(row["lr"]) == each["choices"]["lr"] == cells["lr"]
        assert row["hidden"] == ",".join(map(str, each["choices"]["hidden"])) == cells["hidden"]
        assert int(row["batch"]) == each["choices"]["batch"] == cells["batch"]


def test_a_search_of_a_file_and_of_a_link(run: Any, tmp_path: Path):
    path = tmp_path / "samples.csv"
    path.write_text(
        "a;b;what\n" + "".join(f"{i % 7},5;{i % 5};{'up' if i % 7 > 3 else 'down'}\n" for i in range(90))
    )
    grid = ["--vary", "lr=0.1,0.01", "--grid", "--steps", "30", "--json"]
    found = strict(run("search", "--data", str(path), "--decimal", "comma", *grid)[1])
    assert found["best"]["setup"]["reading"] == {"decimal": ","}
    assert len(found["tried"]) == 2
    link = "preset=sine&degree=3&split=60,20,20&entrant=adam"
    found = strict(run("search", "--link", link, *grid, "--seeds", "2")[1])
    assert (found["seeds"], found["best"]["page"].split("#")[0]) == (2, "/regression")


@pytest.mark.parametrize("command", ["train", "tune", "regress", "race"])
def test_a_link_of_a_search_is_for_searching(run: Any, command: str):
    status, out, err = run(command, "--link", "data=moons&entrant=adam&search=lr:0.01..1:log")
    assert (status, out) == (2, "")
    assert "descent-lab search --link" in err


def test_a_search_goes_on_from_its_file(run: Any, tmp_path: Path):
    path = tmp_path / "found.jsonl"
    first = run(*SEARCH, "--resume", str(path))[1]
    kept = path.read_text()
    assert run(*SEARCH, "--resume", str(path))[1] == first
    assert path.read_text() == kept
    path.write_text("".join(kept.splitlines(True)[:4]))
    assert run(*SEARCH, "--resume", str(path))[1] == first


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "A search must be told what to vary"),
        (["--vary", "lr"], "vary.0 must be a name and what it may be"),
        (["--vary", "rl=1"], "rl"),
        (["--vary", "lr=1..2", "--grid"], "lr is a range"),
        (["--vary", "lr=1", "--grid", "--tries", "3"], "not both"),
        (["--vary", "lr=1", "--steps", "3", "--epochs", "3"], "epochs"),
        (["--vary", "lr=1", "--cluster", "here"], "local:4"),
        (["--vary", "lr=1", "--link", "surface=beale"], "descent-lab tune"),
        (["--vary", "lr=1", "--link", "data=moons", "--data", "moons"], "data"),
        (["--vary", "lr=1", "--link", "data=moons&entrant=adam&entrant=sgd"], "2"),
        (["--vary", "lr=-1"], "lr"),
        (["--vary", "lr=1", "--data", "nowhere.csv"], "nowhere.csv"),
        (["--vary", "lr=1", "--resume", "/nowhere/found"], "/nowhere/found"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(run: Any, words: list[str], told: str):
    status, out, err = run("search", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_a_search_that_is_interrupted_says_what_is_kept(tmp_path: Path):
    path = tmp_path / "found.jsonl"
    endless = ["search", "--data", "moons", "--vary", "lr=1e-3..1:log", "--tries", "5000", "--steps", "2000"]
    command = [sys.executable, "-m", "descent_lab", *endless, "--resume", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as going:
        assert seen(lambda: path.exists() and path.read_bytes().count(b"\n") > 3)
        going.send_signal(signal.SIGINT)
        out, err = going.communicate(timeout=30)
    kept = len(path.read_text().splitlines())
    assert (going.returncode, out) == (130, "")
    assert err == f"Ended before all trainings were done; {kept} are in {path}, to go on from.\n"


def test_somebody_who_watches_sees_how_far_it_has_come():
    owner, terminal = pty.openpty()
    command = [sys.executable, "-m", "descent_lab", *SEARCH]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, check=True)
    os.close(terminal)
    shown = os.read(owner, 100_000).decode()
    os.close(owner)
    assert "searching" in shown
    assert "100%" in shown
    assert b"searching" not in done.stdout

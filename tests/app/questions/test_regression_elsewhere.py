"""A regression by the API and by the command line."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from descent_lab.cli import main
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from tests.app.questions.test_regression import CUBIC, SEVEN


def test_the_api_gives_weights_losses_and_the_exact_answer(client: TestClient):
    result = client.post("/api/regress", json=CUBIC).json()
    race = Race(read_setup(CUBIC))
    race.advance(120)
    assert result["entrants"][0]["weights"] == race.points(0, 120)[0].tolist()
    assert len(result["entrants"][1]["validation"]) == 121
    assert result["exact"]["unique"] is True
    assert result["names"] == ["w1", "w2", "w3", "bias"]
    assert client.post("/api/race", json=CUBIC).json() == result
    refused = client.post("/api/regress", json={**SEVEN, "degree": 99})
    assert (refused.status_code, refused.json()["field"]) == (422, "degree")
    assert [each["key"] for each in client.get("/api/pointsets").json()][:2] == ["seven", "eleven"]


@pytest.fixture
def regress(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["descent-lab", "regress", *arguments])
        with pytest.raises(SystemExit) as end:
            main.main()
        captured = capsys.readouterr()
        return int(end.value.code or 0), captured.out, captured.err

    return run


def test_the_command_fits_a_file(regress: Any, tmp_path: Path):
    file = tmp_path / "points.csv"
    file.write_text("x,y\n" + "\n".join(f"{x},{x * x}" for x in range(10)))
    options = (
        "--split",
        "70,15,15",
        "--entrant",
        "adam:lr=0.1",
        "--batch",
        "4",
        "--degree",
        "3",
        "--l2",
        "0.01",
    )
    status, out, _ = regress(str(file), *options, "--steps", "50", "--json")
    result = json.loads(out)
    assert (status, len(result["entrants"][0]["weights"]), result["sets"].count(0)) == (0, 51, 7)
    assert result["exact"]["validation"] >= 0
    file.write_text(",x,y\n" + "\n".join(f"{x},{x},{x * x}" for x in range(10)))
    assert regress(str(file), *options, "--steps", "50", "--json")[1] == out
    assert "counts or names the rows" in regress(str(file), "--steps", "5")[2]
    status, out, _ = regress(str(file), "--steps", "5", "--csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["entrant", "optimizer", "step", "slope", "intercept", "loss"]
    assert len(rows) == 1 + 4 * 6
    status, out, _ = regress("--preset", "seven", "--steps", "10")
    assert "exact answer" in out
    assert "0.3356" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "needed"),
        (("nowhere.csv",), "cannot be read"),
        (("--preset", "seven", "--split", "50,50"), "split must be 3 numbers"),
        (("--preset", "eight"), "There is no preset"),
        (("--preset", "seven", "--start", "1"), "start must be two numbers"),
    ],
)
def test_bad_words_are_one_line_and_status_2(regress: Any, arguments: tuple[str, ...], words: str):
    status, out, err = regress(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert words in err

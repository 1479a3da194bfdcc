"""Tables that were once misread, refused without reason, or more than the reader could take."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from descent_lab.limits import Limits
from descent_lab.links.looked import looked
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from descent_lab.tables.brought import Brought


def look(text: str, learner: Any = "regression", **reading: Any) -> dict[str, Any]:
    return looked(Brought(csv=text), reading or None, learner, Limits())


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("#,hp,attack\n1,45,49\n2,60,62\n", ["#", "hp", "attack"], [[1, 45, 49], [2, 60, 62]]),
        ("# a b\n1 2\n3 4\n", ["a", "b"], [[1, 2], [3, 4]]),
        ("# made by me\n# x,y\n1,2\n3,4\n", ["x", "y"], [[1, 2], [3, 4]]),
        (
            "#ff0000,1,2\n#00ff00,3,4\nred,4,4\n",
            ["x1", "x2", "x3"],
            [["#ff0000", 1, 2], ["#00ff00", 3, 4], ["red", 4, 4]],
        ),
        (
            "region,2019,2020\nA,1.5,2\nB,3,4\nC,5,7\n",
            ["region", "2019", "2020"],
            [["A", 1.5, 2], ["B", 3, 4], ["C", 5, 7]],
        ),
        ("a\tb\n1 500,250\t3\n999\t4\n", ["a", "b"], [[1500.25, 3], [999, 4]]),
        ("weight,price\n5 kg,10\n7 kg,12\n", ["weight", "price"], [["5 kg", 10], ["7 kg", 12]]),
        ("a;b\n5 €;1\n7 €;2\n", ["a", "b"], [["5 €", 1], ["7 €", 2]]),
        ("a,b\n100000000000000000,1\n100000000000000000,2\n", ["a", "b"], [[1e17, 1], [1e17, 2]]),
        (
            "d,y\n0001-01-01 00:00+14:00,1\n0001-01-02 00:00+14:00,2\n",
            ["d", "y"],
            [["0001-01-01 00:00+14:00", 1], ["0001-01-02 00:00+14:00", 2]],
        ),
        (
            "d,y\n2001-01-01 00:00+99:99,1\n2001-01-02 00:00+99:99,2\n",
            ["d", "y"],
            [["2001-01-01 00:00+99:99", 1], ["2001-01-02 00:00+99:99", 2]],
        ),
        ("smoker,cost\nyes,5\nno,2\nyes,6\n", ["smoker", "cost"], [["yes", 5], ["no", 2], ["yes", 6]]),
        ("a,a,a,b\n1,2,3,4\n5,6,7,9\n", ["a", "a 2", "a 3", "b"], [[1, 2, 3, 4], [5, 6, 7, 9]]),
    ],
)
def test_is_read_as_it_was_meant(text: str, names: list[str], values: list[list[Any]]) -> None:
    found = look(text)
    assert found["fault"] is None
    assert [each["name"] for each in found["columns"]] == names
    assert [row["values"] for row in found["first"]] == values


def test_remarks_that_are_left_out_are_counted() -> None:
    assert "begin with # are remarks, and left out: 1." in look("# made by me\n# x,y\n1,2\n3,4\n")["notes"][0]


@pytest.mark.parametrize(
    ("text", "reading", "says"),
    [
        ("preis;y\n1.500;1\n850;2\n12.000;3\n", {}, "Row 2: '1.500' in column 1 may be 1500 or 1.500"),
        ("a,b,y\n1.5,2,3\n2.5,3,4\n", {"decimal": ","}, "Row 2: a number was expected in column 1"),
        (",a,y\n" + "9" * 5000 + ",1,2\n2,3,4\n", {}, "Row 2: numbers from"),
        (",".join(["a"] * 3000) + "\n" + ",".join(["1"] * 3000), {}, "At most 1,000 inputs are taken"),
        ("a,y\n1,2\n3,4\n", {"inputs": []}, "There must be an input beside what is to be told from it"),
    ],
)
def test_is_refused_in_a_sentence(text: str, reading: dict[str, Any], says: str) -> None:
    assert look(text, **reading)["fault"].startswith(says)


def test_half_a_character_is_refused(client: TestClient) -> None:
    with pytest.raises(Refusal, match="half a character"):
        look("a,b,y\n1,\ud800,1\nq,2,2\n")
    for path, body in (
        ("/api/look", '{"csv":"a,b\\n1,\\ud800\\n2,3"}'),
        ("/api/regress", '{"table":"a,b\\n1,\\ud800\\n2,3","entrants":[{"optimizer":"gd"}]}'),
        ("/api/train", '{"csv":"a,b\\n1,\\ud800\\n2,3","entrants":[{"optimizer":"sgd"}]}'),
    ):
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, "half a character" in answer.json()["detail"]) == (422, True)
    zero = client.post("/api/files?encoding=utf-8%00", content=b"1,2", headers={"Content-Type": "text/csv"})
    assert zero.status_code == 422
    typed = client.post("/api/look", json={"csv": 5}).json()
    assert (typed["field"], typed["detail"]) == ("csv", "csv must be text; got 5.")


def test_long_names_can_be_asked_for_whole() -> None:
    name = "the average number of rooms in a house of this street"
    found = look(f"{name},y,z\n1,2,4\n3,4,4\n", target=name, inputs=["y"])
    assert found["target"] == name[:40]


def rare(rows: int) -> str:
    chance = random.Random(0)
    return "k,x,y\n" + "".join(
        f"{int(i == 7)},{chance.gauss(0, 1):.4g},{chance.gauss(0, 1):.3g}\n" for i in range(rows)
    )


@pytest.mark.parametrize(
    "text",
    [
        rare(6_000),
        "x,z,y\n" + "".join(f"{0.05 * i:.4g},{i % 7},{1234567 + 0.1 * i:.9g}\n" for i in range(40)),
        "x,y\n" + "".join(f"{0.05 * i:.4g},{1013 + 0.3 * i + i % 3:.6g}\n" for i in range(40)),
        "x,y\n" + "".join(f"{i},{1000 * i + i % 3}\n" for i in range(20)),
    ],
    ids=["a row far out", "a spread far below the mean", "points far from zero", "points of another size"],
)
def test_suggested_rates_neither_diverge_nor_stand_still(text: str) -> None:
    setup = read_setup(look(text)["setup"])
    race = Race(setup)
    race.advance(setup.steps)
    losses, lowest = race.losses(0, race.have), setup.regression.lowest
    assert lowest is not None
    assert np.all(losses[:, -1] <= 1.1 * max(lowest, 0.05 * losses[0, 0]))


def test_what_is_suggested_comes_from_the_rows_that_are_learned_from(run: Any, tmp_path: Any) -> None:
    rows = [f"{i % 7},{i % 5},{3 * (i % 7) + i % 3}" for i in range(20)]
    shares: dict[str, Any] = {"split": [60, 20, 20], "seed": 0}
    setup = {"table": "a,b,y\n" + "\n".join(rows), **shares, "entrants": [{"optimizer": "gd"}]}
    held_out = int(np.flatnonzero(read_setup(setup).regression.sets == 2)[0])
    others = [*rows]
    others[held_out] = "1,1,1000000000"
    found = [
        looked(Brought(csv="a,b,y\n" + "\n".join(each)), None, "regression", Limits(), shares)["setup"]
        for each in (rows, others)
    ]
    assert (found[0]["start"], found[0]["entrants"]) == (found[1]["start"], found[1]["entrants"])
    told: list[list[str]] = []
    for each in (rows, others):
        (tmp_path / "table.csv").write_text("a,b,y\n" + "\n".join(each))
        _, out, _ = run(
            "regress", str(tmp_path / "table.csv"), "--split", "60,20,20", "--steps", "5", "--csv"
        )
        told.append([",".join(line.split(",")[:-1]) for line in out.splitlines()])
    assert told[0] == told[1], "but for the loss on the test set, which stands last"


def test_the_command_line_takes_what_is_suggested(client: TestClient, run: Any, tmp_path: Any) -> None:
    text = "x,y\n" + "".join(f"{i},{1000 * i + i % 3}\n" for i in range(20))
    (tmp_path / "points.csv").write_text(text)
    setup = client.post("/api/look", json={"csv": text, "learner": "regression"}).json()["setup"]
    by_api = client.post("/api/regress", json=setup).json()
    status, out, _ = run("regress", str(tmp_path / "points.csv"), "--json")
    assert status == 0
    assert json.loads(out)["entrants"] == by_api["entrants"]

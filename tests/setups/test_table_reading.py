"""How a text is read is a part of the setup: the same by setup, link, API and command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.links.grammar import read
from descent_lab.links.opened import opened
from descent_lab.links.writing import written
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup

Runs = Callable[..., tuple[int, str, str]]

HOUSES = "district;rooms;kind;price\nCentre;3;a;1.500\nKöln;4;b;2.250\nNorth;;a;3.125\nCentre;2;b;1.125\n"
READING: dict[str, Any] = {
    "target": "kind",
    "inputs": ["district", "price"],
    "missing": "drop",
    "decimal": ",",
}
SETUP: dict[str, Any] = {
    "csv": HOUSES, "reading": READING, "hidden": [2], "split": [100, 0, 0], "steps": 4,
    "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.05}}],
}  # fmt: skip

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
readings = st.fixed_dictionaries(
    {},
    optional={
        "target": names,
        "inputs": st.lists(names, min_size=1, max_size=4),
        "missing": st.sampled_from(["refuse", "drop"]),
        "separator": st.sampled_from([",", ";", "\t", "|", " "]),
        "decimal": st.sampled_from([".", ","]),
        "header": st.booleans(),
        "words": st.lists(names, min_size=1, max_size=3),
        "numbers": st.lists(names, min_size=1, max_size=3),
        "index": st.booleans(),
    },
)


@given(readings.filter(bool))
def test_a_link_says_how_a_text_is_read(reading: dict[str, Any]) -> None:
    assert read(written({"csv": "1,2", "reading": reading, "entrants": []}))["reading"] == reading


def test_the_setup_the_link_the_api_and_the_command_line_agree(
    client: TestClient, run: Runs, tmp_path: Path
) -> None:
    network = read_setup(SETUP).network
    assert (
        network.samples.names == ("district=Köln", "district=North", "price")
        or network.samples.names[-1] == "price"
    )
    assert network.samples.raw is not None
    assert network.samples.raw.inputs[:, -1].tolist() == [1500, 2250, 3125, 1125]
    by_api = client.post("/api/train", json=SETUP).json()
    by_link = opened(client.post("/api/link", json=SETUP).json()["link"]).setup
    assert by_link is not None
    assert by_link["reading"] == READING
    (tmp_path / "houses.csv").write_bytes(HOUSES.encode("cp1252"))
    status, out, err = run(
        *("train", "--data", str(tmp_path / "houses.csv"), "--target", "kind", "--inputs", "district,price"),
        *("--missing", "drop", "--decimal", "comma", "--hidden", "2", "--split", "100,0,0", "--steps", "4"),
        *("--entrant", "adam:lr=0.05", "--json"),
    )
    assert status == 0, err
    assert "read as cp1252, which is a guess" in err
    by_hand = json.loads(out)
    other = {**READING, "inputs": ["district", "rooms"]}
    link = client.post("/api/link", json={**SETUP, "reading": other}).json()["link"]
    status, out, err = run("train", "--link", link, "--inputs", "district,price", "--json")
    assert status == 0, err
    assert json.loads(out)["entrants"][0]["losses"] == by_api["entrants"][0]["losses"], (
        "the rest stays as it was"
    )
    for result in (by_hand, client.post("/api/train", json=by_link).json()):
        assert result["entrants"][0]["losses"] == by_api["entrants"][0]["losses"]
        assert (result["names"], result["note"]) == (by_api["names"], by_api["note"])


@pytest.mark.parametrize(
    ("reading", "field", "says"),
    [
        (
            {"target": "cost"},
            "reading.target",
            "There is no column 'cost'; the columns are district, rooms, kind, price.",
        ),
        ({"inputs": ["kind", "size"], "target": "price"}, "reading.inputs.1", "There is no column 'size'"),
        ({"missing": "often"}, "reading.missing", "must be one of refuse, drop; got 'often'"),
        ({"decimal": ";"}, "reading.decimal", "must be one of ., ,; got ';'"),
        ({"columns": 3}, "reading", "reading has no 'columns'"),
        ({}, "csv", "Row 4: a value in column 2 was expected"),
    ],
)
def test_what_cannot_be_is_refused(
    client: TestClient, reading: dict[str, Any], field: str, says: str
) -> None:
    setup = {**SETUP, "reading": reading}
    with pytest.raises(Refusal) as refused:
        read_setup(setup)
    assert refused.value.field == field
    assert says in refused.value.message
    assert client.post("/api/train", json=setup).json()["detail"] == refused.value.message


def test_look_says_what_is_understood(run: Runs, tmp_path: Path) -> None:
    file = tmp_path / "houses.csv"
    file.write_bytes(HOUSES.encode("cp1252"))
    status, out, _ = run("look", str(file), "--json")
    both = json.loads(out)
    assert status == 0
    assert (both["encoding"], both["encoding_guessed"]) == ("cp1252", True)
    found = both["network"]
    assert (found["separator"], found["decimal"], found["header"], found["rows"]) == (";", ".", True, 4)
    kinds = [(each["name"], each["kind"], each["missing"]) for each in found["columns"]]
    assert kinds == [
        ("district", "word", 0),
        ("rooms", "number", 1),
        ("kind", "word", 0),
        ("price", "number", 0),
    ]
    assert found["columns"][3]["low"] == 1.125
    assert "Row 4: a value in column 2 was expected" in found["fault"]
    assert found["first"][0] == {
        "line": 2,
        "cells": ["Centre", "3", "a", "1.500"],
        "values": ["Centre", 3, "a", 1.5],
    }
    assert found["first"][2]["values"] == ["North", None, "a", 3.125]
    _, out, _ = run("look", str(file), "--decimal", ",", "--missing", "drop", "--target", "kind")
    assert "1125 to 3125" in out
    assert "For a network, to be told: kind, 2 classes. From: district=Köln, rooms, price. Rows: 3." in out
    assert "For a regression, not usable as it is: Column 3 (kind) must hold numbers for a line" in out
    assert "Left out for lack of a value: 1, of rows 4." in out
    status, _, err = run("look", str(file), "--for", "tree")
    assert (status, err) == (2, "descent-lab: --for must be one of network, regression; got 'tree'.\n")


def test_what_columns_hold_can_be_said(client: TestClient, run: Runs, tmp_path: Path) -> None:
    text = "id,zip,y\n7,10115,1\n9,20095,2\n11,10115,3\n12,20095,1\n"
    reading: dict[str, Any] = {"words": ["zip"], "numbers": ["y"], "index": True}
    setup = {**SETUP, "csv": text, "reading": reading, "steps": 2}
    as_told = client.post("/api/train", json=setup).json()
    assert (as_told["names"], as_told["classes"]) == (["zip=20095"], []), (
        "words, and values in place of classes"
    )
    assert client.post("/api/train", json={**setup, "reading": None}).json()["classes"] == ["1", "2", "3"]
    (tmp_path / "zip.csv").write_text(text)
    status, out, err = run(
        *("train", "--data", str(tmp_path / "zip.csv"), "--words", "zip", "--numbers", "y", "--index"),
        *("--hidden", "2", "--split", "100,0,0", "--steps", "2", "--entrant", "adam:lr=0.05", "--json"),
    )
    assert status == 0, err
    assert json.loads(out)["entrants"] == as_told["entrants"]
    by_link = opened(client.post("/api/link", json=setup).json()["link"]).setup
    assert by_link is not None
    assert by_link["reading"] == reading
    kept_index = {"csv": ",y\n0,1\n1,3\n2,2\n", "reading": {"index": False}, "learner": "regression"}
    found = client.post("/api/look", json=kept_index).json()
    assert (found["kind"], found["setup"]["points"]) == ("points", [[0, 1], [1, 3], [2, 2]])
    for wrong, says in (
        ({"words": ["zip"], "numbers": ["zip"]}, "zip cannot be taken both as words and as numbers."),
        ({"words": ["plz"]}, "There is no column 'plz'"),
        ({"numbers": ["kind"]}, "Row 2: a number was expected in column 2"),
    ):
        asked = {"csv": "x,kind,y\n1,a,2\n2,b,3\n", "reading": wrong | {"words": wrong.get("words", [])}}
        asked["csv"] = asked["csv"].replace("kind", "zip") if "zip" in str(wrong) else asked["csv"]
        assert says in client.post("/api/look", json=asked).json()["fault"]

"""Tables as programs write them, read as they were meant. What wrote them: tests/references/tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.limits import Limits
from descent_lab.links.looked import looked
from descent_lab.refusals import Refusal
from descent_lab.tables import files
from descent_lab.tables.brought import Brought
from descent_lab.tables.encodings import decoded
from descent_lab.tables.features import LEARNERS, Learner, Reading, read_features

FILES = Path(__file__).with_name("files")

HOUSES = [
    ("size", "number"),
    ("rooms", "number"),
    ("district", "word"),
    ("built", "date"),
    ("price", "number"),
]
TOWNS = [("Stadt", "word"), ("Einwohner", "number"), ("Anteil", "number"), ("Tag", "date")]
SIZES = [40.5, 55, 72.25, 80, 95.75, 61]
PRICES = [150500.5, 180000, 210250.25, 265000, 275500, 199999.99]
PEOPLE = [1084831, 336465, 1084831, 128928]
X = np.linspace(0, 5, 12)

# File: separator, decimal sign, whether the first row has names, whether an index is left out, the columns and their
# kinds, missing values in all, and a column with the numbers it must have.
EXPECTED: dict[str, tuple[Any, ...]] = {
    "pandas/index.csv": (",", ".", True, True, HOUSES, 0, "price", PRICES),
    "pandas/excel-german.csv": (";", ",", True, False, HOUSES, 0, "price", PRICES),
    "pandas/missing.csv": (",", ".", True, False, HOUSES, 2, "size", [40.5, 55, 80, 61]),
    "pandas/utf16.tsv": ("\t", ".", True, False, HOUSES, 2, "size", [40.5, 55, 80, 61]),
    "pandas/latin1.csv": (",", ".", True, False, HOUSES, 0, "price", PRICES),
    "libreoffice/utf8.csv": (",", ".", True, False, HOUSES, 0, "price", PRICES),
    "libreoffice/cp1252.csv": (";", ".", True, False, HOUSES, 0, "price", PRICES),
    "libreoffice/utf16.tsv": ("\t", ".", True, False, HOUSES, 0, "size", SIZES),
    "libreoffice/thousands.csv": (",", ".", True, False, TOWNS, 0, "Einwohner", PEOPLE),
    "libreoffice/german.csv": (";", ".", True, False, TOWNS, 0, "Einwohner", PEOPLE),
    "r/iris.csv": (
        *(",", ".", True, True),
        [
            *[(f"{part}.{side}", "number") for part in ("Sepal", "Petal") for side in ("Length", "Width")],
            ("Species", "word"),
        ],
        *(
            0,
            "Petal.Width",
            [0.2] * 5 + [0.4] + [1.4, 1.5, 1.5, 1.3, 1.5, 1.3] + [2.5, 1.9, 2.1, 1.8, 2.2, 2.1],
        ),
    ),
    "r/mtcars-csv2.csv": (
        *(";", ",", True, True),
        [(name, "number") for name in ("mpg", "cyl", "wt", "am")],
        *(
            0,
            "mpg",
            [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4],
        ),
    ),
    "r/airquality.txt": (
        *(" ", ".", True, True),
        [(name, "number") for name in ("Ozone", "Solar.R", "Wind", "Temp", "Month", "Day")],
        *(5, "Wind", [7.4, 8, 12.6, 11.5, 8.6, 13.8, 20.1, 9.7, 9.2, 10.9, 13.2, 11.5, 12, 18.4, 11.5, 9.7]),
    ),
    "r/dates.csv": (
        *(",", ".", True, False),
        [("when", "date"), ("temp", "number"), ("kind", "word")],
        *(0, "when", [18291 + day for day in range(12)]),
    ),
    "r/tooth.tsv": (
        *("\t", ".", True, False),
        [("len", "number"), ("supp", "word"), ("dose", "number")],
        *(0, "dose", [0.5] * 10 + [1] * 10),
    ),
    "r/na.csv": (",", ".", True, False, [("x", "number"), ("y", "word")], 2, "x", [1, 4, 5, 6]),
    "others/polars.csv": (",", ".", True, False, HOUSES, 2, "size", [40.5, 55, 80, 61]),
    "others/numpy-header.txt": (
        *(" ", ".", True, False),
        [("time", "number"), ("height", "number")],
        *(0, "time", np.round(X, 4).tolist()),
    ),
    "others/numpy-plain.txt": (
        *(" ", ".", False, False),
        [("x1", "number"), ("x2", "number"), ("x3", "number")],
        *(0, "x2", np.sin(X).tolist()),
    ),
    "others/csv-module-quoted.csv": (
        *(",", ".", True, False),
        [("comment", "word"), ("score", "number"), ("passed", "word")],
        *(0, "score", [i / 4 for i in range(8)]),
    ),
    "others/excel-sep.csv": (
        *(";", ",", True, False),
        [("Größe", "number"), ("Preis", "number"), ("Lage", "word")],
        *(0, "Größe", [1234.5, 2000.25, 950]),
    ),
    "others/mysql-outfile.tsv": (
        *("\t", ".", False, False),
        [("x1", "number"), ("x2", "number"), ("x3", "word")],
        *(1, "x2", [2.5, 4.5, 5.5]),
    ),
}


def test_no_file_is_without_its_right_values() -> None:
    assert {str(path.relative_to(FILES)) for path in FILES.rglob("*") if path.is_file()} == {*EXPECTED}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read_as_it_was_meant(
    name: str,
    client: TestClient,
    run: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the library, the API and the command line alike."""
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    separator, decimal, header, index, columns, missing, checked, values = EXPECTED[name]
    data = (FILES / name).read_bytes()
    told: Any = client.post("/api/files", content=data, headers={"Content-Type": "text/csv"}).json()
    look = told["look"]
    assert (look["separator"], look["decimal"], look["header"], look["index"]) == (
        separator,
        decimal,
        header,
        index,
    )
    assert [(each["name"], each["kind"]) for each in look["columns"]] == columns
    assert sum(each["missing"] for each in look["columns"]) == missing
    status, out, _ = run("look", str(FILES / name), "--for", "network", "--json")
    encoding = {name: told[name] for name in ("encoding", "encoding_guessed")}
    assert (status, json.loads(out)) == (0, encoding | look)
    others = [each for each, _ in columns if each != checked]
    found = read_features(
        decoded(data).text, Reading(target=checked, inputs=tuple(others), missing="drop"), linear=False
    )
    assert found is not None
    assert found.values is not None
    assert found.values.tolist() == pytest.approx(values, rel=1e-9, abs=5e-5 if "header" in name else 1e-12)


damages = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(
            [*(bytes([each]) for each in b'",;\n\t\0\xff#-\r'), b"sep=;\n", b"NA", b"1e400", b""]
        ),
        st.integers(0, 40),
    ),
    max_size=8,
)


@given(
    st.sampled_from([*EXPECTED]),
    damages,
    st.sampled_from([None, ",", "."]),
    st.booleans(),
    st.sampled_from(LEARNERS),
)
def test_a_damaged_file_is_understood_or_refused(
    name: str, damage: list[tuple[float, bytes, int]], decimal: Any, drops: bool, learner: Learner
) -> None:
    """Each damage puts something in the place of some bytes."""
    data = (FILES / name).read_bytes()
    for share, put, length in damage:
        place = int(share * len(data))
        data = data[:place] + put + data[place + length :]
    reading = {"decimal": decimal, "missing": "drop" if drops else "refuse"}
    try:
        found = looked(Brought(csv=decoded(data).text), reading, learner, Limits())
    except Refusal as refusal:
        found = {"fault": refusal.message}
    json.dumps(found, allow_nan=False)

"""A table of one's own under a linear model: the same by setup, link, API and command line; against scikit-learn."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import OneHotEncoder

from descent_lab.limits import Limits
from descent_lab.links.looked import looked
from descent_lab.links.opened import link_of, opened
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from descent_lab.tables import files
from descent_lab.tables.brought import Brought
from descent_lab.tables.files import keep

Runs = Callable[..., tuple[int, str, str]]

DISTRICTS = ["North", "Centre", "West", "Centre", "North", "West", "Centre", "North"]
SIZES, ROOMS = [50, 72, 64, 91, 55, 80, 77, 60], [2, 3, 3, 4, 2, 3, None, 2]
PRICES = [210.5, 420.25, 300, 515, 260, 340, 433, 255]
HOUSES = "size;district;rooms;price\n" + "".join(
    f"{size};{district};{'NA' if rooms is None else rooms};{price}\n".replace(".", ",")
    for size, district, rooms, price in zip(SIZES, DISTRICTS, ROOMS, PRICES, strict=True)
)
SETUP: dict[str, Any] = {
    "table": HOUSES, "reading": {"missing": "drop"}, "steps": 40,
    "entrants": [{"optimizer": "gd", "knobs": {"lr": 0.1}}, {"optimizer": "adam", "knobs": {"lr": 3}}],
}  # fmt: skip
BIG = "a,b,y\n" + "".join(f"{i % 97},{i % 89},{(i * 7) % 101}\n" for i in range(6_000))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setattr(files, "FOLDER", tmp_path / "files")


def test_the_exact_answer_is_that_of_scikit_learn(client: TestClient) -> None:
    whole = [i for i, rooms in enumerate(ROOMS) if rooms is not None]
    words: Any = OneHotEncoder(sparse_output=False, drop="first").fit_transform(
        [[DISTRICTS[i]] for i in whole]
    )
    inputs = np.column_stack([[SIZES[i] for i in whole], words, [ROOMS[i] for i in whole]])
    model: Any = LinearRegression().fit(inputs, [PRICES[i] for i in whole])
    found = client.post("/api/regress", json={**SETUP, "standardise": False}).json()
    assert found["names"] == ["size", "district=North", "district=West", "rooms", "bias"]
    np.testing.assert_allclose(found["exact"]["weights"], [*model.coef_, model.intercept_], rtol=1e-9)
    assert (found["target"], found["scales"]) == ("price", None)
    assert "Left out for lack of a value: 1, of rows 8." in found["note"]
    scaled = client.post("/api/regress", json=SETUP).json()
    np.testing.assert_allclose(scaled["scales"]["mean"], inputs.mean(axis=0))
    np.testing.assert_allclose(scaled["scales"]["spread"], inputs.std(axis=0))
    np.testing.assert_allclose(
        np.array(scaled["exact"]["weights"][:-1]) / scaled["scales"]["spread"], model.coef_
    )


def test_text_file_link_and_command_line_agree(client: TestClient, run: Runs, tmp_path: Path) -> None:
    by_text = client.post("/api/regress", json=SETUP).json()
    by_file = client.post("/api/regress", json={**SETUP, "table": None, "table_file": keep(HOUSES)}).json()
    link = client.post("/api/link", json=SETUP).json()["link"]
    by_link = client.post("/api/regress", json=opened(link).setup).json()
    (tmp_path / "houses.csv").write_text(HOUSES)
    status, out, err = run(
        *("regress", str(tmp_path / "houses.csv"), "--missing", "drop", "--steps", "40", "--json"),
        *("--entrant", "gd:lr=0.1", "--entrant", "adam:lr=3"),
    )
    assert (status, "Left out for lack of a value: 1" in err) == (0, True)
    other = link_of({**SETUP, "reading": {"missing": "drop", "inputs": ["district"]}})
    status, again, err = run("regress", "--link", other, "--inputs", "size,district,rooms", "--json")
    assert status == 0, err
    for result in (by_file, by_link, json.loads(out), json.loads(again)):
        assert result["entrants"] == by_text["entrants"]
        assert (result["names"], result["note"]) == (by_text["names"], by_text["note"])


def test_a_table_of_one_column_of_numbers_is_points() -> None:
    found = looked(
        Brought(csv=HOUSES),
        {"inputs": ["size"], "target": "rooms", "missing": "drop"},
        "regression",
        Limits(),
    )
    assert (found["kind"], found["used"]) == ("points", 7)
    assert found["setup"]["points"] == [[s, r] for s, r in zip(SIZES, ROOMS, strict=True) if r is not None]
    assert found["left_out"] == [[8, "rooms"]]
    words = looked(Brought(csv=HOUSES), {"inputs": ["district"], "target": "size"}, "regression", Limits())
    assert (words["kind"], words["inputs"]) == ("table", ["district=North", "district=West"])


def test_suggested_rates_suit_the_table() -> None:
    """Nobody diverges on targets of any size, nor on columns that say the same, nor on points far from zero."""
    for scale, columns in ((1e-3, 1), (1.0, 9), (1e6, 3), (1e6, 1), (1.0, 1)):
        rows = [
            [1 + i % 13 + 0.01 * j for j in range(columns)] + [scale * (i % 13 + i % 3)] for i in range(30)
        ]
        text = "\n".join(",".join(map(str, row)) for row in rows)
        found = looked(Brought(csv=text), {"header": False}, "regression", Limits())
        assert found["fault"] is None
        setup = read_setup(found["setup"])
        race = Race(setup)
        race.advance(setup.steps)
        losses = race.losses(0, race.have)
        assert np.all(losses[:, -1] < 0.5 * losses[:, 0])


def test_a_large_table_is_fitted_by_mini_batches_unless_somebody_says_otherwise() -> None:
    setup = {"table_file": keep(BIG), "steps": 3, "entrants": [{"optimizer": "gd"}]}
    assert read_setup(setup).regression.batch == 256
    assert read_setup({**setup, "batch": 0}).regression.batch == 0
    for batch in (0, 256):
        whole = opened(link_of({**setup, "batch": batch})).setup
        assert whole is not None
        assert whole["batch"] == batch


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"table": "a,b\n1,x\n2,y\n"}, "table", "Column 2 (b) must hold numbers for a line"),
        ({"table": "a,b\n1,2\n2,x\n3,4\n"}, "table", "Row 3: a number was expected in column 2"),
        ({"table": ""}, "table", "There is no row in this text."),
        ({"reading": None}, "table", "Row 8: a value in column 3 was expected"),
        ({"reading": {"target": "cost"}}, "reading.target", "There is no column 'cost'"),
        ({"table": None, "table_file": "0" * 64}, "table_file", "is not here, or no longer"),
        ({"preset": "seven"}, "points", "One of points, preset, dataset, table, table_file is needed"),
        ({"degree": 13}, "degree", "from 1 to 12"),
    ],
)
def test_what_is_no_table_is_refused(
    client: TestClient, change: dict[str, Any], field: str, says: str
) -> None:
    setup = {**SETUP, **change}
    with pytest.raises(Refusal) as refused:
        read_setup(setup)
    assert (refused.value.field, says in refused.value.message) == (field, True)
    assert client.post("/api/regress", json=setup).json()["detail"] == refused.value.message


def test_too_many_rows_are_counted() -> None:
    with pytest.raises(Refusal, match=r"At most 5 rows are taken; 7 came"):
        read_setup(SETUP, Limits(max_samples=5))


def test_options_of_a_file_without_one_are_refused(run: Runs) -> None:
    for command in (("train", "--data", "moons"), ("regress", "--preset", "seven")):
        status, _, err = run(*command, "--target", "x")
        assert (status, err) == (2, "descent-lab: There is no file here that --target could be about.\n")


def test_no_row_that_is_not_learned_from_changes_what_is_learned() -> None:
    """Scales, start and suggested rates come from the training set alone."""
    setup: dict[str, Any] = {"table": BIG[:2_000].rpartition("\n")[0], "split": [60, 20, 20], "steps": 20}
    rows = setup["table"].split("\n")
    first = opened(link_of({**setup, "entrants": [{"optimizer": "adam"}]})).setup
    assert first is not None
    sets = read_setup(first).regression.sets
    last = int(np.flatnonzero(sets == 2)[0])
    rows[last + 1] = "1e6,-1e6,1e7"
    again = opened(link_of({**setup, "table": "\n".join(rows), "entrants": [{"optimizer": "adam"}]})).setup
    assert again is not None
    assert first["start"] == again["start"]
    for whole in (first, again):
        whole["entrants"] = [{"optimizer": "gd"}, {"optimizer": "adam"}]
    races = [Race(read_setup(whole)) for whole in (first, again)]
    for race in races:
        race.advance(20)
    assert races[0].losses(0, 21).tobytes() == races[1].losses(0, 21).tobytes()
    assert races[0].measured(0, 21)["test"].tolist() != races[1].measured(0, 21)["test"].tolist()

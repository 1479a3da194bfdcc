"""The HTTP API: what there is, whole races, values over a window, and refusals in one form."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.messages.frames import unpack
from descent_lab import listings
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces import SURFACES
from tests.app.conftest import SETUP
from tests.strict import strict


def test_surfaces_and_optimizers_are_all_there(client: TestClient):
    surfaces = strict(client.get("/api/surfaces").text)
    assert [each["key"] for each in surfaces] == list(SURFACES)
    optimizers = strict(client.get("/api/optimizers").text)
    assert [each["key"] for each in optimizers] == [key for key, each in OPTIMIZERS.items() if each.for_races]
    assert all(each["mathml"] and each["knobs"] is not None for each in optimizers)
    network = [each["key"] for each in listings.network_optimizers()]
    assert network == [key for key, each in OPTIMIZERS.items() if each.for_networks]
    assert strict(client.get("/api/schedules").text)[0]["key"] == "constant"
    assert isinstance(strict(client.get("/api/scenes").text), list)


def test_every_suggested_race_can_be_run(client: TestClient):
    for surface in client.get("/api/surfaces").json():
        setup = {"surface": surface["key"], "entrants": surface["entrants"]}
        assert len(read_setup(setup).entrants) == len(surface["entrants"])


def test_a_race_is_the_engines_own_in_full_precision(client: TestClient):
    result = strict(client.post("/api/race", json=SETUP).text)
    race = Race(read_setup(SETUP))
    race.advance(240)
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
    assert (result["surface"], result["expression"], result["start"]) == ("beale", None, [1, 1.6])
    for i, entrant in enumerate(result["entrants"]):
        assert np.array(entrant["points"]).tobytes() == race.points(0, 240)[i].tobytes()
        assert entrant["losses"] == race.losses(0, 240)[i].tolist()
        assert entrant["outcome"] == race.outcomes()[i].describe()
    assert result["entrants"][0]["knobs"] == {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}


def test_what_is_not_finite_is_null(client: TestClient):
    setup = {**SETUP, "entrants": [{"optimizer": "gd", "knobs": {"lr": 10}}]}
    entrant = strict(client.post("/api/race", json=setup).text)["entrants"][0]
    assert entrant["outcome"]["kind"] == "diverged"
    assert entrant["losses"][-1] is None
    assert None not in entrant["points"][-1]


def test_a_typed_race_says_its_formula(client: TestClient):
    setup = {"expression": "x^2 + 3*y^2", "start": [1, 1], "steps": 3, "entrants": [{"optimizer": "gd"}]}
    result = client.post("/api/race", json=setup).json()
    assert (result["surface"], result["expression"]) == (None, "x^2 + 3*y^2")


def test_a_grid_as_json_and_as_a_frame(client: TestClient):
    where = {"x0": 0, "x1": 2, "y0": 0, "y1": 1, "nx": 3, "ny": 2}
    grid = strict(client.get("/api/surfaces/beale/grid", params=where).text)
    assert (grid["x"], grid["y"], grid["size"]) == ([0, 1, 2], [0, 1], [3, 2])
    frame = client.get(
        "/api/surfaces/beale/grid", params=where, headers={"accept": "application/octet-stream"}
    )
    event, arrays = unpack(frame.content)
    assert json.loads(event)["type"] == "map"
    assert arrays["loss"].tolist() == grid["loss"]


def test_a_grid_of_a_typed_surface_has_null_where_there_is_no_value(client: TestClient):
    where = {"x0": 0, "x1": 1, "y0": 0, "y1": 1, "nx": 2, "ny": 2, "expression": "1/x + y"}
    assert strict(client.get("/api/surfaces/typed/grid", params=where).text)["loss"] == [[None, 1], [None, 2]]


NAN = '{"surface": "beale", "start": [NaN, 0], "entrants": [{"optimizer": "gd"}]}'
WRONG: dict[str, tuple[str, dict[str, Any], str | None, str]] = {
    "an unknown surface": ("/api/race", {"json": {**SETUP, "surface": "moon"}}, "surface", "moon"),
    "a start that is not a number": ("/api/race", {"json": {**SETUP, "start": ["a", 0]}}, "start.x", "'a'"),
    "steps beyond the limit": ("/api/race", {"json": {**SETUP, "steps": 10**9}}, "steps", "1000000000"),
    "NaN": ("/api/race", {"content": NAN}, "start.x", "nan"),
    "no JSON": ("/api/race", {"content": "{nonsense"}, None, "JSON"),
    "a list": ("/api/race", {"json": []}, "setup", "[]"),
    "a budget that is no number": ("/api/tune?budget=many", {"json": SETUP}, "budget", "'many'"),
    "a typed formula": ("/api/race", {"json": {**SETUP, "expression": "2*x +"}}, "expression", "'+'"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_wrong_input_is_refused_by_name(client: TestClient, what: str):
    address, request, field, came = WRONG[what]
    answer = client.post(address, headers={"content-type": "application/json"}, **request)
    status, title = (400, "Bad Request") if what == "no JSON" else (422, "Unprocessable Entity")
    error = strict(answer.text)
    assert (answer.status_code, error["status"], error["title"]) == (status, status, title)
    assert error["field"] == field
    assert came in error["detail"]


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/api/surfaces/moon/grid?x0=0&x1=1&y0=0&y1=1", "surface"),
        ("/api/surfaces/beale/grid?x0=zero&x1=1&y0=0&y1=1", "x0"),
        ("/api/surfaces/beale/grid?x0=2&x1=1&y0=0&y1=1", "window"),
        ("/api/surfaces/beale/grid?x0=0&x1=1&y0=0&y1=1&nx=100000", "nx"),
        ("/api/surfaces/beale/grid?x0=0&x1=1&y0=0&y1=1&ny=-3", "ny"),
        ("/api/surfaces/typed/grid?x0=0&x1=1&y0=0&y1=1&expression=__import__", "expression"),
        ("/api/surfaces/beale/grid?x0=nan&x1=1&y0=0&y1=1", "x0"),
    ],
)
def test_a_wrong_grid_is_refused_by_name(client: TestClient, address: str, field: str):
    answer = client.get(address)
    assert answer.status_code == 422
    assert strict(answer.text)["field"] == field


def test_a_body_beyond_the_limit_is_refused(client: TestClient):
    assert client.post("/api/race", content=b" " * 10_000_000).status_code == 413


def test_the_documentation_has_examples_that_run(client: TestClient):
    described = client.get("/openapi.json").json()
    body = described["paths"]["/api/race"]["post"]["requestBody"]["content"]["application/json"]
    for example in body["examples"].values():
        assert client.post("/api/race", json=example["value"]).status_code == 200


def test_what_is_odd_about_a_formula_is_told(client: TestClient) -> None:
    setup = {"expression": "x^(1/3) + y^2", "start": [1, 1], "steps": 20, "entrants": [{"optimizer": "gd"}]}
    note = client.post("/api/race", json=setup).json()["note"]
    assert "cbrt(x)" in note
    assert client.post("/api/tune?budget=5", json=setup).json()["note"] == note
    assert client.post("/api/race", json={**setup, "expression": "x^2 + y^2"}).json()["note"] is None

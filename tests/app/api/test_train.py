"""Networks over HTTP: what there is, whole trainings, and refusals in the form of the others."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.api.examples import TRAININGS
from app.pages.catalogue import catalogue, network_catalogue
from app.settings import Settings
from descent_lab.datasets import SAMPLE_SETS
from descent_lab.listings import network_optimizers
from descent_lab.networks.initialisations import INITIALS
from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.strict import strict

SETUP: dict[str, Any] = TRAININGS["moons"]["value"]


@pytest.mark.parametrize(
    ("address", "items"),
    [("samplesets", SAMPLE_SETS), ("activations", ACTIVATIONS), ("initialisations", INITIALS)],
)
def test_what_there_is(client: TestClient, address: str, items: Any):
    assert [each["key"] for each in strict(client.get(f"/api/{address}").text)] == list(items)


@pytest.mark.parametrize("example", TRAININGS)
def test_a_training_is_the_engines_own_in_full_precision(client: TestClient, example: str):
    setup = TRAININGS[example]["value"]
    result = strict(client.post("/api/train", json=setup).text)
    training = Training(read_setup(setup))
    training.advance(setup["steps"])
    assert result["records"] == [record.step for record in training.records(0, setup["steps"])]
    for i, entrant in enumerate(result["entrants"]):
        assert np.array(entrant["losses"]).tobytes() == training.losses(0, setup["steps"])[i].tobytes()
        for name, values in training.measured(0, setup["steps"]).items():
            assert entrant[name] == values[i].tolist()
        assert entrant["stopped"] == training.stopped()[i]
    assert result["weights"] == training.network.dim


def test_who_diverges_is_told_and_what_is_not_finite_is_null(client: TestClient):
    wild = {"optimizer": "gd", "knobs": {"lr": 1e30}}
    setup = {**SETUP, "loss": "mse", "activation": "relu", "entrants": [wild, SETUP["entrants"][0]]}
    first, second = strict(client.post("/api/train", json=setup).text)["entrants"]
    assert first["diverged"] is not None
    assert (first["losses"][-1], first["training"][-1]) == (None, None)
    assert second["diverged"] is None
    assert second["training"][-1] < 0.2


def test_a_curve_has_no_accuracy(client: TestClient):
    result = strict(client.post("/api/train", json={**SETUP, "data": "curve", "steps": 20}).text)
    assert "training_accuracy" not in result["entrants"][0]
    assert result["classes"] == []


def test_what_a_person_brings_is_not_given_back(client: TestClient):
    setup = {**SETUP, "csv": "0,0,a\n1,1,b\n0,1,a\n1,0,b\n", "split": [100, 0, 0], "steps": 3}
    del setup["data"]
    result = strict(client.post("/api/train", json=setup).text)
    assert "csv" not in result
    assert (result["classes"], result["sets"], result["note"]) == (["a", "b"], [4, 0, 0], None)
    assert "validation" not in result["entrants"][0]
    setup["csv"] = ",x,y,class\n0,0,0,a\n1,1,1,b\n2,0,1,a\n3,1,0,b\n"
    indexed = strict(client.post("/api/train", json=setup).text)
    assert "counts or names the rows" in indexed["note"]
    assert indexed | {"note": None, "names": ["x1", "x2"]} == result
    assert indexed["names"] == ["x", "y"]


WRONG: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "a race": ({"surface": "beale", "entrants": [{"optimizer": "gd"}]}, "setup", "race"),
    "too many neurons": ({**SETUP, "hidden": [8, 65]}, "hidden.1", "65"),
    "one class": ({"drawn": [[0, 0, 0]], "entrants": [{"optimizer": "gd"}]}, "drawn", "class"),
    "an optimizer of few weights": (
        {**SETUP, "entrants": [{"optimizer": "newton"}]},
        "entrants.0.optimizer",
        "not for a network",
    ),
    "more work than is allowed": (
        {**SETUP, "data": "mnist", "hidden": [64], "batch": 0, "steps": 10_000},
        "steps",
        "100,000,000,000",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_input_is_refused_by_name(client: TestClient, what: str):
    setup, field, came = WRONG[what]
    answer = client.post("/api/train", json=setup)
    assert answer.status_code == 422
    error = strict(answer.text)
    assert error["field"] == field
    assert came in error["detail"]


def test_sgd_on_a_network_has_no_noise_but_its_mini_batches():
    """The noise knob stands in for mini-batches on a surface; here they are real."""
    one, two = (
        Training(read_setup({**SETUP, "steps": 20, "entrants": [{"optimizer": key, "knobs": {"lr": 0.1}}]}))
        for key in ("sgd", "gd")
    )
    one.advance(20)
    two.advance(20)
    assert one.weights(20).tobytes() == two.weights(20).tobytes()
    listed = next(each for each in network_optimizers() if each["key"] == "sgd")
    assert next(knob for knob in listed["knobs"] if knob["name"] == "noise")["default"] == 0
    assert OPTIMIZERS["sgd"].knobs["noise"].default > 0


def test_the_catalogue_of_the_page(settings: Settings):
    known, other = network_catalogue(settings), catalogue(settings)
    assert set(other) <= set(known)
    assert set(other["limits"]) <= set(known["limits"])
    keys = [each["key"] for each in known["optimizers"]]
    assert keys == [each.key for each in OPTIMIZERS.values() if each.for_networks]
    # It would be SGD again.
    assert [each["key"] for each in known["optimizers"] if not each["offered"]] == ["gd"]
    for loss in known["losses"]:
        for kind in loss["kinds"]:
            data = "curve" if kind == "curve" else "moons"
            read_setup({"data": data, "loss": loss["key"], "entrants": [{"optimizer": "gd"}]})
    json.dumps(known, allow_nan=False)

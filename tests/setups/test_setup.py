"""Setups: what is missing takes its default, and every fault is named with its field, what was expected, what came."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from descent_lab.geometry import LARGEST
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import Limits, read_change, read_setup, read_surface, read_window
from descent_lab.setups.setup import Change
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.typed import TYPED_WINDOW

GD = {"optimizer": "gd"}
GOOD: dict[str, Any] = {
    "surface": "beale",
    "window": [[-1.2, 4.2], [-1.6, 2.2]],
    "start": [1, 1.6],
    "steps": 240,
    "seed": 7,
    "noise": 0.5,
    "entrants": [
        {
            "optimizer": "adam",
            "knobs": {"lr": 0.12},
            "schedule": {"kind": "cosine", "floor": 0.1},
            "offset": [0.1, 0],
            "label": "Mine",
            "color": "cc3311",
            "hidden": True,
        }
    ],
    "changes": [{"at": 40, "entrant": 0, "knob": "lr", "value": 0.01}],
}


def refusal(data: Any, limits: Limits | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_setup(data, limits)
    return caught.value


def test_everything_given_is_read() -> None:
    setup = read_setup(json.loads(json.dumps(GOOD)))
    assert setup.surface is SURFACES["beale"]
    assert (setup.start, setup.steps, setup.seed, setup.noise) == ((1.0, 1.6), 240, 7, 0.5)
    (entrant,) = setup.entrants
    assert entrant.optimizer is OPTIMIZERS["adam"]
    assert list(entrant.knobs) == list(OPTIMIZERS["adam"].knobs)
    assert entrant.knobs["lr"] == 0.12
    assert entrant.knobs["beta2"] == 0.999
    assert (entrant.schedule.key, entrant.schedule_knobs) == ("cosine", {"floor": 0.1})
    assert (entrant.offset, entrant.label, entrant.name) == ((0.1, 0.0), "Mine", "Mine")
    (change,) = setup.changes
    assert isinstance(change, Change)
    assert (change.at, change.entrant, change.knob, change.value) == (40, 0, "lr", 0.01)


def test_what_is_missing_takes_its_default() -> None:
    setup = read_setup({"surface": "rosenbrock", "entrants": [GD]})
    surface = SURFACES["rosenbrock"]
    assert (setup.start, setup.steps, setup.seed, setup.noise) == (surface.start, surface.steps, 0, 0.0)
    (entrant,) = setup.entrants
    assert entrant.knobs == {name: knob.default for name, knob in OPTIMIZERS["gd"].knobs.items()}
    assert (entrant.schedule.key, entrant.offset, entrant.name) == ("constant", (0.0, 0.0), "GD")
    assert setup.changes == ()


@pytest.mark.parametrize("nothing", ["schedule", "knobs", "offset", "label"])
def test_null_is_the_same_as_missing(nothing: str) -> None:
    assert read_setup({"surface": "beale", "entrants": [GD | {nothing: None}]}) == read_setup(
        {"surface": "beale", "entrants": [GD]}
    )


def test_a_typed_surface_has_the_windows_domain() -> None:
    given = {"expression": "x^2 + 3y^2", "window": [[-1, 3], [0, 5]], "entrants": [GD]}
    assert read_setup(given).surface.window == ((-1.0, 3.0), (0.0, 5.0))
    assert read_surface({"expression": "x^2 + 3y^2"}).window == TYPED_WINDOW
    assert read_setup(given).surface is read_setup(given).surface  # compiled once


def test_the_window_of_a_built_in_surface_is_a_view_alone() -> None:
    given = {"surface": "beale", "window": [[0, 1], [0, 1]], "entrants": [GD]}
    assert read_setup(given) == read_setup({"surface": "beale", "entrants": [GD]})


def change(**given: Any) -> dict[str, Any]:
    return {"changes": [{"at": 1, "entrant": 0, "knob": "lr", "value": 0.1} | given]}


def racer(**given: Any) -> dict[str, Any]:
    return {"entrants": [GD | given]}


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"surface": "bale"}, "surface"),
    ({"surface": 3}, "surface"),
    ({"surface": ["beale"]}, "surface"),
    ({"surface": None}, "surface"),
    ({"surface": None, "expression": "x +"}, "expression"),
    ({"surface": None, "expression": 5}, "expression"),
    ({"start": [1]}, "start"),
    ({"start": [1, 2, 3]}, "start"),
    ({"start": "12"}, "start"),
    ({"start": {"x": 1}}, "start"),
    ({"start": [math.nan, 0]}, "start.x"),
    ({"start": [0, math.inf]}, "start.y"),
    ({"start": [1e308, 0]}, "start.x"),
    ({"start": [True, 0]}, "start.x"),
    ({"start": [10**1000, 0]}, "start.x"),
    ({"start": ["1", 0]}, "start.x"),
    ({"steps": -1}, "steps"),
    ({"steps": 10**9}, "steps"),
    ({"steps": 10**1000}, "steps"),
    ({"steps": 1.5}, "steps"),
    ({"steps": math.nan}, "steps"),
    ({"steps": "100"}, "steps"),
    ({"seed": -1}, "seed"),
    ({"seed": 0.5}, "seed"),
    ({"seed": 2**53 + 1}, "seed"),
    ({"noise": -1}, "noise"),
    ({"noise": math.inf}, "noise"),
    ({"noise": None}, "noise"),
    ({"window": [[1, 1], [0, 1]]}, "window"),
    ({"window": [[2, 1], [0, 1]]}, "window"),
    ({"window": [0, 1, 0, 1]}, "window"),
    ({"window": "all"}, "window"),
    ({"entrants": []}, "entrants"),
    ({"entrants": None}, "entrants"),
    ({"entrants": "gd"}, "entrants"),
    ({"entrants": [GD] * 25}, "entrants"),
    ({"entrants": [GD] * 10_000}, "entrants"),
    ({"entrants": [3]}, "entrants.0"),
    ({"entrants": [{}]}, "entrants.0.optimizer"),
    ({"entrants": [{"optimizer": ["gd"]}]}, "entrants.0.optimizer"),
    ({"entrants": [GD, {"optimizer": "adamm"}]}, "entrants.1.optimizer"),
    (racer(color_="red"), "entrants.0"),
    (racer(knobs=[1]), "entrants.0.knobs"),
    (racer(knobs={"beta": 0.5}), "entrants.0.knobs.beta"),
    (racer(knobs={"lr": 0}), "entrants.0.knobs.lr"),
    (racer(knobs={"lr": -1}), "entrants.0.knobs.lr"),
    (racer(knobs={"lr": math.nan}), "entrants.0.knobs.lr"),
    (racer(knobs={"lr": math.inf}), "entrants.0.knobs.lr"),
    (racer(knobs={"lr": "0.1"}), "entrants.0.knobs.lr"),
    (racer(knobs={"lr": True}), "entrants.0.knobs.lr"),
    (racer(optimizer="momentum", knobs={"beta": 1}), "entrants.0.knobs.beta"),
    (racer(schedule={"kind": "cosin"}), "entrants.0.schedule.kind"),
    (racer(schedule={"kind": ["cosine"]}), "entrants.0.schedule.kind"),
    (racer(schedule="cosine"), "entrants.0.schedule"),
    (racer(schedule={"kind": "cosine", "floor": 2}), "entrants.0.schedule.floor"),
    (racer(schedule={"kind": "cosine", "gamma": 0.5}), "entrants.0.schedule.gamma"),
    (racer(offset=[1]), "entrants.0.offset"),
    (racer(offset=[1, math.nan]), "entrants.0.offset.y"),
    (racer(label="x" * 81), "entrants.0.label"),
    (racer(label=7), "entrants.0.label"),
    (change(at=-1), "changes.0.at"),
    (change(at=241), "changes.0.at"),
    (change(entrant=1), "changes.0.entrant"),
    (change(knob="beta1"), "changes.0.beta1"),
    (change(knob=None), "changes.0.knob"),
    (change(value=0), "changes.0.lr"),
    (change(value=None), "changes.0.value"),
    ({"changes": [7]}, "changes.0"),
    ({"changes": "none"}, "changes"),
    ({"changes": change()["changes"] * 1001}, "changes"),
    ({"stepps": 5}, "setup"),
]


@pytest.mark.parametrize(("fault", "field"), FAULTS, ids=lambda value: str(value)[:50])
def test_every_fault_names_its_field(fault: dict[str, Any], field: str) -> None:
    found = refusal({"surface": "beale", "steps": 240, "entrants": [GD]} | fault)
    assert found.field == field
    assert len(found.message) < 600
    assert "\n" not in found.message
    json.dumps(found.describe())


@pytest.mark.parametrize("data", [None, 3, "beale", [], [1], True, math.nan])
def test_what_is_no_object_is_refused(data: Any) -> None:
    assert refusal(data).field == "setup"


def test_a_near_miss_is_suggested() -> None:
    assert "Did you mean 'beale'?" in refusal({"surface": "bael", "entrants": [GD]}).message


def test_limits_are_the_callers() -> None:
    limits = Limits(max_steps=100, max_entrants=2, max_points=150, max_changes=1)
    base = {"surface": "beale", "steps": 50, "entrants": [GD, GD]}
    read_setup(base, limits)
    assert refusal(base | {"steps": 101}, limits).field == "steps"
    assert refusal(base | {"entrants": [GD] * 3}, limits).field == "entrants"
    assert refusal(base | {"steps": 100}, limits).field == "steps"  # 2 x 100 points
    assert refusal(base | {"changes": change()["changes"] * 2}, limits).field == "changes"


def test_values_outside_a_slider_are_taken() -> None:
    knobs = {"lr": 1e-30, "beta1": 0.9999999, "eps": 123.0}
    (entrant,) = read_setup(
        {"surface": "beale", "entrants": [{"optimizer": "adam", "knobs": knobs}]}
    ).entrants
    assert {name: entrant.knobs[name] for name in knobs} == knobs


def test_the_ends_of_what_is_allowed() -> None:
    setup = read_setup(
        {"surface": "beale", "entrants": [GD], "start": [LARGEST, -LARGEST], "steps": 0, "seed": 2**53}
    )
    assert (setup.start, setup.steps, setup.seed) == ((LARGEST, -LARGEST), 0, 2**53)


def test_windows() -> None:
    assert read_window([[0, 1], [-2, 3.5]]) == ((0.0, 1.0), (-2.0, 3.5))
    with pytest.raises(Refusal, match="must run from a lower to a higher"):
        read_window([[1, 1 + 1e-14], [0, 1]])


def test_a_change_is_checked_against_its_race() -> None:
    setup = read_setup(GOOD)
    found = read_change({"at": 5.0, "entrant": 0, "knob": "beta1", "value": 0}, setup)
    assert isinstance(found, Change)
    assert (found.at, found.knob, found.value) == (5, "beta1", 0.0)
    assert isinstance(found.at, int)
    with pytest.raises(Refusal, match=r"change\.at must be a whole number from 0 to 240"):
        read_change({"at": 500, "entrant": 0, "knob": "lr", "value": 1}, setup)

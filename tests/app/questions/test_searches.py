"""Searches over networks as the stream and the API give them: arrays of the engine, a winner, progress and limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.messages.race_events import TunedEvent
from app.messages.requests import TuneRequest
from app.questions.searches import tune_answer
from app.questions.surfaces import no_progress
from app.settings import Settings
from app.stream.search_runner import Search
from descent_lab.refusals import Refusal
from descent_lab.search.folds import cross_validate, folds_of
from descent_lab.search.sweep import rates_of, sweep, sweep_of
from descent_lab.search.tuning import trainings_of, tune_network
from descent_lab.search.workers import Threads
from descent_lab.setups.reading import read_setup
from tests.app.conftest import Client
from tests.waiting import seen

MOONS: dict[str, Any] = {
    "data": "moons",
    "samples": 120,
    "hidden": [6],
    "steps": 60,
    "entrants": [{"optimizer": "adam"}, {"optimizer": "sgd"}],
}
HEAVY: dict[str, Any] = {**MOONS, "data": "mnist", "samples": 7_000, "hidden": [64, 64], "steps": 5_000}


def ask(
    ws: Client, type: str, id: int, **fields: Any
) -> tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any]]:
    """What was told on the way, then the answer and its arrays."""
    event, arrays = ws.ask(type, id, **fields)
    told = []
    while event["type"] == "tuning":
        told.append(event)
        event, arrays = ws.answer()
    return told, event, arrays


def test_a_sweep_is_the_engines_own(ws: Client):
    widths = [[], [4], [8, 8]]
    told, event, arrays = ask(ws, "sweep", 1, setup=MOONS, entrant=1, rates=9, widths=widths, steps=50)
    rates = rates_of(read_setup(MOONS).entrants[1], 9)
    found = sweep(sweep_of(MOONS, 1, rates, [(), (4,), (8, 8)], 50), Threads())
    assert (event["type"], event["widths"], event["weights"]) == ("swept", widths, [3, 17, 105])
    assert sorted(arrays) == sorted(["rates", "diverged", *found.measured])
    for name, values in found.measured.items():
        np.testing.assert_array_equal(arrays[name], values)
    assert found.best is not None
    width, rate = found.best
    assert (event["best"]["width"], event["best"]["lr"]) == (widths[width], found.rates[rate])
    assert event["best"]["loss"] == found.measured["validation"][found.best]
    assert told
    assert all(0 < each["done"] <= each["total"] for each in told)


def test_a_sweep_of_ones_own_width_and_steps(ws: Client):
    _, event, arrays = ask(ws, "sweep", 1, setup=MOONS)
    assert (event["steps"], event["widths"], arrays["training"].shape) == (60, [[6]], (1, 16))


def test_a_sweep_in_which_all_diverge_has_no_best(ws: Client):
    wild = {**MOONS, "loss": "mse", "noise": 1e6, "steps": 100, "entrants": [{"optimizer": "gd"}]}
    _, event, arrays = ask(ws, "sweep", 1, setup=wild, rates=2, widths=[[64, 64, 64, 64]])
    if (arrays["diverged"] >= 0).all():
        assert event["best"] is None
    assert np.isnan(arrays["training"][arrays["diverged"] >= 0]).all()


@pytest.mark.parametrize(("over", "values"), [("lr", [0.001, 0.02]), ("width", [[], [5, 5]])])
def test_a_cross_validation_is_the_engines_own(ws: Client, over: str, values: list[Any]):
    _, event, arrays = ask(ws, "network_validate", 1, setup=MOONS, folds=3, over=over, values=values)
    known: Any = values if over == "lr" else [tuple(each) for each in values]
    found = cross_validate(folds_of(MOONS, 0, 3, known), Threads())
    np.testing.assert_array_equal(arrays["mean"], found.mean)
    np.testing.assert_array_equal(arrays["accuracy_spread"], found.accuracy_spread)
    assert found.best is not None
    assert event["best"]["index"] == found.best
    assert event["best"]["width" if over == "width" else "lr"] == values[found.best]
    assert (event["test"], event["test_accuracy"]) == (found.test, found.test_accuracy)


def test_tuning_a_network_by_the_stream_and_by_the_api(ws: Client, client: TestClient):
    told, event, _ = ask(ws, "tune", 1, setup=MOONS, budget=16)
    tuning = tune_network(read_setup(MOONS), MOONS, 60, 16, Threads())
    assert [each["knobs"] for each in event["entrants"]] == [dict(each.knobs) for each in tuning.entrants]
    assert event["metric"] == tuning.metric
    assert all(each["reached"] is None for each in event["entrants"])
    assert told
    answer = client.post("/api/tune?budget=16", json=MOONS).json()
    assert answer == {"entrants": event["entrants"], "metric": event["metric"], "note": None}


def test_a_tuning_takes_as_many_steps_as_are_allowed():
    setup = {**MOONS, "steps": 500}
    step = trainings_of(read_setup(setup), 16) * read_setup(setup).network.cost
    settings = Settings(max_search=60 * step)  # pyright: ignore[reportCallIssue]
    request = TuneRequest(type="tune", id=1, setup=setup, budget=16)
    event = tune_answer(request, settings, no_progress).event
    assert isinstance(event, TunedEvent)
    assert "after 60 steps" in event.metric
    few = Settings(max_search=40 * step)  # pyright: ignore[reportCallIssue]
    with pytest.raises(Refusal, match="allows 40 steps") as caught:
        tune_answer(request, few, no_progress)
    assert caught.value.field == "budget"


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "a race": ("sweep", {"setup": {"surface": "beale", "entrants": [{"optimizer": "gd"}]}}, "setup"),
    "no_progress": ("sweep", {"setup": MOONS, "entrant": 2}, "entrant"),
    "one rate": ("sweep", {"setup": MOONS, "rates": 1}, "rates"),
    "too many rates": ("sweep", {"setup": MOONS, "rates": 257}, "rates"),
    "a width that is none": ("sweep", {"setup": MOONS, "widths": [[8], 8]}, "widths.1"),
    "a wide width": ("sweep", {"setup": MOONS, "widths": [[8, 100]]}, "widths.0.1"),
    "no width": ("sweep", {"setup": MOONS, "widths": []}, "widths"),
    "too many steps": ("sweep", {"setup": MOONS, "steps": 10**9}, "steps"),
    "too much work": ("sweep", {"setup": HEAVY, "rates": 64}, "steps"),
    "one fold": ("network_validate", {"setup": MOONS, "values": [0.1], "folds": 1}, "folds"),
    "a rate below zero": ("network_validate", {"setup": MOONS, "values": [0.1, -1]}, "values.1.lr"),
    "a rate as a width": ("network_validate", {"setup": MOONS, "values": [0.1], "over": "width"}, "values.0"),
    "folds that take too long": (
        "network_validate",
        {"setup": HEAVY, "values": [[64, 64]] * 8, "over": "width"},
        "steps",
    ),
    "a tuning that takes too long": ("tune", {"setup": HEAVY, "budget": 4_096}, "budget"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_questions_are_refused_by_name(ws: Client, what: str):
    type, fields, field = WRONG[what]
    event, _ = ws.ask(type, 7, **fields)
    assert (event["type"], event["id"], event["field"]) == ("error", 7, field)
    if what in ("too much work", "folds that take too long"):
        assert "times what this server allows" in event["message"]


def test_who_leaves_ends_the_work_soon(new_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch):
    ended: list[float] = []
    work = Search.work

    def noted(self: Search) -> Any:
        try:
            return work(self)
        finally:
            ended.append(time.monotonic())

    monkeypatch.setattr(Search, "work", noted)
    ws = new_client()
    setup = {**HEAVY, "hidden": [32], "steps": 1_500}
    event, _ = ws.ask("sweep", 1, setup=setup, rates=16)
    assert event["type"] == "tuning"
    left = time.monotonic()
    ws.wire.close()
    assert seen(lambda: bool(ended))
    assert ended[0] - left < 5

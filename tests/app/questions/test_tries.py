"""Searches for hyper-parameters by stream and API: what the engine finds, told on the way, ended, refused by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.messages.tries_messages import HyperSearchRequest
from app.questions.surfaces import no_progress
from app.questions.tries import hyper_search_answer
from app.settings import Settings
from descent_lab.links.opened import link_of, opened
from descent_lab.refusals import Refusal
from descent_lab.search.asking import Ask
from descent_lab.search.journal import Journal
from descent_lab.search.results import search_result
from descent_lab.search.workers import Threads
from tests.app.conftest import Client
from tests.search.conftest import LINE, MOONS
from tests.waiting import seen

NOWHERE = "tcp://127.0.0.1:9"
VARY = ["lr=1e-3..1:log", "hidden=4|8", "optimizer=adam,momentum"]
HEAVY: dict[str, Any] = {**MOONS, "samples": 400, "hidden": [64, 64], "steps": 9_000}


def found_here(setup: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """What the engine finds by itself."""
    threads = Threads()
    made = ask.search({"seed": 0, **setup})
    found = made.run(threads, Journal(), lambda _done, _total: None)
    threads.close()
    return search_result(made, found, ask)


def searched(ws: Client, **fields: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What was told on the way, and the answer."""
    event, _ = ws.ask("search", 1, **fields)
    told: list[dict[str, Any]] = []
    while event["type"] == "trying":
        told.append(event)
        event, _ = ws.answer()
    assert event["type"] == "searched", event
    return told, {name: value for name, value in event.items() if name not in ("type", "id")}


@pytest.mark.parametrize(
    ("setup", "ask"),
    [
        (MOONS, Ask(tuple(VARY), tries=6)),
        (MOONS, Ask(("hidden=4|8", "batch=8,16"), grid=True, seeds=2, epochs=2)),
        (LINE, Ask(("degree=1..6", "lr=0.01,0.1"), tries=5, folds=3)),
    ],
)
def test_stream_api_and_engine_find_the_same(ws: Client, client: TestClient, setup: dict[str, Any], ask: Ask):
    expected = found_here(setup, ask)
    told, found = searched(ws, setup=setup, **ask.described())
    assert found == expected
    assert client.post("/api/search", json={"setup": setup, **ask.described()}).json() == expected
    tries = [each for event in told for each in event["tries"]]
    assert sorted(tries, key=lambda each: each["number"]) == sorted(
        found["tried"], key=lambda each: each["number"]
    )
    assert told[-1]["done"] == told[-1]["total"]


def test_with_halving_tries_are_told_again_for_each_rung(ws: Client):
    told, found = searched(ws, setup={**MOONS, "steps": 90}, vary=VARY[:1], tries=9, halving=True)
    tries = [each for event in told for each in event["tries"]]
    assert sorted(each["steps"] for each in tries) == 9 * [30] + 3 * [90]
    assert [each["tries"] for each in found["rungs"]] == [9, 3]


def test_a_search_ends_when_it_is_cancelled(ws: Client):
    ws.send("search", 5, setup=HEAVY, vary=VARY[:1], tries=40)
    ws.send("cancel", 5)
    while (event := ws.answer()[0])["type"] in ("trying", "waiting"):
        pass
    assert (event["type"], event["id"], event["code"]) == ("error", 5, "cancelled")


def test_a_try_has_its_own_setup_and_link(ws: Client, client: TestClient):
    _, found = searched(ws, setup=MOONS, vary=VARY, tries=4)
    best = found["tried"][0]
    asked = {"setup": MOONS, "vary": VARY, "choices": best["choices"], "steps": best["steps"]}
    event, _ = ws.ask("try_setup", 2, **asked)
    assert {name: event[name] for name in ("setup", "link", "page")} == {
        name: found["best"][name] for name in ("setup", "link", "page")
    }
    assert client.post("/api/search/setup", json=asked).json()["link"] == found["best"]["link"]


def test_a_link_begins_the_search_again(ws: Client, client: TestClient):
    asked = {"setup": MOONS, "vary": VARY, "tries": 5, "seeds": 2}
    link = client.post("/api/search/link", json=asked).json()["link"]
    assert "&search=lr:1e-3..1:log;hidden:4|8;optimizer:adam,momentum;tries:5;seeds:2" in link
    opens = client.post("/api/link/read", json={"link": link, "page": "search"}).json()
    assert (opens["faults"], opens["kind"]) == ([], "network")
    assert opens["search"] == Ask(tuple(VARY), tries=5, seeds=2).described()
    again, _ = ws.ask("link", 3, setup=opens["setup"], search=opens["search"])
    assert opened(again["link"]) == opened(link)
    _, first = searched(ws, **asked)
    _, again = searched(ws, setup=opens["setup"], **opens["search"])
    assert [each["loss"] for each in again["tried"]] == [each["loss"] for each in first["tried"]]


def test_the_page_of_searches_opens_links_of_setups_with_what_suits_them(client: TestClient):
    def opens(link: str, page: str | None = "search") -> dict[str, Any]:
        return client.post("/api/link/read", json={"link": link, "page": page}).json()

    assert opens("")["kind"] == "network"
    race = opens("data=moons&entrant=adam&entrant=sgd")
    assert race["search"]["vary"][1:] == ["optimizer=adam,sgd", "hidden=4|8|16|8,8"]
    assert opens("preset=sine")["search"]["vary"][-1] == "degree=1..9"
    assert opens("data=moons", None)["search"] is None
    assert opens("surface=beale")["faults"][0]["reason"] == "link of another page"
    assert opens("data=moons&search=rl:1..2")["faults"][0]["field"] == "vary.0"
    assert opens("data=moons&search=lr:1..2;tries:many")["faults"][0]["field"] == "search.tries"
    for page in ("network", "regression"):
        fault = opens("data=moons&search=lr:1..2", page)["faults"][0]
        assert fault["detail"].endswith("it opens at /search.")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nothing varied": ({"vary": []}, "vary"),
    "no axis": ({"vary": ["lr=1..2", "rl=1"]}, "vary.1"),
    "a surface": ({"setup": {"surface": "beale", "steps": 5, "entrants": [{"optimizer": "gd"}]}}, "setup"),
    "no tries": ({"tries": 0}, "tries"),
    "too many tries": ({"tries": 2_001}, "tries"),
    "one fold": ({"folds": 1}, "folds"),
    "tries and a grid": ({"tries": 3, "grid": True}, "tries"),
    "too much work": ({"setup": HEAVY, "vary": ["lr=0.1..1"], "tries": 2_000, "seeds": 900}, "steps"),
    "two entrants": ({"setup": {**MOONS, "entrants": 2 * MOONS["entrants"]}}, "entrants"),
    "another word": ({"epochs": "many"}, "epochs"),
    "a setup that is none": ({"setup": {**MOONS, "hidden": [-1]}}, "hidden.0"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_searches_are_refused_by_name(ws: Client, client: TestClient, what: str):
    more, field = WRONG[what]
    asked = {"setup": MOONS, "vary": ["lr=1e-3..1:log"], **more}
    event, _ = ws.ask("search", 7, **asked)
    assert (event["type"], event["id"], event["field"]) == ("error", 7, field)
    answer = client.post("/api/search", json=asked)
    assert (answer.status_code, answer.json()["detail"]) == (422, event["message"])


@pytest.mark.parametrize(
    ("choices", "told"),
    [({}, "need a value of hidden"), ({"hidden": [4], "batch": 3}, "'batch'"), ({"hidden": "x"}, "hidden")],
)
def test_wrong_choices_are_refused(ws: Client, choices: dict[str, Any], told: str):
    event, _ = ws.ask("try_setup", 7, setup=MOONS, vary=["hidden=4|8"], choices=choices, steps=5)
    assert event["type"] == "error"
    assert told in event["message"]


def test_who_leaves_ends_the_trainings(new_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch):
    closed: list[bool] = []
    close = Threads.close

    def noted(self: Threads) -> None:
        close(self)
        closed.append(True)

    monkeypatch.setattr(Threads, "close", noted)
    ws = new_client()
    ws.send("search", 1, setup=HEAVY, vary=["lr=0.1..1"], tries=30)
    assert ws.answer(60)[0]["type"] == "trying"
    ws.wire.close()
    assert seen(lambda: bool(closed))


def test_a_cluster_works_for_the_server():
    settings = Settings(cluster="local:2")  # pyright: ignore[reportCallIssue]
    pytest.importorskip("distributed")
    request = HyperSearchRequest(type="search", id=1, setup=MOONS, vary=VARY, tries=4)
    answer = hyper_search_answer(request, settings, no_progress)
    expected = found_here(MOONS, Ask(tuple(VARY), tries=4))
    assert answer.event.model_dump(exclude={"type", "id"}) == expected

    class Enough(Exception):
        pass

    def gone(_answer: object) -> None:
        raise Enough

    with pytest.raises(Enough):
        hyper_search_answer(request, settings, gone)
    nowhere = Settings(cluster=NOWHERE)  # pyright: ignore[reportCallIssue]
    with pytest.raises(Refusal, match=r"tcp://127\.0\.0\.1:9"):
        hyper_search_answer(request, nowhere, no_progress)


def test_a_cluster_that_is_away_is_no_fault_of_the_question():
    pytest.importorskip("distributed")
    settings = Settings(cluster=NOWHERE)  # pyright: ignore[reportCallIssue]
    answer = TestClient(create_app(settings)).post("/api/search", json={"setup": MOONS, "vary": VARY})
    assert (answer.status_code, answer.json()["reason"]) == (503, "no cluster")


def test_every_link_keeps_what_it_asks():
    asked = Ask(("hidden=8|15,15", "l2=0,0.0001", "dropout=0|0.1,0.2"), grid=True, folds=5, halving=True)
    link = link_of({"data": "moons", **MOONS}, asked.described())
    for passed_on in (link, link.replace("|", "%7C"), link.replace(":", "%3A").replace(";", "%3B")):
        assert opened(passed_on).search == asked.described()

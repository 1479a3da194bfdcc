"""The websocket behind a real server: races, refusals, and clients without manners."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import InvalidStatus

from app.runs import race_run
from app.stream import session as session_module
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from tests.app.conftest import LONG, SETUP, Client, LiveServer
from tests.waiting import seen


def path(frames: list[tuple[dict[str, Any], dict[str, Any]]]) -> np.ndarray:
    return np.concatenate([arrays["points"] for _, arrays in frames], axis=1)


def test_a_race_arrives_step_by_step_and_is_the_engines_own(ws: Client):
    (ready, _), *frames = ws.race(1)
    assert ready["type"] == "ready"
    assert ready["entrants"] == [{"start": [1, 1.6], "name": "Adam"}, {"start": [1, 1.6], "name": "GD"}]
    assert ready["goal"] == ready["goals"][0] == pytest.approx({"f_min": 0, "loss": 1e-3 * 51.65594100000002})
    race = Race(read_setup(SETUP))
    race.advance(240)
    assert path(frames).tobytes() == race.points(0, 240).tobytes()
    event, arrays = frames[-1]
    assert event["last"] is True
    assert event["outcomes"] == [outcome.describe() for outcome in race.outcomes()]
    assert event["reached"] == race.reached()
    np.testing.assert_array_equal(arrays["losses"][:, -1], race.losses(240, 240)[:, 0])


def test_nothing_is_sent_beyond_the_credit(ws: Client):
    assert ws.race(1, to=10)[-1][0]["to"] == 10
    with pytest.raises(TimeoutError):
        ws.answer(0.2)
    ws.send("grant", 1, to=12)
    event, arrays = ws.answer()
    assert (event["from"], event["to"], arrays["points"].shape) == (11, 12, (2, 2, 2))


def test_a_long_race_comes_in_several_frames(ws: Client):
    _, *frames = ws.race(1, setup=LONG)
    assert len(frames) > 3
    assert path(frames).shape == (12, 10_001, 2)


def test_a_change_rewinds_to_its_step_and_goes_on(ws: Client):
    ws.race(1, to=100)
    change = {"at": 40, "entrant": 0, "knob": "lr", "value": 0.01}
    event, arrays = ws.ask("change", 1, **change)
    assert (event["from"], event["to"]) == (41, 100)
    race = Race(read_setup({**SETUP, "changes": [change]}))
    race.advance(100)
    assert arrays["points"].tobytes() == race.points(41, 100).tobytes()


def test_a_change_of_a_step_not_yet_asked_for_is_answered_by_an_empty_frame(ws: Client):
    ws.race(1, to=20)
    event, arrays = ws.ask("change", 1, at=200, entrant=0, knob="lr", value=0.01)
    assert (event["from"], event["to"], arrays["points"].shape) == (21, 20, (2, 0, 2))


def test_after_a_lost_connection_the_rest_is_the_same(new_client: Callable[..., Client]):
    whole = path(new_client().race(1)[1:])
    second = new_client()
    (ready, _), *frames = second.race(7, after=99)
    assert (ready["id"], frames[0][0]["from"]) == (7, 100)
    assert path(frames).tobytes() == whole[:, 100:].tobytes()


def test_the_newest_race_takes_the_place_of_the_former(ws: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(race_run, "FRAME_POINTS", 120)
    ws.send("race", 1, setup=LONG, credit=10_000)
    ws.send("race", 2, setup=SETUP, credit=5)
    answers = [ws.answer()]
    while answers[-1][0]["id"] == 1:
        answers.append(ws.answer())
    assert answers[-1][0]["type"] == "ready"
    assert ws.answer()[0]["to"] == 5
    assert len(answers) < 900, "the former race was not finished first"


def test_a_diverged_entrant_stays_at_its_last_finite_point(ws: Client):
    setup = {**SETUP, "entrants": [{"optimizer": "gd", "knobs": {"lr": 10}}]}
    _, *frames = ws.race(1, setup=setup)
    event, arrays = frames[-1]
    outcome = event["outcomes"][0]
    assert outcome["kind"] == "diverged"
    assert np.isfinite(path(frames)).all()
    assert np.isnan(arrays["losses"][0, outcome["step"] + 1 :]).all()


def test_a_map_holds_the_values_of_the_formula(ws: Client):
    event, arrays = ws.ask("map", 3, expression="x - 2*y", window=[[0, 2], [0, 1]], size=[3, 2])
    assert (event["type"], event["id"], event["size"]) == ("map", 3, [3, 2])
    np.testing.assert_array_equal(arrays["loss"], [[0, 1, 2], [-2, -1, 0]])


def test_a_formula_is_understood_or_its_fault_pointed_at(ws: Client):
    event, _ = ws.ask("formula", 4, expression="sin(3*x) + 0.1*(x^2 + y^2)")
    assert event["type"] == "formula"
    assert "<math" in event["mathml"]
    event, _ = ws.ask("formula", 5, expression="2*x + foo(y)")
    assert (event["type"], event["id"], event["field"]) == ("error", 5, "expression")
    assert event["position"] == [6, 9]


def test_a_painted_slider_tells_what_each_value_leads_to(ws: Client):
    entrants = [{"optimizer": "adam"}, {"optimizer": "gd"}]
    event, arrays = ws.ask("paint", 6, setup={**SETUP, "entrants": entrants}, knob="beta1", lanes=16)
    assert (event["type"], event["id"], event["knob"]) == ("paint", 6, "beta1")
    assert {name: (array.shape, array.dtype.str) for name, array in arrays.items()} == {
        "values": ((2, 16), "<f8"), "loss": ((2, 16), "<f8"), "reached": ((2, 16), "<i4"), "diverged": ((2, 16), "<i4"),
    }  # fmt: skip
    assert np.isfinite(arrays["values"][0]).all()
    assert np.isnan(arrays["values"][1]).all()
    setup = {**SETUP, "entrants": [{"optimizer": "adam", "knobs": {"beta1": arrays["values"][0, 5]}}]}
    last = ws.race(7, setup=setup)[-1][1]
    assert arrays["loss"][0, 5] == pytest.approx(last["losses"][0, -1], rel=1e-12)


def test_a_step_is_explained_by_the_points_of_the_race(ws: Client):
    points = path(ws.race(1)[1:])
    event, _ = ws.ask("explain", 2, setup=SETUP, entrant=0, step=12)
    assert (event["type"], event["id"], event["entrant"], event["step"]) == ("explained", 2, 0, 12)
    assert (event["point"], event["next"]) == (points[0, 12].tolist(), points[0, 13].tolist())
    assert "<math" in event["lines"][0]["formula"]


def test_tuning_reports_and_then_answers(ws: Client):
    ws.send(
        "tune", 8, setup={**SETUP, "entrants": [{"optimizer": "momentum"}, {"optimizer": "gd"}]}, budget=16
    )
    event, _ = ws.answer()
    while event["type"] == "tuning":
        assert event["id"] == 8
        assert 0 <= event["done"] <= event["total"]
        event, _ = ws.answer()
    assert (event["type"], event["id"], len(event["entrants"])) == ("tuned", 8, 2)
    assert event["entrants"][0]["knobs"].keys() == {"lr", "beta"}


@pytest.mark.parametrize(
    ("type", "fields", "field"),
    [
        ("paint", {"knob": "lr", "lanes": 10**6}, "lanes"),
        ("paint", {"knob": "nose", "lanes": 8}, "knob"),
        ("explain", {"entrant": 9, "step": 0}, "entrant"),
        ("explain", {"entrant": 0, "step": 241}, "step"),
        ("tune", {"budget": 10**6}, "budget"),
    ],
)
def test_a_question_beyond_the_limits_is_refused(ws: Client, type: str, fields: dict[str, Any], field: str):
    error, _ = ws.ask(type, 1, setup=SETUP, **fields)
    assert (error["type"], error["field"]) == ("error", field)


# ---------------------------------------------------------------- who may come in


def test_a_page_of_another_site_is_turned_away(live: LiveServer):
    with pytest.raises(InvalidStatus) as refused, live.connect(origin="https://elsewhere.example"):
        pass
    assert refused.value.response.status_code == 403


def test_our_own_page_may_come_in(live: LiveServer, new_client: Callable[..., Client]):
    assert new_client(origin=f"http://127.0.0.1:{live.port}").race(1, to=3)


# ---------------------------------------------------------------- clients without manners


def latencies(client: Client, until: Callable[[], bool]) -> list[float]:
    """Seconds that each of many small races took, one after the other."""
    taken: list[float] = []
    while not until():
        begun = time.perf_counter()
        client.race(len(taken) + 1, to=50)
        taken.append(time.perf_counter() - begun)
    return taken


def test_a_client_that_floods_is_answered_whole_while_another_is_served(new_client: Callable[..., Client]):
    flooder, other = new_client(), new_client()
    answers: list[dict[str, Any]] = []

    def flood() -> None:
        for id in range(1_500):
            flooder.send("grant", id, to=5)
        flooder.send("formula", 99_999, expression="x*y")
        answers.extend(flooder.answer()[0] for _ in range(1_501))

    thread = threading.Thread(target=flood)
    thread.start()
    taken = latencies(other, lambda: not thread.is_alive())
    assert len(taken) >= 2
    assert [each["id"] for each in answers] == [*range(1_500), 99_999], (
        "nothing is lost, and all in its order"
    )
    assert {each["code"] for each in answers[:-1]} == {"order"}
    assert answers[-1]["type"] == "formula"


def test_work_ends_when_the_client_has_left(
    new_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
):
    advanced: list[session_module.Session] = []
    ended: list[session_module.Session] = []
    advance, end = session_module.Session.advance, session_module.Session.end

    def noted(self: session_module.Session) -> Any:
        advanced.append(self)
        return advance(self)

    def noted_end(self: session_module.Session) -> None:
        end(self)
        ended.append(self)

    monkeypatch.setattr(race_run, "FRAME_POINTS", 120)
    monkeypatch.setattr(session_module.Session, "advance", noted)
    monkeypatch.setattr(session_module.Session, "end", noted_end)
    client = new_client()
    client.send("race", 1, setup=LONG, credit=10_000)
    client.answer()
    client.answer()
    (gone,) = set(advanced)
    client.wire.close()
    assert seen(lambda: gone in ended)
    before = advanced.count(gone)
    assert before < 1_000, "there was work left"
    new_client().race(1, to=240)
    assert advanced.count(gone) == before


def test_a_race_waits_for_no_question_of_its_own_connection(ws: Client, monkeypatch: pytest.MonkeyPatch):
    goes_on, told = threading.Event(), session_module.answer

    def slow(request: Any, *rest: Any) -> Any:
        assert request.type == "race" or goes_on.wait(30)
        return told(request, *rest)

    monkeypatch.setattr(session_module, "answer", slow)
    try:
        ws.send("map", 1, surface="beale", window=[[-1, 4], [-1.5, 2]], size=[20, 10])
        ws.send("formula", 2, expression="x^2")
        frames = ws.race(3)
        assert frames[-1][0]["last"]
    finally:
        goes_on.set()
    assert [ws.answer()[0]["id"] for _ in range(2)] == [1, 2], "and they are answered in their order"

"""What the API answers is what its description says: every name listed, every listed name of its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from app.api.examples import REGRESSIONS, SETUPS, TRAININGS
from app.main import create_app

LISTINGS = [
    "surfaces",
    "optimizers",
    "schedules",
    "scenes",
    "pointsets",
    "samplesets",
    "activations",
    "initialisations",
    "surfaces/beale/grid?x0=-1&x1=4&y0=-1.5&y1=2&nx=5&ny=4",
]

PROBLEM = (
    *("type", "title", "status", "detail"),
    *("code", "field", "expected", "got", "position", "reason"),
)
"""Of RFC 9457, and beside it."""
TABLE = {"dataset": "diabetes", "steps": 5, "split": [60, 20, 20], "l2": 1, "entrants": [{"optimizer": "gd"}]}
PICTURES = {"data": "digits", "steps": 10, "hidden": [5], "entrants": [{"optimizer": "adam"}]}


def short(setup: dict[str, Any]) -> dict[str, Any]:
    changes = setup.get("changes")
    return {**setup, "steps": 20} | ({"changes": [{**each, "at": 10} for each in changes]} if changes else {})


ASKED = [
    *(("race", short(each["value"])) for each in [*SETUPS.values(), *REGRESSIONS.values()]),
    *(("regress", short(each["value"])) for each in REGRESSIONS.values()),
    ("regress", TABLE),
    *(("train", short(each["value"])) for each in TRAININGS.values()),
    ("train", PICTURES),
    ("tune?budget=2", short(SETUPS["adam"]["value"])),
    ("link", SETUPS["adam"]["value"]),
    ("link/read", {"link": "surface=beale&entrant=adam"}),
    ("link/read", {"link": "surface=beale&entrant=adma"}),
]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """One application for all: its description takes a second or two to make."""
    with TestClient(create_app(), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    return client.get("/openapi.json").json()


def check(description: dict[str, Any], method: str, path: str, status: int, value: Any) -> None:
    route = "/api/" + path.partition("?")[0].replace("surfaces/beale", "surfaces/{key}")
    kind = "application/json" if status < 400 else "application/problem+json"
    described = description["paths"][route][method]["responses"][str(status)]["content"][kind]
    jsonschema_rs.validate(described["schema"] | {"components": description["components"]}, value)


@pytest.mark.parametrize("path", LISTINGS)
def test_a_listing_is_as_described(client: TestClient, description: dict[str, Any], path: str) -> None:
    answer = client.get(f"/api/{path}")
    check(description, "get", path, 200, answer.json())


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_an_answer_is_as_described(
    client: TestClient, description: dict[str, Any], path: str, body: dict[str, Any]
) -> None:
    answer = client.post(f"/api/{path}", json=body)
    assert answer.status_code == 200, answer.text
    check(description, "post", path, 200, answer.json())


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (413, {"content": b" " * 300_000, "headers": {"Content-Type": "application/json"}}),
        (415, {"content": b"{}", "headers": {"Content-Type": "text/plain"}}),
        (415, {"content": b"{}"}),
        (400, {"content": b"\xff\xfe{}", "headers": {"Content-Type": "application/json"}}),
        (400, {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}),
        (422, {"content": b'{"surface": "\\ud800"}', "headers": {"Content-Type": "application/json"}}),
        (422, {"content": b'{"surface": "beale", "entrants": [{"optimizer": "adam", "label": "\\ud800"}]}',
               "headers": {"Content-Type": "application/json"}}),
        (422, {"content": b'{"\\ud800": 1, "surface": "beale"}', "headers": {"Content-Type": "application/json"}}),
        (422, {"content": b'{"steps": 1e999, "surface": "beale"}', "headers": {"Content-Type": "application/json"}}),
        (400, {"content": b'{"steps": %s, "surface": "beale"}' % (b"9" * 5_000),
               "headers": {"Content-Type": "application/json"}}),
        (422, {}),
        (422, {"json": [1]}),
        (422, {"json": {"surface": "beale\x00"}}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["race", "regress", "train", "tune", "link", "link/read"])
def test_every_fault_has_the_one_form(
    client: TestClient, description: dict[str, Any], path: str, status: int, sent: dict[str, Any]
) -> None:
    answer = client.post(f"/api/{path}", **sent)
    assert answer.status_code in (status, 415 if not sent else status), answer.text
    check(description, "post", path, answer.status_code, answer.json())


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "/api/nothing", 404, "There is nothing at /api/nothing."),
        ("GET", "/api/race", 405, "/api/race may be asked with POST; got GET."),
        ("GET", "/api/surfaces?nam=1", 422, "The query has no 'nam'; nothing may be asked with it here."),
        ("POST", "/api/tune?budgte=3", 422, "Did you mean 'budget'?"),
        ("GET", "/api/surfaces/beale/grid?x0=1", 422, "x1 is needed; none came."),
        (
            "GET",
            "/api/surfaces/beale/grid?x0=nan&x1=1&y0=0&y1=1",
            422,
            "x0 must be a number from -1e+100 to 1e+100; got nan.",
        ),
        (
            "GET",
            f"/api/surfaces/beale/grid?x0=0&x1=1&y0=0&y1=1&nx=1{'0' * 40}",
            422,
            "nx must be from 2 to 400; got",
        ),
        (
            "GET",
            "/api/surfaces/beale/grid?x0=0&x1=1&y0=0&y1=1&ny=-5",
            422,
            "ny must be from 2 to 400; got -5.",
        ),
    ],
)
def test_what_no_route_would_take_is_refused_in_the_same_form(
    client: TestClient, method: str, path: str, status: int, said: str
) -> None:
    answer = client.request(method, path, json={} if method == "POST" else None)
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {*PROBLEM}
    assert (answer.json()["type"], answer.json()["status"]) == ("about:blank", status)

"""Early stopping needs a validation set: a patience without one is refused everywhere; links of old open without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from descent_lab.links.opened import opened
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup

Runs = Callable[..., tuple[int, str, str]]

SETUPS: dict[str, dict[str, Any]] = {
    "regression": {"preset": "seven", "patience": 5, "steps": 20},
    "table": {"dataset": "diabetes", "patience": 5, "split": [80, 0, 20], "steps": 5},
    "network": {"data": "moons", "samples": 40, "split": [80, 0, 20], "patience": 5, "steps": 20},
    "text": {"csv": "1,2,a\n3,4,b\n2,1,a\n4,3,b", "split": [100, 0, 0], "patience": 5, "steps": 5},
}
WHY = (
    "patience stops by the loss of the validation set, and split leaves that empty; give it a share, or leave patience "
    "at 0; got 5."
)
LINKS = [
    ("data=moons&split=100,0,0&patience=20&entrant=adam", True),
    ("csv=a,b,c%0A1,2,x%0A2,1,y&split=100,0,0&patience=20", True),
    ("preset=seven&patience=9&entrant=gd", True),
    ("preset=sine&split=60,20,20&patience=9&entrant=gd", False),
    ("data=moons&patience=20&entrant=adam", False),
    ("data=moons&split=100,0,0&patience=0&entrant=adam", False),
]


@pytest.mark.parametrize("name", SETUPS)
def test_it_is_refused_where_nothing_is_kept_for_validation(name: str) -> None:
    setup = {**SETUPS[name], "entrants": [{"optimizer": "adam"}]}
    with pytest.raises(Refusal) as refused:
        read_setup(setup)
    assert (refused.value.message, refused.value.field) == (WHY, "patience")
    read_setup({**setup, "patience": 0})
    read_setup({**setup, "split": [60, 40, 0]})


@pytest.mark.parametrize(("path", "name"), [("/api/train", "network"), ("/api/race", "regression")])
def test_the_api_refuses_it(client: TestClient, path: str, name: str) -> None:
    answer = client.post(path, json={**SETUPS[name], "entrants": [{"optimizer": "adam"}]})
    assert answer.status_code == 422
    assert answer.json()["detail"] == WHY


@pytest.mark.parametrize(
    "words",
    [
        ("regress", "--preset", "seven", "--patience", "5"),
        ("train", "--data", "moons", "--split", "100,0,0", "--patience", "5"),
        ("train", "--link", "data=moons&split=100,0,0", "--patience", "5"),
    ],
)
def test_the_command_line_refuses_it(run: Runs, words: tuple[str, ...]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert WHY in err


@pytest.mark.parametrize(("link", "idle"), LINKS)
def test_a_link_of_old_opens_without_and_says_so(
    client: TestClient, run: Runs, link: str, idle: bool
) -> None:
    found = opened(link)
    assert found.setup is not None
    assert found.faults == ()
    assert bool(found.notes) == idle
    assert (found.setup["patience"] == 0) == (idle or "patience=0" in link)
    told = client.post("/api/link/read", json={"link": link}).json()
    assert told["notes"] == [*found.notes]
    assert told["setup"] == found.setup
    status, out, err = run("link", link)
    assert (status, json.loads(out)) == (0, found.setup)
    assert err.strip() == "".join(found.notes)

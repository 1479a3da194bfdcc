"""Links over HTTP: what one opens, what is wrong with it, and the one of a setup."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import REGRESSIONS, SETUPS, TRAININGS
from descent_lab.setups.reading import read_setup


def opened(client: TestClient, link: str, page: str | None = None) -> dict[str, Any]:
    answer = client.post("/api/link/read", json={"link": link, "page": page})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("setup", [each["value"] for each in (SETUPS | REGRESSIONS | TRAININGS).values()])
def test_the_link_of_a_setup_opens_the_same(client: TestClient, setup: dict[str, Any]) -> None:
    link = client.post("/api/link", json=setup).json()["link"]
    back = opened(client, f"https://lab.example/#{link}")
    assert back["faults"] == []
    ours, theirs = read_setup(setup), read_setup(back["setup"])
    assert (ours.steps, ours.seed, ours.noise, ours.changes) == (
        theirs.steps,
        theirs.seed,
        theirs.noise,
        theirs.changes,
    )
    assert ours.entrants == theirs.entrants
    assert ours.start == theirs.start
    assert client.post("/api/link", json=back["setup"]).status_code == 200


def test_a_link_of_next_to_nothing_is_filled_in(client: TestClient) -> None:
    back = opened(client, "#surface=booth")
    assert back["kind"] == "race"
    assert len(back["setup"]["entrants"]) == 7
    assert opened(client, "", "network")["setup"]["data"] == "moons"


def test_all_that_is_wrong_is_told(client: TestClient) -> None:
    back = opened(client, "surface=beale&start=1&entrant=gd:lr=fast&speed=3")
    assert back["setup"] is None
    assert [fault["field"] for fault in back["faults"]] == ["start", "entrants.0.knobs.lr", "link"]
    back = opened(client, "surface=beale&steps=-1&noise=-1&seed=1.5")
    assert [fault["field"] for fault in back["faults"]] == ["steps", "seed", "noise"]


def test_the_page_of_another_kind_says_where_it_opens(client: TestClient) -> None:
    (fault,) = opened(client, "preset=seven", "race")["faults"]
    assert "/regression" in fault["detail"]


def test_samples_that_are_being_drawn_open_on_a_page_alone(client: TestClient) -> None:
    link = "drawn=1,2,0&hidden=4"
    assert opened(client, link, "network")["setup"]["drawn"] == [[1, 2, 0]]
    (fault,) = opened(client, link)["faults"]
    assert "two classes" in fault["detail"]


def test_no_link_is_written_of_what_cannot_be_run(client: TestClient) -> None:
    answer = client.post("/api/link", json={"surface": "atlantis", "entrants": [{"optimizer": "gd"}]})
    assert answer.status_code == 422
    assert "atlantis" in answer.json()["detail"]

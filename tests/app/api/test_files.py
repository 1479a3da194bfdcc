"""Files over HTTP: brought, named by their content, looked at, trained on; and what is refused."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from descent_lab.refusals import Refusal
from descent_lab.tables import files
from descent_lab.tables.files import keep, kept

ROWS = "x;y;kind\n" + "".join(f"{i % 7},5;{i % 5};{'a' if i % 7 > i % 5 else 'b'}\n" for i in range(60))
TRAINING: dict[str, Any] = {"hidden": [3], "steps": 5, "entrants": [{"optimizer": "adam"}]}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setattr(files, "FOLDER", tmp_path / "files")


def bring(client: TestClient, data: bytes, **query: str) -> Any:
    return client.post("/api/files", content=data, params=query, headers={"Content-Type": "text/csv"})


def test_a_file_is_named_by_its_text_and_trained_on_like_it(client: TestClient) -> None:
    told = bring(client, ROWS.encode("utf-16")).json()
    assert told["file"] == hashlib.sha256(ROWS.encode()).hexdigest()
    assert told["text"] == ROWS
    look = told["look"]
    assert (told["encoding"], look["decimal"], look["rows"], look["fault"]) == ("utf-16", ",", 60, None)
    assert (look["kind"], look["classes"]) == ("classes", ["a", "b"])
    by_file = client.post("/api/train", json={**TRAINING, "file": told["file"]}).json()
    by_text = client.post("/api/train", json={**TRAINING, "csv": ROWS}).json()
    assert by_file["entrants"] == by_text["entrants"]
    link = client.post("/api/link", json={**TRAINING, "file": told["file"]}).json()["link"]
    assert f"file={told['file']}" in link
    assert client.post("/api/link/read", json={"link": link}).json()["setup"]["file"] == told["file"]


def test_a_large_file_has_a_name_and_no_text(client: TestClient) -> None:
    told = bring(client, ("x,y\n" + "".join(f"{i},{i * 1.5}\n" for i in range(20_000))).encode()).json()
    assert (told["text"], told["look"]["rows"], len(told["look"]["first"])) == (None, 20_000, 8)


def test_a_look_says_what_another_reading_would_make_of_it(client: TestClient) -> None:
    name = bring(client, ROWS.encode()).json()["file"]
    for source in ({"file": name}, {"csv": ROWS}):
        asked = {**source, "reading": {"target": "y", "inputs": ["kind"]}}
        found = client.post("/api/look", json=asked).json()
        assert (found["target"], found["inputs"], found["used"]) == ("y", ["kind=b"], 60)
    by_setup = client.post("/api/train", json={**found["setup"], **TRAINING, "activation": "tanh"}).json()
    assert (by_setup["names"], by_setup["dims"]) == (["kind=b"], [1, 3, 5]), "its setup is one to be sent"
    lost = client.post("/api/look", json={"csv": ROWS, "reading": {"target": "z"}}).json()
    assert lost["fault"] == "There is no column 'z'; the columns are x, y, kind."


@pytest.mark.parametrize(
    ("data", "kind", "status", "says"),
    [
        (b"a,b\n", "text/csv", 422, "There is no row in this text."),
        (b"PK\x03\x04..", "text/csv", 422, "this is a spreadsheet or an archive; save the table as CSV"),
        (ROWS.encode(), "text/plain", 415, "A file must come with the Content-Type text/csv or"),
        (ROWS.encode(), "multipart/form-data", 415, "A file must come with the Content-Type"),
    ],
)
def test_what_is_no_file_of_columns(
    client: TestClient, data: bytes, kind: str, status: int, says: str
) -> None:
    answer = client.post("/api/files", content=data, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert says in answer.json()["detail"]


def test_rows_that_make_no_table_are_shown_with_what_is_wrong(client: TestClient) -> None:
    look = bring(client, ("a,b\n" + "1,2\n" * 20 + "3\n" + "4,5\n").encode()).json()["look"]
    assert look["fault"].startswith("Row 22: 2 columns, as many as in row 2, were expected; got '3'")
    assert (look["fault_row"], look["first"][-1]["cells"], len(look["first"])) == (22, ["3"], 9)
    assert (look["columns"], look["setup"]) == ([], None)


def test_a_file_that_is_too_large_is_refused() -> None:
    with TestClient(create_app(Settings.model_validate({"max_file_bytes": 300_000}))) as small:
        assert bring(small, b"x,y\n" + b"1,2\n" * 70_000).status_code == 200, "more than a message may have"
        answer = bring(small, b"x,y\n" + b"1,2\n" * 80_000)
        assert answer.status_code == 413


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_a_file_that_is_not_here_is_asked_for(client: TestClient, name: str) -> None:
    answer = client.post("/api/train", json={**TRAINING, "file": name})
    assert answer.status_code == 422
    assert "is not here, or no longer: bring it again" in answer.json()["detail"]


def test_what_nobody_uses_goes_and_what_was_used_last_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [keep(f"text {i}", tmp_path) for i in range(4)]
    old = time.time() - 24 * 3600 - 60
    os.utime(tmp_path / names[0], (old, old))
    keep("another", tmp_path)
    with pytest.raises(Refusal, match="is not here"):
        kept(names[0], tmp_path)
    assert kept(names[3], tmp_path) == "text 3"
    monkeypatch.setenv("DESCENT_LAB_STORE_BYTES", "30")
    earlier = time.time() - 50
    os.utime(tmp_path / names[1], (earlier, earlier))
    keep("the last one", tmp_path)
    assert not (tmp_path / names[1]).exists()
    assert kept(names[3], tmp_path) == "text 3"

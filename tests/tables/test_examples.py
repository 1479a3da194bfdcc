"""Texts as people have them: library, API, stream and command line say the same of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from descent_lab.limits import Limits
from descent_lab.links.looked import looked
from descent_lab.tables import files
from descent_lab.tables.brought import Brought
from tests.tables.examples import EXAMPLES, Example


@pytest.mark.parametrize(
    ("example", "encoding"),
    [
        *((each, "utf-8") for each in EXAMPLES),
        *((each, encoding) for each in EXAMPLES[:3] for encoding in ("utf-16", "windows-1252")),
    ],
    ids=lambda each: getattr(each, "name", each),
)
def test_all_interfaces_read_a_text_as_it_was_meant(
    example: Example,
    encoding: str,
    client: TestClient,
    run: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "FOLDER", tmp_path / "files")
    found: Any = json.loads(json.dumps(looked(Brought(csv=example.text), None, "network", Limits())))
    if example.values is not None:
        assert [row["values"] for row in found["first"]] == example.values
    assert found["classes"] == example.classes
    assert example.note in " ".join(found["notes"])
    assert (found["fault"] or "").startswith(example.fault or "")
    assert (found["fault"] is None) == (example.fault is None)
    data = example.text.encode(encoding)
    brought = client.post("/api/files", content=data, headers={"Content-Type": "text/csv"}).json()
    assert brought["look"] == found
    by_name = client.post("/api/look", json={"file": brought["file"]}).json()
    if found["setup"] is not None:
        setup = {name: value for name, value in found["setup"].items() if name != "csv"}
        assert by_name.pop("setup") == setup | {"file": brought["file"]}
    assert by_name == {name: value for name, value in found.items() if name in by_name}
    (tmp_path / "table.csv").write_bytes(data)
    status, out, _ = run("look", str(tmp_path / "table.csv"), "--for", "network", "--json")
    told: dict[str, Any] = {name: brought[name] for name in ("encoding", "encoding_guessed")}
    assert (status, json.loads(out)) == (0, told | found)
    setup = {
        "csv": example.text,
        "hidden": [2],
        "split": [100, 0, 0],
        "steps": 2,
        "entrants": [{"optimizer": "adam"}],
    }
    trained = client.post("/api/train", json=setup)
    status, out, err = run(
        *(
            "train",
            "--data",
            str(tmp_path / "table.csv"),
            "--hidden",
            "2",
            "--split",
            "100,0,0",
            "--steps",
            "2",
        ),
        *("--entrant", "adam", "--json"),
    )
    if example.fault is None:
        assert trained.json()["entrants"] == json.loads(out)["entrants"]
    else:
        assert (trained.json()["detail"], status) == (found["fault"], 2)
        assert found["fault"] in err

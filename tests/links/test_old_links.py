"""Links that the pages wrote before the server did: each still comes to the same, bit for bit."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.references.make_links import BY_LIBRARY, LINKS, outcome

CASES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[1] / "references/links.json").read_text()
)["cases"]


def test_every_link_is_kept() -> None:
    assert {name: case["link"] for name, case in CASES.items()} == LINKS


@pytest.mark.parametrize("name", CASES)
def test_an_old_link_comes_to_the_same_bit_for_bit(name: str) -> None:
    case = CASES[name]
    assert outcome(case["link"], name not in BY_LIBRARY) == {key: case[key] for key in case.keys() - {"link"}}

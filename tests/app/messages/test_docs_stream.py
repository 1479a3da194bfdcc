"""docs/stream.md says what the models say: every message is there, with its fields and an example that holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from app.messages.events import AnyEvent
from app.messages.requests import AnyRequest

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "stream.md").read_text()


def models(union: Any) -> dict[str, type[BaseModel]]:
    return {get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(union)}


def sections(heading: str) -> dict[str, str]:
    part = re.split(r"^## ", TEXT, flags=re.MULTILINE)
    chosen = next(each for each in part if each.startswith(heading))
    return dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", chosen, re.MULTILINE | re.DOTALL))


SIDES = {"Client to server": models(AnyRequest), "Server to client": models(AnyEvent)}
MESSAGES = [(side, name) for side, known in SIDES.items() for name in known]


@pytest.mark.parametrize("side", SIDES)
def test_every_message_is_documented_and_no_other(side: str):
    assert list(sections(side)) == list(SIDES[side])


@pytest.mark.parametrize(("side", "name"), MESSAGES)
def test_the_table_lists_the_fields_of_the_model(side: str, name: str):
    listed = re.findall(r"^\| `(\w+)` \|", sections(side)[name], re.MULTILINE)
    fields = SIDES[side][name].model_fields
    assert sorted(listed) == sorted(field.serialization_alias or key for key, field in fields.items())


@pytest.mark.parametrize(("side", "name"), MESSAGES)
def test_the_example_holds(side: str, name: str):
    (example,) = re.findall(r"```json\n(.*?)\n```", sections(side)[name], re.DOTALL)
    data = json.loads(example)
    assert data["type"] == name
    SIDES[side][name].model_validate(data)

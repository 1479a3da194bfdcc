"""docs/stream.md is what the models say, and every message has an example that holds."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from app.messages.base import Message
from app.messages.events import AnyEvent
from app.messages.requests import AnyRequest
from docs import stream

TEXT = stream.FILE.read_text()
MODELS: list[tuple[str, type[Message]]] = [
    (side, model) for side, union in stream.SIDES.items() for model in get_args(union)
]


def part(side: str) -> str:
    """What the document says of one side."""
    return TEXT.split(f"\n## {side}\n")[1].split("\n## ")[0]


def test_the_document_is_written_from_the_models():
    assert stream.rendered(TEXT) == TEXT, "python -m docs.stream writes it anew"


@pytest.mark.parametrize(("side", "model"), MODELS)
def test_the_example_holds(side: str, model: type[Message]):
    name = model.type_name()
    data = json.loads(stream.examples(part(side))[name])
    assert data["type"] == name
    model.model_validate(data)


@pytest.mark.parametrize(("_side", "model"), MODELS)
def test_every_field_is_described(_side: str, model: type[BaseModel]):
    undescribed = [name for name, field in model.model_fields.items() if not field.description]
    assert undescribed == ["type"]


def test_every_question_says_which_event_answers_it():
    events: set[Any] = {event.type_name() for event in get_args(AnyEvent)}
    silent = {request.type_name() for request in get_args(AnyRequest) if not request.answer}
    assert silent == {"grant", "change", "cancel"}
    assert {request.answer for request in get_args(AnyRequest) if request.answer} <= events

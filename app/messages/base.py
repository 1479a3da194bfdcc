"""What all messages of the stream are made of."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, Strict

LARGEST_ID = 2**53 - 1

Whole = Annotated[int, Strict(), Field(ge=0, le=LARGEST_ID)]
Text = Annotated[str, Strict()]
Json = dict[str, Any]
Pair = tuple[float, float]
Window = tuple[Pair, Pair]


class Message(BaseModel):
    """What all messages share: fields that are not listed are refused."""

    model_config = ConfigDict(extra="forbid")


class Request(Message):
    """A message of the client. Every answer to it carries its `id`."""

    id: Whole


class Event(Message):
    """A message of the server, with the `id` of the request that it answers."""

    id: int

"""What the server says to a client of the stream: one model for each message; docs/stream.md is made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from pydantic import Field

from .base import ServerMessage
from .frames import mismatch, pack
from .inside_events import InsideEvent
from .race_events import RaceEvent
from .regression_messages import RegressionEvent
from .search_messages import SearchEvent
from .setup_messages import LinkEvent, TableEvent
from .training_events import TrainingEvent


class ErrorEvent(ServerMessage):
    """A refusal: what was expected and what came. The race goes on."""

    type: Literal["error"] = "error"
    id: int | None = Field(description="Of the request; null where it could not be read.")
    code: str = Field(description="A word for programs.")
    message: str = Field(description="A sentence: what was expected and what came.")
    field: str | None = Field(
        default=None, description="Path of the value at fault, such as `entrants.0.knobs.lr`; or null."
    )
    position: tuple[int, int] | None = Field(
        default=None, description="[start, end) in a typed formula; or null."
    )
    reason: str | None = Field(
        default=None, description="The name of the sentence, the same in every language."
    )
    values: dict[str, Any] | None = Field(default=None, description="What the sentence is made of, by name.")


AnyEvent = (
    RaceEvent
    | RegressionEvent
    | LinkEvent
    | TableEvent
    | TrainingEvent
    | InsideEvent
    | SearchEvent
    | ErrorEvent
)


@dataclass(frozen=True)
class Answer:
    """A message to the client and the arrays that belong to it."""

    event: AnyEvent
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])

    def __post_init__(self) -> None:
        assert (fault := mismatch(self.event.arrays, self.arrays)) is None, fault

    def packed(self) -> str | bytes:
        """Text for a bare message, a binary frame for one with arrays."""
        text = self.event.model_dump_json()
        return pack(text, self.arrays) if self.arrays else text

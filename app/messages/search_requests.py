"""What a client may ask of many trainings of a network at once (see `messages`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from .base import Json, Request, Whole

MOST_WIDTHS, MOST_VALUES = 16, 32


class SweepRequest(Request):
    """What `rates` learning rates, along the slider of one entrant, make of a network, and of networks with these
    hidden layers; null for its own alone. steps: of each training; null for the setup's."""

    type: Literal["sweep"]
    setup: Json
    entrant: Whole = 0
    rates: Whole = 16
    widths: Annotated[list[Any], Field(min_length=1, max_length=MOST_WIDTHS)] | None = None
    steps: Whole | None = None


class NetworkValidateRequest(Request):
    """k-fold cross-validation of a network, trained by one entrant, over learning rates or hidden layers. values:
    rates, or lists of neurons."""

    type: Literal["network_validate"]
    setup: Json
    entrant: Whole = 0
    folds: Whole = 5
    over: Literal["lr", "width"] = "lr"
    values: Annotated[list[Any], Field(min_length=1, max_length=MOST_VALUES)]
    steps: Whole | None = None


class CancelRequest(Request):
    """Ends the search that carries this id."""

    type: Literal["cancel"]


SearchRequest = SweepRequest | NetworkValidateRequest | CancelRequest

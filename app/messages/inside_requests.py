"""What a client may ask about the inside of trained networks (see `messages`)."""

from __future__ import annotations

from typing import Any, Literal

from .base import Json, Request, Whole
from .training_requests import OfTraining


class SampleRequest(OfTraining):
    """Sample number `row` on its way through an entrant's network and back; with `weight`, the chain rule for that
    one."""

    type: Literal["sample"]
    entrant: Whole = 0
    row: Whole
    weight: Whole | None = None


class TweakRequest(OfTraining):
    """What becomes of all neurons when one weight has that value: on a grid of `neurons` places a side where there are
    two inputs, along the axis of one, or for sample number `row`."""

    type: Literal["tweak"]
    entrant: Whole = 0
    weight: Whole
    value: Any
    row: Whole | None = None
    neurons: Whole = 24


class ExplainWeightRequest(OfTraining):
    """The step that an entrant takes from there, for one weight: the update rule with its numbers."""

    type: Literal["explain_weight"]
    entrant: Whole = 0
    weight: Whole


class StopwatchRequest(OfTraining):
    """One gradient of the loss of that step's mini-batch, by backpropagation and by central differences."""

    type: Literal["stopwatch"]
    entrant: Whole = 0


class ConfusionRequest(OfTraining):
    """Who takes which class for which, over all of a set; with `entrant`, its `worst` mistakes too."""

    type: Literal["confusion"]
    set: Literal["training", "validation", "test"] = "test"
    entrant: Whole | None = None
    worst: Whole = 24


class DigitRequest(OfTraining):
    """What everybody says to a drawing, or to any other inputs, as the samples have them.

    centred: the drawing, square and of any size, is first framed as the set's own pictures were.
    """

    type: Literal["digit"]
    pixels: list[Any]
    centred: bool = False


class ExportRequest(OfTraining):
    """A file to take home: an entrant's weights, a script for them, or everybody's curves."""

    type: Literal["export"]
    entrant: Whole = 0
    kind: Literal["safetensors", "pytorch", "csv"]


class NeedleRequest(Request):
    """Random weights, again and again, the best kept: drawn as the network's own begin, or with `scale` uniformly from
    -scale to scale."""

    type: Literal["needle"]
    setup: Json
    tries: Whole = 1_000
    seed: Whole = 0
    scale: Any = None


InsideRequest = (
    SampleRequest
    | TweakRequest
    | ExplainWeightRequest
    | StopwatchRequest
    | ConfusionRequest
    | DigitRequest
    | ExportRequest
    | NeedleRequest
)

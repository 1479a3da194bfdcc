"""What a client may ask about a network and the training of it (see `messages`). A question about the running training
carries its id as `race`, and a step that has been computed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from .base import Json, Request, Whole


class SamplesRequest(Request):
    """The samples that a network's setup names or holds; `rows` = [from, to) asks for a part of them."""

    type: Literal["samples"]
    setup: Json
    rows: Annotated[list[Whole], Field(min_length=2, max_length=2)] | None = None


class OfTraining(Request):
    """A question about the running training, as it stands after `step` steps."""

    race: Whole
    step: Whole


class LookRequest(OfTraining):
    """What all networks say to every place of the plane, on a grid of `grid` places a side, and what the neurons of
    one say, on one of `neurons` places a side (0: not asked), with its weights."""

    type: Literal["look"]
    entrant: Whole = 0
    grid: Whole = 50
    neurons: Whole = 24


class PlaneRequest(OfTraining):
    """The loss over a plane through the space of all weights, with the paths projected on it.

    kind: "pca", in which the paths move most; "random", two random directions about `entrant`; "three", through the
    three `entrants`. A plane drawn before keeps its place with the same `seed`; `window` null shows all that matters.
    at: the step whose losses are told, up to `step`, which it is if null.
    """

    type: Literal["plane"]
    kind: Literal["pca", "random", "three"] = "pca"
    entrant: Whole = 0
    entrants: Annotated[list[Whole], Field(min_length=3, max_length=3)] | None = None
    size: tuple[Whole, Whole] = (50, 50)
    seed: Whole = 0
    window: Any = None
    at: Whole | None = None


class PaceRequest(OfTraining):
    """How long a step of each racer takes when it has a core to itself, for together nobody can tell their shares
    apart. Measured anew each time, over the first steps of the setup; `step` may be any."""

    type: Literal["pace"]


LearningRequest = SamplesRequest | LookRequest | PlaneRequest | PaceRequest

"""What a client may ask about a network and the training of it (see `messages`). A question about the running training
carries its id as `race`, and a step that has been computed."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from .base import Request, TrainingJson, UncheckedWindow, Whole


class SamplesRequest(Request):
    """The samples that a network's setup names or holds."""

    type: Literal["samples"]
    answer: ClassVar = "sampled"
    setup: TrainingJson = Field(description="A network's.")
    rows: Annotated[list[Whole], Field(min_length=2, max_length=2)] | None = Field(
        default=None,
        description="[from, to) of the samples; else up to 2,000 spread evenly, 200 of pictures.",
    )


class OfTraining(Request):
    """A question about the running training, as it stands after `step` steps."""

    race: Whole = Field(description="The `id` of the running training.")
    step: Whole = Field(description="Any that has been computed; recorded ones need no work.")


class LookRequest(OfTraining):
    """What the networks of the running training say after a step, and what is inside one of them."""

    type: Literal["look"]
    answer: ClassVar = "looked"
    entrant: Whole = Field(default=0, description="Whose neurons and weights are sent.")
    grid: Whole = Field(default=50, description="Places a side of the decision regions.")
    neurons: Whole = Field(
        default=24, description="Places a side of the pictures of the neurons, 0 for none."
    )


class PlaneRequest(OfTraining):
    """The loss over a plane through the space of all weights, with the paths projected on it."""

    type: Literal["plane"]
    answer: ClassVar = "planed"
    kind: Literal["pca", "random", "three"] = Field(
        default="pca",
        description=(
            "`pca`: in which the paths move most; `random`: two random directions about `entrant`, each neuron's "
            "part as long as its weights; `three`: through the three `entrants`."
        ),
    )
    entrant: Whole = Field(default=0, description="The middle of a random plane.")
    entrants: Annotated[list[Whole], Field(min_length=3, max_length=3)] | None = Field(
        default=None, description="Three numbers of entrants."
    )
    size: tuple[Whole, Whole] = Field(default=(50, 50), description="[nx, ny].")
    seed: Whole = Field(default=0, description="Of a random plane.")
    window: UncheckedWindow | None = Field(
        default=None, description="What is shown of it; null: what holds the paths."
    )
    at: Whole | None = Field(
        default=None, description="A step up to `step`, whose losses are told; null: `step`."
    )


class PaceRequest(OfTraining):
    """How long a step of each racer takes when it has a core to itself: together nobody can tell their shares apart.
    Measured anew each time, over the first steps of the setup."""

    type: Literal["pace"]
    answer: ClassVar = "paced"


TrainingRequest = SamplesRequest | LookRequest | PlaneRequest | PaceRequest

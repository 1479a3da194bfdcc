"""What a client may ask about the inside of trained networks (see `messages`)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from .base import SetName, UncheckedNumber, Whole
from .training_requests import OfTraining


class SampleRequest(OfTraining):
    """One sample on its way through a network and back: no penalties, nothing dropped or jittered. Answered by
    `sampled_one`."""

    type: Literal["sample"]
    answer: ClassVar = "sampled_one"
    entrant: Whole = Field(default=0, description="Whose network.")
    row: Whole = Field(description="Number of the sample.")
    weight: Whole | None = Field(
        default=None, description="Number of a weight, whose chain rule is written out."
    )


class TweakRequest(OfTraining):
    """What becomes of all neurons, and of the training loss, when one weight is turned. Answered by `tweaked`. The
    training goes on with the weights that it has."""

    type: Literal["tweak"]
    answer: ClassVar = "tweaked"
    entrant: Whole = Field(default=0, description="Whose network.")
    weight: Whole = Field(description="Its number.")
    value: UncheckedNumber = Field(description="Its new value.")
    row: Whole | None = Field(
        default=None,
        description="A sample to look at; or absent, for a grid of two inputs or the axis of one.",
    )
    neurons: Whole = Field(default=24, description="Places of the grid a side, 2 to 100.")


class ExplainWeightRequest(OfTraining):
    """The step that an entrant takes after `step` steps, for one weight: the update rule with the numbers put in. What
    lies between two records is computed again, the optimizer's memory too. Answered by `explained_weight`."""

    type: Literal["explain_weight"]
    answer: ClassVar = "explained_weight"
    entrant: Whole = Field(default=0, description="Whose step.")
    weight: Whole = Field(description="Its number.")


class StopwatchRequest(OfTraining):
    """One gradient of the loss of that step's mini-batch, penalties and dropout counted, by backpropagation and by
    central differences. Answered by `timed` after about a second at the most."""

    type: Literal["stopwatch"]
    answer: ClassVar = "timed"
    entrant: Whole = Field(default=0, description="Whose network.")


class ConfusionRequest(OfTraining):
    """Who takes which class for which, over all samples of a set. Answered by `confusion`."""

    type: Literal["confusion"]
    answer: ClassVar = "confusion"
    set: SetName = Field(default="test", description="Whose samples.")
    entrant: Whole | None = Field(default=None, description="Whose worst mistakes are asked for.")
    worst: Whole = Field(default=24, description="How many of them, up to 24.")


class DigitRequest(OfTraining):
    """What everybody says to a drawing. Answered by `digit`."""

    type: Literal["digit"]
    answer: ClassVar = "digit"
    pixels: list[UncheckedNumber] = Field(
        description=(
            "Of a picture row by row, 0 (paper) to 255 (ink), as many as the samples have; or the inputs of other "
            "samples."
        ),
    )
    centred: bool = Field(
        default=False,
        description=(
            "Whether the drawing, square and of up to 256 x 256 pixels, is first framed as the set's pictures were."
        ),
    )


class ExportRequest(OfTraining):
    """A file to take home. Answered by `exported`."""

    type: Literal["export"]
    answer: ClassVar = "exported"
    entrant: Whole = Field(default=0, description="Whose.")
    kind: Literal["safetensors", "pytorch", "csv"] = Field(
        description=(
            "`safetensors`: the weights, float64, named as PyTorch's `nn.Sequential` names them; `pytorch`: a script "
            "that builds the network and loads that file; `csv`: the curves of all entrants."
        ),
    )


InsideRequest = (
    SampleRequest
    | TweakRequest
    | ExplainWeightRequest
    | StopwatchRequest
    | ConfusionRequest
    | DigitRequest
    | ExportRequest
)

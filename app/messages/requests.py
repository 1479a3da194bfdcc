"""What a client of the stream may say: one model for each message, told apart by `type`.

docs/stream.md is made from them. They carry no behaviour. A setup travels as plain JSON values and is checked by the
engine's `read_setup`, the same for page, API and command line.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from .base import (
    ParametersJson,
    RaceJson,
    RegressionJson,
    Request,
    SetupJson,
    Text,
    UncheckedPair,
    UncheckedText,
    UncheckedValue,
    UncheckedWindow,
    Whole,
)
from .inside_requests import InsideRequest
from .regression_messages import RegressionRequest, WeightPlane
from .search_messages import SearchRequest
from .setup_messages import LinkRequest, TableRequest
from .training_requests import TrainingRequest


class RaceRequest(Request):
    """Starts the race of this connection, in place of the one that was running, and lets it go up to step `credit`.
    With `after`, only steps beyond that one are sent. Answered by `ready`, then by `steps` as far as the credit
    goes. A race that a newer one replaces sends no more."""

    type: Literal["race"]
    answer: ClassVar = "ready"
    setup: SetupJson = Field(description="What is raced.")
    credit: Whole = Field(description="The step up to which to compute.")
    after: Whole | None = Field(default=None, description="The last step that the client holds.")


class GrantRequest(Request):
    """More credit for the running race. Answered by `steps`; not at all if it adds nothing. Credit never shrinks."""

    type: Literal["grant"]
    to: Whole = Field(description="The step up to which to compute.")


class ChangeRequest(Request):
    """Turns a knob of the running race, or moves a point of its data. The race goes back to step `at`; the next
    `steps` begin at `at` + 1, or are empty (`from` = `to` + 1) where that step had not been sent yet. After a point
    has moved they begin at `at` itself, whose loss is another. Changes that arrive together are answered together.
    A change of the same knob of the same entrant at the same step takes the place of the former."""

    type: Literal["change"]
    at: Whole = Field(description="The step from which on the knob has the value.")
    entrant: Whole | None = Field(default=None, description="Whose knob.")
    knob: Text | None = Field(default=None, description="Its name.")
    setting: Text | None = Field(
        default=None,
        description=(
            "In place of entrant and knob, of a network: `batch`, `l2`, `l1`, `dropout` or `jitter` has the value."
        ),
    )
    value: UncheckedValue = Field(default=None, description="Its new value.")
    point: Whole | None = Field(
        default=None, description="In place of these, of a regression: the number of a point."
    )
    to: UncheckedPair = Field(default=None, description="Where it lies from then on; null where it is gone.")


class MapRequest(Request):
    """The loss over a window: of `surface`, of `expression`, or of the regression in `setup`. Answered by `map`."""

    type: Literal["map"]
    answer: ClassVar = "map"
    surface: UncheckedText | None = Field(default=None, description="Key of a surface.")
    expression: UncheckedText | None = Field(default=None, description="A formula.")
    parameters: ParametersJson | None = Field(default=None, description="What its letters stand for.")
    setup: RegressionJson | None = Field(default=None, description="A regression.")
    step: Whole = Field(
        default=0, description="Of a regression: up to which step the changes of its data are made."
    )
    plane: WeightPlane | None = Field(
        default=None,
        description="Of a regression: which weights are looked at; null for its own section's.",
    )
    batch_at: Whole | None = Field(
        default=None, description="Of a regression: the step whose mini-batch is looked at alone."
    )
    window: UncheckedWindow = Field(description="What is looked at.")
    size: Annotated[list[Whole], Field(min_length=2, max_length=2)] = Field(
        description="`[nx, ny]`, points across and up."
    )


class PaintRequest(Request):
    """What each value of a knob would lead to, for every entrant that has it. Answered by `paint`; its values are all
    NaN where that would take more work than `max_work`."""

    type: Literal["paint"]
    answer: ClassVar = "paint"
    setup: RaceJson = Field(description="The race.")
    knob: Text = Field(description="The knob whose slider is painted.")
    lanes: Whole = Field(description="How many values to try, over the slider's range.")


class ExplainRequest(Request):
    """One step of one entrant in detail. Answered by `explained`."""

    type: Literal["explain"]
    answer: ClassVar = "explained"
    setup: RaceJson = Field(description="The race.")
    entrant: Whole = Field(description="Which entrant.")
    step: Whole = Field(description="The step it stands at, before the one to be explained.")


class TuneRequest(Request):
    """The best learning rate (and momentum) for every entrant. Answered by any number of `tuning`, then by `tuned`. Of
    a network the measure is its validation loss after as many of its steps as `max_search` allows."""

    type: Literal["tune"]
    answer: ClassVar = "tuned"
    setup: SetupJson = Field(description="The race.")
    budget: Whole | None = Field(default=None, description="How many settings to try for each entrant.")


class FormulaRequest(Request):
    """Checks a typed formula. Answered by `formula`, or by an `error` that points at the place."""

    type: Literal["formula"]
    answer: ClassVar = "formula"
    expression: UncheckedText = Field(description="The formula.")
    parameters: ParametersJson | None = Field(default=None, description="What its letters stand for.")


AnyRequest = (
    RaceRequest
    | GrantRequest
    | ChangeRequest
    | MapRequest
    | PaintRequest
    | ExplainRequest
    | TuneRequest
    | FormulaRequest
    | RegressionRequest
    | LinkRequest
    | TableRequest
    | TrainingRequest
    | InsideRequest
    | SearchRequest
)

"""What a client of the stream may say: one model for each message, told apart by `type`. docs/stream.md shows them all.

They carry no behaviour. A setup travels as plain JSON values and is checked by the engine's `read_setup`, the same
for page, API and command line.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from .base import Json, Message, Request, Text, Whole
from .inside_requests import InsideRequest
from .link_messages import LinkRequest
from .search_requests import SearchRequest
from .training_requests import LearningRequest


class RaceRequest(Request):
    """Starts the race of this connection, in place of the one that was running.

    It is computed up to step `credit` and no further. With `after`, only steps beyond that one are sent.
    """

    type: Literal["race"]
    setup: Json
    credit: Whole
    after: Whole | None = None


class GrantRequest(Request):
    """More credit for the running race, whose `id` it carries: compute and send up to step `to`."""

    type: Literal["grant"]
    to: Whole


class ChangeRequest(Request):
    """From step `at` on, a knob of the running race (whose `id` it carries) has that value, or a setting of the running
    training, or a point of the data lies at `to`.

    The race goes back to `at`; the next frame begins at `at` + 1, or at `at` where a point has moved, and is empty if
    that step was not asked for yet.
    """

    type: Literal["change"]
    at: Whole
    entrant: Whole | None = None
    knob: Text | None = None
    setting: Text | None = None
    value: Any = None
    point: Whole | None = None
    to: Any = None


class Plane(Message):
    """A plane of weights: the point (a, b) is origin + a u + b v."""

    origin: list[float]
    u: list[float]
    v: list[float]


class MapRequest(Request):
    """The loss over a window, on a grid of `size` = [nx, ny] points: of a surface, or of the regression in `setup`.

    Of a regression: `step` says which changes of its data have been made, `plane` which weights are looked at (else
    those of its own section); with `batch_at`, the loss is that of this step's mini-batch.
    """

    type: Literal["map"]
    surface: Any = None
    expression: Any = None
    setup: Json | None = None
    step: Whole = 0
    plane: Plane | None = None
    batch_at: Whole | None = None
    window: Any
    size: Annotated[list[Whole], Field(min_length=2, max_length=2)]


class PaintRequest(Request):
    """What each of `lanes` values of a knob would lead to, for every entrant that has the knob."""

    type: Literal["paint"]
    setup: Json
    knob: Text
    lanes: Whole


class ExplainRequest(Request):
    """One step of one entrant in detail: from the point after `step` steps to the next."""

    type: Literal["explain"]
    setup: Json
    entrant: Whole
    step: Whole


class TuneRequest(Request):
    """The best learning rate (and momentum) for every entrant, each given the same `budget` of tries."""

    type: Literal["tune"]
    setup: Json
    budget: Whole | None = None


class FormulaRequest(Request):
    """Checks a typed formula."""

    type: Literal["formula"]
    expression: Any


class FitRequest(Request):
    """What is known of a regression whose data have been changed up to `step`: sets, the exact answer, its section."""

    type: Literal["fit"]
    setup: Json
    step: Whole = 0


class TryRequest(Request):
    """Random weights from the window of a regression's section, the best kept."""

    type: Literal["try"]
    setup: Json
    step: Whole = 0
    tries: Whole = 1_000
    seed: Whole = 0


class ValidateRequest(Request):
    """k-fold cross-validation of a regression over degrees and ridge penalties, solved exactly or, with `entrant`,
    trained by that one."""

    type: Literal["validate"]
    setup: Json
    step: Whole = 0
    folds: Whole = 5
    degrees: list[Whole]
    lambdas: list[float]
    entrant: Whole | None = None


class PointsRequest(Request):
    """Reads two columns of numbers."""

    type: Literal["points"]
    text: Text


AnyRequest = (
    RaceRequest
    | GrantRequest
    | ChangeRequest
    | MapRequest
    | PaintRequest
    | ExplainRequest
    | TuneRequest
    | FormulaRequest
    | FitRequest
    | TryRequest
    | ValidateRequest
    | PointsRequest
    | LinkRequest
    | LearningRequest
    | InsideRequest
    | SearchRequest
)

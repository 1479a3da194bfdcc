"""The messages of the stream: one model for each, told apart by `type`. docs/stream.md shows them all.

They carry no behaviour. A setup travels as plain JSON values and is checked by the engine's `read_setup`, the same
for page, API and command line.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

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


# ---------------------------------------------------------------- client -> server


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
    """From step `at` on, a knob of the running race (whose `id` it carries) has that value.

    The race goes back to `at`; the next frame begins at `at` + 1, and is empty if that step was not asked for yet.
    """

    type: Literal["change"]
    at: Whole
    entrant: Whole
    knob: Text
    value: Any


class MapRequest(Request):
    """The loss over a window, on a grid of `size` = [nx, ny] points."""

    type: Literal["map"]
    surface: Any = None
    expression: Any = None
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


AnyRequest = (
    RaceRequest
    | GrantRequest
    | ChangeRequest
    | MapRequest
    | PaintRequest
    | ExplainRequest
    | TuneRequest
    | FormulaRequest
)

# ---------------------------------------------------------------- server -> client


class Goal(Message):
    """A loss to get below: f_min + 0.001 (f_start - f_min)."""

    loss: float
    f_min: float


class Starter(Message):
    """An entrant at its start."""

    start: Pair
    name: str


class CriticalPoint(Message):
    """A minimum or a saddle point, and the loss there (null where it is not finite)."""

    point: Pair
    value: float | None


class OutcomeOf(Message):
    """What has become of an entrant, at which step, and at what kind of place it stands."""

    kind: Literal["running", "converged", "stalled", "diverged"]
    step: int | None
    where: Literal["minimum", "saddle", "plateau"] | None


class Event(Message):
    """A message of the server, with the `id` of the request that it answers."""

    id: int


class ReadyEvent(Event):
    """The race is set up. `goal` is that of the first entrant, `goals` those of all: null where there is none."""

    type: Literal["ready"] = "ready"
    steps: int
    goal: Goal | None
    goals: list[Goal | None]
    entrants: list[Starter]


class StepsEvent(Event):
    """Steps `from` to `to` of every path, both included; step 0 is the start. `last`: the race is complete.

    `outcomes` and `reached` (steps to goal) say how things stand at step `to`. Arrays: points F64 [entrants, steps, 2],
    losses F64 [entrants, steps]. A diverged entrant stays at its last finite point, and its losses are NaN.
    """

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_name=True)

    type: Literal["steps"] = "steps"
    first: int = Field(alias="from")
    to: int
    last: bool
    outcomes: list[OutcomeOf]
    reached: list[int | None]


class MapEvent(Event):
    """A map. Arrays: x F64 [nx], y F64 [ny], loss F64 [ny, nx]."""

    type: Literal["map"] = "map"
    window: Window
    size: tuple[int, int]
    minima: list[CriticalPoint]
    saddles: list[CriticalPoint]


class PaintEvent(Event):
    """What each value of the knob leads to.

    Arrays [entrants, lanes]: values F64, loss F64 (at the end), reached I32 (step at the goal) and diverged I32 (step
    of death), both -1 for never. An entrant without that knob has NaN values.
    """

    type: Literal["paint"] = "paint"
    knob: str


class Line(Message):
    """A line of the update rule as MathML; `numbers` is the same with those of x put in, `numbers_y` with those of y.

    A line about the whole point has `numbers` alone, or neither.
    """

    formula: str
    numbers: str | None
    numbers_y: str | None


class ExplainedEvent(Event):
    """One step: where the entrant stands, the gradient, what it remembers, how it moves, and why.

    `gradient` is what the rule saw, `noise` included (null where there is none). `memory` pushes towards minus itself.
    `frozen`: it has diverged and moves no more. A number that is not finite is null.
    """

    type: Literal["explained"] = "explained"
    entrant: int
    step: int
    point: tuple[float | None, float | None]
    loss: float | None
    gradient: tuple[float | None, float | None]
    noise: tuple[float | None, float | None] | None
    memory: tuple[float | None, float | None] | None
    move: tuple[float | None, float | None]
    next: tuple[float | None, float | None]
    sentence: str
    lines: list[Line]
    frozen: bool


class TuningEvent(Event):
    """How far the tuning has come."""

    type: Literal["tuning"] = "tuning"
    done: int
    total: int


class TunedEntrant(Message):
    """The best knobs found for an entrant, the steps to goal they need, and the loss they end at."""

    knobs: dict[str, float]
    reached: int | None
    loss: float | None


class TunedEvent(Event):
    """The result of the tuning, and a sentence that says what was measured."""

    type: Literal["tuned"] = "tuned"
    entrants: list[TunedEntrant]
    metric: str


class FormulaEvent(Event):
    """A typed formula that was understood: how it is written, where to look, where to start, what is there."""

    type: Literal["formula"] = "formula"
    mathml: str
    window: Window
    start: Pair
    minima: list[CriticalPoint]
    saddles: list[CriticalPoint]


class ErrorEvent(Message):
    """A refusal: what was expected and what came. The race goes on.

    `id` is null where the request's could not be read; `field` is the path of the value at fault; `position` is
    [start, end) in a typed formula.
    """

    type: Literal["error"] = "error"
    id: int | None
    code: str
    message: str
    field: str | None = None
    position: tuple[int, int] | None = None


AnyEvent = (
    ReadyEvent
    | StepsEvent
    | MapEvent
    | PaintEvent
    | ExplainedEvent
    | TuningEvent
    | TunedEvent
    | FormulaEvent
    | ErrorEvent
)

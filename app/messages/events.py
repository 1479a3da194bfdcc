"""What the server says to a client of the stream: one model for each message; docs/stream.md shows them all."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AliasChoices, ConfigDict, Field

from .base import Event, Message, Pair, Window
from .inside_events import InsideEvent
from .link_messages import LinkEvent
from .search_events import SearchEvent
from .training_events import LearningEvent, NetworkFacts


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


class ReadyEvent(Event):
    """The race is set up. `goal` is that of the first entrant, `goals` those of all: null where there is none."""

    type: Literal["ready"] = "ready"
    steps: int
    goal: Goal | None
    goals: list[Goal | None]
    entrants: list[Starter]
    network: NetworkFacts | None = None


class StepsEvent(Event):
    """Steps `from` to `to` of every path, both included; step 0 is the start. `last`: the race is complete.

    `outcomes` and `reached` (steps to goal) say how things stand at step `to`. Arrays: points F64 [entrants, steps, 2],
    losses F64 [entrants, steps]. A diverged entrant stays at its last finite point, and its losses are NaN.

    Of a regression, points are those of its section, and these arrays are there too: weights F64 [entrants, steps, dim]
    where there are more than two; validation and test F64 [entrants, steps] where those sets have points; training
    where penalties make it another than losses. `stopped`: the step of each entrant's best validation loss, once early
    stopping has run out of patience with it; a racer on a network then stands still at the weights of that step.

    Of a network there are no points, and losses are those of each step's own mini-batch, penalties counted. Records
    I32 [records] are the steps that were recorded; measured there, F64 [entrants, records], without penalties and of
    sets that have samples: training, validation and test, and of classes training_accuracy and so on.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    type: Literal["steps"] = "steps"
    first: int = Field(validation_alias=AliasChoices("first", "from"), serialization_alias="from")
    to: int
    last: bool
    outcomes: list[OutcomeOf]
    reached: list[int | None]
    stopped: list[int | None]


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
    """How far a tuning, or a search over networks, has come."""

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


class Section(Message):
    """The plane in which a regression is shown: (a, b) is origin + a u + b v. axes: what a and b are called."""

    origin: list[float]
    u: list[float]
    v: list[float]
    axes: tuple[str, str]
    window: Window


class ExactAnswer(Message):
    """The weights with the lowest loss; `losses` of training (penalties counted), validation and test set; `training`
    without penalties.

    `unique`: no other weights are as good. A number that is not finite is null.
    """

    weights: list[float | None]
    losses: tuple[float | None, float | None, float | None]
    training: float | None
    unique: bool


class FittedEvent(Event):
    """What is known of a regression. `sets`: of each point, 0 training, 1 validation, 2 test. `epoch`: steps of one.
    `straight`: beside a curve, the straight line with the lowest loss, as slope and intercept.

    `note` says what is odd about the data; `condition` is the condition number of the design matrix. Arrays, where the
    data are points: x F64 [101] across them, basis F64 [101, dim] and rows F64 [points, dim], the rows of the design
    matrix at x and at the points: times the weights they are the curve and the predictions.
    """

    type: Literal["fitted"] = "fitted"
    dim: int
    names: list[str]
    sets: list[int]
    exact: ExactAnswer | None
    straight: ExactAnswer | None
    note: str | None
    condition: float | None
    epoch: int
    plane: Section
    start: list[float]


class TriedEvent(Event):
    """The best of so many random weights. Arrays, of every try better than all before: at I32 [n], losses F64 [n],
    weights F64 [n, dim]."""

    type: Literal["tried"] = "tried"
    tries: int
    best: list[float]
    loss: float | None


class Winner(Message):
    """The degree and penalty with the lowest mean error over the folds."""

    degree: int
    l2: float
    mean: float | None


class ValidatedEvent(Event):
    """Cross-validation. `test`: the winner's error on the test set, null where there is none or where its training
    diverged. Arrays [degrees, lambdas]: mean and spread F64 of the error over the folds, diverged I32, how many of them
    diverged."""

    type: Literal["validated"] = "validated"
    best: Winner
    test: float | None


class PointsEvent(Event):
    """The points that were read."""

    type: Literal["points"] = "points"
    points: list[Pair]


class ErrorEvent(Message):
    """A refusal: what was expected and what came. The race goes on.

    `id` is null where the request's could not be read; `field` is the path of the value at fault; `position` is
    [start, end) in a typed formula; `reason` names the sentence, and `values` are what it is made of.
    """

    type: Literal["error"] = "error"
    id: int | None
    code: str
    message: str
    field: str | None = None
    position: tuple[int, int] | None = None
    reason: str | None = None
    values: dict[str, Any] | None = None


AnyEvent = (
    ReadyEvent
    | StepsEvent
    | MapEvent
    | PaintEvent
    | ExplainedEvent
    | TuningEvent
    | TunedEvent
    | FormulaEvent
    | FittedEvent
    | TriedEvent
    | ValidatedEvent
    | PointsEvent
    | LinkEvent
    | LearningEvent
    | InsideEvent
    | SearchEvent
    | ErrorEvent
)

"""What the server says of a race, and of the surface under it (see `events`)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AliasChoices, ConfigDict, Field

from .base import AS_ASKED, STILL_TO_GO, Event, Finite, Message, Pair, Window
from .frames import Array, Arrays
from .training_events import NetworkFacts, measured

FinitePair = tuple[Finite, Finite]


class Goal(Message):
    """A loss to get below: f_min + 0.001 (f_start - f_min)."""

    loss: float = Field(description="The loss to get below.")
    f_min: float = Field(description="The lowest of the surface.")


class Starter(Message):
    """An entrant at its start."""

    start: Pair = Field(description="[x, y] where it starts.")
    name: str = Field(description="What it is called.")


class CriticalPoint(Message):
    """A minimum or a saddle point."""

    point: Pair = Field(description="[x, y].")
    value: Finite = Field(description="The loss there; null where it is not finite.")


class ParameterOf(Message):
    """A letter of a formula that is no variable."""

    name: str = Field(description="The letter, or the name of the Greek one.")
    symbol: str = Field(description="The letter itself.")
    value: float = Field(description="The number for which it stands.")
    range: Pair = Field(description="[low, high], the usual ends of its slider.")


class OutcomeOf(Message):
    """What has become of an entrant."""

    kind: Literal["running", "converged", "stalled", "diverged"] = Field(description="What has become of it.")
    step: int | None = Field(description="At which step; null while it is running.")
    where: Literal["minimum", "saddle", "plateau"] | None = Field(
        description="At what kind of place it stands; null where that is not known."
    )


class ReadyEvent(Event):
    """The race is set up; its steps follow."""

    type: Literal["ready"] = "ready"
    steps: int = Field(description="Steps of the whole race.")
    goal: Goal | None = Field(description="Of the first entrant; null where there is none.")
    goals: list[Goal | None] = Field(description="The same for every entrant, each from its own start.")
    entrants: list[Starter] = Field(description="Who races.")
    network: NetworkFacts | None = Field(default=None, description="Of a training, its network; else null.")


PER_STEP = "entrants steps"


class StepsEvent(Event):
    """Steps `from` to `to`, both included; the first frame begins at step 0, the start. A diverged entrant stays at its
    last finite point, and its losses are NaN.

    Losses are those of the whole training set, penalties counted; of a network those of each step's own mini-batch.
    What is measured beside them is without penalties: of a regression at every step, of a network at its records.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    type: Literal["steps"] = "steps"
    first: int = Field(
        validation_alias=AliasChoices("first", "from"),
        serialization_alias="from",
        description="The first step of the frame.",
    )
    to: int = Field(description="The last step of the frame.")
    last: bool = Field(description="Whether `to` is the end of the race.")
    outcomes: list[OutcomeOf] = Field(description="Of every entrant at step `to`.")
    reached: list[int | None] = Field(description="Steps to goal of every entrant; null for not yet.")
    stopped: list[int | None] = Field(
        description=(
            "The step of every entrant's best validation loss, once early stopping has run out of patience with it: "
            "a racer on a network then stands still there, with the weights of that step, and its losses are NaN. "
            "Else null."
        )
    )

    arrays: ClassVar[Arrays] = {
        "points": Array(
            "F64", "entrants steps 2", "Where each is; of a regression in its section.", "but of a network"
        ),
        "losses": Array("F64", PER_STEP, "The loss there."),
        "weights": Array("F64", "entrants steps dim", "All weights.", "of a regression with more than two"),
        "records": Array("I32", "records", "The steps that were measured.", "of a network"),
        **measured(f"{PER_STEP} or entrants records"),
    }


class MapEvent(Event):
    """The loss over a window. It may hold NaN and infinities."""

    type: Literal["map"] = "map"
    window: Window = Field(description=AS_ASKED)
    size: tuple[int, int] = Field(description=AS_ASKED)
    minima: list[CriticalPoint] = Field(description="Those that are known.")
    saddles: list[CriticalPoint] = Field(description="Those that are known.")

    arrays: ClassVar[Arrays] = {
        "x": Array("F64", "nx", "Places across."),
        "y": Array("F64", "ny", "Places up."),
        "loss": Array("F64", "ny nx", "The loss there."),
    }


PER_LANE = "entrants lanes"


class PaintEvent(Event):
    """What each value of the knob leads to. An entrant that has no such knob has NaN values."""

    type: Literal["paint"] = "paint"
    knob: str = Field(description=AS_ASKED)

    arrays: ClassVar[Arrays] = {
        "values": Array("F64", PER_LANE, "Values of the knob."),
        "loss": Array("F64", PER_LANE, "The loss at the end."),
        "reached": Array("I32", PER_LANE, "Steps to goal, -1 for never."),
        "diverged": Array("I32", PER_LANE, "The step of death, -1 for never."),
    }


class Line(Message):
    """A line of an update rule. One about the whole point has `numbers` alone, or neither."""

    formula: str = Field(description="The line as MathML.")
    numbers: str | None = Field(description="The same with the numbers of x put in.")
    numbers_y: str | None = Field(description="The same with those of y.")


class ExplainedEvent(Event):
    """One step: where the entrant stands, the gradient, what it remembers, how it moves, and why. A number that is not
    finite is null."""

    type: Literal["explained"] = "explained"
    entrant: int = Field(description=AS_ASKED)
    step: int = Field(description=AS_ASKED)
    point: FinitePair = Field(description="Where it stands.")
    loss: Finite = Field(description="The loss there.")
    gradient: FinitePair = Field(description="What the update rule saw, noise included.")
    noise: FinitePair | None = Field(description="The noise in it; null where there is none.")
    memory: FinitePair | None = Field(
        description="What it remembers; it pushes towards minus that. Null where it remembers nothing."
    )
    move: FinitePair = Field(description="The step it takes.")
    next: FinitePair = Field(description="Where that leads.")
    sentence: str = Field(description="How the optimizer works.")
    lines: list[Line] = Field(description="Of the update rule.")
    frozen: bool = Field(description="Whether it has diverged and moves no more.")


class TuningEvent(Event):
    """How far a tuning, or a search over networks, has come."""

    type: Literal["tuning"] = "tuning"
    done: int = Field(description="How much of the work is done.")
    total: int = Field(description="Of how much.")
    seconds: float | None = Field(default=None, description=STILL_TO_GO)


class TunedEntrant(Message):
    """What a tuning found for an entrant."""

    knobs: dict[str, float] = Field(description="The best knobs.")
    reached: int | None = Field(description="Steps to goal with them; null for never.")
    loss: Finite = Field(description="The loss that they end at.")


class TunedEvent(Event):
    """The result of a tuning."""

    type: Literal["tuned"] = "tuned"
    entrants: list[TunedEntrant] = Field(description="Of every entrant.")
    metric: str = Field(description="A sentence that says what was measured.")
    note: str | None = Field(default=None, description="What is odd about the formula, a sentence; or null.")


class FormulaEvent(Event):
    """A typed formula that was understood."""

    type: Literal["formula"] = "formula"
    mathml: str = Field(description="How the formula is written.")
    window: Window = Field(description="Where to look.")
    start: Pair = Field(description="Where to start.")
    minima: list[CriticalPoint] = Field(description="Those that were found.")
    saddles: list[CriticalPoint] = Field(description="Those that were found.")
    parameters: list[ParameterOf] = Field(description="Its letters that are no variables, as they are met.")
    note: str | None = Field(description="What is odd about the formula, a sentence; or null.")


RaceEvent = (
    ReadyEvent | StepsEvent | MapEvent | PaintEvent | ExplainedEvent | TuningEvent | TunedEvent | FormulaEvent
)

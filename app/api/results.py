"""What the API's races, regressions, trainings, tunings and maps hold, for its description (see `answers`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, Field, create_model

from descent_lab.setups.network_setup import MODEL as NETWORK
from descent_lab.setups.network_setup import SampleSetTraining
from descent_lab.setups.regression_setup import MODEL as REGRESSION
from descent_lab.setups.regression_setup import (
    FileRegression,
    PointsRegression,
    PresetRegression,
    TableRegression,
)

from ..messages.base import Pair, Window
from ..messages.race_events import OutcomeOf
from .answers import Answer, CriticalPoint


def _echo(name: str, fields: Iterable[str], *setups: type[BaseModel]) -> Any:
    """A model of those fields of the setups, none of which need be there."""
    given: dict[str, Any] = {
        each: (
            setup.model_fields[each].annotation,
            Field(None, description=setup.model_fields[each].description),
        )
        for setup in setups
        for each in fields
        if each in setup.model_fields and setup.model_fields[each].annotation is not type(None)
    }
    return create_model(name, __base__=Answer, **given)


LOSSES = Field(description="The loss at every step, the start first; null where it is not finite.")
REACHED = Field(description="The first step at the goal, null for never.")
LEFT = Field(description="Whether it has risen above the goal again since.")
STOPPED = Field(description="The step that early stopping went back to, null where it did not stop.")
Numbers = list[float | None]


class Racer(Answer):
    """One entrant of a race that has been run."""

    optimizer: str
    knobs: dict[str, float] = Field(description="All of them, defaults too.")


class SurfaceRacer(Racer):
    """One entrant of a race on a surface."""

    points: list[tuple[float | None, float | None]] = Field(
        description="Where it was at every step, the start first."
    )
    losses: Numbers = LOSSES
    outcome: OutcomeOf
    reached: int | None = REACHED
    left: bool = LEFT


class RaceResult(Answer):
    """A whole race on a surface."""

    surface: str | None = Field(description="Key of the surface; null of a typed one.")
    expression: str | None = Field(description="The formula of a typed surface.")
    parameters: dict[str, float] = Field(description="What its letters stand for that are no variables.")
    start: Pair
    steps: int
    seed: int
    note: str | None = Field(description="What is odd about the formula, a sentence; or null.")
    entrants: list[SurfaceRacer]


class Exact(Answer):
    """The weights with the lowest loss of all."""

    weights: Numbers
    unique: bool = Field(description="Whether no other weights are as good.")
    note: str | None = Field(description="What is odd about the data.")
    digits: int = Field(description="Significant digits of the weights that suffice to draw the same curve.")
    losses: float | None = Field(description="Of the training set, penalties counted.")
    training: float | None = Field(None, description="Without penalties, where those are set.")
    validation: float | None = Field(None, description="Where that set has points.")
    test: float | None = Field(None, description="Where that set has points.")


class Fitter(Racer):
    """One entrant of a regression."""

    weights: list[Numbers] = Field(description="The weights at every step, the start first.")
    losses: Numbers = LOSSES
    training: Numbers | None = None
    validation: Numbers | None = None
    test: Numbers | None = None
    outcome: OutcomeOf
    reached: int | None = REACHED
    left: bool = LEFT
    stopped: int | None = STOPPED


class ScalesOf(Answer):
    """What the training set says of each column: what a model is given is what was measured less the mean, over the
    spread."""

    mean: list[float | None] = Field(description="Of the training set; null for a power that overflows.")
    spread: list[float | None] = Field(description="Standard deviation of the training set; 1 where it is 0.")


class RegressResult(
    _echo("RegressModel", REGRESSION, PointsRegression, PresetRegression, TableRegression, FileRegression)
):
    """A whole regression; what its model is like is told as it was given, its points left out."""

    note: str | None = Field(description="What was made of a table of one's own, a sentence; or null.")
    target: str = Field(description="What is predicted.")
    scales: ScalesOf | None = Field(
        description="Of the columns, the bias's left out, where they are standardised; else null."
    )
    names: list[str] = Field(description="What the weights belong to.")
    sets: list[int] = Field(description="Of each point: 0 training, 1 validation, 2 test.")
    epoch: int = Field(description="Steps of one pass over the training set.")
    start: list[float]
    steps: int
    seed: int
    exact: Exact | None
    entrants: list[Fitter]


class Trainer(Racer):
    """One entrant of a training. Of each set: its loss, and of classes its accuracy, at the recorded steps."""

    losses: Numbers = Field(description="The loss of every step's own mini-batch, penalties counted.")
    training: Numbers | None = None
    validation: Numbers | None = None
    test: Numbers | None = None
    training_accuracy: Numbers | None = None
    validation_accuracy: Numbers | None = None
    test_accuracy: Numbers | None = None
    diverged: int | None = Field(description="The step of its end, null while it lives.")
    stopped: int | None = STOPPED


class TrainResult(_echo("TrainModel", NETWORK, SampleSetTraining)):
    """A whole training; what the network is like is told as it was given, samples that came with it left out."""

    note: str | None = Field(description="What is odd about the data, a sentence; or null.")
    names: list[str] = Field(description="Of the inputs, in their order; none of pictures.")
    classes: list[str]
    scales: ScalesOf | None = Field(description="Of the inputs, where they are standardised; else null.")
    value_scales: ScalesOf | None = Field(
        description="Of the values of a curve, one of each, where they are standardised; else null."
    )
    dims: list[int] = Field(description="Sizes of the layers, inputs first.")
    weights: int = Field(description="Weights and biases in all.")
    sets: list[int] = Field(description="Samples of the training, validation and test set.")
    measured: list[int] = Field(description="How many of each are measured.")
    epoch: int = Field(description="Steps of one pass over the training set.")
    steps: int
    seed: int
    records: list[int] = Field(description="The steps at which the sets were measured.")
    entrants: list[Trainer]


class TunedRacer(Answer):
    """The best that was found for one entrant."""

    knobs: dict[str, float]
    reached: int | None = REACHED
    loss: float | None = Field(description="The loss that it ends at.")


class TuneResult(Answer):
    """What a search has found."""

    entrants: list[TunedRacer]
    metric: str = Field(description="By what they were judged, in a sentence.")
    note: str | None = Field(description="What is odd about the formula, a sentence; or null.")


class Grid(Answer):
    """Values over a window."""

    window: Window
    size: tuple[int, int] = Field(description="Points along x and y.")
    minima: list[CriticalPoint] = Field(description="Those in the window.")
    saddles: list[CriticalPoint] = Field(description="Those in the window.")
    x: list[float] = Field(description="(nx,)")
    y: list[float] = Field(description="(ny,)")
    loss: list[Numbers] = Field(description="(ny, nx); null where it is not finite.")

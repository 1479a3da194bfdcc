"""What is said of regressions (see `requests` and `events`)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from descent_lab.setups.fields import Listed

from .base import AS_ASKED, Event, Finite, Message, RegressionJson, Request, Whole, Window
from .frames import Array, Arrays


class WeightPlane(Message):
    """A plane through the weights of a regression: (a, b) is origin + a u + b v."""

    origin: list[float] = Field(description="The weights at (0, 0).")
    u: list[float] = Field(description="What one unit of a adds.")
    v: list[float] = Field(description="What one unit of b adds.")


class OfRegression(Request):
    """A question about a regression, whose data have been changed up to a step."""

    setup: RegressionJson = Field(description="The regression.")
    step: Whole = Field(default=0, description="Up to which step the changes of its data are made.")


class FitRequest(OfRegression):
    """What is known of a regression before the first step. Answered by `fitted`."""

    type: Literal["fit"]
    answer: ClassVar = "fitted"


class TryRequest(OfRegression):
    """Random weights from the window of a regression's section, the best kept. Answered by `tried`."""

    type: Literal["try"]
    answer: ClassVar = "tried"
    tries: Whole = Field(default=1_000, description="How many, up to `max_tries`.")
    seed: Whole = Field(default=0, description="Of the draws.")


class ValidateRequest(OfRegression):
    """Cross-validation over degrees and ridge penalties, of all points but the test set's. Every fold is solved
    exactly; or, with `entrant`, trained by that one on the points outside it, with its knobs and schedule and the
    setup's steps, mini-batches, loss and lasso penalty, from the setup's start where it has as many weights, else from
    zero. Answered by `validated`."""

    type: Literal["validate"]
    answer: ClassVar = "validated"
    folds: Whole = Field(default=5, description="2 to 10.")
    degrees: Annotated[list[Whole], Listed()] = Field(description="Highest powers of x.")
    lambdas: Annotated[list[float], Listed()] = Field(description="Values of `l2`.")
    entrant: Whole | None = Field(default=None, description="Whose training it is.")


RegressionRequest = FitRequest | TryRequest | ValidateRequest


class Section(WeightPlane):
    """The plane in which a regression is shown."""

    axes: tuple[str, str] = Field(description="What a and b are called.")
    window: Window = Field(description="What is shown of it.")


class ExactAnswer(Message):
    """The weights with the lowest loss there is. A number that is not finite is null."""

    weights: list[Finite] = Field(description="The bias last.")
    losses: tuple[Finite, Finite, Finite] = Field(
        description="Of training (penalties counted), validation and test set."
    )
    training: Finite = Field(description="The first of them without penalties.")
    unique: bool = Field(description="Whether no other weights are as good.")
    digits: int = Field(description="Significant digits of the weights that suffice to draw the same curve.")


class FittedTable(Message):
    """What is known of a table."""

    sizes: tuple[int, int, int] = Field(description="Rows of the training, validation and test set.")
    target: str = Field(description="What is predicted.")
    note: str | None = Field(description="What was made of a table of one's own, a sentence; or null.")


class FittedEvent(Event):
    """What is known of a regression. Rows of the design matrix times the weights are the curve and the predictions."""

    type: Literal["fitted"] = "fitted"
    dim: int = Field(description="Weights, the bias among them.")
    names: list[str] = Field(description="Of the weights.")
    sets: list[int] = Field(description="Of every point: 0 training, 1 validation, 2 test; of a table none.")
    table: FittedTable | None = Field(description="Of a table; null where the data are points.")
    exact: ExactAnswer | None = Field(description="The best weights; null where there are no points.")
    straight: ExactAnswer | None = Field(
        description=(
            "The straight line with the lowest loss, without penalties, its weights being slope and intercept; null "
            "but beside a curve."
        )
    )
    note: str | None = Field(description="What is odd about the data, a sentence; or null.")
    condition: float | None = Field(
        description="Condition number of the design matrix; null where it has none."
    )
    epoch: int = Field(description="Steps of an epoch.")
    plane: Section = Field(description="What the map shows.")
    start: list[float] = Field(description="Where the race starts.")

    arrays: ClassVar[Arrays] = {
        "x": Array("F64", "101", "Places across the points.", "where the data are points"),
        "basis": Array("F64", "101 dim", "The design matrix there.", "where the data are points"),
        "rows": Array(
            "F64", "points dim", "The design matrix at the points; without rows where they are a table."
        ),
    }


class TriedEvent(Event):
    """The best of so many random weights. The arrays hold every try that was better than all before."""

    type: Literal["tried"] = "tried"
    tries: int = Field(description=AS_ASKED)
    best: list[float] = Field(description="The best weights.")
    loss: Finite = Field(description="The loss there.")

    arrays: ClassVar[Arrays] = {
        "at": Array("I32", "n", "Its number, from 1."),
        "losses": Array("F64", "n", "Its loss."),
        "weights": Array("F64", "n dim", "Its weights."),
    }


class Winner(Message):
    """The degree and penalty with the lowest mean error over the folds."""

    degree: int = Field(description="Highest power of x.")
    l2: float = Field(description="The ridge penalty.")
    mean: Finite = Field(description="The mean error over the folds.")


PER_SETTING = "degrees lambdas"


class ValidatedEvent(Event):
    """Cross-validation: the mean squared error over the folds. That of a fold whose training diverged is infinite, and
    so is the mean then."""

    type: Literal["validated"] = "validated"
    best: Winner = Field(description="The setting with the lowest mean.")
    test: Finite = Field(
        description=(
            "Its error on the test set, solved or trained on all other points; null where there is no test set, or "
            "where that diverged."
        )
    )

    arrays: ClassVar[Arrays] = {
        "mean": Array("F64", PER_SETTING, "Of the error over the folds."),
        "spread": Array("F64", PER_SETTING, "Standard deviation of the error over the folds."),
        "diverged": Array("I32", PER_SETTING, "How many folds' training diverged."),
    }


RegressionEvent = FittedEvent | TriedEvent | ValidatedEvent

"""What is said of searches over networks, by many trainings or among random weights (see `requests` and `events`)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, WithJsonSchema

from .base import AS_ASKED, STILL_TO_GO, Event, Finite, Message, Request, TrainingJson, UncheckedNumber, Whole
from .frames import Array, Arrays
from .training_events import measured
from .tries_messages import TriesEvent, TriesRequest

UncheckedWidth = Annotated[Any, WithJsonSchema({"type": "array", "items": {"type": "integer"}})]
MOST_WIDTHS, MOST_VALUES = 16, 32


class SearchTrainings(Request):
    """A question about many trainings of a network, each by one entrant."""

    setup: TrainingJson = Field(description="A network's.")
    entrant: Whole = Field(default=0, description="Whose knobs and schedule they have.")
    steps: Whole | None = Field(default=None, description="Of each training; null for the setup's.")


class SweepRequest(SearchTrainings):
    """What learning rates make of a network, and of networks of other widths: all are trained from the weights of the
    setup's seed, with the entrant's other knobs and schedule and the setup's settings; changes made on the way are left
    out. Answered by any number of `tuning`, then by `swept`."""

    type: Literal["sweep"]
    answer: ClassVar = "swept"
    rates: Whole = Field(default=16, description="How many, log-spaced over the slider.")
    widths: Annotated[list[UncheckedWidth], Field(min_length=1, max_length=MOST_WIDTHS)] | None = Field(
        default=None, description=f"Up to {MOST_WIDTHS} values of `hidden`; null for the setup's own alone."
    )


class NetworkValidateRequest(SearchTrainings):
    """Cross-validation of a network over learning rates or hidden layers: the samples of training and validation set
    are dealt into folds, and each is judged by the network that was trained on the others. Otherwise as `sweep`.
    Answered by any number of `tuning`, then by `network_validated`."""

    type: Literal["network_validate"]
    answer: ClassVar = "network_validated"
    folds: Whole = Field(default=5, description="2 to 10.")
    over: Literal["lr", "width"] = Field(default="lr", description="What is tried.")
    values: Annotated[list[UncheckedNumber | UncheckedWidth], Field(min_length=1, max_length=MOST_VALUES)] = (
        Field(description=f"Up to {MOST_VALUES} rates, or lists of neurons.")
    )


class NeedleRequest(Request):
    """Random weights, again and again. Answered by any number of `seeking`, then by `needle`. Needs no training."""

    type: Literal["needle"]
    answer: ClassVar = "needle"
    setup: TrainingJson = Field(description="A network's.")
    tries: Whole = Field(default=1_000, description="How many, up to `max_tries`.")
    seed: Whole = Field(default=0, description="Of the draws.")
    scale: UncheckedNumber | None = Field(
        default=None,
        description=(
            "Weights and biases are drawn uniformly from -scale to scale; null: drawn as the network's own begin."
        ),
    )


class CancelRequest(Request):
    """Ends what carries this id and is not done yet: a `tune`, `sweep`, `network_validate`, `needle` or `search`, or a
    race that has not come as far as its credit, which may still wait for a place. Answered by an `error` of code
    `cancelled` with that id; not at all if there is nothing to end."""

    type: Literal["cancel"]


SearchRequest = SweepRequest | NetworkValidateRequest | NeedleRequest | TriesRequest | CancelRequest


class Found(Message):
    """The best of a sweep."""

    width: list[int] = Field(description="Neurons of its hidden layers.")
    lr: float = Field(description="Its learning rate.")
    loss: float = Field(description="Of the set that judges.")
    accuracy: float | None = Field(description="The same; null of a curve.")


PER_TRAINING = "widths rates"


class SweptEvent(Event):
    """A sweep: losses after `steps` steps. What diverged is NaN. The test set is not asked."""

    type: Literal["swept"] = "swept"
    entrant: int = Field(description=AS_ASKED)
    steps: int = Field(description="That each was trained.")
    widths: list[list[int]] = Field(description="The hidden layers of each row.")
    weights: list[int] = Field(description="How many weights and biases each has.")
    judge: Literal["training", "validation"] = Field(
        description="The set whose loss finds the best: the training set where there is no other."
    )
    best: Found | None = Field(description="The best; null where all diverged.")

    arrays: ClassVar[Arrays] = {
        "rates": Array("F64", "rates", "Learning rates."),
        **measured(PER_TRAINING, "training", "validation"),
        "diverged": Array("I32", PER_TRAINING, "The step of death, -1 for never."),
    }


class NetworkWinner(Message):
    """The value with the lowest mean loss over the folds."""

    index: int = Field(description="Its number among the values, from 0.")
    lr: float | None = Field(description="The rate; null where widths were tried.")
    width: list[int] | None = Field(description="The hidden layers; null where rates were tried.")
    mean: float = Field(description="Its mean loss over the folds.")
    accuracy: float | None = Field(description="Its mean accuracy; null of a curve.")


class NetworkValidatedEvent(Event):
    """Cross-validation of a network: the loss on the fold left out, on at most 2,000 samples of each. That of a fold
    whose training diverged is infinite, and its accuracy NaN."""

    type: Literal["network_validated"] = "network_validated"
    over: Literal["lr", "width"] = Field(description=AS_ASKED)
    folds: int = Field(description=AS_ASKED)
    steps: int = Field(description="That each was trained.")
    best: NetworkWinner | None = Field(
        description="The value with the lowest mean; null where every value has a fold that diverged."
    )
    test: float | None = Field(
        description=(
            "Its loss on the test set, trained on all other samples; null where there is no test set, or where that "
            "diverged."
        )
    )
    test_accuracy: float | None = Field(description="The same; null of a curve too.")

    arrays: ClassVar[Arrays] = {
        "mean": Array("F64", "values", "Mean loss over the folds."),
        "spread": Array("F64", "values", "Standard deviation of the loss over the folds."),
        "accuracy": Array("F64", "values", "Mean accuracy over the folds.", "of classes"),
        "accuracy_spread": Array(
            "F64", "values", "Standard deviation of the accuracy over the folds.", "of classes"
        ),
        "diverged": Array("I32", "values", "How many folds' training diverged."),
    }


class SeekingEvent(Event):
    """How far a random search has come."""

    type: Literal["seeking"] = "seeking"
    done: int = Field(description="Tries so far.")
    total: int = Field(description="Of how many.")
    seconds: float | None = Field(default=None, description=STILL_TO_GO)
    loss: Finite = Field(description="The lowest so far.")
    accuracy: float | None = Field(description="The share that those weights have right; null for a curve.")


class NeedleEvent(Event):
    """The best of so many random weights, by the mean loss of training samples without penalties. The arrays hold every
    try that was better than all before."""

    type: Literal["needle"] = "needle"
    tries: int = Field(description=AS_ASKED)
    samples: int = Field(description="Training samples that each was tried on.")
    scale: float | None = Field(
        description="As asked for; null where weights were drawn as the network's own begin."
    )
    loss: float | None = Field(description="The lowest; null where none was finite.")
    accuracy: float | None = Field(description="The share that those weights have right; null for a curve.")
    weights: int = Field(description="Of the network, biases too.")
    grid: str = Field(description="How many points a grid of 10 values along the axis of every weight has.")

    arrays: ClassVar[Arrays] = {
        "at": Array("I32", "n", "Its number, from 1."),
        "losses": Array("F64", "n", "Its loss."),
        "accuracy": Array("F64", "n", "The share that it has right.", "of classes"),
    }


SearchEvent = SweptEvent | NetworkValidatedEvent | SeekingEvent | NeedleEvent | TriesEvent

"""What the server says of many trainings of a network (see `events`)."""

from __future__ import annotations

from typing import Literal

from .base import Event, Message


class Found(Message):
    """The best of a sweep. loss and accuracy: of the set that judges; no accuracy of a curve."""

    width: list[int]
    lr: float
    loss: float
    accuracy: float | None


class SweptEvent(Event):
    """A sweep. Arrays: rates F64 [rates]; of each set that has samples, but the test set, training and validation F64
    [widths, rates], the losses after `steps` steps, and training_accuracy and validation_accuracy of classes; diverged
    I32 [widths, rates], the step of death, -1 for none. What diverged is NaN.

    weights: of each width. judge: the set whose loss finds the best, which is null where all diverged.
    """

    type: Literal["swept"] = "swept"
    entrant: int
    steps: int
    widths: list[list[int]]
    weights: list[int]
    judge: Literal["training", "validation"]
    best: Found | None


class NetworkWinner(Message):
    """The value with the lowest mean loss over the folds. index: its number among the values."""

    index: int
    lr: float | None
    width: list[int] | None
    mean: float
    accuracy: float | None


class NetworkValidatedEvent(Event):
    """Cross-validation of a network. Arrays [values]: mean and spread F64 of the loss on the fold left out, infinite
    where a fold diverged; accuracy and accuracy_spread F64 of classes, NaN there; diverged I32, folds that diverged.

    best: null where every value has a fold that diverged. test, test_accuracy: of the best, trained on all samples but
    the test set's; null where there is no such set, or that training diverged.
    """

    type: Literal["network_validated"] = "network_validated"
    over: Literal["lr", "width"]
    folds: int
    steps: int
    best: NetworkWinner | None
    test: float | None
    test_accuracy: float | None


SearchEvent = SweptEvent | NetworkValidatedEvent

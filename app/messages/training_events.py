"""What the server says of a network and the training of it (see `events`)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from .base import AS_ASKED, Event, Message, Window
from .frames import Array, Arrays


def measured(shape: str, *sets: str, classes: bool = True) -> Arrays:
    """Losses without penalties, of each set, and shares of right answers. Sets: of all three unless named."""
    losses = {
        name: Array("F64", shape, f"Loss of the {name} set.", f"where the {name} set has samples")
        for name in sets or ("training", "validation", "test")
    }
    if not classes:
        return losses
    accuracies = {
        f"{name}_accuracy": Array("F64", shape, f"Share of the {name} set that is right.", "of classes")
        for name in losses
    }
    return losses | accuracies


class NetworkFacts(Message):
    """A network as it is trained."""

    dims: list[int] = Field(description="Sizes of its layers, inputs first.")
    weights: int = Field(description="How many, biases too.")
    outputs: int = Field(description="Neurons of the last layer.")
    loss: str = Field(description="Key of the loss.")
    classes: list[str] = Field(description="Their names; none of a curve.")
    every: int = Field(description="Steps between two records.")
    epoch: int = Field(description="Steps of an epoch.")
    sets: tuple[int, int, int] = Field(description="Samples of training, validation and test set.")
    measured: tuple[int, int, int] = Field(description="How many of each are measured.")


class WaitingEvent(Event):
    """All places for trainings, or for searches, are taken. What was asked for begins by itself when one is free; what
    is said meanwhile is heard. Told again whenever fewer wait before this one."""

    type: Literal["waiting"] = "waiting"
    what: Literal["training", "search"] = Field(description="What waits.")
    places: int = Field(description="How many of them this server runs at once.")
    ahead: int = Field(description="How many wait before this one.")
    seconds: float | None = Field(
        description="About how long it will still wait, by how long the last ones took; null where that is not known."
    )


class ScalesOf(Message):
    """What the training set says of each column: what is given is what was measured less the mean, over the spread."""

    mean: list[float] = Field(description="Of the training set.")
    spread: list[float] = Field(description="Standard deviation of the training set; 1 where it is 0.")


class SampledEvent(Event):
    """Samples, all or some."""

    type: Literal["sampled"] = "sampled"
    count: int = Field(description="Of all samples.")
    kind: Literal["classes", "curve"] = Field(description="What the targets are.")
    classes: list[str] = Field(description="Their names; none of a curve.")
    names: list[str] = Field(description="Of the inputs.")
    note: str | None = Field(description="What is odd about the data, a sentence; or null.")
    scales: ScalesOf | None = Field(description="Of the inputs, where they are standardised; else null.")
    value_scales: ScalesOf | None = Field(
        description="Of the values of a curve, one of each, where they are standardised; else null."
    )
    shape: tuple[int, int] | None = Field(description="[height, width] of a picture, else null.")
    window: Window | None = Field(description="Of the plane of one or two inputs, else null.")
    dims: list[int] = Field(description="Sizes of the network's layers, inputs first.")
    weights: int = Field(description="How many, biases too.")
    epoch: int = Field(description="Steps of an epoch.")

    arrays: ClassVar[Arrays] = {
        "inputs": Array("F32 U8", "rows k", "The inputs; bytes of pictures."),
        "targets": Array("F32", "rows", "Numbers of classes, or values of a curve."),
        "sets": Array("I32", "rows", "0 training, 1 validation, 2 test."),
        "rows": Array("I32", "rows", "Their numbers among all samples."),
    }


class LookedEvent(Event):
    """What the networks answer after a step. Neurons go layer by layer, inputs left out."""

    type: Literal["looked"] = "looked"
    step: int = Field(description=AS_ASKED)
    entrant: int = Field(description="Whose weights and neurons these are.")

    arrays: ClassVar[Arrays] = {
        "weights": Array(
            "F64",
            "dim",
            "Of the entrant, layer by layer: those of a layer [inputs, neurons], then its biases.",
        ),
        "x": Array("F64", "nx", "Places across.", "of one or two inputs"),
        "y": Array("F64", "ny", "Places up.", "of two inputs"),
        "regions": Array(
            "F32",
            "entrants outputs ny nx or entrants outputs nx",
            "What each answers there: under cross-entropy probabilities, of the second of two classes, or of each.",
            "of one or two inputs",
        ),
        "neurons": Array(
            "F32",
            "neurons m m or neurons nx",
            "What every neuron of the entrant answers.",
            "of one or two inputs, where it was asked for",
        ),
    }


class PlanedEvent(Event):
    """The loss over a plane through the space of all weights, without penalties, of at most 1,000 training samples."""

    type: Literal["planed"] = "planed"
    step: int = Field(description="The last of the paths.")
    at: int = Field(description="Step of the losses.")
    window: Window = Field(description="Of the grid.")
    size: tuple[int, int] = Field(description="[nx, ny].")
    samples: int = Field(description="How many samples the loss is the mean of.")
    axes: tuple[str, str] = Field(description="Names of the two directions.")
    explained: tuple[float, float] | None = Field(
        description="Shares of all movement along them; null where they were not chosen for that."
    )

    arrays: ClassVar[Arrays] = {
        "x": Array("F64", "nx", "Places across."),
        "y": Array("F64", "ny", "Places up."),
        "loss": Array("F64", "ny nx", "The loss there."),
        "paths": Array("F64", "entrants records 2", "The paths, projected."),
        "records": Array("I32", "records", "Their steps."),
        "true": Array("F64", "entrants", "The loss where each stands at step `at`."),
        "shown": Array("F64", "entrants", "The loss at the place of the plane that shows it."),
    }


class PacedEvent(Event):
    """How long a step takes."""

    type: Literal["paced"] = "paced"
    seconds: list[float] = Field(
        description="Of a step of each entrant: mini-batch, passes and update, nothing measured or recorded."
    )


TrainingEvent = WaitingEvent | SampledEvent | LookedEvent | PlanedEvent | PacedEvent

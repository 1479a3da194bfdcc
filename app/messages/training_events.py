"""What the server says of a network and the training of it (see `events`)."""

from __future__ import annotations

from typing import Literal

from .base import Event, Message, Window


class NetworkFacts(Message):
    """A network as it is trained. dims: sizes of its layers, inputs first. every: steps between two records. epoch:
    steps of one. sets: samples of the training, validation and test set, and how many of each are measured."""

    dims: list[int]
    weights: int
    outputs: int
    loss: str
    classes: list[str]
    every: int
    epoch: int
    sets: list[int]
    measured: list[int]


class WaitingEvent(Event):
    """All `places` for trainings are taken, and `ahead` others wait before this one; it goes on by itself."""

    type: Literal["waiting"] = "waiting"
    places: int
    ahead: int


class SampledEvent(Event):
    """Samples of a network's setup: `count` in all.

    Arrays: inputs F32 [rows, k], or U8 of pictures; targets F32 [rows], numbers of classes or values of a curve; sets
    I32 [rows], 0 training, 1 validation, 2 test; rows I32 [rows], their numbers. window: of the plane of one or two
    inputs; shape: height and width of a picture.
    """

    type: Literal["sampled"] = "sampled"
    count: int
    kind: Literal["classes", "curve"]
    classes: list[str]
    names: list[str]
    shape: tuple[int, int] | None
    window: Window | None
    dims: list[int]
    weights: int
    epoch: int


class LookedEvent(Event):
    """What the networks say after `step` steps.

    Arrays: weights F64 [dim] of the entrant, layer by layer: those of a layer [inputs, neurons], then its biases. Of
    two inputs: x F64 [nx], y F64 [ny], regions F32 [entrants, outputs, ny, nx], neurons F32 [neurons, m, m] if asked.
    Of one: x F64 [n], regions F32 [entrants, outputs, n], neurons F32 [neurons, n]. Outputs are probabilities under
    cross-entropy: of the second of two classes, or of each. Neurons go layer by layer, inputs left out.
    """

    type: Literal["looked"] = "looked"
    step: int
    entrant: int


class PlanedEvent(Event):
    """The loss over a plane, without penalties, of at most 1,000 training samples.

    Arrays: x F64 [nx], y F64 [ny], loss F64 [ny, nx]; paths F64 [entrants, records, 2] and records I32 [records], the
    steps; true and shown F64 [entrants]: the loss where each stands at step `at`, and that of the place of the plane
    which shows it.
    samples: how many those are. explained: shares of all movement along the two directions, null where they were not
    chosen for that.
    """

    type: Literal["planed"] = "planed"
    step: int
    at: int
    window: Window
    size: tuple[int, int]
    samples: int
    axes: tuple[str, str]
    explained: tuple[float, float] | None


class PacedEvent(Event):
    """Seconds that a step of each entrant takes on its own, mini-batches and passes and update, nothing measured."""

    type: Literal["paced"] = "paced"
    seconds: list[float]


LearningEvent = WaitingEvent | SampledEvent | LookedEvent | PlanedEvent | PacedEvent

"""What the server says of the inside of trained networks (see `events`). Neurons go layer by layer, inputs left out."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from .base import AS_ASKED, Event, Finite, Message, SetName
from .frames import Array, Arrays


class WeightFacts(Message):
    """A weight. Neurons and inputs are counted from 0."""

    number: int = Field(description="Its number among all.")
    layer: int = Field(description="In which layer after the inputs.")
    source: int | None = Field(description="From which neuron or input; null for a bias.")
    target: int = Field(description="To which neuron.")
    value: float = Field(description="What it is.")
    gradient: Finite = Field(description="dL/dw, of the sample that was asked for.")


class ChainLine(Message):
    """A line of the chain rule. Layers, neurons and inputs are counted from 1 there."""

    part: Literal["sum", "answer", "slope", "loss", "error", "gradient"] = Field(
        description="z, a and f'(z) of the neuron that the weight leads to; the loss; dL/dz; dL/dw."
    )
    formula: str = Field(description="The line as MathML.")
    numbers: str = Field(description="The same with the numbers put in.")


class SampledOneEvent(Event):
    """One sample, forth and back. The loss is its own: without penalties, nothing dropped or jittered. Under
    cross-entropy the last layer's answers are probabilities p, of slope p (1 - p)."""

    type: Literal["sampled_one"] = "sampled_one"
    step: int = Field(description=AS_ASKED)
    entrant: int = Field(description=AS_ASKED)
    row: int = Field(description=AS_ASKED)
    set: SetName = Field(description="The set that the sample is in.")
    target: float = Field(description="Number of its class, or its value.")
    said: int | None = Field(description="The class that the output stands for; null for a curve.")
    loss: Finite = Field(description="Of the sample; null where it is not finite.")
    weight: WeightFacts | None = Field(description="The chosen one; null where none was asked for.")
    lines: list[ChainLine] = Field(description="The chain rule of that weight.")

    arrays: ClassVar[Arrays] = {
        "inputs": Array("F64", "k", "As the network sees them."),
        "z": Array("F64", "neurons", "Sums."),
        "a": Array("F64", "neurons", "Answers f(z)."),
        "slope": Array("F64", "neurons", "Slopes f'(z)."),
        "e": Array("F64", "neurons", "Errors dL/dz."),
        "output": Array("F64", "outputs", "The last of `a`."),
        "gradient": Array("F64", "dim", "dL/dw of every weight."),
    }


PER_PLACE = "neurons m m or neurons n or neurons"


class TweakedEvent(Event):
    """A weight that was given another value, and what every neuron answers: [neurons, m, m] of two inputs, up the plane
    and across, [neurons, n] of one, [neurons] of one sample."""

    type: Literal["tweaked"] = "tweaked"
    step: int = Field(description=AS_ASKED)
    entrant: int = Field(description=AS_ASKED)
    weight: int = Field(description=AS_ASKED)
    was: float = Field(description="Its value in the network.")
    value: float = Field(description=AS_ASKED)
    changed: list[bool] = Field(
        description="Of every neuron, whether it answers anything else now, to the last bit."
    )
    loss: tuple[Finite, Finite] = Field(
        description=(
            "[before, after] of the measured training samples, without penalties; null where it is not finite."
        )
    )

    arrays: ClassVar[Arrays] = {
        "before": Array("F32", PER_PLACE, "With the value that it had."),
        "after": Array("F32", PER_PLACE, "With the new one."),
    }


class RuleLine(Message):
    """A line of an update rule, for one weight."""

    formula: str = Field(description="The line as MathML.")
    numbers: str | None = Field(
        description="The same with the numbers put in; null for a formula of many weights."
    )


class ExplainedWeightEvent(Event):
    """What the step after `step` steps does to one weight."""

    type: Literal["explained_weight"] = "explained_weight"
    step: int = Field(description=AS_ASKED)
    entrant: int = Field(description=AS_ASKED)
    weight: int = Field(description=AS_ASKED)
    was: Finite = Field(description="Its value before the step; null where it is not finite.")
    now: Finite = Field(description="Its value after the step; after the last, what it would be.")
    gradient: Finite = Field(
        description="What the rule sees of it, penalties and noise counted; null for a rule that sees none."
    )
    loss: Finite = Field(
        description="Of the step's mini-batch, penalties counted; null where it is not finite."
    )
    samples: int = Field(description="Of the mini-batch.")
    sentence: str = Field(description="What the optimizer does.")
    convention: str = Field(description="Where definitions differ, which one this is; else empty.")
    lines: list[RuleLine] = Field(
        description="What the gradient is the sum of, the lines of the rule, and what comes out."
    )
    frozen: bool = Field(
        description=(
            "Whether it takes no step: it has diverged, or early stopping has put it back to its best weights, and "
            "then it has no gradient either."
        )
    )


class BothWays(Message):
    """A number for each of two ways to a gradient."""

    backpropagation: float = Field(description="By backpropagation.")
    differences: float = Field(description="By central differences.")


class TimedEvent(Event):
    """One gradient each way."""

    type: Literal["timed"] = "timed"
    step: int = Field(description=AS_ASKED)
    entrant: int = Field(description=AS_ASKED)
    weights: int = Field(description="Of the network, biases too.")
    samples: int = Field(description="Of the mini-batch.")
    measured: int = Field(
        description=(
            "Weights that differences were taken for; fewer than all where all would take more than half a second."
        )
    )
    seconds: BothWays = Field(
        description="Of one whole gradient, in seconds; scaled up where only some weights were measured."
    )
    forward: BothWays = Field(
        description="Forward passes over the mini-batch; backpropagation has one backward pass besides."
    )
    difference: Finite = Field(
        description="The largest between the two gradients, of the measured weights; null where it is not finite."
    )
    relative: Finite = Field(description="The same over the largest slope.")
    kinks: int = Field(description="Neurons that a nudge takes over a kink, where the slope jumps.")
    left_out: int = Field(description="Weights that are not compared for that.")


class ConfusionEvent(Event):
    """Who takes which class for which; and of the chosen entrant its worst mistakes, the highest loss first."""

    type: Literal["confusion"] = "confusion"
    step: int = Field(description=AS_ASKED)
    set: SetName = Field(description=AS_ASKED)
    samples: int = Field(description="Of the set.")
    accuracy: list[float] = Field(description="Of every entrant, the share that is right.")
    entrant: int | None = Field(description=AS_ASKED)
    mistakes: int | None = Field(
        description="How many that entrant makes in all; null where none was asked for."
    )

    arrays: ClassVar[Arrays] = {
        "counts": Array(
            "I32", "entrants classes classes", "How many of a class (down) each takes for which (across)."
        ),
        "rows": Array("I32", "n", "Numbers of the samples.", "with an entrant"),
        "targets": Array("I32", "n", "Their classes.", "with an entrant"),
        "said": Array("I32", "n", "What they are taken for.", "with an entrant"),
        "loss": Array("F64", "n", "Their losses.", "with an entrant"),
        "probability": Array("F64", "n", "What it gives to what it answers.", "with an entrant"),
        "inputs": Array("F32 U8", "n k", "The samples; bytes of pictures.", "with an entrant"),
    }


class DigitEvent(Event):
    """What every entrant answers to a drawing."""

    type: Literal["digit"] = "digit"
    step: int = Field(description=AS_ASKED)
    said: list[int | None] = Field(description="The class that each answers; null for a curve.")

    arrays: ClassVar[Arrays] = {
        "probabilities": Array(
            "F64",
            "entrants classes",
            "Under the mean squared error what the outputs answer, of a curve its value.",
        ),
        "picture": Array("U8", "height width", "As it was seen.", "of pictures"),
    }


class ExportedEvent(Event):
    """A file."""

    type: Literal["exported"] = "exported"
    step: int = Field(description=AS_ASKED)
    entrant: int = Field(description=AS_ASKED)
    kind: Literal["safetensors", "pytorch", "csv"] = Field(description=AS_ASKED)
    name: str = Field(
        description="What to call it; a script looks beside itself for the weights by their own name."
    )
    media: str = Field(description="Its media type.")

    arrays: ClassVar[Arrays] = {"file": Array("U8", "bytes", "What is in it.")}


InsideEvent = (
    SampledOneEvent
    | TweakedEvent
    | ExplainedWeightEvent
    | TimedEvent
    | ConfusionEvent
    | DigitEvent
    | ExportedEvent
)

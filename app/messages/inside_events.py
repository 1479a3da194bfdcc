"""What the server says of the inside of trained networks (see `events`). Neurons go layer by layer, inputs left out."""

from __future__ import annotations

from typing import Literal

from .base import Event, Message

SetName = Literal["training", "validation", "test"]


class WeightFacts(Message):
    """A weight: its number, and where it lies, counted from 0: in which layer after the inputs, from which neuron (or
    input; null for a bias) to which. gradient: dL/dw, of the sample that was asked for."""

    number: int
    layer: int
    source: int | None
    target: int
    value: float
    gradient: float | None


class ChainLine(Message):
    """A line of the chain rule as MathML, and the same with the numbers put in.

    part: z of the neuron that the weight leads to, its answer, its slope f'(z), the loss, e = dL/dz, and dL/dw.
    """

    part: Literal["sum", "answer", "slope", "loss", "error", "gradient"]
    formula: str
    numbers: str


class SampledOneEvent(Event):
    """One sample, forth and back. The loss is its own: without penalties, nothing dropped or jittered.

    Arrays F64: inputs [k], as the network sees them; z, a, slope, e [neurons]: sums, answers f(z), slopes f'(z) and
    errors dL/dz (under cross-entropy the last layer's answers are probabilities p, of slope p (1 - p)); output
    [outputs], the last of a; gradient [dim], dL/dw. said: the class that the output stands for.
    """

    type: Literal["sampled_one"] = "sampled_one"
    step: int
    entrant: int
    row: int
    set: SetName
    target: float
    said: int | None
    loss: float | None
    weight: WeightFacts | None
    lines: list[ChainLine]


class TweakedEvent(Event):
    """A weight turned from `was` to `value`. changed: of every neuron, whether it says anything else now, to the last
    bit. loss: of the measured training samples, without penalties, before and after.

    Arrays F32, before and after: [neurons, m, m] of two inputs, [neurons, n] of one, [neurons] of one sample.
    """

    type: Literal["tweaked"] = "tweaked"
    step: int
    entrant: int
    weight: int
    was: float
    value: float
    changed: list[bool]
    loss: tuple[float | None, float | None]


class RuleLine(Message):
    """A line of the update rule as MathML, and the same with the numbers of one weight put in; a formula of many
    weights has none."""

    formula: str
    numbers: str | None


class ExplainedWeightEvent(Event):
    """What the step after `step` steps does to one weight, from `was` to `now`; after the last, what it would do.

    gradient: what the rule sees, penalties and noise counted; null for a rule that sees none. loss: of the step's
    mini-batch of so many `samples`, penalties counted. frozen: the entrant takes no step, it has diverged or been
    stopped early (and then has no gradient either). A number that is not finite is null.
    """

    type: Literal["explained_weight"] = "explained_weight"
    step: int
    entrant: int
    weight: int
    was: float | None
    now: float | None
    gradient: float | None
    loss: float | None
    samples: int
    sentence: str
    convention: str
    lines: list[RuleLine]
    frozen: bool


class BothWays(Message):
    """A number for each of two ways to a gradient."""

    backpropagation: float
    differences: float


class TimedEvent(Event):
    """One gradient each way. seconds: for all weights; where differences were `measured` for some of them only, scaled
    up. forward: forward passes over the mini-batch; backpropagation has one backward pass besides.

    difference: the largest between the two gradients, over the measured weights; relative: the same over the largest
    slope.
    """

    type: Literal["timed"] = "timed"
    step: int
    entrant: int
    weights: int
    samples: int
    measured: int
    seconds: BothWays
    forward: BothWays
    difference: float | None
    relative: float | None


class ConfusionEvent(Event):
    """Arrays: counts I32 [entrants, classes, classes], how many of a class (down) each takes for which (across).

    With an entrant, its worst mistakes, the worst first: rows I32 [n], targets I32 [n], said I32 [n], loss F64 [n],
    probability F64 [n] that it gives to what it says, inputs F32 [n, k] or U8 of pictures. accuracy: of everybody.
    """

    type: Literal["confusion"] = "confusion"
    step: int
    set: SetName
    samples: int
    accuracy: list[float]
    entrant: int | None
    mistakes: int | None


class DigitEvent(Event):
    """What everybody says: classes, null for a curve. Arrays: probabilities F64 [entrants, classes], of a curve its
    value [entrants, 1] (under the mean squared error what the outputs say); of pictures picture U8 [h, w], as it was
    seen."""

    type: Literal["digit"] = "digit"
    step: int
    said: list[int | None]


class ExportedEvent(Event):
    """A file. Array: file U8 [bytes]. name: what to call it. media: its media type."""

    type: Literal["exported"] = "exported"
    step: int
    entrant: int
    kind: Literal["safetensors", "pytorch", "csv"]
    name: str
    media: str


class SeekingEvent(Event):
    """How far the random search has come, and the best of it so far."""

    type: Literal["seeking"] = "seeking"
    done: int
    total: int
    loss: float | None
    accuracy: float | None


class NeedleEvent(Event):
    """The best of so many random weights, by the mean loss of `samples` training samples, without penalties.

    grid: how many points a grid of 10 values along every axis has, as "10^105". Arrays, of every try that was better
    than all before: at I32 [n], its number from 1; losses F64 [n]; of classes accuracy F64 [n].
    """

    type: Literal["needle"] = "needle"
    tries: int
    samples: int
    scale: float | None
    loss: float | None
    accuracy: float | None
    weights: int
    grid: str


InsideEvent = (
    SampledOneEvent
    | TweakedEvent
    | ExplainedWeightEvent
    | TimedEvent
    | ConfusionEvent
    | DigitEvent
    | ExportedEvent
    | SeekingEvent
    | NeedleEvent
)

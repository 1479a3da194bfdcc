"""Questions about the inside of trained networks: each is one function from a request to its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from descent_lab import checks
from descent_lab.checks import within
from descent_lab.inside import mistakes
from descent_lab.inside.chain_rule import chain
from descent_lab.inside.finite_differences import time_gradients
from descent_lab.inside.one_sample import passage, predicted_class
from descent_lab.inside.one_step import one_step
from descent_lab.inside.one_weight import place_of
from descent_lab.inside.perturbation import perturb
from descent_lab.networks.network import SETS, Network
from descent_lab.refusals import Refusal
from descent_lab.results import finite
from descent_lab.training import responses
from descent_lab.training.training import Training

from ..messages import inside_events as events
from ..messages.events import Answer
from ..messages.inside_requests import (
    ConfusionRequest,
    DigitRequest,
    ExplainWeightRequest,
    ExportRequest,
    SampleRequest,
    StopwatchRequest,
    TweakRequest,
)
from ..messages.training_requests import OfTraining
from ..settings import Settings
from .answers import Report, entrant_of
from .digits import digit_answer
from .exports import export_answer

WORST = 24
"""Mistakes of one answer."""


def sample_answer(request: SampleRequest, training: Training, _settings: Settings, _report: Report) -> Answer:
    """One sample forth and back, and the chain rule for a weight."""
    network, w = _chosen(request, request.entrant, training)
    row = _row(request.row, network)
    target = float(network.samples.targets[row])
    found = passage(network, w, network.seen(np.array([row]))[0], target)
    weight, lines = None, list[events.ChainLine]()
    if request.weight is not None:
        place = place_of(network, request.weight)
        weight = events.WeightFacts(
            number=place.number,
            layer=place.layer,
            source=place.source,
            target=place.target,
            value=float(w[place.number]),
            gradient=finite(found.gradient[place.number]),
        )
        for line in chain(network, w, found, place):
            lines.append(events.ChainLine.model_validate(vars(line)))
    event = events.SampledOneEvent(
        id=request.id,
        step=request.step,
        entrant=request.entrant,
        row=row,
        set=next(name for name, rows in zip(SETS, network.rows, strict=True) if np.any(rows == row)),
        target=target,
        said=predicted_class(network, found.output),
        loss=finite(found.loss),
        weight=weight,
        lines=lines,
    )
    arrays = {name: found.every(name) for name in ("z", "a", "slope", "e")}
    return Answer(
        event, {"inputs": found.inputs, **arrays, "output": found.output, "gradient": found.gradient}
    )


def tweak_answer(request: TweakRequest, training: Training, _settings: Settings, _report: Report) -> Answer:
    """One weight turned, and who hears of it."""
    network, w = _chosen(request, request.entrant, training)
    place = place_of(network, request.weight)
    value = checks.number(request.value, "value")
    where = None
    if request.row is None:
        where = responses.input_grid(network, within(request.neurons, 2, 100, "neurons"))
        if where is None:
            raise Refusal("no picture", field="row", inputs=network.dims[0])
    if where is None:
        inputs, shape = network.seen(np.array([_row(request.row or 0, network)])), ()
    else:
        inputs, shape = where.inputs, where.shape
    found = perturb(network, w, place.number, value, inputs, shape)
    event = events.TweakedEvent(
        id=request.id,
        step=request.step,
        entrant=request.entrant,
        weight=place.number,
        was=float(w[place.number]),
        value=value,
        changed=found.changed.tolist(),
        loss=(finite(found.losses[0]), finite(found.losses[1])),
    )
    return Answer(event, {"before": _single(found.before), "after": _single(found.after)})


def _single(numbers: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):  # what is too large for single precision is infinite there
        return numbers.astype(np.float32)


def explain_weight_answer(
    request: ExplainWeightRequest, training: Training, _settings: Settings, _report: Report
) -> Answer:
    """What one step does to one weight."""
    found = one_step(training, entrant_of(request.entrant, training.setup), request.step, request.weight)
    event = events.ExplainedWeightEvent(
        id=request.id,
        step=request.step,
        entrant=request.entrant,
        weight=request.weight,
        was=finite(found.was),
        now=finite(found.now),
        gradient=None if found.gradient is None else finite(found.gradient),
        loss=finite(found.loss),
        samples=found.samples,
        sentence=found.optimizer.sentence,
        convention=found.optimizer.convention,
        lines=[events.RuleLine(formula=line.formula, numbers=line.numbers) for line in found.lines],
        frozen=found.frozen,
    )
    return Answer(event)


def stopwatch_answer(
    request: StopwatchRequest, training: Training, _settings: Settings, _report: Report
) -> Answer:
    """One gradient two ways."""
    _, w = _chosen(request, request.entrant, training)
    network = training.setup.problem_at(request.step)  # mini-batches and penalties as they were at that step
    assert isinstance(network, Network)
    found = time_gradients(network, w, request.step)
    event = events.TimedEvent(
        id=request.id,
        step=request.step,
        entrant=request.entrant,
        weights=found.dim,
        samples=found.samples,
        measured=found.measured,
        seconds=events.BothWays(backpropagation=found.backpropagation, differences=found.differences),
        forward=events.BothWays(backpropagation=found.forward[0], differences=found.forward[1]),
        difference=finite(found.largest),
        relative=finite(found.relative),
        kinks=found.kinks,
        left_out=found.left_out,
    )
    return Answer(event)


def confusion_answer(
    request: ConfusionRequest, training: Training, _settings: Settings, report: Report
) -> Answer:
    """Everybody's confusion matrix over a whole set, and one entrant's worst mistakes."""
    network = training.setup.network
    mistakes.only_classes(network)
    rows = network.rows[SETS.index(request.set)]
    if not len(rows):
        raise Refusal("empty set", field="set", set=request.set)
    w = training.weights(request.step)
    outputs = mistakes.sums(network, w, rows, lambda: report(None))
    found = mistakes.confusion(network, outputs, rows)
    arrays = {"counts": found.counts.astype(np.int32)}
    if request.entrant is not None:
        own = entrant_of(request.entrant, training.setup)
        most = within(request.worst, 0, WORST, "worst")
        worst = mistakes.mistakes(network, w[:, own], outputs[:, :, own], rows, most)
        inputs = network.samples.inputs[worst.rows]
        arrays |= {
            "rows": worst.rows.astype(np.int32),
            "targets": worst.targets.astype(np.int32),
            "said": worst.predicted.astype(np.int32),
            "loss": worst.loss,
            "probability": worst.probability,
            "inputs": inputs if inputs.dtype == np.uint8 else inputs.astype(np.float32),
        }
    wrong = found.counts.sum(axis=(1, 2)) - found.counts.trace(axis1=1, axis2=2)
    event = events.ConfusionEvent(
        id=request.id,
        step=request.step,
        set=request.set,
        samples=len(rows),
        accuracy=found.accuracy.tolist(),
        entrant=request.entrant,
        mistakes=None if request.entrant is None else int(wrong[request.entrant]),
    )
    return Answer(event, arrays)


# ---------------------------------------------------------------- who and which


def _chosen(request: OfTraining, entrant: int, training: Training) -> tuple[Network, np.ndarray]:
    """The network, and the weights, (dim,), of an entrant at the step that is asked about."""
    return training.setup.network, training.weights(request.step)[:, entrant_of(entrant, training.setup)]


def _row(value: int, network: Network) -> int:
    last = len(network.samples.targets) - 1
    if not 0 <= value <= last:
        raise Refusal("number of a sample", field="row", last=last, came=value)
    return value


INSIDE: dict[type[OfTraining], Callable[[Any, Training, Settings, Report], Answer]] = {
    SampleRequest: sample_answer,
    TweakRequest: tweak_answer,
    ExplainWeightRequest: explain_weight_answer,
    StopwatchRequest: stopwatch_answer,
    ConfusionRequest: confusion_answer,
    DigitRequest: digit_answer,
    ExportRequest: export_answer,
}
"""For the session, which knows the running training. The step has been computed by then."""

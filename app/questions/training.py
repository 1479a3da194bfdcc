"""Questions about a training while it runs, and the samples that it learns from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from descent_lab.checks import within
from descent_lab.networks.network import evenly
from descent_lab.refusals import Refusal, show
from descent_lab.setups.reading import read_window
from descent_lab.training import loss_plane, responses
from descent_lab.training.step_times import step_times
from descent_lab.training.training import Training

from ..messages import training_events as events
from ..messages.events import Answer
from ..messages.training_requests import LookRequest, OfTraining, PaceRequest, PlaneRequest, SamplesRequest
from ..questions.training_setups import network_of
from ..settings import Settings
from .answers import Report, entrant_of
from .inside import INSIDE

SHOWN, PICTURES = 2_000, 200
"""Samples, and samples that are pictures, of one answer."""


def responses_answer(
    request: LookRequest, training: Training, _settings: Settings, _report: Report
) -> Answer:
    """Decision regions of all, neurons and weights of one."""
    network = training.setup.network
    entrant = entrant_of(request.entrant, training.setup)
    grid = within(request.grid, 2, 200, "grid")
    side = within(request.neurons, 0, 100, "neurons")
    w = training.weights(request.step)
    arrays: dict[str, np.ndarray] = {"weights": np.ascontiguousarray(w[:, entrant])}
    where = responses.input_grid(network, grid)
    if where is not None:
        arrays["x"] = where.x
        if where.y is not None:
            arrays["y"] = where.y
        arrays["regions"] = responses.outputs(network, w, where).astype(np.float32)
        fine = responses.input_grid(network, max(2, side))
        if side and fine is not None:
            arrays["neurons"] = responses.neurons(network, w[:, entrant], fine).astype(np.float32)
    return Answer(events.LookedEvent(id=request.id, step=request.step, entrant=entrant), arrays)


def plane_answer(request: PlaneRequest, training: Training, settings: Settings, report: Report) -> Answer:
    """The loss over a plane, and the paths on it."""
    network = training.setup.network
    nx, ny = (within(n, 2, settings.max_grid, f"size.{i}") for i, n in enumerate(request.size))
    steps, paths = _paths(training, request.step)
    found, marks = _plane(request, training, paths)
    projected = found.project(paths)
    if request.window is not None:
        window = read_window(request.window)
    elif request.kind == "random":
        window = ((-1.0, 1.0), (-1.0, 1.0))  # as long as the weights themselves, either way
    else:
        window = loss_plane.around(projected[:, marks])
    rows = loss_plane.sample(network)
    numbers = network.block(rows)
    x, y, loss = loss_plane.grid(network, found, window, nx, ny, numbers, lambda: report(None))
    at = request.step if request.at is None else within(request.at, 0, request.step, "at")
    standing = paths[-1].T if at == request.step else training.weights(at)
    heads = found.project(standing.T)
    event = events.PlanedEvent(
        id=request.id,
        step=request.step,
        at=at,
        window=window,
        size=(nx, ny),
        samples=len(rows),
        axes=found.axes,
        explained=found.explained,
    )
    arrays = {
        "x": x,
        "y": y,
        "loss": loss,
        "paths": np.ascontiguousarray(projected.transpose(1, 0, 2)),
        "records": np.array(steps, dtype=np.int32),
        "true": loss_plane.losses(network, standing, numbers),
        "shown": loss_plane.losses(network, found.weights(heads[:, 0], heads[:, 1]), numbers),
    }
    return Answer(event, arrays)


def _paths(training: Training, step: int) -> tuple[list[int], np.ndarray]:
    """The recorded steps up to this one, which is the last, and all weights there: (records, lanes, dim)."""
    records = training.records(0, step)
    steps = [record.step for record in records]
    rows = [record.w.T for record in records]
    if steps[-1] != step:
        steps.append(step)
        rows.append(training.weights(step).T)
    return steps, np.stack(rows)


def _plane(
    request: PlaneRequest, training: Training, paths: np.ndarray
) -> tuple[loss_plane.Plane, list[int]]:
    """The plane that is asked for, and the racers that it is about: of all, those that have not run away."""
    if request.kind == "random":
        entrant = entrant_of(request.entrant, training.setup)
        return loss_plane.random(training.setup.network, paths[-1, entrant], request.seed), [entrant]
    if request.kind == "pca":
        calm = loss_plane.calm(paths)
        return loss_plane.principal(paths[:, calm] if calm else paths[:1]), calm
    chosen = [entrant_of(i, training.setup, "entrants") for i in request.entrants or ()]
    if len(set(chosen)) != 3:
        raise Refusal("three racers", field="entrants", came=show(request.entrants))
    a, b, c = (training.setup.entrants[i].name for i in chosen)
    return loss_plane.through(paths[-1, chosen].T, (a, b, c)), chosen


def step_times_answer(
    request: PaceRequest, training: Training, _settings: Settings, _report: Report
) -> Answer:
    """How long a step of each takes on its own."""
    return Answer(events.PacedEvent(id=request.id, seconds=step_times(training.setup).tolist()))


OF_TRAINING: dict[type[OfTraining], Callable[[Any, Training, Settings, Report], Answer]] = {
    LookRequest: responses_answer,
    PlaneRequest: plane_answer,
    PaceRequest: step_times_answer,
    **INSIDE,
}


def about(request: OfTraining, training: Training, settings: Settings, report: Report) -> Answer:
    """The answer to a question about a training, whose step must have been computed."""
    within(request.step, 0, training.have, "step")
    return OF_TRAINING[type(request)](request, training, settings, report)


def samples_answer(request: SamplesRequest, settings: Settings, _report: object) -> Answer:
    """Samples to be drawn."""
    network = network_of(request.setup, settings)
    samples = network.samples
    count = len(samples.targets)
    pictures = samples.shape is not None
    if request.rows is None:
        rows = evenly(np.arange(count), PICTURES if pictures else SHOWN)
    else:
        first, last = request.rows
        rows = np.arange(first, min(last, count, first + (PICTURES if pictures else SHOWN)))
    sets = np.empty(count, dtype=np.int32)
    for which, own in enumerate(network.rows):
        sets[own] = which
    event = events.SampledEvent(
        id=request.id,
        count=count,
        kind="classes" if samples.classes else "curve",
        classes=list(samples.classes),
        names=list(samples.names),
        note=samples.note,
        scales=samples.scales and events.ScalesOf.model_validate(samples.scales.describe()),
        value_scales=samples.value_scales and events.ScalesOf.model_validate(samples.value_scales.describe()),
        shape=samples.shape,
        window=responses.window_of(network),
        dims=list(network.dims),
        weights=network.dim,
        epoch=network.epoch,
    )
    inputs = samples.inputs[rows]
    arrays = {
        "inputs": inputs if pictures else inputs.astype(np.float32),
        "targets": samples.targets[rows].astype(np.float32),
        "sets": sets[rows],
        "rows": rows.astype(np.int32),
    }
    return Answer(event, arrays)

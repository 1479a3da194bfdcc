"""The training of a connection, and the questions that can be asked about it while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import looking, plane
from app.engine.problems.network import Network, evenly
from app.engine.refusals import Refusal
from app.engine.setup import AnyChange, Setup, read_setup, read_window
from app.engine.training import Training
from app.settings import Settings
from app.web import learning_events as events
from app.web.answers import Answer
from app.web.events import OutcomeOf, ReadyEvent, Starter, StepsEvent
from app.web.inside import INSIDE
from app.web.learning_messages import LookRequest, OfTraining, PlaneRequest, SamplesRequest
from app.web.limits import limits_of, within

PIECE = 0.012
"""Seconds of training between two frames: others who share the cores wait no longer, and a screen shows 60 a second."""

PRODUCTS = 2e9
"""Products that a core forms in a second, roughly."""

MOST_STEPS = 2_000
"""Steps of one frame, however fast they are."""

SHOWN, PICTURES = 2_000, 200
"""Samples, and samples that are pictures, of one answer."""


class Learning:
    """The training of a connection: how far it may go, and what of it has been sent."""

    def __init__(self, id: int, setup: Setup, credit: int, after: int | None) -> None:
        if after is not None and after > setup.steps:
            raise Refusal(
                f"after must be a step of the training, 0 to {setup.steps}; got {after}.",
                code="value",
                field="after",
            )
        self.id = id
        self.training = Training(setup)
        self.credit = min(credit, setup.steps)
        self.sent = -1 if after is None else after
        self.owed = False
        self._pace = setup.cost / max(setup.steps, 1) / PRODUCTS  # seconds a step, until it is measured

    @property
    def setup(self) -> Setup:
        """The setup with all changes that were made."""
        return self.training.setup

    @property
    def busy(self) -> bool:
        """Whether there is something to compute or to send."""
        return self.sent < self.credit or self.owed

    def ready(self) -> Answer:
        """What the client needs to know before the first step."""
        training, network = self.training, self.training.setup.network
        names = [entrant.name for entrant in training.setup.entrants]
        return Answer(
            ReadyEvent(
                id=self.id,
                steps=training.setup.steps,
                goal=None,
                goals=[None] * len(names),
                entrants=[Starter(start=(0.0, 0.0), name=name) for name in names],
                network=events.NetworkFacts(
                    dims=list(network.dims),
                    weights=network.dim,
                    outputs=network.outputs,
                    loss=network.loss,
                    classes=list(network.samples.classes),
                    every=training.every,
                    epoch=network.epoch,
                    sets=[len(rows) for rows in network.rows],
                    measured=[len(rows) for rows in network.measured],
                ),
            )
        )

    def grant(self, to: int) -> None:
        """More credit; never less."""
        self.credit = max(self.credit, min(to, self.setup.steps))

    def change(self, change: AnyChange) -> None:
        """Go back to the step of the change. One that takes the place of another leaves nothing of it behind."""
        self.training.change(change)
        # What was measured at the step itself may be another now: a setting acts from there on.
        self.sent = min(self.sent, change.at - 1)
        self.owed = True

    def advance(self) -> Answer | None:
        """Compute a moment's worth of steps. None while those were sent before and are only gone through again."""
        training = self.training
        piece = min(MOST_STEPS, max(1, int(PIECE / max(self._pace, 1e-6))))
        last = min(self.credit, training.have + piece)
        if training.have < self.sent:
            last = min(self.sent, training.have + piece)
        begun, before = time.perf_counter(), training.have
        training.advance(last)
        if training.have > before:
            seconds = (time.perf_counter() - begun) / (training.have - before)
            self._pace = 0.5 * self._pace + 0.5 * seconds
        if training.have <= self.sent and not self.owed:
            return None
        first, last = self.sent + 1, max(training.have, self.sent)
        self.sent, self.owed = last, False
        records = training.records(first, last)
        return Answer(
            StepsEvent(
                id=self.id,
                first=first,
                to=last,
                last=last == training.setup.steps,
                outcomes=[
                    OutcomeOf(kind="running" if step is None else "diverged", step=step, where=None)
                    for step in training.diverged()
                ],
                reached=[None] * len(training.setup.entrants),
                stopped=training.stopped(),
                seconds=time.perf_counter() - begun,
            ),
            {
                "losses": training.losses(first, last),
                "records": np.array([record.step for record in records], dtype=np.int32),
                **training.measured(first, last),
            },
        )


# ---------------------------------------------------------------- questions about it


def look_answer(request: LookRequest, training: Training, _settings: Settings) -> Answer:
    """Decision regions of all, neurons and weights of one."""
    network = training.setup.network
    entrant = _entrant(request.entrant, training, "entrant")
    grid = within(request.grid, 2, 200, "grid")
    side = within(request.neurons, 0, 100, "neurons")
    w = training.weights(request.step)
    arrays: dict[str, np.ndarray] = {"weights": np.ascontiguousarray(w[:, entrant])}
    where = looking.places(network, grid)
    if where is not None:
        arrays["x"] = where.x
        if where.y is not None:
            arrays["y"] = where.y
        arrays["regions"] = looking.outputs(network, w, where).astype(np.float32)
        fine = looking.places(network, max(2, side))
        if side and fine is not None:
            arrays["neurons"] = looking.neurons(network, w[:, entrant], fine).astype(np.float32)
    return Answer(events.LookedEvent(id=request.id, step=request.step, entrant=entrant), arrays)


def plane_answer(request: PlaneRequest, training: Training, settings: Settings) -> Answer:
    """The loss over a plane, and the paths on it."""
    network = training.setup.network
    nx, ny = (within(n, 2, settings.max_grid, f"size.{i}") for i, n in enumerate(request.size))
    steps, paths = _paths(training, request.step)
    found, marks = _plane(request, training, paths)
    projected = found.project(paths.reshape(-1, network.dim)).reshape(*paths.shape[:2], 2)
    if request.window is not None:
        window = read_window(request.window)
    elif request.kind == "random":
        window = ((-1.0, 1.0), (-1.0, 1.0))  # as long as the weights themselves, either way
    else:
        window = plane.around((projected if marks is None else projected[:, marks]).reshape(-1, 2))
    rows = plane.sample(network)
    numbers = network.block(rows)
    x, y, loss = plane.grid(network, found, window, nx, ny, numbers)
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
        "true": plane.losses(network, standing, numbers),
        "shown": plane.losses(network, found.weights(heads[:, 0], heads[:, 1]), numbers),
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
) -> tuple[plane.Plane, list[int] | None]:
    """The plane that is asked for, and the racers that it is about: None for all."""
    if request.kind == "random":
        entrant = _entrant(request.entrant, training, "entrant")
        return plane.random(training.setup.network, paths[-1, entrant], request.seed), [entrant]
    if request.kind == "pca":
        return plane.principal(paths), None
    chosen = [_entrant(i, training, "entrants") for i in request.entrants or ()]
    if len(set(chosen)) != 3:
        raise Refusal(
            f"A plane through three racers needs three that differ; got {request.entrants}.",
            field="entrants",
            code="value",
        )
    a, b, c = (training.setup.entrants[i].name for i in chosen)
    return plane.through(paths[-1, chosen].T, (a, b, c)), chosen


def _entrant(value: int, training: Training, field: str) -> int:
    return within(value, 0, len(training.setup.entrants) - 1, field)


OF_TRAINING: dict[type[OfTraining], Callable[[Any, Training, Settings], Answer]] = {
    LookRequest: look_answer,
    PlaneRequest: plane_answer,
    **INSIDE,
}


def about(request: OfTraining, training: Training, settings: Settings) -> Answer:
    """The answer to a question about a training, whose step must have been computed."""
    within(request.step, 0, training.have, "step")
    return OF_TRAINING[type(request)](request, training, settings)


def samples_answer(request: SamplesRequest, settings: Settings, _tell: object) -> Answer:
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
        shape=samples.shape,
        window=looking.window_of(network),
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


def network_of(data: dict[str, Any], settings: Settings) -> Network:
    """The network of a setup; a race's is refused."""
    return training_of(data, settings).network


def training_of(data: dict[str, Any], settings: Settings) -> Setup:
    """The setup, if it is a network's; a race's is refused."""
    setup = read_setup(data, limits_of(settings))
    if not isinstance(setup.problem, Network):
        raise Refusal(
            "setup must be a network's, with data, drawn or csv; this one is a race's.",
            field="setup",
            code="value",
        )
    return setup

"""Questions that need no race: each is one function from a request to its answer, for the stream and the API alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import landscape, tuning
from app.engine.explain import explain
from app.engine.problems.network import Network
from app.engine.refusals import Refusal
from app.engine.setup_reading import read_setup, read_surface, read_window
from app.settings import Settings
from app.web.answers import Answer, Tell, critical
from app.web.events import (
    ExplainedEvent,
    FormulaEvent,
    MapEvent,
    PaintEvent,
)
from app.web.fitting import bowl_answer, fit_answer, points_answer, try_answer, validate_answer
from app.web.inside_messages import NeedleRequest
from app.web.learning_messages import SamplesRequest
from app.web.limits import limits_of, within
from app.web.looks import samples_answer
from app.web.messages import (
    AnyRequest,
    ExplainRequest,
    FitRequest,
    FormulaRequest,
    MapRequest,
    PaintRequest,
    PointsRequest,
    TryRequest,
    TuneRequest,
    ValidateRequest,
)
from app.web.needle import needle_answer
from app.web.search_messages import NetworkValidateRequest, SweepRequest
from app.web.searching import (
    network_tune_answer,
    network_validate_answer,
    progress_of,
    sweep_answer,
    tuned_answer,
)

LONG = (TuneRequest, SweepRequest, NetworkValidateRequest, NeedleRequest)
"""Questions that take longer than a moment, and tell how far they are."""


def nobody(_answer: Answer | None) -> None:
    """For whoever waits for the end alone."""


def map_answer(request: MapRequest, settings: Settings, _tell: Tell) -> Answer:
    """Values over a window, and the critical points in it."""
    if request.setup is not None:
        return bowl_answer(request, settings)
    window = read_window(request.window)
    nx, ny = (within(n, 2, settings.max_grid, f"size.{i}") for i, n in enumerate(request.size))
    # The window of a map only looks at a typed surface, whose own domain stays: zooming compiles nothing.
    surface = read_surface({"surface": request.surface, "expression": request.expression})
    x, y, loss = landscape.grid(surface, window, nx, ny)
    points = landscape.critical_points(surface, window)
    event = MapEvent(
        id=request.id,
        window=window,
        size=(nx, ny),
        minima=critical(points.minima),
        saddles=critical(points.saddles),
    )
    return Answer(event, {"x": x, "y": y, "loss": loss})


def formula_answer(request: FormulaRequest, _settings: Settings, _tell: Tell) -> Answer:
    """A typed formula, understood."""
    surface = read_surface({"expression": request.expression})
    points = landscape.critical_points(surface, surface.window)
    event = FormulaEvent(
        id=request.id,
        mathml=surface.mathml,
        window=surface.window,
        start=surface.start,
        minima=critical(points.minima),
        saddles=critical(points.saddles),
    )
    return Answer(event)


def paint_answer(request: PaintRequest, settings: Settings, tell: Tell) -> Answer:
    """What each value of a knob would lead to."""
    setup = read_setup(request.setup, limits_of(settings))
    lanes = within(request.lanes, 2, settings.max_sweep, "lanes")
    heavy = setup.cost * lanes > settings.max_work
    painted = (
        tuning.unpainted(setup, lanes)
        if heavy
        else tuning.paint(setup, request.knob, lanes, lambda: tell(None))
    )
    arrays = {
        "values": painted.values,
        "loss": painted.loss,
        "reached": painted.reached.astype(np.int32),
        "diverged": painted.diverged.astype(np.int32),
    }
    return Answer(PaintEvent(id=request.id, knob=request.knob), arrays)


def explain_answer(request: ExplainRequest, settings: Settings, _tell: Tell) -> Answer:
    """One step of one entrant in detail."""
    setup = read_setup(request.setup, limits_of(settings))
    within(request.entrant, 0, len(setup.entrants) - 1, "entrant")
    within(request.step, 0, setup.steps, "step")
    return Answer(ExplainedEvent(id=request.id, **explain(setup, request.entrant, request.step).describe()))


def tune_answer(request: TuneRequest, settings: Settings, tell: Tell) -> Answer:
    """The best rate and momentum for every entrant."""
    setup = read_setup(request.setup, limits_of(settings))
    if isinstance(setup.problem, Network):
        return network_tune_answer(request, setup, settings, tell)
    given = tuning.BUDGET if request.budget is None else request.budget
    budget = within(given, 1, settings.max_tune_budget, "budget")
    work = budget * setup.cost
    if work > settings.max_tune_lane_steps:
        raise Refusal(
            f"A tuning may take {settings.max_tune_lane_steps:,} steps, budget times entrants times steps (and, of a "
            f"regression, points and weights); "
            f"this one would take {work:,}.",
            code="limit",
            field="budget",
        )

    return tuned_answer(request.id, tuning.tune(setup, budget, progress_of(request.id, tell)))


ANSWERS: dict[type, Callable[[Any, Settings, Tell], Answer]] = {
    MapRequest: map_answer,
    FormulaRequest: formula_answer,
    PaintRequest: paint_answer,
    ExplainRequest: explain_answer,
    TuneRequest: tune_answer,
    FitRequest: fit_answer,
    TryRequest: try_answer,
    ValidateRequest: validate_answer,
    PointsRequest: points_answer,
    SamplesRequest: samples_answer,
    NeedleRequest: needle_answer,
    SweepRequest: sweep_answer,
    NetworkValidateRequest: network_validate_answer,
}


def answer(request: AnyRequest, settings: Settings, tell: Tell) -> Answer:
    """The answer to a question."""
    return ANSWERS[type(request)](request, settings, tell)

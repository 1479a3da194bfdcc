"""Questions that need no race: each is one function from a request to its answer, for the stream and the API alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from descent_lab.checks import within
from descent_lab.formulas.remarks import note_of
from descent_lab.formulas.words import GREEK
from descent_lab.races import tuning
from descent_lab.races.explain import explain
from descent_lab.setups.race_setup import slider_range
from descent_lab.setups.reading import read_setup, read_surface, read_window
from descent_lab.surfaces import landscape

from ..messages.events import Answer
from ..messages.race_events import ExplainedEvent, FormulaEvent, MapEvent, PaintEvent, ParameterOf
from ..messages.regression_messages import FitRequest, TryRequest, ValidateRequest
from ..messages.requests import (
    AnyRequest,
    ExplainRequest,
    FormulaRequest,
    MapRequest,
    PaintRequest,
    TuneRequest,
)
from ..messages.search_messages import NeedleRequest, NetworkValidateRequest, SweepRequest
from ..messages.setup_messages import LinkRequest, TableRequest
from ..messages.training_requests import SamplesRequest
from ..messages.tries_messages import HyperSearchRequest, TrySetupRequest
from ..settings import Settings
from .answers import Report, critical, entrant_of
from .links import link_answer
from .random_search import needle_answer
from .regression import error_surface_answer, fit_answer, try_answer, validate_answer
from .searches import network_validate_answer, sweep_answer, tune_answer
from .tables import table_answer
from .training import samples_answer
from .tries import hyper_search_answer, try_setup_answer

LONG = (TuneRequest, SweepRequest, NetworkValidateRequest, NeedleRequest, HyperSearchRequest)
"""Questions that take longer than a moment, and tell how far they are."""


def no_progress(_answer: Answer | None) -> None:
    """For whoever waits for the end alone."""


def map_answer(request: MapRequest, settings: Settings, _report: Report) -> Answer:
    """Values over a window, and the critical points in it."""
    if request.setup is not None:
        return error_surface_answer(request, settings)
    window = read_window(request.window)
    nx, ny = (within(n, 2, settings.max_grid, f"size.{i}") for i, n in enumerate(request.size))
    # The window of a map only looks at a typed surface, whose own domain stays: zooming compiles nothing.
    of = {"surface": request.surface, "expression": request.expression, "parameters": request.parameters}
    surface = read_surface(of)
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


def formula_answer(request: FormulaRequest, _settings: Settings, _report: Report) -> Answer:
    """A typed formula, understood."""
    surface = read_surface({"expression": request.expression, "parameters": request.parameters})
    points = landscape.critical_points(surface, surface.window)
    event = FormulaEvent(
        id=request.id,
        mathml=surface.mathml,
        window=surface.window,
        start=surface.start,
        minima=critical(points.minima),
        saddles=critical(points.saddles),
        parameters=[
            ParameterOf(name=name, symbol=GREEK.get(name, name), value=value, range=slider_range(value))
            for name, value in surface.expression.parameters.items()
        ],
        note=note_of(surface),
    )
    return Answer(event)


def paint_answer(request: PaintRequest, settings: Settings, report: Report) -> Answer:
    """What each value of a knob would lead to."""
    setup = read_setup(request.setup, settings)
    lanes = within(request.lanes, 2, settings.max_sweep, "lanes")
    heavy = setup.cost * lanes > settings.max_work
    painted = (
        tuning.unpainted(setup, lanes)
        if heavy
        else tuning.paint(setup, request.knob, lanes, lambda: report(None))
    )
    arrays = {
        "values": painted.values,
        "loss": painted.loss,
        "reached": painted.reached.astype(np.int32),
        "diverged": painted.diverged.astype(np.int32),
    }
    return Answer(PaintEvent(id=request.id, knob=request.knob), arrays)


def explain_answer(request: ExplainRequest, settings: Settings, _report: Report) -> Answer:
    """One step of one entrant in detail."""
    setup = read_setup(request.setup, settings)
    entrant_of(request.entrant, setup)
    within(request.step, 0, setup.steps, "step")
    return Answer(ExplainedEvent(id=request.id, **explain(setup, request.entrant, request.step).describe()))


ANSWERS: dict[type, Callable[[Any, Settings, Report], Answer]] = {
    MapRequest: map_answer,
    FormulaRequest: formula_answer,
    PaintRequest: paint_answer,
    ExplainRequest: explain_answer,
    TuneRequest: tune_answer,
    FitRequest: fit_answer,
    TryRequest: try_answer,
    ValidateRequest: validate_answer,
    TableRequest: table_answer,
    LinkRequest: link_answer,
    SamplesRequest: samples_answer,
    NeedleRequest: needle_answer,
    SweepRequest: sweep_answer,
    NetworkValidateRequest: network_validate_answer,
    HyperSearchRequest: hyper_search_answer,
    TrySetupRequest: try_setup_answer,
}


def answer(request: AnyRequest, settings: Settings, report: Report) -> Answer:
    """The answer to a question."""
    return ANSWERS[type(request)](request, settings, report)

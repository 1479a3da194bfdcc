"""Questions that need no race: each is one function from a request to its answer, for the stream and the API alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import landscape
from app.engine.refusals import Refusal
from app.engine.setup import Limits, read_setup, read_surface, read_window
from app.settings import Settings
from app.web.answers import Answer, critical
from app.web.messages import (
    AnyRequest,
    ExplainRequest,
    FormulaEvent,
    FormulaRequest,
    MapEvent,
    MapRequest,
    PaintEvent,
    PaintRequest,
    TuneRequest,
)

Tell = Callable[[Answer], None]
"""Takes word from the midst of long work. It may raise, and so end the work."""


def nobody(_answer: Answer) -> None:
    """For whoever waits for the end alone."""


def limits_of(settings: Settings) -> Limits:
    """What one race may ask for on this server."""
    return Limits(settings.max_steps, settings.max_entrants, settings.max_points, settings.max_changes)


def within(value: int, low: int, high: int, field: str) -> int:
    """The value, if it is from `low` to `high`."""
    if not low <= value <= high:
        raise Refusal(f"{field} must be from {low} to {high}; got {value}.", code="limit", field=field)
    return value


def map_answer(request: MapRequest, settings: Settings, _tell: Tell) -> Answer:
    """Values over a window, and the critical points in it."""
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


ANSWERS: dict[type, Callable[[Any, Settings, Tell], Answer]] = {
    MapRequest: map_answer,
    FormulaRequest: formula_answer,
}


def answer(request: AnyRequest, settings: Settings, tell: Tell) -> Answer:
    """The answer to a question."""
    return ANSWERS[type(request)](request, settings, tell)

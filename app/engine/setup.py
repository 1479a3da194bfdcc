"""Setup: everything that a race is a pure function of, read from plain JSON values and checked.

Page, permalink, stream, API and command line all describe a race in this one form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from app.engine.optimizers import OPTIMIZERS
from app.engine.refusals import Refusal
from app.engine.rules import Optimizer
from app.engine.schedules import SCHEDULES, Schedule
from app.engine.surface import TYPED_WINDOW, Point, Surface, Window, typed_surface
from app.engine.surfaces import SURFACES

LARGEST = 1e100
"""A start beyond this overflows in the first square; it is refused rather than raced."""


@dataclass(frozen=True)
class Limits:
    """How much one race may ask for."""

    steps: int = 10_000
    entrants: int = 24
    points: int = 600_000
    changes: int = 1_000


@dataclass(frozen=True)
class Entrant:
    """One optimizer with its knobs (all of them), its schedule, and the offset of its start from the common one."""

    optimizer: Optimizer
    knobs: Mapping[str, float]
    schedule: Schedule
    schedule_knobs: Mapping[str, float]
    offset: Point = (0.0, 0.0)
    label: str | None = None

    @property
    def name(self) -> str:
        """What the entrant is called."""
        return self.label or self.optimizer.name


@dataclass(frozen=True)
class Change:
    """From step `at` on, the knob of that entrant has that value."""

    at: int
    entrant: int
    knob: str
    value: float


@dataclass(frozen=True)
class Setup:
    """A race: the same setup gives the same paths, bit for bit."""

    surface: Surface
    start: Point
    steps: int
    seed: int
    noise: float
    entrants: tuple[Entrant, ...]
    changes: tuple[Change, ...] = ()

    def with_change(self, change: Change) -> Setup:
        """The same race with one change more."""
        return replace(self, changes=(*self.changes, change))


def _number(value: Any, field: str, low: float = -LARGEST, high: float = LARGEST) -> float:
    ok = isinstance(value, int | float) and not isinstance(value, bool)
    if not ok or not (low <= value <= high):
        # The range is compared before float(): an integer of a thousand digits must not overflow.
        raise Refusal(
            f"{field} must be a number from {low:g} to {high:g}; got {_show(value)}.",
            field=field,
            code="number",
        )
    return float(value)


def _whole(value: Any, field: str, low: int, high: int) -> int:
    ok = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    if not ok or value != int(value):
        raise Refusal(
            f"{field} must be a whole number from {low} to {high}; got {_show(value)}.",
            field=field,
            code="number",
        )
    return int(value)


def _point(value: Any, field: str) -> Point:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(cast(Sequence[Any], value)) != 2:
        raise Refusal(f"{field} must be two numbers, x and y; got {_show(value)}.", field=field, code="point")
    x, y = cast(Sequence[Any], value)
    return _number(x, f"{field}.x"), _number(y, f"{field}.y")


def _show(value: Any) -> str:
    if isinstance(value, int) and abs(value) > 10**20:
        return "a larger one"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _mapping(value: Any, field: str, allowed: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Refusal(f"{field} must be an object; got {_show(value)}.", field=field, code="type")
    mapping = cast(Mapping[str, Any], value)
    for key in mapping:
        if key not in allowed:
            raise Refusal(
                f"{field} has no {str(key)[:40]!r}; it may have {', '.join(allowed)}.",
                field=field,
                code="unknown",
            )
    return mapping


def _list(value: Any, field: str, most: int) -> Sequence[Any]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Refusal(f"{field} must be a list; got {_show(value)}.", field=field, code="type")
    items = cast(Sequence[Any], value)
    if len(items) > most:
        raise Refusal(f"At most {most} {field} are served here; got {len(items)}.", field=field, code="limit")
    return items


def read_window(value: Any, field: str = "window") -> Window:
    """((x0, x1), (y0, y1)) with x0 < x1 and y0 < y1, neither too thin for the numbers to tell its ends apart."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(cast(Sequence[Any], value)) != 2:
        raise Refusal(
            f"{field} must be [[x0, x1], [y0, y1]]; got {_show(value)}.", field=field, code="window"
        )
    x, y = (_point(side, field) for side in cast(Sequence[Any], value))
    for low, high in (x, y):
        if not high - low > 1e-12 * max(1e-12, abs(low), abs(high)):
            raise Refusal(
                f"{field} must run from a lower to a higher number; got {low:g} to {high:g}.",
                field=field,
                code="window",
            )
    return x, y


def read_surface(data: Mapping[str, Any]) -> Surface:
    """The surface that `surface` names or `expression` types; `window` is a typed one's domain."""
    expression = data.get("expression")
    if expression is None:
        key = data.get("surface")
        if key is None:
            raise Refusal(
                "Either surface or expression is needed; neither came.", field="surface", code="missing"
            )
        return SURFACES[key]
    if not isinstance(expression, str):
        raise Refusal(f"expression must be text; got {_show(expression)}.", field="expression", code="type")
    window = data.get("window")
    return typed_surface(expression, read_window(window) if window is not None else TYPED_WINDOW)


def _entrant(data: Any, index: int) -> Entrant:
    path = f"entrants.{index}"
    shape = ("optimizer", "knobs", "schedule", "offset", "label", "color", "hidden")
    mapping = _mapping(data, path, shape)
    if not isinstance(mapping.get("optimizer"), str):
        raise Refusal(f"{path}.optimizer must name an optimizer.", field=f"{path}.optimizer", code="missing")
    optimizer = OPTIMIZERS[mapping["optimizer"]]
    knobs = _mapping(mapping.get("knobs") or {}, f"{path}.knobs", tuple(optimizer.knobs))
    wanted = mapping.get("schedule") or {"kind": "constant"}
    if not isinstance(wanted, Mapping):
        raise Refusal(
            f"{path}.schedule must be an object; got {_show(wanted)}.", field=f"{path}.schedule", code="type"
        )
    given = dict(cast(Mapping[str, Any], wanted))
    schedule = SCHEDULES[given.pop("kind", "constant")]
    label = mapping.get("label")
    if label is not None and (not isinstance(label, str) or len(label) > 80):
        raise Refusal(
            f"{path}.label must be a text of up to 80 characters.", field=f"{path}.label", code="type"
        )
    return Entrant(
        optimizer,
        optimizer.knob_values(knobs, f"{path}.knobs"),
        schedule,
        schedule.knob_values(given, f"{path}.schedule"),
        _point(mapping.get("offset") or (0.0, 0.0), f"{path}.offset"),
        label,
    )


def read_change(data: Any, entrants: Sequence[Entrant], steps: int, path: str = "change") -> Change:
    """One change, checked against the race that it belongs to."""
    mapping = _mapping(data, path, ("at", "entrant", "knob", "value"))
    at = _whole(mapping.get("at"), f"{path}.at", 0, steps)
    entrant = _whole(mapping.get("entrant"), f"{path}.entrant", 0, len(entrants) - 1)
    name = mapping.get("knob")
    values = entrants[entrant].optimizer.knob_values({str(name): mapping.get("value")}, path)
    return Change(at, entrant, str(name), values[str(name)])


def read_setup(data: Any, limits: Limits | None = None) -> Setup:
    """The setup that plain JSON values describe. `Refusal` names the field, what was expected and what came."""
    limits = limits or Limits()
    shape = (
        "surface",
        "expression",
        "window",
        "start",
        "steps",
        "seed",
        "noise",
        "entrants",
        "changes",
        "scene",
    )
    mapping = _mapping(data, "setup", shape)
    surface = read_surface(mapping)
    if mapping.get("window") is not None:
        read_window(mapping["window"])
    steps = _whole(mapping.get("steps", surface.steps), "steps", 0, limits.steps)
    listed = _list(mapping.get("entrants"), "entrants", limits.entrants)
    if not listed:
        raise Refusal("A race needs at least one entrant; got none.", field="entrants", code="missing")
    if len(listed) * steps > limits.points:
        raise Refusal(
            f"steps times entrants may be at most {limits.points}; got {steps} x {len(listed)}.",
            field="steps",
            code="limit",
        )
    entrants = tuple(_entrant(entry, index) for index, entry in enumerate(listed))
    changes = _list(mapping.get("changes") or (), "changes", limits.changes)
    start = mapping.get("start")
    return Setup(
        surface,
        surface.start if start is None else _point(start, "start"),
        steps,
        _whole(mapping.get("seed", 0), "seed", 0, 2**53),
        _number(mapping.get("noise", 0.0), "noise", 0.0, 1e6),
        entrants,
        tuple(read_change(change, entrants, steps, f"changes.{i}") for i, change in enumerate(changes)),
    )

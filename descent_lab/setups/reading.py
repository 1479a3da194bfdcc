"""Setups from plain JSON values, checked: bad ones are refused in a clear sentence, and so are those too large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from descent_lab import checks
from descent_lab.geometry import Window
from descent_lab.machine.rules import Optimizer
from descent_lab.networks.network import Network
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.optimizers.schedules import SCHEDULES
from descent_lab.refusals import Refusal
from descent_lab.regression.regression import DataChange, Regression
from descent_lab.setups.limits import Limits
from descent_lab.setups.network_reading import MODEL as NETWORK
from descent_lab.setups.network_reading import SOURCES, read_network, read_setting_change
from descent_lab.setups.regression_reading import MODEL, read_data_change, read_regression
from descent_lab.setups.setup import AnyChange, Change, Entrant, Setup
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import TYPED_WINDOW, Surface, typed_surface


def read_window(value: Any, field: str = "window") -> Window:
    """((x0, x1), (y0, y1)) with x0 < x1 and y0 < y1, neither too thin for the numbers to tell its ends apart."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(cast(Sequence[Any], value)) != 2:
        raise Refusal(
            f"{field} must be [[x0, x1], [y0, y1]]; got {checks.show(value)}.", field=field, code="window"
        )
    x, y = (checks.point(side, field) for side in cast(Sequence[Any], value))
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
        raise Refusal(
            f"expression must be text; got {checks.show(expression)}.", field="expression", code="type"
        )
    window = data.get("window")
    return typed_surface(expression, read_window(window) if window is not None else TYPED_WINDOW)


ON_NETWORKS = {"noise": 0.0}
"""Knobs that start from another value where a network is trained: there the mini-batches are the gradient's noise."""


def _optimizer(key: str, problem: Surface | Regression | Network, field: str) -> Optimizer:
    """The optimizer of that key, if it makes sense of the problem."""
    optimizer = OPTIMIZERS[key]
    if isinstance(problem, Network):
        if not optimizer.for_networks:
            raise Refusal(
                f"{optimizer.name} is for a few weights, not for a network; got one of {problem.dim} weights.",
                field=field,
                code="value",
            )
    elif not optimizer.for_races:
        raise Refusal(
            f"{optimizer.name} moves the layers of a network and can only train one; there are no layers here.",
            field=field,
            code="value",
        )
    return optimizer


def _entrant(data: Any, index: int, problem: Surface | Regression | Network) -> Entrant:
    path = f"entrants.{index}"
    shape = ("optimizer", "knobs", "schedule", "offset", "label", "color", "hidden")
    given = checks.mapping(data, path, shape)
    if not isinstance(given.get("optimizer"), str):
        raise Refusal(f"{path}.optimizer must name an optimizer.", field=f"{path}.optimizer", code="missing")
    optimizer, dim = _optimizer(given["optimizer"], problem, f"{path}.optimizer"), problem.dim
    knobs = checks.mapping(given.get("knobs") or {}, f"{path}.knobs", tuple(optimizer.knobs))
    if isinstance(problem, Network):
        knobs = {name: ON_NETWORKS[name] for name in ON_NETWORKS if name in optimizer.knobs} | {**knobs}
    wanted = given.get("schedule") or {"kind": "constant"}
    if not isinstance(wanted, Mapping):
        raise Refusal(
            f"{path}.schedule must be an object; got {checks.show(wanted)}.",
            field=f"{path}.schedule",
            code="type",
        )
    own = dict(cast(Mapping[str, Any], wanted))
    schedule = SCHEDULES[own.pop("kind", "constant")]
    label = given.get("label")
    if label is not None and (not isinstance(label, str) or len(label) > 80):
        raise Refusal(
            f"{path}.label must be a text of up to 80 characters.", field=f"{path}.label", code="type"
        )
    offset = given.get("offset")
    if offset and isinstance(problem, Network):
        raise Refusal(
            f"{path}.offset is for races; the racers of a network all start from the same weights.",
            field=f"{path}.offset",
            code="value",
        )
    return Entrant(
        optimizer,
        optimizer.knob_values(knobs, f"{path}.knobs"),
        schedule,
        schedule.knob_values(own, f"{path}.schedule"),
        checks.numbers(offset, f"{path}.offset", dim) if offset else (0.0,) * dim,
        label,
    )


def read_change(data: Any, setup: Setup, path: str = "change") -> AnyChange:
    """One change, checked against the race that it belongs to; one of the data still has to pass `checked_data`."""
    if isinstance(data, Mapping) and "setting" in data and isinstance(setup.problem, Network):
        return read_setting_change(data, setup.steps, len(setup.problem.hidden), path)
    if isinstance(data, Mapping) and "point" in data and isinstance(setup.problem, Regression):
        return read_data_change(data, setup.steps, path)
    given = checks.mapping(data, path, ("at", "entrant", "knob", "value"))
    at = checks.whole(given.get("at"), f"{path}.at", 0, setup.steps)
    entrant = checks.whole(given.get("entrant"), f"{path}.entrant", 0, len(setup.entrants) - 1)
    name = given.get("knob")
    values = setup.entrants[entrant].optimizer.knob_values({str(name): given.get("value")}, path)
    return Change(at, entrant, str(name), values[str(name)])


RACE = ("start", "steps", "seed", "noise", "entrants", "changes", "window", "scene")
ON_A_SURFACE = ("surface", "expression", *RACE)
OVER_POINTS = (*MODEL, *RACE)
OF_A_NETWORK = (*NETWORK, *(name for name in RACE if name not in ("start", "window", "scene")))


def _shape_of(data: Any) -> tuple[str, ...]:
    """The fields that a setup may have: those of the kind of problem that its own fields tell."""
    names = set(cast(Mapping[str, Any], data)) if isinstance(data, Mapping) else set[str]()
    if names & {*SOURCES}:
        return OF_A_NETWORK
    return OVER_POINTS if names & {"points", "preset", "dataset"} else ON_A_SURFACE


def read_setup(data: Any, limits: Limits | None = None) -> Setup:
    """The setup that plain JSON values describe. `Refusal` names the field, what was expected and what came."""
    limits = limits or Limits()
    shape = _shape_of(data)
    given = checks.mapping(data, "setup", shape)
    if given.get("window") is not None:
        read_window(given["window"])
    if shape is OF_A_NETWORK:
        problem = read_network(given, limits.max_rows)
    else:
        problem = read_regression(given, limits.max_rows) if shape is OVER_POINTS else read_surface(given)
    steps = checks.whole(given.get("steps", problem.steps), "steps", 0, limits.max_steps)
    entrants = checks.listed(given.get("entrants"), "entrants", limits.max_entrants)
    if not entrants:
        raise Refusal("A race needs at least one entrant; got none.", field="entrants", code="missing")
    if len(entrants) * steps > limits.max_points:
        raise Refusal(
            f"steps times entrants may be at most {limits.max_points}; got {steps} x {len(entrants)}.",
            field="steps",
            code="limit",
        )
    changes = checks.listed(given.get("changes") or (), "changes", limits.max_changes)
    start = given.get("start")
    setup = Setup(
        problem,
        problem.start if start is None else checks.numbers(start, "start", problem.dim),
        steps,
        checks.whole(given.get("seed", 0), "seed", 0, 2**53),
        checks.number(given.get("noise", 0.0), "noise", 0.0, 1e6),
        tuple(_entrant(entry, index, problem) for index, entry in enumerate(entrants)),
    )
    checked_work(setup, limits)
    made = tuple(read_change(change, setup, f"changes.{index}") for index, change in enumerate(changes))
    return checked_data(checked_work(replace(setup, changes=made), limits))


def checked_work(setup: Setup, limits: Limits) -> Setup:
    """The setup, if it is not too much work, changes counted."""
    problem, cost = setup.problem, setup.cost
    factors = f"got {len(setup.entrants)} x {setup.steps} x"
    if isinstance(problem, Regression) and cost > limits.max_work:
        raise Refusal(
            f"Entrants times steps times points of a mini-batch times weights may be at most {limits.max_work:,}; "
            f"{factors} {problem.cost // problem.dim} x {problem.dim}.",
            field="steps",
            code="limit",
        )
    if isinstance(problem, Network) and cost > limits.max_training:
        a_step = cost // max(len(setup.entrants) * setup.steps, 1)
        mean = ", the mean of all mini-batches" if a_step != problem.cost else ""
        raise Refusal(
            "Entrants times steps times products of a step (three for each weight and sample of a mini-batch) may be "
            f"at most {limits.max_training:,}; {factors} {a_step:,}{mean}.",
            field="steps",
            code="limit",
        )
    return setup


def checked_data(setup: Setup) -> Setup:
    """The setup, if every change of its data is about a point that is there by then."""
    changes = [each for each in setup.due(0, setup.steps + 1) if isinstance(each, DataChange)]
    if changes:
        count = len(setup.regression.targets)
        for change in changes:
            count = change.counted(count)
    return setup

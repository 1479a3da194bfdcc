"""Setups from plain JSON values: the models check the shape, what is here checks what only the whole can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from descent_lab.geometry import Window
from descent_lab.limits import Limits
from descent_lab.machine.rules import Optimizer
from descent_lab.networks.network import Network, SettingChange
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.optimizers.schedules import SCHEDULES, Schedule
from descent_lab.refusals import Refusal, show
from descent_lab.regression.changes import DataChange
from descent_lab.regression.regression import Regression
from descent_lab.setups import changes, entrants
from descent_lab.setups.faults import refusal_of
from descent_lab.setups.fields import Text, View, Whole
from descent_lab.setups.kinds import kind_of
from descent_lab.setups.layers import Hidden, of_each_layer
from descent_lab.setups.race_setup import Parameters, ordered, surface_of
from descent_lab.setups.setup import AnyChange, Change, Entrant, Setup
from descent_lab.setups.table_reading import TableReading
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface
from descent_lab.tables.features import AS_IT_LOOKS, Reading

if TYPE_CHECKING:
    from descent_lab.setups.models import AnySetup


def read_model(data: Any) -> AnySetup:
    """The setup of the kind that its own fields tell, its shape checked."""
    if not isinstance(data, Mapping):
        raise Refusal("object", field="setup", came=show(data))
    kind = kind_of(cast(Mapping[str, Any], data))
    return _checked(kind, data)


def _checked(kind: type[AnySetup], data: Any) -> AnySetup:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise refusal_of(error, kind) from None


def read_setup(data: Any, limits: Limits | None = None) -> Setup:
    """The setup that plain JSON values describe. `Refusal` names the field, what was expected and what came."""
    return assembled(read_model(data), limits or Limits())


def read_alike(given: Sequence[Mapping[str, Any]], limits: Limits | None = None) -> list[Setup]:
    """What `read_setup` makes of each of several setups of one entrant that differ in its knobs alone; they are read
    together, which takes a small part of the time."""
    first = read_setup(given[0], limits)
    if len(given) == 1:
        return [first]
    entrants = [entrant for each in given[1:] for entrant in each["entrants"]]
    try:
        others = read_model({**given[0], "entrants": entrants}).entrants
    except Refusal:  # which names another place than that of a setup of its own
        return [first, *(read_setup(each, limits) for each in given[1:])]
    return [first, *(replace(first, entrants=(_entrant(each, 0, first.problem),)) for each in others)]


def read_network(data: Any, limits: Limits | None = None) -> Network:
    """The network of a training's setup, which need not say who trains it."""
    given = read_model({"entrants": [{"optimizer": "adam"}], **data})
    if not given.trains:
        raise Refusal("not a network", field="setup")
    network = given.problem((limits or Limits()).max_samples)
    assert isinstance(network, Network)
    return network


def read_table_reading(data: Any) -> Reading:
    """How a text of columns is to be read; None for as it looks."""
    if data is None:
        return AS_IT_LOOKS
    try:
        return TableReading.model_validate(data).told()
    except ValidationError as error:
        raise refusal_of(error, TableReading, "reading") from None


def assembled(given: AnySetup, limits: Limits) -> Setup:
    """What runs: the problem with all that is known of it, the entrants with all their knobs."""
    if len(given.entrants) > limits.max_entrants:
        raise Refusal("at most", field="entrants", most=limits.max_entrants, count=len(given.entrants))
    problem = given.problem(limits.max_samples if given.tabular else limits.max_rows)
    start = getattr(given, "start", None)
    steps = problem.steps if given.steps is None else given.steps
    if steps > limits.max_steps:
        raise Whole(0, limits.max_steps).refusal("steps", steps)
    if len(given.entrants) * steps > limits.max_points:
        raise Refusal(
            "too many points",
            field="steps",
            most=limits.max_points,
            steps=steps,
            entrants=len(given.entrants),
        )
    if start is not None and len(start) != problem.dim:
        raise _not_so_many(start, "start", problem.dim)
    setup = Setup(
        problem,
        problem.start if start is None else start,
        steps,
        given.seed,
        given.noise,
        tuple(_entrant(each, index, problem) for index, each in enumerate(given.entrants)),
    )
    checked_work(setup, limits)
    if not given.changes:
        return setup
    if len(given.changes) > limits.max_changes:
        raise Refusal("at most", field="changes", most=limits.max_changes, count=len(given.changes))
    made = tuple(_change(each, setup, f"changes.{index}") for index, each in enumerate(given.changes))
    return checked_data(checked_work(replace(setup, changes=made), limits))


def _not_so_many(given: tuple[float, ...], field: str, count: int) -> Refusal:
    came = str(list(given))
    return (
        Refusal("point", field=field, came=came)
        if count == 2
        else Refusal("numbers", field=field, count=count, came=came)
    )


_CONSTANT: tuple[Schedule, dict[str, float]] = (SCHEDULES[entrants.CONSTANT], {})


def _entrant(given: entrants.Entrant, index: int, problem: Surface | Regression | Network) -> Entrant:
    optimizer = OPTIMIZERS[given.optimizer]
    knobs = (
        _defaults(optimizer, isinstance(problem, Network)) if given.knobs is None else given.knobs.__dict__
    )
    schedule, own = _CONSTANT
    if given.schedule is not None:
        own = dict(given.schedule.__dict__)
        schedule = SCHEDULES[own.pop("kind")]
    offset = getattr(given, "offset", None)
    if offset is None:
        offset = (0.0,) * problem.dim
    elif len(offset) != problem.dim:
        raise _not_so_many(offset, f"entrants.{index}.offset", problem.dim)
    return Entrant(optimizer, knobs, schedule, own, offset, given.label)


def _defaults(optimizer: Optimizer, on_network: bool) -> dict[str, float]:
    others = entrants.ON_NETWORKS if on_network else {}
    return {name: others.get(name, knob.default) for name, knob in optimizer.knobs.items()}


# ---------------------------------------------------------------- changes


def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind, config=ConfigDict(defer_build=True))


_CHANGES = {
    Surface: TypeAdapter[Any](changes.KnobChange),
    Regression: _adapter(changes.OverPoints),
    Network: _adapter(changes.OnTheWay),
}
_VIEW, _TEXT, _HIDDEN, _PARAMETERS = _adapter(View), _adapter(Text), _adapter(Hidden), _adapter(Parameters)


def read_change(data: Any, setup: Setup, path: str = "change") -> AnyChange:
    """One change, checked against the race that it belongs to; one of the data still has to pass `checked_data`."""
    return _change(read_part(_CHANGES[_family(setup.problem)], data, path), setup, path)


def _family(problem: Surface | Regression | Network) -> type:
    return Surface if isinstance(problem, Surface) else type(problem)


def _change(given: changes.Change, setup: Setup, path: str) -> AnyChange:
    if given.at > setup.steps:
        raise Whole(0, setup.steps).refusal(f"{path}.at", given.at)
    match given:
        case changes.PointChange():
            return DataChange(given.at, given.point, given.to)
        case changes.KnobChange():
            if given.entrant >= len(setup.entrants):
                raise Whole(0, len(setup.entrants) - 1).refusal(f"{path}.entrant", given.entrant)
            values = setup.entrants[given.entrant].optimizer.knob_values({given.knob: given.value}, path)
            return Change(given.at, given.entrant, given.knob, values[given.knob])
        case changes.DropoutChange():
            layers = len(setup.network.hidden)
            value = of_each_layer("dropout", given.value, layers, f"{path}.value")
            return SettingChange(given.at, given.setting, value)
        case changes.BatchChange() | changes.StrengthChange():
            return SettingChange(given.at, given.setting, given.value)
        case _:
            raise TypeError(given)


# ---------------------------------------------------------------- parts that are asked for alone


def read_window(value: Any, field: str = "window") -> Window:
    """((x0, x1), (y0, y1)) with x0 < x1 and y0 < y1, neither too thin for the numbers to tell its ends apart."""
    return ordered(read_part(_VIEW, value, field), field)


def read_hidden(value: Any, field: str = "hidden") -> tuple[int, ...]:
    """Neurons of each hidden layer."""
    return read_part(_HIDDEN, value, field)


def read_part(kind: TypeAdapter[Any], value: Any, field: str) -> Any:
    """A value that is checked as that kind of field is in a setup."""
    try:
        return kind.validate_python(value)
    except ValidationError as error:
        raise refusal_of(error, kind._type, field) from None  # pyright: ignore[reportPrivateUsage]


def read_surface(data: Mapping[str, Any]) -> Surface:
    """The surface that `surface` names or `expression` types; `window` is a typed one's domain, and `parameters` say
    what its letters stand for."""
    expression = data.get("expression")
    if expression is None:
        key = data.get("surface")
        if key is None:
            raise Refusal("no surface", field="surface")
        return SURFACES[key]
    window = data.get("window")
    domain = None if window is None else read_window(window)
    given = data.get("parameters")
    parameters = None if given is None else read_part(_PARAMETERS, given, "parameters")
    return surface_of(read_part(_TEXT, expression, "expression"), parameters, domain)


# ---------------------------------------------------------------- limits and data


def checked_work(setup: Setup, limits: Limits) -> Setup:
    """The setup, if it is not too much work, changes counted."""
    problem, cost = setup.problem, setup.cost
    count = len(setup.entrants)
    if isinstance(problem, Regression) and cost > limits.max_work:
        raise Refusal(
            "too much regression",
            field="steps",
            most=limits.max_work,
            entrants=count,
            steps=setup.steps,
            points=problem.cost // problem.dim,
            weights=problem.dim,
        )
    if isinstance(problem, Network) and cost > limits.max_training:
        a_step = cost // max(count * setup.steps, 1)
        reason = "too much training" if a_step == problem.cost else "too much training, on the mean"
        raise Refusal(
            reason,
            field="steps",
            most=limits.max_training,
            entrants=count,
            steps=setup.steps,
            products=a_step,
        )
    return setup


def checked_data(setup: Setup) -> Setup:
    """The setup, if every change of its data is about a point that is there by then."""
    moved = [each for each in setup.due(0, setup.steps + 1) if isinstance(each, DataChange)]
    if moved:
        count = len(setup.regression.targets)
        for change in moved:
            count = change.counted(count)
    return setup

"""The setup of a race on a surface: one of the catalogue, or a typed formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import floor, log10
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from descent_lab.formulas.expressions import FIRST_VALUE, Expression
from descent_lab.geometry import Window
from descent_lab.refusals import Refusal
from descent_lab.setups.changes import KnobChange
from descent_lab.setups.entrants import Entrant, entrants
from descent_lab.setups.fields import Finite, KeyOf, Model, Place, Run, Shape, Text, TextOf, View
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface
from descent_lab.surfaces.typed import TYPED_WINDOW, parsed, typed_surface

NARROWEST = 5.0
"""A slider of which nothing is said runs from minus this to this, or further where its value lies beyond."""

Range = tuple[float, float]


class Parameter(Model):
    """A letter of a formula that is no variable, and the number for which it stands."""

    name: Annotated[str, TextOf(20, reason="short text")] = Field(
        description="The letter, or the name of the Greek one.", examples=["a"]
    )
    value: Finite = Field(FIRST_VALUE, description="The number for which it stands.")
    range: Annotated[tuple[Finite, Finite], Shape("range")] | None = Field(
        None, description="[low, high], the ends of its slider; null for the usual ones."
    )


Parameters = Annotated[tuple[Parameter, ...], Shape("list")]


if TYPE_CHECKING:
    OnSurface = Entrant
else:
    OnSurface = entrants("surface")


class RaceSetup(Run):
    """A race of several optimizers on a surface."""

    start: Place | None = Field(None, description="[x, y] where all start; null for the surface's own.")
    window: View | None = Field(
        None, description="What is seen of the plane, and a typed surface's domain: [[x0, x1], [y0, y1]]."
    )
    scene: Text | None = Field(None, description="Key of the scene that this race was taken from.")
    entrants: Annotated[tuple[OnSurface, ...], Shape("list")] = Field(
        min_length=1, description="Who races, in the order of the paths."
    )
    changes: Annotated[tuple[KnobChange, ...], Shape("list")] | None = Field(
        None, description="Knobs that are turned on the way."
    )

    def problem(self, most: int) -> Surface:
        """The surface that the setup names or types. most: of no meaning here."""
        window = None if self.window is None else ordered(self.window, "window")
        if isinstance(self, SurfaceRace):
            return SURFACES[self.surface]
        assert isinstance(self, FormulaRace)
        return surface_of(self.expression, self.parameters, window)


class SurfaceRace(RaceSetup):
    """A race on a surface of the catalogue."""

    surface: Annotated[str, KeyOf(SURFACES)] = Field(description="Key of the surface.", examples=["beale"])
    expression: None = None


class FormulaRace(RaceSetup):
    """A race on a typed formula."""

    expression: Text = Field(
        min_length=1,
        description="A formula in x and y; any other letter is a parameter.",
        examples=["sin(3x) + 0.1(x^2 + y^2)"],
    )
    parameters: Parameters | None = Field(
        None, description="What the letters stand for that are no variables; null for 1 each."
    )
    surface: Annotated[str, KeyOf(SURFACES)] | None = Field(
        None, description="Not looked at: the formula counts."
    )


def surface_of(formula: str, parameters: Iterable[Parameter] | None, window: Window | None = None) -> Surface:
    """The surface of a typed formula over its domain, its letters standing for these numbers."""
    values = values_of(parameters or (), parsed(formula))
    return typed_surface(formula, window or TYPED_WINDOW, tuple(values.items()))


def ordered(window: Window, field: str) -> Window:
    """The window, if its sides run from a lower to a higher number, not too near for numbers to tell them apart."""
    for low, high in window:
        if not high - low > 1e-12 * max(1e-12, abs(low), abs(high)):
            raise Refusal("window side", field=field, low=low, high=high)
    return window


# ---------------------------------------------------------------- the letters of a formula


def values_of(
    parameters: Iterable[Parameter], expression: Expression, field: str = "parameters"
) -> dict[str, float]:
    """What the letters of a formula stand for. `Refusal` names a letter that it has not, or that comes twice."""
    values = dict[str, float]()
    known = list(expression.parameters)
    for index, each in enumerate(parameters):
        place = f"{field}.{index}"
        if each.name not in known:
            if not known:
                raise Refusal("no letters", field=f"{place}.name", name=each.name)
            raise Refusal("unknown letter", field=f"{place}.name", name=each.name, known=known)
        if each.name in values:
            raise Refusal("letter twice", field=f"{place}.name", name=each.name)
        if each.range is not None and not each.range[0] < each.range[1]:
            raise Refusal("range", field=f"{place}.range", came=str(list(each.range)))
        values[each.name] = each.value
    return values


def slider_range(value: float) -> Range:
    """The ends of a slider of which nothing is said."""
    size = abs(value)
    if size > NARROWEST:
        decade = 10.0 ** floor(log10(size))
        size = next(times * decade for times in (1.0, 2.0, 5.0, 10.0) if times * decade >= size)
    end = max(NARROWEST, size)
    return -end, end


def completed_parameters(
    parameters: Iterable[Mapping[str, object]], expression: Expression
) -> list[dict[str, object]]:
    """All letters of a formula, as plain values: what is said of them, and what they are where nothing is. Those that
    the formula has not come last, to be refused."""
    said = {str(each.get("name")): dict(each) for each in parameters}
    known = [said.pop(name, {"name": name, "value": FIRST_VALUE}) for name in expression.parameters]
    return [*known, *said.values()]

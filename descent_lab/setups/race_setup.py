"""The setup of a race on a surface: one of the catalogue, or a typed formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from descent_lab.geometry import Window
from descent_lab.refusals import Refusal
from descent_lab.setups.changes import KnobChange
from descent_lab.setups.entrants import Entrant, entrants
from descent_lab.setups.fields import KeyOf, Place, Run, Shape, Text, View
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import TYPED_WINDOW, Surface, typed_surface

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
        return typed_surface(self.expression, window or TYPED_WINDOW)


class SurfaceRace(RaceSetup):
    """A race on a surface of the catalogue."""

    surface: Annotated[str, KeyOf(SURFACES)] = Field(description="Key of the surface.", examples=["beale"])
    expression: None = None


class FormulaRace(RaceSetup):
    """A race on a typed formula."""

    expression: Text = Field(
        min_length=1, description="A formula in x and y.", examples=["sin(3x) + 0.1(x^2 + y^2)"]
    )
    surface: Annotated[str, KeyOf(SURFACES)] | None = Field(
        None, description="Not looked at: the formula counts."
    )


def ordered(window: Window, field: str) -> Window:
    """The window, if its sides run from a lower to a higher number, not too near for numbers to tell them apart."""
    for low, high in window:
        if not high - low > 1e-12 * max(1e-12, abs(low), abs(high)):
            raise Refusal("window side", field=field, low=low, high=high)
    return window

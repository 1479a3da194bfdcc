"""Surfaces that a person types: their formulas run at once, and leave nothing behind when nobody holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import ClassVar

import numpy as np

from descent_lab.formulas.expressions import Expression, parse
from descent_lab.geometry import Window
from descent_lab.machine import register_machine
from descent_lab.machine.kernels import Kernel
from descent_lab.machine.rules import Optimizer
from descent_lab.surfaces.surface import Surface

TYPED_WINDOW: Window = ((-4.0, 4.0), (-4.0, 4.0))


@dataclass(frozen=True, eq=False)
class TypedSurface(Surface):
    """A surface whose kernels are the register machine's, which read the formula as numbers."""

    built_in: ClassVar[bool] = False

    @property
    def data(self) -> np.ndarray:
        """The formula's programs (see `register_machine.loaded`)."""
        return self._programs

    @cached_property
    def _programs(self) -> np.ndarray:
        programs = register_machine.loaded(self.expression)
        programs.setflags(write=False)
        return programs

    @property
    def field(self) -> Kernel:
        """Loss and gradient of any program."""
        return register_machine.field()

    @property
    def hessian(self) -> Kernel:
        """The Hessian of any program."""
        return register_machine.hessian()

    def joined(self, optimizer: Optimizer) -> Kernel | None:
        """None: nothing is compiled for a formula that was typed."""
        return None


@lru_cache(maxsize=256)
def parsed(formula: str) -> Expression:
    """A formula that a person typed, understood. `Refusal` points at what is wrong in it."""
    return parse(formula)


@lru_cache(maxsize=256)
def typed_surface(
    formula: str, window: Window = TYPED_WINDOW, parameters: tuple[tuple[str, float], ...] = ()
) -> TypedSurface:
    """The surface of a formula that a person typed. parameters: what its letters stand for, where that is not 1.
    `Refusal` points at what is wrong in it."""
    (x0, x1), (y0, y1) = window
    # Off the middle in both directions: many formulas have a saddle or a minimum at the very centre.
    start = (float(f"{x0 + 0.8 * (x1 - x0):.6g}"), float(f"{y0 + 0.7 * (y1 - y0):.6g}"))
    return TypedSurface(
        "typed", "Your formula", parsed(formula).turned(dict(parameters)), window, start, group="Typed"
    )

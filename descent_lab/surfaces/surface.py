"""A surface: one formula, its window, start and critical points, and the two kernels made of it.

Built-in surfaces are formulas of the same kind that a person types; they alone are compiled (see `typed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numba import carray  # pyright: ignore[reportPrivateImportUsage]

from descent_lab.formulas.code import PRELUDE, code
from descent_lab.formulas.expressions import Expression, parse
from descent_lab.formulas.mathml import expression_mathml
from descent_lab.geometry import Point, Window
from descent_lab.machine.batches import NOTHING, Batches, always
from descent_lab.machine.kernels import FIELD, HESSIAN, RULE, Kernel, compile_kernel
from descent_lab.machine.lanes import PLAIN_LEVEL, evaluate
from descent_lab.machine.rules import Optimizer

LATTICE = 41
"""Points across and up by which the size of a surface's losses is judged."""

# A single lane takes the short way: no loop, nothing to vectorise.
_FIELD = """\
def kernel(data, w, n, loss, gradient):
    if n == 1:
        x, y = w[0], w[1]
{one}
        loss[0] = {f}
        gradient[0] = {gx}
        gradient[1] = {gy}
        return
    W = carray(w, (2, n))
    G = carray(gradient, (2, n))
    L = carray(loss, (n,))
    w0, w1, g0, g1 = W[0], W[1], G[0], G[1]
    for j in range(n):
        x, y = w0[j], w1[j]
{many}
        L[j] = {f}
        g0[j] = {gx}
        g1[j] = {gy}
"""

_HESSIAN = """\
def kernel(data, w, n, hessian):
    W = carray(w, (2, n))
    H = carray(hessian, (3, n))
    w0, w1, h0, h1, h2 = W[0], W[1], H[0], H[1], H[2]
    for j in range(n):
        x, y = w0[j], w1[j]
{many}
        h0[j] = {xx}
        h1[j] = {xy}
        h2[j] = {yy}
"""


# A rule, then the field where it has led, for lanes in two dimensions: what the one is waiting for the other works out.
_JOINED = """\
@apart
def lanes(w0, w1, gradient0, gradient1, loss, out0, out1, {rows}, rate, n):
    W0, W1, G0, G1 = carray(w0, (n,)), carray(w1, (n,)), carray(gradient0, (n,)), carray(gradient1, (n,))
    OUT0, OUT1, L = carray(out0, (n,)), carray(out1, (n,)), carray(loss, (n,))
{arrays}
    broken = 0
    for j in range(n):
        {targets0} = rule(W0[j], G0[j], {arguments0})
        {targets1} = rule(W1[j], G1[j], {arguments1})
        total = x + y + G0[j] + G1[j]
        broken += 0 if total - total == 0.0 else 1
        OUT0[j] = x
        OUT1[j] = y
{many}
        L[j] = {f}
        G0[j] = {gx}
        G1[j] = {gy}
    return broken


def kernel(field, hessian, data, w, loss, gradient, jolt, state, knobs, rate, draw, dim, n, stride, out):
    w1, gradient1, out1 = shifted(w, stride), shifted(gradient, stride), shifted(out, stride)
    return lanes(w, w1, gradient, gradient1, loss, out, out1, {pointers}, rate, n)
"""


def _indented(statements: Sequence[str]) -> str:
    return "\n".join(" " * 8 + statement for statement in statements)


@dataclass(frozen=True, eq=False)  # its caches ask by identity
class Surface:
    """A loss over two parameters.

    formula: as typed. window: ((x0, x1), (y0, y1)). minima and saddles: the known ones inside or near the window;
    a minimum in `kinks` has no Hessian (the surface is not smooth there). steps: a race's suggested length.
    """

    key: str
    name: str
    expression: Expression
    window: Window
    start: Point
    teaches: str = ""
    group: str = ""
    axes: tuple[str, str] = ("x", "y")
    minima: tuple[Point, ...] = ()
    saddles: tuple[Point, ...] = ()
    kinks: tuple[Point, ...] = ()
    steps: int = 300
    _joined: dict[str, Kernel] = field(default_factory=dict[str, Kernel], init=False, repr=False)

    dim = 2
    stride = 1_000_000
    built_in: ClassVar[bool] = True

    @property
    def data(self) -> np.ndarray:
        """What the kernels read beside the point: nothing."""
        return NOTHING

    def batches(self, first: int, count: int) -> Batches:
        """What the kernels read at steps first .. first + count - 1: the same at all."""
        return always(self.data, count)

    @cached_property
    def level(self) -> tuple[float, float]:
        """A low loss, and the size by which losses are told apart: the lowest of a lattice over the window, and how far
        above it the lowest tenth of the lattice reaches. For a f + b they are a times that of f, the first plus b."""
        (x0, x1), (y0, y1) = self.window
        x, y = np.meshgrid(np.linspace(x0, x1, LATTICE), np.linspace(y0, y1, LATTICE))
        loss = evaluate(self, np.array([x.ravel(), y.ravel()]))[0]
        loss = loss[np.isfinite(loss)]
        if not len(loss):
            return PLAIN_LEVEL
        with np.errstate(over="ignore"):
            lowest, *higher = np.quantile(loss, [0.0, 0.1, 0.5, 1.0])
            above = [float(each - lowest) for each in higher]
        return float(lowest), next((each for each in above if 0 < each < np.inf), 1.0)

    @property
    def formula(self) -> str:
        """The formula as it was typed."""
        return self.expression.text

    @property
    def field(self) -> Kernel:
        """Loss and gradient (see `kernels`)."""
        return self._field

    @property
    def hessian(self) -> Kernel:
        """The Hessian (see `kernels`)."""
        return self._hessian

    @cached_property
    def _field(self) -> Kernel:
        statements, results = code(self.expression, 1)
        f, gx, gy = results
        body = _indented(statements)
        source = PRELUDE + _FIELD.format(one=body, many=body, f=f, gx=gx, gy=gy)
        return compile_kernel(source, FIELD, {"carray": carray})

    @cached_property
    def _hessian(self) -> Kernel:
        statements, results = code(self.expression, 2)
        xx, xy, yy = results[-3:]
        source = PRELUDE + _HESSIAN.format(many=_indented(statements), xx=xx, xy=xy, yy=yy)
        return compile_kernel(source, HESSIAN, {"carray": carray})

    def joined(self, optimizer: Optimizer) -> Kernel | None:
        """A step of the optimizer and the field after it in one kernel; None where a step is not one weight's alone.

        A quarter faster than the two one after the other, and compiled for this very pair: for crowds of lanes.
        """
        if optimizer.whole_point:
            return None
        if optimizer.key not in self._joined:
            self._joined[optimizer.key] = self._join(optimizer)
        return self._joined[optimizer.key]

    def _join(self, optimizer: Optimizer) -> Kernel:
        states, knobs = range(len(optimizer.state)), range(len(optimizer.knobs))
        rows = [*(f"s{s}{i}" for s in states for i in (0, 1)), *(f"k{k}" for k in knobs)]
        starts = [
            *(f"state, {2 * s + i} * n" for s in states for i in (0, 1)),
            *(f"knobs, {k} * n" for k in knobs),
        ]
        statements, (f, gx, gy) = code(self.expression, 1)
        targets = [", ".join(["xy"[i], *(f"S{s}{i}[j]" for s in states)]) for i in (0, 1)]
        source = PRELUDE + _JOINED.format(
            rows=", ".join(rows),
            arrays="\n".join(f"    {row.upper()} = carray({row}, (n,))" for row in rows),
            targets0=targets[0], targets1=targets[1],
            arguments0=optimizer.arguments("S{}0[j]", "K{}[j]"), arguments1=optimizer.arguments("S{}1[j]", "K{}[j]"),
            many=_indented(statements), f=f, gx=gx, gy=gy,
            pointers=", ".join(f"shifted({start})" for start in starts),
        )  # fmt: skip
        return compile_kernel(source, RULE, optimizer.bindings, optimizer.made_of)

    @cached_property
    def mathml(self) -> str:
        """The formula as MathML, as it was typed."""
        return expression_mathml(self.expression)

    @property
    def scale(self) -> float:
        """Length of the window's diagonal: the scale of distances on this surface."""
        (x0, x1), (y0, y1) = self.window
        return ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5

    def describe(self) -> dict[str, Any]:
        """What everyone who shows this surface needs, as plain JSON values."""
        return {
            "key": self.key,
            "name": self.name,
            "group": self.group,
            "formula": self.formula,
            "mathml": self.mathml,
            "window": self.window,
            "start": self.start,
            "axes": self.axes,
            "teaches": self.teaches,
            "steps": self.steps,
        }


def surface(key: str, name: str, formula: str, **rest: Any) -> Surface:
    """Declare a built-in surface; `rest` as in `Surface`."""
    return Surface(key, name, parse(formula), **rest)

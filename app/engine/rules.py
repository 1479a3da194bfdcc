"""An optimizer: an update rule as the textbook writes it, its knobs, and the kernel made of both.

`@optimizer` takes a rule for one coordinate: `(w, g, *state, *knobs) -> w, *state`. `@point_optimizer` takes a rule
over the whole point, for methods that need norms, Hessians, several gradients or none. Both join the same catalogue
and the same loop, and no rule contains a loop over steps.
"""

# pyright: reportPrivateImportUsage=false
# (numba names its own functions outside __all__.)

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numba import carray

from app.engine.formulas import latex_to_mathml, rule_lines
from app.engine.kernels import RULE, Kernel, call_field, call_hessian, compile_kernel, inlined, pointer
from app.engine.knobs import Knob, read_knobs

# The wrapper of a rule for one coordinate. A single lane takes the short way: no loop, nothing to vectorise.
_COORDINATE = """\
def kernel(field, hessian, w, loss, gradient, jolt, state, knobs, rate, draw, dim, n, stride, out):
    if n == 1:
        for i in range(dim):
            {assign_one} = rule({arguments_one})
        return
    W = carray(w, (dim, stride))
    G = carray(gradient, (dim, stride))
    OUT = carray(out, (dim, stride))
    S = carray(state, ({states}, dim, n))
    K = carray(knobs, ({knobs}, n))
    for i in range(dim):
        wi = W[i]
        gi = G[i]
        outi = OUT[i]
{rows}
        for j in range(n):
            {assign} = rule({arguments})
"""

# The wrapper of a rule over the whole point: each lane is lifted out, moved, and put back.
_POINT = """\
def kernel(field, hessian, w, loss, gradient, jolt, state, knobs, rate, draw, dim, n, stride, out):
    W = carray(w, (dim, stride))
    L = carray(loss, (n,))
    G = carray(gradient, (dim, stride))
    J = carray(jolt, (dim, stride))
    S = carray(state, ({rows}, n))
    K = carray(knobs, ({knobs}, n))
    D = carray(draw, (dim,))
    OUT = carray(out, (dim, stride))
    point = np.empty(dim)
    slope = np.empty(dim)
    push = np.empty(dim)
    memory = np.empty({rows})
    moved = np.empty(dim)
    for j in range(n):
        for i in range(dim):
            point[i] = W[i, j]
            slope[i] = G[i, j]
            push[i] = J[i, j]
            moved[i] = W[i, j]
        for i in range({rows}):
            memory[i] = S[i, j]
        rule((field, hessian, push), point, L[j], slope, memory, D, {arguments}, moved)
        for i in range(dim):
            OUT[i, j] = moved[i]
        for i in range({rows}):
            S[i, j] = memory[i]
"""


Recall = Callable[[np.ndarray, int], list[tuple[str, Any]]]


@dataclass(frozen=True)
class Optimizer:
    """One entry of the catalogue of optimizers.

    rule: the update rule. knobs: in the order of the rule's arguments. state: names of what it keeps for each
    coordinate; initial: a number, or the knob that a state starts from (0 where not named). remembers: the state
    shown as "what it remembers", an average of gradients, so that it pushes towards its negative. needs: of
    {"gradient", "hessian", "values", "draws"}. convention: where definitions differ, which one this is.

    fused: the same step in fewer divisions, for the kernel; a test holds it to the rule.

    Of a rule over the whole point: memory: how many numbers it keeps for a dimension; recalls: what they are,
    `(memory, dim) -> [(LaTeX, number or array)]`; push: the first row of the direction that it remembers.
    """

    key: str
    name: str
    source: str
    group: str
    sentence: str
    rule: Callable[..., Any]
    knobs: Mapping[str, Knob]
    state: tuple[str, ...] = ()
    initial: Mapping[str, float | str] = field(default_factory=dict[str, float | str])
    remembers: str | None = None
    needs: frozenset[str] = frozenset({"gradient"})
    symbols: Mapping[str, str] = field(default_factory=dict[str, str])
    latex: str | None = None
    memory: Callable[[int], int] | None = None
    fused: Callable[..., Any] | None = None
    recalls: Recall | None = None
    push: int | None = None
    convention: str = ""

    @property
    def whole_point(self) -> bool:
        """Whether the rule moves whole points; else it moves one coordinate at a time."""
        return self.memory is not None

    def state_rows(self, dim: int) -> int:
        """How many numbers a lane of `dim` coordinates keeps from step to step."""
        return self.memory(dim) if self.memory is not None else len(self.state) * dim

    def initial_state(self, dim: int, knobs: np.ndarray) -> np.ndarray:
        """State before the first step. knobs: (K, lanes) -> (rows, lanes)."""
        state = np.zeros((self.state_rows(dim), knobs.shape[1]))
        for name, value in self.initial.items():
            row = self.state.index(name) * dim
            state[row : row + dim] = knobs[list(self.knobs).index(value)] if isinstance(value, str) else value
        return state

    def knob_values(self, given: Mapping[str, Any], path: str = "knobs") -> dict[str, float]:
        """Every knob's value: the given ones checked, the others at their defaults."""
        return read_knobs(self.name, self.knobs, given, path)

    @cached_property
    def kernel(self) -> Kernel:
        """The compiled rule (see `kernels.RULE`)."""
        parameters = list(inspect.signature(self.rule).parameters)
        bindings = {"rule": inlined(self.fused or self.rule), "carray": carray, "np": np}
        if self.memory is not None:
            bindings["rows_of"] = inlined(self.memory)
        return compile_kernel(self._wrapper(parameters), RULE, bindings, self._made_of())

    def _made_of(self) -> str:
        """The text of every file that has a part in the rule: its own, with its constants, and its helpers'."""
        own = sys.modules[self.rule.__module__]
        helpers = {part.py_func.__module__ for part in vars(own).values() if hasattr(part, "py_func")}
        files = [own, *(sys.modules[name] for name in sorted(helpers))]
        return self.rule.__name__ + "".join(inspect.getsource(file) for file in files)

    def _wrapper(self, parameters: list[str]) -> str:
        names = list(self.knobs)

        def knob(name: str, one: bool) -> str:
            value = f"knobs[{names.index(name)}]" if one else f"K[{names.index(name)}, j]"
            return f"{value} * rate" if name == "lr" else value

        if self.memory is not None:
            arguments = ", ".join(knob(name, False) for name in parameters[6:-1])
            return _POINT.format(rows="rows_of(dim)", knobs=len(names), arguments=arguments)
        states = range(len(self.state))
        used = parameters[2 + len(self.state) :]
        one = [f"state[{s} * dim + i]" for s in states]
        many = [f"s{s}[j]" for s in states]
        first = ("w[i * stride]", "gradient[i * stride]")
        return _COORDINATE.format(
            assign_one=", ".join(["out[i * stride]", *one]),
            arguments_one=", ".join([*first, *one, *(knob(name, True) for name in used)]),
            assign=", ".join(["outi[j]", *many]),
            arguments=", ".join(["wi[j]", "gi[j]", *many, *(knob(name, False) for name in used)]),
            rows="\n".join(f"        s{s} = S[{s}, i]" for s in states),
            states=len(self.state),
            knobs=len(names),
        )

    @cached_property
    def lines(self) -> list[Any]:
        """The update rule, a line each, as formulas that numbers can be put into; empty for whole-point rules."""
        return [] if self.whole_point else rule_lines(self.rule, self.symbols)

    @cached_property
    def mathml(self) -> str:
        """The update rule as MathML."""
        if self.latex is not None:
            return latex_to_mathml(self.latex)
        return "".join(line.formula for line in self.lines)

    def describe(self) -> dict[str, Any]:
        """What everyone who shows this optimizer needs, as plain JSON values."""
        return {
            "key": self.key,
            "name": self.name,
            "source": self.source,
            "group": self.group,
            "sentence": self.sentence,
            "mathml": self.mathml,
            "needs": sorted(self.needs),
            "convention": self.convention,
            "memory": self.remembers is not None or self.push is not None,
            "knobs": [knob.describe(name) for name, knob in self.knobs.items()],
        }


def optimizer(
    key: str,
    name: str,
    source: str,
    *,
    group: str,
    sentence: str,
    remembers: str | None = None,
    initial: Mapping[str, float | str] = MappingProxyType({}),
    symbols: Mapping[str, str] = MappingProxyType({}),
    convention: str = "",
    fused: Callable[..., Any] | None = None,
    **knobs: Knob,
) -> Callable[[Callable[..., Any]], Optimizer]:
    """Declare an update rule for one coordinate; what is neither `w`, `g` nor a knob is its state."""

    def declare(rule: Callable[..., Any]) -> Optimizer:
        parameters = list(inspect.signature(rule).parameters)
        state = tuple(p for p in parameters[2:] if p not in knobs)
        assert parameters == ["w", "g", *state, *(k for k in knobs if k in parameters)], (
            f"{key}: argument order"
        )
        return Optimizer(
            key, name, source, group, sentence, rule, knobs, state, initial, remembers,
            symbols=symbols, convention=convention, fused=fused,
        )  # fmt: skip

    return declare


def point_optimizer(
    key: str,
    name: str,
    source: str,
    *,
    group: str,
    sentence: str,
    needs: frozenset[str] | set[str],
    latex: str,
    memory: Callable[[int], int],
    recalls: Recall | None = None,
    push: int | None = None,
    convention: str = "",
    **knobs: Knob,
) -> Callable[[Callable[..., Any]], Optimizer]:
    """Declare a rule over the whole point: `(problem, w, loss, g, memory, draw, *knobs, out)`, which fills `out`.

    All arrays are (dim,) but `memory`, (memory(dim),), which starts at 0 and may be changed in place. `evaluate` and
    `curvature` ask the problem anew.
    """

    def declare(rule: Callable[..., Any]) -> Optimizer:
        return Optimizer(
            key, name, source, group, sentence, rule, knobs, needs=frozenset(needs), latex=latex,
            memory=memory, recalls=recalls, push=push, convention=convention,
        )  # fmt: skip

    return declare


@inlined
def evaluate(problem: Any, w: Any, g: Any) -> float:
    """Loss at w, (dim,); the gradient, with this step's noise, goes to g, (dim,)."""
    loss = np.empty(1)
    call_field(problem[0], (pointer(w), 1, pointer(loss), pointer(g)))
    for i in range(w.shape[0]):
        g[i] += problem[2][i]
    return loss[0]


@inlined
def curvature(problem: Any, w: Any, h: Any) -> None:
    """The Hessian's rows xx, xy, yy at w, (2,), go to h, (3,)."""
    call_hessian(problem[1], (pointer(w), 1, pointer(h)))

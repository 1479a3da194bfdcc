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

from descent_lab.formulas.mathml import latex_to_mathml, rule_lines
from descent_lab.knobs import Knob, read_knobs
from descent_lab.machine.block import ASKS_DRAWS, BY_LANE, FADES
from descent_lab.machine.kernels import (
    RULE,
    Kernel,
    apart,
    compile_kernel,
    inlined,
    shifted,
)
from descent_lab.machine.rule_source import COORDINATE, POINT

# The wrapper of a rule for one coordinate. A single lane takes the short way: no loop, nothing to vectorise.
# x - x is 0 for a finite x and NaN otherwise: a test without a branch; and a sum is finite only if its parts are.
Recall = Callable[[np.ndarray, int], list[tuple[str, Any]]]


@dataclass(frozen=True)
class Optimizer:
    """One entry of the catalogue of optimizers.

    rule: the update rule. knobs: in the order of the rule's arguments. state: names of what it keeps for each
    coordinate; initial: a number, or the knob that a state starts from (0 where not named). remembers: the state
    shown as "what it remembers", an average of gradients, so that it pushes towards its negative. needs: of
    {"gradient", "hessian", "values", "draws", "layers", "few"}, the last two for the layers of a network, and for few
    weights. convention: where definitions differ, which one this is.

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

    @property
    def for_races(self) -> bool:
        """Whether it can run on a surface or over points, where there are no layers."""
        return "layers" not in self.needs

    @property
    def for_networks(self) -> bool:
        """Whether it can train a network: what it keeps or asks for must not grow with the square of the weights."""
        return not self.needs & {"hessian", "few"}

    @cached_property
    def traits(self) -> int:
        """What the loop must know of the rule (see `block`)."""
        fades = 0 if "values" in self.needs else FADES  # what is compared with losses is no memory that fades
        return (BY_LANE if self.whole_point else 0) | (ASKS_DRAWS if "draws" in self.needs else 0) | fades

    def state_rows(self, dim: int) -> int:
        """How many numbers a lane of `dim` coordinates keeps from step to step."""
        return self.memory(dim) if self.memory is not None else len(self.state) * dim

    def initial_state(self, dim: int, knobs: np.ndarray) -> np.ndarray:
        """State before the first step. knobs: (K, lanes) -> (rows, lanes), lane after lane for a whole-point rule."""
        state = np.zeros((self.state_rows(dim), knobs.shape[1]), order="F" if self.whole_point else "C")
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
        return compile_kernel(self._wrapper(), RULE, self.bindings, self.made_of)

    @property
    def bindings(self) -> dict[str, Any]:
        """What a kernel made of this rule calls by name."""
        helpers = {"apart": apart, "shifted": shifted, "carray": carray, "np": np}
        if self.memory is not None:
            helpers["rows_of"] = inlined(self.memory)
        return helpers | {"rule": inlined(self.fused or self.rule)}

    @property
    def made_of(self) -> str:
        """The text of every file that has a part in the rule: its own, with its constants, and its helpers'."""
        own = sys.modules[self.rule.__module__]
        helpers = {part.py_func.__module__ for part in vars(own).values() if hasattr(part, "py_func")}
        files = [own, *(sys.modules[name] for name in sorted(helpers))]
        return self.rule.__name__ + "".join(inspect.getsource(file) for file in files)

    def arguments(self, state: str, knob: str) -> str:
        """What the rule is called with after w and g: `state` and `knob` say how the i-th is read, as in "S{}[j]"."""
        parameters = list(inspect.signature(self.rule).parameters)
        used = parameters[6:-1] if self.whole_point else parameters[2 + len(self.state) :]
        knobs = [(name, knob.format(list(self.knobs).index(name))) for name in used]
        kept = [state.format(i) for i in range(len(self.state))]
        return ", ".join([*kept, *(f"{read} * rate" if name == "lr" else read for name, read in knobs)])

    def _wrapper(self) -> str:
        names, states = list(self.knobs), range(len(self.state))
        if self.memory is not None:
            return POINT.format(
                rows="rows_of(dim)", knobs=len(names), arguments=self.arguments("", "K[{}, j]")
            )
        rows = [*(f"s{i}" for i in states), *(f"k{i}" for i in range(len(names)))]
        starts = [
            *(f"state, ({i} * dim + i) * n" for i in states),
            *(f"knobs, {i} * n" for i in range(len(names))),
        ]
        one = "state[{} * dim + i]"
        return COORDINATE.format(
            rows=", ".join(rows),
            arrays="\n".join(f"    {row.upper()} = carray({row}, (n,))" for row in rows),
            targets=", ".join(["moved", *(f"S{i}[j]" for i in states)]),
            arguments=self.arguments("S{}[j]", "K{}[j]"),
            targets_one=", ".join(["moved", *(one.format(i) for i in states)]),
            arguments_one=self.arguments(one, "knobs[{}]"),
            pointers=", ".join(f"shifted({start})" for start in starts),
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

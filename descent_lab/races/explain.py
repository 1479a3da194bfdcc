"""One step of one entrant, in detail: what it saw, what it remembered, how it moved, and the rule with its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from descent_lab.formulas.latex import measured
from descent_lab.formulas.mathml import latex_to_mathml
from descent_lab.machine.lanes import Lanes, Problem, curve, evaluate
from descent_lab.machine.random_draws import standard_normal
from descent_lab.machine.rules import Optimizer
from descent_lab.races.race import Race
from descent_lab.regression.regression import Regression
from descent_lab.setups.setup import Change, Entrant, Setup

Vector = tuple[float, ...]

_COMMA = r", \; "

LONG = 4
"""Vectors with more numbers than this are shown with dots."""


@dataclass(frozen=True)
class ExplainedLine:
    """A line of a rule as MathML; `numbers` is the same with those of the first coordinate put in, `numbers_y` with
    those of the second. A line about the whole point has only `numbers`."""

    formula: str
    numbers: str | None = None
    numbers_y: str | None = None


@dataclass(frozen=True)
class Explanation:
    """The step from `point` to `next`, in the coordinates of what is shown: those of a regression's section.

    gradient: what the rule saw, `noise` included. memory: what it remembers, in the gradient's sense: it pushes
    towards minus that. frozen: the entrant has diverged and takes no step.
    """

    entrant: int
    step: int
    point: Vector
    loss: float
    gradient: Vector
    noise: Vector | None
    memory: Vector | None
    move: Vector
    next: Vector
    sentence: str
    lines: Sequence[ExplainedLine]
    frozen: bool

    def describe(self) -> dict[str, Any]:
        """As plain JSON values; a number that is not finite is None."""
        return {
            "entrant": self.entrant,
            "step": self.step,
            "point": _plain(self.point),
            "loss": self.loss if math.isfinite(self.loss) else None,
            "gradient": _plain(self.gradient),
            "noise": None if self.noise is None else _plain(self.noise),
            "memory": None if self.memory is None else _plain(self.memory),
            "move": _plain(self.move),
            "next": _plain(self.next),
            "sentence": self.sentence,
            "lines": [
                {"formula": line.formula, "numbers": line.numbers, "numbers_y": line.numbers_y}
                for line in self.lines
            ],
            "frozen": self.frozen,
        }


def explain(setup: Setup, entrant: int, step: int) -> Explanation:
    """The step that the entrant takes after `step` steps; at the end of the race, the one that it would take."""
    chosen = setup.entrants[entrant]
    optimizer = chosen.optimizer
    race = Race(_alone(setup, entrant))
    race.advance(step)
    lanes = race.lane(0)
    point, state = lanes.w.copy(), lanes.state[:, 0].copy()
    rate = rate_at(chosen, setup.steps, step)
    draw = standard_normal(setup.seed, step, 1, setup.problem.dim)
    if step < setup.steps:
        race.advance(step + 1)  # and with it the changes that fall due at this step
    else:
        lanes.advance(np.array([rate]), draw)
    frozen = 0 <= int(lanes.diverged[0]) <= step
    problem = setup.problem_at(step)
    loss, slope = evaluate(problem, point, step)
    jolt = lanes.noise[0] * draw[0]
    noisy = bool(lanes.noise[0] != 0.0) and "gradient" in optimizer.needs
    gradient = slope[:, 0] + jolt if noisy else slope[:, 0]
    knobs = dict(zip(optimizer.knobs, lanes.knobs[:, 0].tolist(), strict=True))
    if "lr" in knobs:
        knobs["lr"] *= rate
    before, after = point[:, 0], lanes.w[:, 0]
    if optimizer.whole_point:
        lines = _point_lines(problem, optimizer, before, gradient, lanes, after, knobs, step)
    else:
        lines = _coordinate_lines(optimizer, before, gradient, state, knobs)
    if noisy:
        lines = [
            quantity(r"g = \nabla f + \text{noise}", _vector(slope[:, 0]) + " + " + _vector(jolt)),
            *lines,
        ]
    where, turned = _shown(setup)
    memory = _memory(optimizer, lanes.state[:, 0], problem.dim)
    return Explanation(
        entrant=entrant,
        step=step,
        point=_vector_of(where(before)),
        loss=float(loss[0]),
        gradient=_vector_of(turned(gradient)),
        noise=_vector_of(turned(jolt)) if noisy else None,
        memory=None if memory is None else _vector_of(turned(memory)),
        move=_vector_of(turned(after - before)),
        next=_vector_of(where(after)),
        sentence=optimizer.sentence,
        lines=lines,
        frozen=frozen,
    )


def _alone(setup: Setup, entrant: int) -> Setup:
    """The same race with one entrant only: nobody's path depends on the others."""
    changes = (each for each in setup.changes if not isinstance(each, Change) or each.entrant == entrant)
    own = tuple(replace(each, entrant=0) if isinstance(each, Change) else each for each in changes)
    return replace(setup, entrants=(setup.entrants[entrant],), changes=own)


def rate_at(entrant: Entrant, steps: int, step: int) -> float:
    """What the learning rate is multiplied by at that step."""
    factor = entrant.schedule.factor(np.array([float(step)]), steps, **entrant.schedule_knobs)
    return float(np.asarray(factor)[0])


Shown = Callable[[np.ndarray], np.ndarray]


def _shown(setup: Setup) -> tuple[Shown, Shown]:
    """How points and moves, (dim,), look in what is shown: as they are, or projected on a regression's section."""
    if isinstance(setup.problem, Regression):
        section = setup.problem.section(setup.start)
        return section.project, section.turned
    return (lambda point: point), (lambda move: move)


def _memory(optimizer: Optimizer, state: np.ndarray, dim: int) -> np.ndarray | None:
    """What it remembers when it moves: the average with the newest gradient in it. state: (rows,)."""
    if optimizer.remembers is not None:
        row = optimizer.state.index(optimizer.remembers) * dim
        return state[row : row + dim]
    if optimizer.push is not None:
        return -state[optimizer.push : optimizer.push + dim]
    return None


def _coordinate_lines(
    optimizer: Optimizer, w: np.ndarray, g: np.ndarray, state: np.ndarray, knobs: Mapping[str, float]
) -> list[ExplainedLine]:
    """Every line of the rule with the numbers of the first and of the second coordinate put in. state: (rows,),
    before the step."""
    sides: list[dict[str, float]] = []
    dim = len(w)
    for i in (0, 1):
        kept = {name: float(state[row * dim + i]) for row, name in enumerate(optimizer.state)}
        sides.append({"w": float(w[i]), "g": float(g[i]), **kept, **knobs})
    return [
        ExplainedLine(line.formula, line.numbers(sides[0]), line.numbers(sides[1]))
        for line in optimizer.lines
    ]


def _point_lines(
    problem: Problem,
    optimizer: Optimizer,
    w: np.ndarray,
    g: np.ndarray,
    lanes: Lanes,
    after: np.ndarray,
    knobs: Mapping[str, float],
    step: int,
) -> list[ExplainedLine]:
    """The rule's formula, then what goes into it and what comes out."""
    lines = [ExplainedLine(optimizer.mathml)]
    if "gradient" in optimizer.needs:
        lines.append(quantity("g", _vector(g)))
    if "hessian" in optimizer.needs:
        if len(w) == 2:  # a larger one has no place on the page
            xx, xy, yy = (measured(float(v))[0] for v in curve(problem, w.reshape(2, 1), step)[:, 0])
            lines.append(quantity("H", rf"\begin{{pmatrix}} {xx} & {xy} \\ {xy} & {yy} \end{{pmatrix}}"))
        lines.append(quantity(r"\lambda", measured(knobs["damping"])[0]))
    if optimizer.recalls is not None:
        for latex, value in optimizer.recalls(lanes.state[:, 0], len(w)):
            lines.append(quantity(latex, _vector(value) if np.ndim(value) else measured(float(value))[0]))
    return [*lines, quantity("w", f"{_vector(w)} \\to {_vector(after)}")]


def quantity(latex: str, value: str) -> ExplainedLine:
    """A line that says what something is, both in LaTeX."""
    return ExplainedLine(latex_to_mathml(latex), latex_to_mathml(value))


def _vector(values: np.ndarray) -> str:
    parts = [measured(float(v))[0] for v in values]
    if len(parts) > LONG:
        parts = [*parts[: LONG - 2], r"\dots", parts[-1]]
    return f"({_COMMA.join(parts)})"


def _vector_of(values: np.ndarray) -> Vector:
    return tuple(values.tolist())


def _plain(pair: Vector) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in pair]

"""Setup: everything that a race is a pure function of.

Page, permalink, stream, API and command line all describe a race in this one form: on a surface, over points that a
line is to be fitted to, or on a network. `setup_reading` makes it of plain JSON values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from descent_lab.machine.rules import Optimizer
from descent_lab.networks.network import Network, SettingChange
from descent_lab.optimizers.schedules import Schedule
from descent_lab.refusals import Refusal
from descent_lab.regression.changes import DataChange
from descent_lab.regression.regression import Regression
from descent_lab.surfaces.surface import Surface


@dataclass(frozen=True)
class Entrant:
    """One optimizer with its knobs (all of them), its schedule, and the offset of its start from the common one."""

    optimizer: Optimizer
    knobs: Mapping[str, float]
    schedule: Schedule
    schedule_knobs: Mapping[str, float]
    offset: tuple[float, ...] = ()
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

    @property
    def replaces(self) -> tuple[Any, ...]:
        """A later change with the same takes the place of this one."""
        return self.at, self.entrant, self.knob


AnyChange = Change | DataChange | SettingChange


@dataclass(frozen=True)
class Setup:
    """A race: the same setup gives the same paths, bit for bit. start: (dim,)."""

    problem: Surface | Regression | Network
    start: tuple[float, ...]
    steps: int
    seed: int
    noise: float
    entrants: tuple[Entrant, ...]
    changes: tuple[AnyChange, ...] = ()

    @property
    def surface(self) -> Surface:
        """The surface of a race that is run on one."""
        assert isinstance(self.problem, Surface)
        return self.problem

    @property
    def regression(self) -> Regression:
        """The regression of a race that is one."""
        assert isinstance(self.problem, Regression)
        return self.problem

    @property
    def cost(self) -> int:
        """Work of the whole race: entrants times what all steps of one lane take, 1 each on a surface. Of a network a
        change of its mini-batch counts."""
        if isinstance(self.problem, Surface):
            return len(self.entrants) * self.steps
        changes = [
            each
            for each in self.due(0, self.steps)
            if isinstance(each, SettingChange) and each.setting == "batch"
        ]
        ends = [*(change.at for change in changes), self.steps]
        problem, done, cost = self.problem, 0, 0
        for end, change in zip(ends, [*changes, None], strict=True):
            cost += (end - done) * problem.cost
            done = end
            if change is not None and isinstance(problem, Network):
                problem = problem.changed(change)
        return len(self.entrants) * cost

    @property
    def network(self) -> Network:
        """The network of a training."""
        assert isinstance(self.problem, Network)
        return self.problem

    @property
    def raced(self) -> Surface | Regression:
        """The problem of a race; a network is trained instead, and most questions about races make no sense of it."""
        if isinstance(self.problem, Network):
            raise Refusal("not a race", field="setup")
        return self.problem

    def noise_of(self, entrant: Entrant) -> float:
        """Strength of an entrant's noise. A noise knob of its own adds to the race's: one draw, two strengths."""
        return self.noise + entrant.knobs.get("noise", 0.0)

    def with_change(self, change: AnyChange) -> Setup:
        """The same race with one change more, or with one in the place of another."""
        others = tuple(each for each in self.changes if each.replaces != change.replaces)
        return replace(self, changes=(*others, change))

    def due(self, first: int, last: int) -> list[AnyChange]:
        """The changes of steps first .. last - 1 in the order in which they are made."""
        # Stable: of two at one step the later turn holds.
        return sorted((each for each in self.changes if first <= each.at < last), key=lambda each: each.at)

    def problem_at(self, step: int) -> Surface | Regression | Network:
        """The problem with all the changes of its data and settings up to that step made."""
        problem = self.problem
        for change in self.due(0, step + 1):
            match problem, change:
                case Regression(), DataChange():
                    problem = problem.changed(change)
                case Network(), SettingChange():
                    problem = problem.changed(change)
                case _:  # a knob's
                    pass
        return problem

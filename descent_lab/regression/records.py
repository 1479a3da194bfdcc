"""What is recorded of a regression beside its paths: the loss of each set at every step, on all of its points."""

from __future__ import annotations

import numpy as np

from descent_lab.regression.regression import Regression


class Records:
    """Losses of a race's lanes, measured span by span.

    reached: (lanes,), the first step with a loss below the lane's goal, -1 for not yet.
    """

    def __init__(self, problem: Regression, steps: int, goals: np.ndarray) -> None:
        """goals: (lanes,)."""
        self.problem = problem  # its data may change on the way
        self.goals = goals
        self.reached = np.full(len(goals), -1)
        self._steps = steps
        self._kept: dict[str, np.ndarray] = {}

    def note(self, points: np.ndarray, losses: np.ndarray, begin: int) -> None:
        """Measure the steps from `begin` on. points: (steps, dim, lanes). losses: (steps, lanes), NaN where a lane is
        dead; what was measured takes the place of the rest."""
        steps, dim, lanes = points.shape
        dead = np.isnan(losses)
        measured = self.problem.measure(points.transpose(1, 0, 2).reshape(dim, -1))
        for name, values in measured.items():
            seen = np.where(dead, np.nan, values.reshape(steps, lanes))
            if name == "losses":
                losses[:] = seen
            else:
                self._row(name, lanes)[begin : begin + steps] = seen
        below = losses < self.goals
        first = np.where(below.any(axis=0), begin + below.argmax(axis=0), -1)
        self.reached = np.where(self.reached < 0, first, self.reached)

    def rewind(self, problem: Regression, step: int) -> None:
        """Back to that step: what was reached later is not reached yet, and what was measured will be measured anew."""
        self.problem = problem
        self.reached = np.where(self.reached > step, -1, self.reached)

    def _row(self, name: str, lanes: int) -> np.ndarray:
        if name not in self._kept:
            self._kept[name] = np.full((self._steps + 1, lanes), np.nan)
        return self._kept[name]

    def of(self, first: int, last: int) -> dict[str, np.ndarray]:
        """Steps first .. last of everything that was measured, (lanes, steps) each."""
        return {name: rows[first : last + 1].T for name, rows in self._kept.items()}

    def stopped(self, have: int) -> list[int | None]:
        """The best step of each lane's validation loss, once it has not improved for `patience` steps; None before."""
        lanes = len(self.goals)
        if not self.problem.patience or "validation" not in self._kept:
            return [None] * lanes
        return [_stop(row, self.problem.patience) for row in self._kept["validation"][: have + 1].T]


def _stop(losses: np.ndarray, patience: int) -> int | None:
    """losses: (steps,)."""
    known = np.where(np.isnan(losses), np.inf, losses)
    best = np.minimum.accumulate(known)
    improved = np.concatenate([[True], known[1:] < best[:-1]])
    since = np.maximum.accumulate(np.where(improved, np.arange(len(known)), 0))
    waited = np.arange(len(known)) - since >= patience
    return int(since[waited.argmax()]) if waited.any() else None

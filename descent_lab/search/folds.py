"""Cross-validation of a network over learning rates or widths: every sample outside the test set is judged by networks
that have not seen it. It is a search with folds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from descent_lab.search.axes import Axis
from descent_lab.search.journal import Journal
from descent_lab.search.search import Plan, Search, Tried
from descent_lab.search.space import HIDDEN, Space, of_entrant
from descent_lab.search.tasks import Outcome
from descent_lab.search.workers import Workers
from descent_lab.setups.search_space import RATE
from descent_lab.training.many_lanes import Progress, over_repetitions

Width = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class NetworkValidation:
    """Loss and accuracy on the fold left out: mean and standard deviation over the folds, (values,) each.

    A value of which a fold diverged has an infinite loss and no accuracy. accuracy and accuracy_spread: None for a
    curve. diverged: (values,), folds that diverged. best: the value of the lowest mean, None where each has a fold that
    diverged. test, test_accuracy: of the best, trained on all folds; None where there is no test set, or it diverged.
    """

    mean: np.ndarray
    spread: np.ndarray
    accuracy: np.ndarray | None
    accuracy_spread: np.ndarray | None
    diverged: np.ndarray
    best: int | None
    test: float | None = None
    test_accuracy: float | None = None


def folds_of(
    setup: Mapping[str, Any],
    entrant: int,
    folds: int,
    values: Sequence[float] | Sequence[Width],
    steps: int | None = None,
) -> Search:
    """The search whose tries are the values, learning rates or hidden layers, each trained outside each fold.

    setup: a whole one, as JSON. The mini-batches are dealt anew in every fold; the first weights are the setup's.
    """
    told = [[*value] if isinstance(value, tuple) else value for value in values]
    name = HIDDEN if isinstance(values[0], tuple) else RATE
    space = Space(of_entrant(setup, entrant, steps), (Axis(name, (*told,)),))
    return Search(space, [{name: value} for value in told], Plan(folds=folds))


def cross_validate(
    search: Search, workers: Workers, progress: Progress = lambda _done, _of: None
) -> NetworkValidation:
    """What comes of it. search: of `folds_of`."""
    right: dict[int, list[float | None]] = {}

    def tell(tried: Tried, of: Sequence[Outcome]) -> None:
        right[tried.number] = [each.get("validation_accuracy") for each in of]

    found = search.run(workers, Journal(), progress, tell)
    tried = sorted(found.tried, key=lambda each: each.number)
    accuracy = accuracy_spread = None
    if search.first.network.samples.classes:
        table = np.array([right[each.number] for each in tried], dtype=float)
        accuracy, accuracy_spread = over_repetitions(table.T)
    test = found.test or {}
    return NetworkValidation(
        np.array([np.inf if each.mean is None else each.mean for each in tried]),
        np.array([np.nan if each.spread is None else each.spread for each in tried]),
        accuracy,
        accuracy_spread,
        np.array([each.diverged for each in tried]),
        None if found.best is None else found.best.number - 1,
        test.get("test"),
        test.get("test_accuracy"),
    )

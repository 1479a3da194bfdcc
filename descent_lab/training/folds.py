"""Cross-validation of a network over learning rates or widths: every sample outside the test set is judged by networks
that have not seen it.

It is told apart from a `Search` with folds for the reason that `sweep` is; the same values have the same bits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from descent_lab.networks.network import TEST, Network
from descent_lab.networks.variants import all_but_test, folded, of_width
from descent_lab.setups.setup import Entrant, Setup
from descent_lab.training.many_lanes import Bundle, Ends, Progress, over_repetitions, train_all
from descent_lab.training.sweep import RATE

Width = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class NetworkValidation:
    """Loss and accuracy on the fold left out: mean and standard deviation over the folds, (values,) each.

    A fold whose training diverged has an infinite loss and no accuracy. accuracy and accuracy_spread: None for a
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


def fold_bundles(
    setup: Setup, entrant: Entrant, folds: int, values: Sequence[float] | Sequence[Width]
) -> list[Bundle]:
    """Lanes of every fold and value: a bundle for each fold, of rates; for each fold and width, of widths."""
    networks = folded(setup.network, folds)
    widths = [value for value in values if isinstance(value, tuple)]
    if widths:
        return [_bundle(network, entrant, hidden) for network in networks for hidden in widths]
    return [Bundle.of(network, entrant, {RATE: np.array(values)}) for network in networks]


def cross_validate(
    setup: Setup,
    entrant: Entrant,
    folds: int,
    values: Sequence[float] | Sequence[Width],
    steps: int,
    progress: Progress | None = None,
) -> NetworkValidation:
    """Train outside each fold with each value, a learning rate or the hidden layers, and judge on the fold.

    The mini-batches are dealt anew in every fold; the first weights are the setup's.
    """
    bundles = fold_bundles(setup, entrant, folds, values)
    first = steps * sum(bundle.lanes for bundle in bundles)
    last = steps if len(setup.network.rows[TEST]) else 0  # the winner's training

    def tell(done: int, _of: int) -> None:
        if progress is not None:
            progress(done, first + last)

    ends = train_all(setup, bundles, steps, tell)
    losses = _table(ends, "validation", folds)
    losses = np.where(np.isfinite(losses), losses, np.inf)
    diverged = np.concatenate([end.diverged for end in ends]).reshape(folds, -1) >= 0
    mean, spread = over_repetitions(losses)
    right = _table(ends, "validation_accuracy", folds) if setup.network.samples.classes else None
    best = int(np.argmin(mean)) if np.isfinite(mean).any() else None
    accuracy, accuracy_spread = (None, None) if right is None else over_repetitions(right)
    test = (
        None
        if best is None
        else _tested(setup, entrant, values[best], steps, lambda done, of: tell(first + done, of))
    )
    return NetworkValidation(
        mean,
        spread,
        accuracy,
        accuracy_spread,
        diverged.sum(axis=0),
        best,
        _value(test, "test"),
        _value(test, "test_accuracy"),
    )


def _tested(
    setup: Setup, entrant: Entrant, value: float | Width, steps: int, progress: Progress
) -> Ends | None:
    """The value's training on all samples but the test set's; None where there is no such set."""
    network = all_but_test(setup.network)
    if not len(network.rows[TEST]):
        return None
    return train_all(setup, [_bundle(network, entrant, value)], steps, progress)[0]


def _bundle(network: Network, entrant: Entrant, value: float | Width) -> Bundle:
    if isinstance(value, tuple):
        return Bundle.of(of_width(network, value), entrant, {})
    return Bundle.of(network, entrant, {RATE: np.array([value])})


def _table(ends: Sequence[Ends], name: str, folds: int) -> np.ndarray:
    """(folds, values)."""
    return np.concatenate([end.measured[name] for end in ends]).reshape(folds, -1)


def _value(end: Ends | None, name: str) -> float | None:
    if end is None or name not in end.measured or end.diverged[0] >= 0:
        return None
    return float(end.measured[name][0])

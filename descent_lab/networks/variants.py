"""The same network, but for its layers or for who learns from which sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from descent_lab.datasets import splits
from descent_lab.networks.network import TEST, TRAINING, VALIDATION, Network
from descent_lab.refusals import Refusal

T = TypeVar("T")


def of_depth(values: Sequence[T], depth: int, otherwise: T) -> tuple[T, ...]:
    """For so many layers what each has; one more has what the last has, or else that."""
    kept = (*values[:depth],)
    return kept + (kept[-1] if kept else otherwise,) * (depth - len(kept))


def of_width(network: Network, hidden: Sequence[int]) -> Network:
    """The same network with other hidden layers.

    A layer keeps its activation and its dropout; one more takes those of the last, tanh and none where there was none.
    """
    activations = of_depth(network.activations, len(hidden), "tanh")
    dropout = of_depth(network.dropout, len(hidden), 0.0)
    made = replace(network, hidden=tuple(hidden), activations=activations, dropout=dropout)
    kept = ("outputs", "rows", "measured")
    made.__dict__.update({name: network.__dict__[name] for name in kept if name in network.__dict__})
    return made


def dealt(network: Network, rows: Sequence[np.ndarray]) -> Network:
    """The same network with these samples, numbers of rows, as training, validation and test set; the training set
    decides anew on the scales."""
    made = replace(network, samples=network.samples.scaled_for(rows[TRAINING]))
    kept = ("outputs", "dims", "start")
    made.__dict__.update({name: network.__dict__[name] for name in kept if name in network.__dict__})
    made.__dict__["rows"] = [*rows]
    return made


def folded(network: Network, folds: int) -> list[Network]:
    """For each fold the network that trains on the other folds and validates on this one; the test set rests.

    Dealt are the samples of training and validation set. Raises `Refusal` where they are too few.
    """
    known = outside_test_set(network)
    check_folds(network, folds)
    fold_of = splits.folds(len(known), folds, network.seed)
    rest = known[:0]
    return [dealt(network, [known[fold_of != fold], known[fold_of == fold], rest]) for fold in range(folds)]


def check_folds(network: Network, folds: int) -> None:
    """`Refusal` where there are too few samples for so many folds."""
    most = len(outside_test_set(network))
    if not 2 <= folds <= most:
        raise Refusal("folds of samples", field="folds", most=most, came=folds)


def outside_test_set(network: Network) -> np.ndarray:
    """Samples of the training and the validation set, their rows in order."""
    return np.sort(np.concatenate([network.rows[TRAINING], network.rows[VALIDATION]]))


def all_but_test(network: Network) -> Network:
    """The network that trains on all samples but the test set's."""
    known = outside_test_set(network)
    return dealt(network, [known, known[:0], network.rows[TEST]])

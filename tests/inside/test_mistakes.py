"""Confusion matrices and worst mistakes, held to one sample after the other."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.inside import mistakes as asked
from descent_lab.inside.mistakes import confusion, mistakes, only_classes, sums
from descent_lab.inside.one_sample import passage, predicted_class
from descent_lab.networks.network import TEST, TRAINING
from descent_lab.refusals import Refusal
from tests.inside.trainings import KINDS, trained

every_class = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("a curve", "prices")])


@every_class
@pytest.mark.parametrize("which", [TRAINING, TEST])
def test_every_sample_is_counted_once_where_it_belongs(kind: str, which: int) -> None:
    training = trained(kind)
    network, w = training.network, training.weights(training.have)
    rows = network.rows[which]
    found = confusion(network, sums(network, w, rows), rows)
    assert found.counts.sum(axis=(1, 2)).tolist() == [len(rows)] * 2
    for lane in range(2):
        counts = np.zeros_like(found.counts[lane])
        for row in rows.tolist():
            target = network.samples.targets[row]
            own = passage(network, w[:, lane], network.seen(np.array([row]))[0], float(target))
            counts[target, predicted_class(network, own.output)] += 1
        assert np.array_equal(found.counts[lane], counts)
        assert found.accuracy[lane] == pytest.approx(counts.trace() / len(rows))


@every_class
def test_accuracy_is_what_was_measured_on_the_way(kind: str) -> None:
    training = trained(kind)
    network, w = training.network, training.weights(training.have)
    found = confusion(network, sums(network, w, network.rows[TEST]), network.rows[TEST])
    np.testing.assert_allclose(found.accuracy, network.measure(w)["test_accuracy"])


@every_class
def test_the_worst_mistakes_come_first(kind: str) -> None:
    training = trained(kind, steps=3)
    network, w = training.network, training.weights(3)[:, 0]
    rows = network.rows[TRAINING]
    outputs = sums(network, w[:, None], rows)
    found = mistakes(network, w, outputs[:, :, 0], rows, 6)
    losses = {}
    for row in rows.tolist():
        target = float(network.samples.targets[row])
        own = passage(network, w, network.seen(np.array([row]))[0], target)
        if predicted_class(network, own.output) != target:
            losses[row] = own.loss
    assert len(found.rows) == min(6, len(losses))
    assert found.loss.tolist() == sorted(losses.values(), reverse=True)[: len(found.loss)]
    assert [losses[row] for row in found.rows.tolist()] == found.loss.tolist()
    assert np.all(found.predicted != found.targets)
    assert np.array_equal(found.targets, network.samples.targets[found.rows])
    if network.loss == "cross_entropy":
        assert np.all(
            (found.probability > 1 / len(network.samples.classes) - 1e-12) & (found.probability <= 1)
        )


def test_mistakes_made_with_full_certainty_are_told_apart() -> None:
    """As probabilities both would be 1 to the last digit."""
    network = trained("no hidden layer").network
    w = np.zeros(network.dim)
    network.layers(w)[0][0][:] = [[300.0], [-200.0]]
    rows = network.rows[TRAINING]
    found = mistakes(network, w, sums(network, w[:, None], rows)[:, :, 0], rows, 24)
    assert np.all(np.isfinite(found.loss))
    assert len(set(found.loss.tolist())) == len(found.loss) > 1


def test_nobody_is_wrong() -> None:
    training = trained("no hidden layer")
    network, w = training.network, training.weights(training.have)[:, 0]
    outputs = sums(network, w[:, None], network.rows[TRAINING])[:, :, 0]
    right = network.rows[TRAINING][asked.predicted_classes(network, outputs[:, :, None])[:, 0]
                                   == network.samples.targets[network.rows[TRAINING]]]  # fmt: skip
    outputs = sums(network, w[:, None], right)[:, :, 0]
    assert len(mistakes(network, w, outputs, right, 24).rows) == 0


def test_a_curve_has_no_classes() -> None:
    with pytest.raises(Refusal, match="needs classes"):
        only_classes(trained("a curve").network)

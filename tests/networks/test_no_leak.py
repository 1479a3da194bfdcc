"""Nothing of validation and test set gets into a training: neither their values nor their share in the scales."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from descent_lab.datasets.csv_samples import read_samples
from descent_lab.networks.network import TEST, TRAINING, VALIDATION
from descent_lab.networks.variants import all_but_test, folded
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training

GENERATOR = np.random.default_rng(5)
ROWS = np.column_stack([GENERATOR.normal(1.9, 1, 80), GENERATOR.normal(0, 3.9, 80)])
WIDE = np.column_stack([ROWS, GENERATOR.normal(40, 9, 80)])


def text(inputs: np.ndarray, targets: list[Any]) -> str:
    return "\n".join(
        ",".join(map(repr, row)) + f",{target}" for row, target in zip(inputs.tolist(), targets, strict=True)
    )


def training(csv: str) -> Training:
    entrants = [{"optimizer": "adam", "knobs": {"lr": 0.05}}]
    found = Training(
        read_setup({"csv": csv, "hidden": [4], "split": [60, 20, 20], "steps": 30, "entrants": entrants})
    )
    found.advance(30)
    return found


def classes(inputs: np.ndarray) -> str:
    return text(inputs, ["yes" if x > 1.9 else "no" for x in ROWS[:, 0].tolist()])


def curve(inputs: np.ndarray, more: float = 0.0, row: int = 0) -> str:
    values = ROWS[:, 0] * 300 + 7
    values[row] += more
    return text(inputs, values.tolist())


@pytest.mark.parametrize("inputs", [ROWS, WIDE], ids=["plane", "wide"])
@pytest.mark.parametrize("which", [VALIDATION, TEST])
def test_a_value_that_is_not_trained_on_changes_no_training_loss(inputs: np.ndarray, which: int) -> None:
    """In the plane, the far value would have made all columns ones that are not of order one, too."""
    before = training(classes(inputs))
    row = int(before.network.rows[which][3])
    moved = inputs.copy()
    moved[row, 1] = 1e6
    after = training(classes(moved))
    np.testing.assert_array_equal(before.losses(0, 30), after.losses(0, 30))
    np.testing.assert_array_equal(before.weights(30), after.weights(30))
    name = "validation" if which == VALIDATION else "test"
    assert before.measured(0, 30)[name][0, -1] != after.measured(0, 30)[name][0, -1]


def test_nor_does_a_value_of_a_curve() -> None:
    before = training(curve(WIDE))
    after = training(curve(WIDE, 1e5, int(before.network.rows[TEST][0])))
    np.testing.assert_array_equal(before.losses(0, 30), after.losses(0, 30))


def test_scales_are_those_of_scikit_learn_fitted_on_the_training_set() -> None:
    network = training(curve(WIDE)).network
    own = network.rows[TRAINING]
    scaler: Any = StandardScaler().fit(WIDE[own])
    np.testing.assert_allclose(network.samples.inputs, scaler.transform(WIDE), rtol=1e-12, atol=1e-12)
    assert network.samples.scales is not None
    np.testing.assert_allclose(network.samples.scales.spread, scaler.scale_, rtol=1e-12)


def test_every_fold_has_scales_of_its_own() -> None:
    network = training(classes(WIDE)).network
    for each in (*folded(network, 4), all_but_test(network)):
        own = each.rows[TRAINING]
        np.testing.assert_allclose(each.samples.inputs[own].mean(axis=0), 0, atol=1e-12)
        np.testing.assert_allclose(each.samples.inputs[own].std(axis=0), 1, rtol=1e-12)


def test_what_is_of_order_one_and_what_is_drawn_stay_as_they_are() -> None:
    near = read_samples(classes(ROWS * 0.5), 100)
    assert near.scaled_for(np.arange(40)) is near
    setup = read_setup({"data": "moons", "samples": 40, "steps": 1, "entrants": [{"optimizer": "gd"}]})
    assert setup.network.samples.scales is None

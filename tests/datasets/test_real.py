"""Real samples for networks: iris, wine, digits and MNIST."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from descent_lab.datasets import SAMPLE_SETS
from descent_lab.datasets import real as real_sets
from descent_lab.datasets.standardising import Scales
from descent_lab.refusals import Refusal
from tests.peers import preprocessing, sklearn_datasets

REAL = ["iris", "wine", "digits", "mnist"]
MNIST_SHA256 = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}
every_set = pytest.mark.parametrize("key", REAL)


@every_set
def test_the_whole_is_what_was_announced_and_is_shared(key: str) -> None:
    chosen = SAMPLE_SETS[key]
    whole = chosen.make()
    assert whole is chosen.make(0) is chosen.make(chosen.size, noise=0.3, seed=7)
    assert whole.inputs.shape == (chosen.size, chosen.inputs)
    assert chosen.sizes[1] == chosen.size
    assert (whole.classes, whole.names) == (chosen.classes, chosen.names)
    assert (whole.shape, whole.test) == (chosen.shape, chosen.test)
    assert whole.targets.dtype == np.int64
    assert whole.inputs.dtype == (np.uint8 if whole.shape else np.float64)
    np.testing.assert_array_equal(np.unique(whole.targets), np.arange(len(whole.classes)))
    for array in (whole.inputs, whole.targets):
        assert array.flags.c_contiguous
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    assert chosen.source


@every_set
def test_fewer_rows_are_a_seeded_choice_with_every_class_in_its_share(key: str) -> None:
    chosen = SAMPLE_SETS[key]
    whole = chosen.make()
    size = chosen.sizes[0] * 2
    some, same, other = (chosen.make(size, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(some.inputs, same.inputs)
    np.testing.assert_array_equal(some.targets, same.targets)
    assert np.any(some.inputs != other.inputs)
    assert len(some.targets) == size
    rows = {(row.tobytes(), target) for row, target in zip(whole.inputs, whole.targets, strict=True)}
    assert {(row.tobytes(), target) for row, target in zip(some.inputs, some.targets, strict=True)} <= rows
    shares = np.bincount(whole.targets) * size / chosen.size
    assert np.all(np.abs(np.bincount(some.targets) - shares) <= 3)
    assert not some.inputs.flags.writeable


@pytest.mark.parametrize("key", ["iris", "wine", "digits"])
def test_the_size_only_adds_rows(key: str) -> None:
    few, many = (SAMPLE_SETS[key].make(size, seed=1) for size in (60, 61))
    np.testing.assert_array_equal(few.inputs, many.inputs[:60])
    np.testing.assert_array_equal(few.targets, many.targets[:60])


@pytest.mark.parametrize("key", ["iris", "wine"])
def test_tables_are_standardised(key: str) -> None:
    ships: Any = getattr(sklearn_datasets, f"load_{key}")()
    raw = SAMPLE_SETS[key].make()
    np.testing.assert_array_equal(raw.inputs, ships.data)
    samples = raw.scaled_for(np.arange(len(raw.targets)))
    np.testing.assert_allclose(
        samples.inputs, preprocessing.StandardScaler().fit_transform(ships.data), atol=1e-12
    )
    np.testing.assert_array_equal(samples.targets, ships.target)
    assert len(samples.names) == len(ships.feature_names)
    assert "standardised" in SAMPLE_SETS[key].teaches


def test_iris_has_its_species() -> None:
    ships: Any = sklearn_datasets.load_iris()
    assert list(SAMPLE_SETS["iris"].classes) == list(ships.target_names)
    assert [f"{name} (cm)" for name in SAMPLE_SETS["iris"].names] == ships.feature_names


def test_digits_keep_their_sixteen_steps_of_grey() -> None:
    ships: Any = sklearn_datasets.load_digits()
    samples = SAMPLE_SETS["digits"].make()
    np.testing.assert_allclose(samples.inputs / 255, ships.data / 16, atol=0.5 / 255)
    assert len(np.unique(samples.inputs)) == 17
    assert (samples.inputs.min(), samples.inputs.max()) == (0, 255)
    np.testing.assert_array_equal(samples.targets, ships.target)


def test_mnist_is_the_whole_of_it() -> None:
    samples = SAMPLE_SETS["mnist"].make()
    split = samples.test
    assert split == 60_000
    parts = {
        "x_train": samples.inputs[:split],
        "y_train": samples.targets[:split].astype(np.uint8),
        "x_test": samples.inputs[split:],
        "y_test": samples.targets[split:].astype(np.uint8),
    }
    assert {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()} == MNIST_SHA256


def test_a_part_of_mnist_keeps_training_and_test_apart() -> None:
    whole, some = SAMPLE_SETS["mnist"].make(), SAMPLE_SETS["mnist"].make(7_000, seed=3)
    assert some.test == 6_000
    for part, rows in ((slice(6_000), slice(60_000)), (slice(6_000, None), slice(60_000, None))):
        known = {row.tobytes() for row in whole.inputs[rows]}
        assert {row.tobytes() for row in some.inputs[part]} <= known
        shares = np.bincount(whole.targets[rows]) * len(some.targets[part]) / len(whole.targets[rows])
        assert np.all(np.abs(np.bincount(some.targets[part]) - shares) <= 1)


def test_the_licence_stands_beside_the_file() -> None:
    text = real_sets.MNIST.with_name("MNIST-LICENSE.md").read_text()
    for name in ("LeCun", "Cortes", "Burges"):
        assert name in text
        assert name in SAMPLE_SETS["mnist"].source
    assert "Attribution-ShareAlike 3.0" in text
    assert "CC BY-SA 3.0" in SAMPLE_SETS["mnist"].source


def test_many_threads_load_it_once() -> None:
    loads: list[int] = []

    def load() -> real_sets.Samples:
        loads.append(1)
        return real_sets.Samples(np.zeros((4, 1)), np.array([0, 1, 0, 1]), ("a", "b"))

    slow: Any = real_sets._real(
        "slow", "Slow", "Waits.", load, classes=("a", "b"), inputs=1, size=4, sizes=(1, 4)
    )
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: slow.make(), range(40)))
    assert len(loads) == 1
    assert all(each is found[0] for each in found)


@pytest.mark.parametrize("size", [699, 70_001, 1e9, -1])
def test_a_size_out_of_range_is_refused(size: float) -> None:
    with pytest.raises(Refusal, match="size must be a whole number from 700 to 70000"):
        SAMPLE_SETS["mnist"].make(size)  # pyright: ignore[reportArgumentType]


def test_a_column_of_one_value_becomes_zero() -> None:
    columns = np.column_stack([np.full(7, 0.1), np.arange(7.0)])
    found = Scales.of(columns).applied(columns)
    assert np.all(found[:, 0] == 0)
    assert (np.mean(found[:, 1]), np.std(found[:, 1])) == pytest.approx((0, 1))

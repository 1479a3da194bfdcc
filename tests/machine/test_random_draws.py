"""Seeded draws: a function of seed and step alone."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from descent_lab.machine.random_draws import standard_normal


def test_any_cut_gives_the_same_draws() -> None:
    whole = standard_normal(5, 0, 2000, 2)
    assert whole.shape == (2000, 2)
    for first, count in ((0, 1), (511, 2), (512, 512), (1023, 3), (700, 900), (1999, 1)):
        np.testing.assert_array_equal(standard_normal(5, first, count, 2), whole[first : first + count])


def test_no_draws() -> None:
    for first in (0, 1, 511, 512, 513):
        assert standard_normal(1, first, 0, 2).shape == (0, 2)


def test_seeds_differ() -> None:
    assert np.all(standard_normal(1, 0, 50, 2) != standard_normal(2, 0, 50, 2))


def test_they_are_standard_normal() -> None:
    draws = standard_normal(3, 0, 20_000, 2)
    assert np.all(np.abs(draws.mean(axis=0)) < 0.03)
    assert np.all(np.abs(draws.std(axis=0) - 1) < 0.03)
    assert abs(np.corrcoef(draws.T)[0, 1]) < 0.03
    assert abs(np.corrcoef(draws[:-1, 0], draws[1:, 0])[0, 1]) < 0.03


@pytest.mark.parametrize("seed", [0, 1, 2**53])
def test_every_seed_that_a_setup_takes(seed: int) -> None:
    assert np.all(np.isfinite(standard_normal(seed, 10_000, 5, 2)))


def test_nobody_can_change_what_others_will_draw() -> None:
    draws = standard_normal(8, 0, 10, 2)
    before = draws.copy()
    with contextlib.suppress(ValueError):
        draws += 1
    np.testing.assert_array_equal(standard_normal(8, 0, 10, 2), before)

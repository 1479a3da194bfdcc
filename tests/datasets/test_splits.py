"""Splits, folds and mini-batches: seeded, exact and stable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.datasets.splits import batches, folds, split, steps_per_epoch

seeds = st.integers(0, 2**53)
per_cent = (
    st.tuples(st.integers(0, 100), st.integers(0, 100))
    .map(sorted)
    .map(lambda c: (c[0], c[1] - c[0], 100 - c[1]))
)


def sizes(sets: np.ndarray) -> list[int]:
    return np.bincount(sets, minlength=3).tolist()


# ---------------------------------------------------------------- splits


@pytest.mark.parametrize(
    ("n", "shares", "expected"),
    [
        (20, (70, 15, 15), [14, 3, 3]),
        (10, (70, 15, 15), [7, 2, 1]),  # 7, 1.5 and 1.5: of equal remainders the first is served
        (11, (70, 15, 15), [8, 2, 1]),
        (100, (29, 58, 13), [29, 58, 13]),
        (7, (100, 0, 0), [7, 0, 0]),
        (7, (0.5, 0.5, 0), [4, 3, 0]),
        (3, (98, 1, 1), [1, 1, 1]),
        (4, (98, 1, 1), [2, 1, 1]),
        (2, (70, 15, 15), [1, 1, 0]),
        (1, (70, 15, 15), [1, 0, 0]),
        (1, (10, 45, 45), [1, 0, 0]),
        (2, (10, 45, 45), [1, 0, 1]),
        (5, (1, 50, 49), [1, 2, 2]),
        (0, (70, 15, 15), [0, 0, 0]),
    ],
)
def test_sets_have_their_sizes(n: int, shares: tuple[float, ...], expected: list[int]) -> None:
    assert sizes(split(n, shares, 3)) == expected


@given(st.integers(0, 60), per_cent, seeds)
def test_every_set_gets_its_share_and_one_at_least(n: int, shares: tuple[int, ...], seed: int) -> None:
    sets = split(n, shares, seed)
    assert (sets.shape, sets.dtype) == ((n,), np.int8)
    wanted = [share for share in shares if share]
    for size, share in zip(sizes(sets), shares, strict=True):
        if n >= len(wanted):
            assert (size > 0) == (share > 0)
        assert abs(size - n * share / 100) < 1 or min(sizes(sets)[i] for i in range(3) if shares[i]) <= 1


@given(st.integers(1, 200), per_cent, seeds)
def test_a_point_at_the_end_moves_few_others(n: int, shares: tuple[int, ...], seed: int) -> None:
    assert np.sum(split(n, shares, seed) != split(n + 1, shares, seed)[:n]) <= 3


def test_a_split_depends_on_its_seed_alone() -> None:
    np.testing.assert_array_equal(split(50, (70, 15, 15), 4), split(50, (70, 15, 15), 4))
    assert np.any(split(50, (70, 15, 15), 4) != split(50, (70, 15, 15), 5))


def test_every_point_has_its_chance() -> None:
    tests = np.mean([split(20, (70, 15, 15), seed) == 2 for seed in range(2000)], axis=0)
    assert np.all(np.abs(tests - 0.15) < 0.035)


# ---------------------------------------------------------------- folds


@given(st.integers(0, 100), st.integers(2, 10), seeds)
def test_folds_are_equal_to_within_one(n: int, k: int, seed: int) -> None:
    found = folds(n, k, seed)
    counts = np.bincount(found, minlength=k)
    assert found.shape == (n,)
    assert len(counts) == k
    assert counts.max() - counts.min() <= 1


@given(st.integers(10, 100), st.integers(2, 10), seeds)
def test_folds_stay_when_a_point_comes(n: int, k: int, seed: int) -> None:
    assert np.sum(folds(n, k, seed) != folds(n + 1, k, seed)[:n]) < k


# ---------------------------------------------------------------- mini-batches


@pytest.mark.parametrize(
    ("n", "size", "steps"),
    [
        (7, 0, 1),
        (7, 7, 1),
        (7, 9, 1),
        (7, 1, 7),
        (7, 3, 3),
        (7, 6, 2),
        (8, 4, 2),
        (0, 0, 1),
        (0, 5, 1),
        (1, 1, 1),
    ],
)
def test_steps_per_epoch(n: int, size: int, steps: int) -> None:
    assert steps_per_epoch(n, size) == steps


@given(st.integers(1, 40), st.integers(0, 45), seeds, st.integers(0, 5))
def test_an_epoch_meets_every_point_once(n: int, size: int, seed: int, epoch: int) -> None:
    steps = steps_per_epoch(n, size)
    met = batches(n, size, seed, epoch * steps, steps)
    assert len(met) == steps
    assert sorted(np.concatenate(met).tolist()) == list(range(n))
    assert all(len(batch) == size for batch in met[:-1])
    assert 1 <= len(met[-1]) <= (size or n)


@given(st.integers(1, 30), st.integers(0, 12), seeds, st.integers(0, 50), st.integers(0, 30))
def test_any_cut_gives_the_same_batches(n: int, size: int, seed: int, first: int, count: int) -> None:
    whole = batches(n, size, seed, 0, first + count)
    cut = batches(n, size, seed, first, count)
    assert len(cut) == count
    for a, b in zip(whole[first:], cut, strict=True):
        np.testing.assert_array_equal(a, b)


def test_epochs_and_seeds_differ() -> None:
    orders = [np.concatenate(batches(50, 8, seed, 7 * epoch, 7)) for seed in (0, 1) for epoch in (0, 1, 2)]
    assert len({order.tobytes() for order in orders}) == 6


def test_all_points_come_in_their_own_order() -> None:
    for size in (0, 5, 6):
        for batch in batches(5, size, 9, 3, 4):
            np.testing.assert_array_equal(batch, np.arange(5))
    assert [len(batch) for batch in batches(0, 4, 0, 0, 2)] == [0, 0]


def test_nobody_can_change_what_others_will_meet() -> None:
    for size in (0, 3):
        with pytest.raises(ValueError, match="read-only"):
            batches(10, size, 0, 0, 1)[0][0] = 5

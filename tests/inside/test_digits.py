"""Drawn digits are framed as MNIST's were: MNIST's own come back untouched."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.datasets import SAMPLE_SETS
from descent_lab.inside.digits import FRAMES, centred

MNIST = FRAMES[28, 28]


def strokes(height: int = 60, width: int = 50) -> np.ndarray:
    """A tall drawing, off to one side."""
    drawn = np.zeros((height, width))
    drawn[5:45, 3:9] = 255
    drawn[39:45, 3:20] = 255
    return drawn


def box(picture: np.ndarray) -> tuple[int, int]:
    """Rows and columns that hold ink."""
    return int(np.ptp(np.flatnonzero(picture.any(axis=1)))) + 1, int(
        np.ptp(np.flatnonzero(picture.any(axis=0)))
    ) + 1


def centre(picture: np.ndarray) -> tuple[float, float]:
    ink = picture.astype(float)
    return float(ink.sum(axis=1) @ np.arange(len(ink)) / ink.sum()), float(
        ink.sum(axis=0) @ np.arange(ink.shape[1]) / ink.sum()
    )


def test_mnists_own_pictures_come_back_as_they_are() -> None:
    pictures = SAMPLE_SETS["mnist"].make().inputs[:300].reshape(-1, 28, 28)
    for picture in pictures:
        assert np.array_equal(centred(picture, MNIST), picture)
        enlarged = np.kron(picture, np.ones((4, 4)))  # as a canvas four times as fine has them
        assert np.array_equal(centred(enlarged, MNIST), picture)


def test_a_drawing_fills_the_box_and_its_mass_lies_in_the_middle() -> None:
    picture = centred(strokes(), MNIST)
    assert picture.dtype == np.uint8
    assert box(picture)[0] == 20
    assert box(picture)[1] in (9, 10)  # 17 of 40, as wide as it was tall, in half of 20
    assert all(abs(each - 14) <= 0.5 for each in centre(picture))


@pytest.mark.parametrize("shift", [(0, 0), (10, 25), (15, 0)])
def test_where_it_was_drawn_makes_no_difference(shift: tuple[int, int]) -> None:
    moved = np.roll(strokes(), shift, axis=(0, 1))
    assert np.array_equal(centred(moved, MNIST), centred(strokes(), MNIST))


def test_ink_is_neither_added_nor_lost() -> None:
    drawn = strokes()
    expected = drawn.sum() / 4  # at half the size
    assert centred(drawn, MNIST).sum(dtype=float) == pytest.approx(expected, rel=0.01)


def test_a_dot_at_one_end_does_not_push_the_other_over_the_edge() -> None:
    drawn = np.zeros((100, 100))
    drawn[:, 50] = 20
    drawn[95:, 45:56] = 255
    for each in (drawn, np.flipud(drawn)):
        picture = centred(each, MNIST)
        assert picture.sum(dtype=float) == pytest.approx(drawn.sum() / 25, rel=0.05)


def test_small_pictures_are_filled_from_top_to_bottom() -> None:
    picture = centred(strokes(), FRAMES[8, 8])
    assert picture.shape == (8, 8)
    assert box(picture)[0] == 8


def test_nothing_drawn_is_nothing_seen() -> None:
    assert not centred(np.zeros((28, 28)), MNIST).any()

"""The block that a network's kernels read: where everything lies."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.datasets.nonzero_pixels import BITS, SHADE, nonzero_pixels
from descent_lab.networks.kernels.activations import ACTIVATIONS, CODES
from descent_lab.networks.kernels.block import HEAD, MASKS, PIXELS, SAMPLES, TILE, fill, sizes_of, starts
from tests.networks.blocks import block, score, slope


def test_the_layout() -> None:
    inputs = [[1.5, 0.0], [0.0, 0.0], [-2.0, 3.0]]
    masks = [[0.0, 2.0, 2.0], [2.0, 2.0, 2.0], [2.0, 0.0, 0.0]]
    data = block([2, 3, 4], ["tanh", "linear"], "cross-entropy", inputs, [3, 0, 1], 0.25, 0.5, masks)
    tanh, linear = CODES["tanh"], CODES["linear"]
    head = [3, 2, 1, 0.25, 0.5, 22, 0, 0, 2, 3, 4, tanh, linear]
    assert data.tolist() == [*head, 3, 0, 1, *np.ravel(inputs), *np.ravel(masks)]
    plain = block([2, 3, 4], ["tanh", "linear"], "cross-entropy", inputs, [3, 0, 1], 0.25, 0.5)
    assert plain[MASKS] == 0
    assert plain[HEAD:].tolist() == data[HEAD:22].tolist()


def test_steps_lie_one_after_another() -> None:
    dice = np.random.default_rng(8)
    inputs = dice.integers(0, 3, (6, 4)).astype(float)
    targets = dice.normal(size=6)
    sizes, kinds, codes = [4, 5, 1], ["relu", "linear"], [CODES["relu"], CODES["linear"]]
    head = np.array([99, 2, 0, 0.1, 0.2, 0, 0, 0, *sizes, *codes], dtype=float)
    order, counts = np.array([5, 0, 2, 2, 1, 4]), np.array([3, 1, 2])
    for masks in (np.zeros((0, 0)), dice.integers(0, 2, (6, 5)) / 0.5):
        begins = starts(head, counts, 4, masks.shape[1])
        out = np.full(400, np.nan)
        fill(out, begins, head, inputs, targets, order, counts, masks)
        first = 0
        for begin, end, count in zip(begins[:-1], begins[1:], counts, strict=True):
            rows = order[first : first + count]
            own = masks[first : first + count] if masks.size else None
            alone = block(sizes, kinds, "mse", inputs[rows], targets[rows], 0.1, 0.2, own)
            assert out[begin:end].tolist() == alone.tolist()
            assert out[begin + SAMPLES] == count
            first += count
        assert begins[0] == 0
        assert np.all(np.isnan(out[begins[-1] :]))


def test_ink_lists_what_is_not_blank() -> None:
    pictures = np.zeros((3, 300), dtype=np.uint8)
    pictures[0, [0, 299]] = 255, 1
    pictures[2, 7] = 128
    found = nonzero_pixels(pictures)
    assert found.words.dtype == np.uint32
    assert found.words.tolist() == [255, 299 << BITS | 1, 7 << BITS | 128]
    assert found.spans.tolist() == [[0, 2], [2, 2], [2, 3]]
    assert nonzero_pixels(pictures[:0]).spans.shape == (0, 2)


@pytest.mark.parametrize("lanes", [1, 2, 3, 7])
@pytest.mark.parametrize("hidden", [3, 8, 19])
def test_pictures_and_the_same_numbers_one_by_one(lanes: int, hidden: int) -> None:
    """What is passed over is zero, so nothing changes but the time."""
    dice = np.random.default_rng(4)
    n, sizes, kinds = 2 * TILE + 5, [30, hidden, 4], ["tanh", "linear"]
    pictures = dice.integers(0, 256, (n, 30)).astype(np.uint8) * (dice.random((n, 30)) < 0.3)
    pictures[3] = 0
    targets = dice.integers(0, 4, n)
    w = dice.normal(size=(sizes_of(sizes), lanes))
    dense = block(sizes, kinds, "cross-entropy", pictures * SHADE, targets, 0.1, 0.2)
    listed, spans = (
        nonzero_pixels(pictures),
        block(sizes, kinds, "cross-entropy", nonzero_pixels(pictures).spans, targets, 0.1, 0.2),
    )
    spans[PIXELS] = listed.address
    for one, other in zip(
        (*slope(dense, w), *score(dense, w)), (*slope(spans, w), *score(spans, w)), strict=True
    ):
        assert np.array_equal(one, other)


def test_weights_are_counted() -> None:
    assert sizes_of([784, 15, 10]) == 11_935  # the network of the chapter
    assert sizes_of([2, 1]) == 3
    assert sizes_of([3, 4, 5, 2]) == 4 * 4 + 5 * 5 + 6 * 2


def test_codes_follow_the_listing() -> None:
    assert list(CODES) == list(ACTIVATIONS)
    assert list(CODES.values()) == list(range(len(ACTIVATIONS)))
    assert CODES["linear"] == 0

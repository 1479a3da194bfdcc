"""The block that a network's kernels read: where everything lies."""

from __future__ import annotations

import numpy as np

from app.engine.networks.activations import ACTIVATIONS, CODES
from app.engine.networks.block import HEAD, MASKS, SAMPLES, TILE, fill, room, sizes_of
from tests.engine.blocks import NO_WORDS, block

NO_MASKS = np.zeros((0, 0))


def test_the_layout() -> None:
    inputs = [[1.5, 0.0], [0.0, 0.0], [-2.0, 3.0]]
    masks = [[0.0, 2.0, 2.0], [2.0, 2.0, 2.0], [2.0, 0.0, 0.0]]
    data = block([2, 3, 4], ["tanh", "linear"], "cross-entropy", inputs, [3, 0, 1], 0.25, 0.5, masks)
    tanh, linear = CODES["tanh"], CODES["linear"]
    head = [3, 2, 1, 0.25, 0.5, 26, 2, 3, 4, tanh, linear]
    tile = [15, 3, 0, 1, 2, *(0, 2, 0, 1.5, 2, -2), *(1, 1, 2, 3)]
    assert data.tolist() == [*head, *tile, *np.ravel(masks)]
    plain = block([2, 3, 4], ["tanh", "linear"], "cross-entropy", inputs, [3, 0, 1], 0.25, 0.5)
    assert plain[MASKS] == 0
    assert plain[HEAD:].tolist() == data[HEAD:26].tolist()


def test_steps_lie_one_after_another() -> None:
    dice = np.random.default_rng(8)
    inputs = dice.integers(0, 3, (6, 4)).astype(float)
    targets = dice.normal(size=6)
    sizes, kinds, codes = [4, 5, 1], ["relu", "linear"], [CODES["relu"], CODES["linear"]]
    head = np.array([99, 2, 0, 0.1, 0.2, 0, *sizes, *codes], dtype=float)
    order, counts = np.array([5, 0, 2, 2, 1, 4]), np.array([3, 1, 2])
    for masks in (np.zeros((0, 0)), dice.integers(0, 2, (6, 5)) / 0.5):
        out, offsets = np.full(400, np.nan), np.empty(3, dtype=np.int64)
        used = fill(out, offsets, head, inputs, 1 / 255, targets, order, counts, masks, NO_WORDS)
        ends = [*offsets[1:], used]
        first = 0
        for begin, end, count in zip(offsets, ends, counts, strict=True):
            rows = order[first : first + count]
            own = masks[first : first + count] if masks.size else None
            alone = block(sizes, kinds, "mse", inputs[rows] * (1 / 255), targets[rows], 0.1, 0.2, own)
            assert out[begin:end].tolist() == alone.tolist()
            assert out[begin + SAMPLES] == count
            first += count
        assert offsets[0] == 0
        assert np.all(np.isnan(out[used:]))


def test_samples_are_in_tiles_that_say_how_long_they_are() -> None:
    n = 2 * TILE + 5
    inputs = np.random.default_rng(2).integers(0, 2, (n, 3)).astype(float)
    data = block([3, 1], ["linear"], "mse", inputs, np.arange(n))
    at, seen = HEAD + 3, np.zeros((n, 3))
    for first in range(0, n, TILE):
        count = min(TILE, n - first)
        assert data[at + 1 : at + 1 + count].tolist() == list(range(first, first + count))
        here = at + 2 + count
        for _ in range(int(data[here - 1])):
            i, samples = int(data[here]), int(data[here + 1])
            pairs = data[here + 2 : here + 2 + 2 * samples].reshape(-1, 2)
            assert (np.diff(pairs[:, 0]) > 0).all()
            seen[first + pairs[:, 0].astype(int), i] = pairs[:, 1]
            here += 2 + 2 * samples
        at += int(data[at])
        assert at == here
    assert at == len(data) <= HEAD + 3 + room([n], 3, 3 * n)
    assert np.array_equal(seen, inputs)


def test_pictures_read_by_eights_are_the_same() -> None:
    dice = np.random.default_rng(4)
    pictures = dice.integers(0, 256, (40, 16)).astype(np.uint8) * (dice.random((40, 16)) < 0.2)
    head, rows = np.zeros(HEAD + 3), np.arange(40)
    found = []
    for words in (NO_WORDS, pictures.view(np.uint64)):
        out = np.zeros(room([40], 16, 640) + len(head))
        used = fill(
            out,
            np.empty(1, np.int64),
            head,
            pictures,
            1 / 255,
            rows * 1.0,
            rows,
            np.array([40]),
            NO_MASKS,
            words,
        )
        found.append(out[:used].tolist())
    assert found[0] == found[1]


def test_weights_are_counted() -> None:
    assert sizes_of([784, 15, 10]) == 11_935  # the network of the chapter
    assert sizes_of([2, 1]) == 3
    assert sizes_of([3, 4, 5, 2]) == 4 * 4 + 5 * 5 + 6 * 2


def test_codes_follow_the_listing() -> None:
    assert list(CODES) == list(ACTIVATIONS)
    assert list(CODES.values()) == list(range(len(ACTIVATIONS)))
    assert CODES["linear"] == 0

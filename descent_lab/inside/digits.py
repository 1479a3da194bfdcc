"""A digit drawn by hand, brought into the shape of those that a network has learnt from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Frame:
    """How the pictures of a set were framed. shape: (height, width). box: pixels that a digit fills along its longer
    side. middle: the row and column, counted from 0, on which its centre of mass lies, to the nearest pixel."""

    shape: tuple[int, int]
    box: int
    middle: float


FRAMES = {frame.shape: frame for frame in (Frame((28, 28), 20, 14.0), Frame((8, 8), 8, 3.5))}
"""MNIST's, by its own description, and that of the 8 x 8 digits, which fill their pictures from top to bottom."""


def centred(drawn: np.ndarray, frame: Frame) -> np.ndarray:
    """The drawing as the set's pictures were made, (height, width) uint8. drawn: any height and width, 0 to 255.

    "The original images were size normalized to fit in a 20x20 pixel box while preserving their aspect ratio. The
    images were centered in a 28x28 image by computing the center of mass of the pixels, and translating the image so as
    to position this point at the center of the 28x28 field" (LeCun, Cortes & Burges). Each new pixel is the mean of the
    old ones that it covers, in parts where need be. The digit is then moved by whole pixels, as MNIST's were, no
    further than to the edge: so MNIST's own pictures come back as they are. An empty drawing gives an empty picture.
    """
    drawn = np.asarray(drawn, dtype=float)
    ink = drawn.sum(axis=1), drawn.sum(axis=0)
    inked = [np.flatnonzero(line) for line in ink]
    if not len(inked[0]):
        return np.zeros(frame.shape, dtype=np.uint8)
    ends = [(int(line[0]), int(line[-1]) + 1) for line in inked]
    scale = frame.box / max(high - low for low, high in ends)
    up, across = (
        _resampling(own, own_ends, after, scale, frame.middle)
        for own, own_ends, after in zip(ink, ends, frame.shape, strict=True)
    )
    return np.rint(up @ drawn @ across.T).astype(np.uint8)


def _resampling(
    ink: np.ndarray, ends: tuple[int, int], after: int, scale: float, middle: float
) -> np.ndarray:
    """The share that each old line has in each new one, (after, before). ink: of each old line, (before,); it lies
    between the `ends`."""
    low, high = ends
    # Of mass, counted within the box.
    centre = scale * (float(ink @ (np.arange(len(ink)) + 0.5) / ink.sum()) - low)
    begin = min(max(round(middle + 0.5 - centre), 0), after - math.ceil(scale * (high - low) - 1e-9))
    edges = begin + scale * (np.arange(len(ink) + 1) - low)
    new = np.arange(after)[:, None]
    return np.maximum(np.minimum(edges[1:], new + 1) - np.maximum(edges[:-1], new), 0.0)

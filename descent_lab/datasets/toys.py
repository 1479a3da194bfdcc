"""Toy sets: shapes in the plane that are hard for one reason each, and a curve. Their inputs are of order one and
centred, so that a network learns them as they are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from descent_lab.datasets.samples import Samples, SampleSet
from descent_lab.geometry import Window

Shape = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""(class of each point, three uniform numbers of each, (n, 3)) -> the points without noise, (n, 2)."""

# Streams of one seed that meet none of `sampling`, `splits` and the problems.
_POSITIONS, _NOISE = 16 << 40, 17 << 40

PLANE: Window = ((-2.5, 2.5), (-2.5, 2.5))
REACHES = (1.6, 2.1, 2.5, 3.0, 4.0)
"""How far a picture of samples reaches from the middle. It fits them in steps, so that it rests while a hand draws."""

EMPTY = 2.1
"""And how far where there are no samples yet; static/state/network/own-samples.js has it too."""

SIZE, SIZES = 300, (10, 2000)
NOISES = (0.0, 0.5)

DECIMALS = 4
"""Values are rounded, for the last bits of a sine differ from one processor to another."""


def fitted(samples: Samples) -> Window | None:
    """The smallest plane around the middle that shows all samples: of two inputs (it is square, and never smaller than
    an empty one) or of one and the curve's value; None where they reach beyond all of them."""
    inputs = samples.inputs
    flat = inputs.shape[1] == 1
    columns = [inputs[:, 0], samples.targets] if flat else [inputs.ravel()]
    sides: list[float] = []
    for column in columns:
        far = max(float(np.abs(column).max()), 0.0 if flat else EMPTY)
        reach = next((each for each in REACHES if far <= each), None)
        if reach is None:
            return None
        sides.append(reach)
    return (-sides[0], sides[0]), (-sides[-1], sides[-1])


def _stream(seed: int, stream: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=[seed, stream]))


def _rounded(values: np.ndarray) -> np.ndarray:
    return np.round(values, DECIMALS) + 0.0  # no minus zero


def _plane(key: str, name: str, teaches: str, shape: Shape, noise: float, classes: int = 2) -> SampleSet:
    """A set of two inputs. The classes take turns, so that each has its share whatever the size."""
    letters = tuple("ABC"[:classes])
    names = ("x", "y")

    def draw(size: int, spread: float, seed: int) -> Samples:
        targets = np.arange(size) % classes
        clean = shape(targets, _stream(seed, _POSITIONS).random((size, 3)))
        moved = clean + spread * _stream(seed, _NOISE).standard_normal((size, 2))
        return Samples(_rounded(moved), targets, letters, names)

    return SampleSet(
        *(key, name, teaches, "classes", letters, 2, SIZE, SIZES, draw, names, noise, NOISES, PLANE)
    )


def _moons(which: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Half circles of radius 1, each the other one turned by 180° about the origin."""
    angle = np.pi * u[:, 0]
    side = 1 - 2 * which
    return np.stack([side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)], axis=1)


def _circles(which: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Radius 1.5 and, within, 0.75."""
    return _polar(1.5 / (1 + which), 2 * np.pi * u[:, 0])


def _xor(which: np.ndarray, u: np.ndarray) -> np.ndarray:
    """The four quadrants, a gap between them; A where x and y have the same sign."""
    x, y = 0.15 + 1.45 * u[:, 0], 0.15 + 1.45 * u[:, 1]
    side = np.where(u[:, 2] < 0.5, 1, -1)
    return np.stack([side * x, side * (1 - 2 * which) * y], axis=1)


def _spirals(which: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Two arms of one turn and a half. The root spreads the points evenly along an arm."""
    along = np.sqrt(u[:, 0])
    return _polar(0.2 + 1.4 * along, np.pi * (3 * along + which))


def _blobs(which: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Discs of radius 0.7 about (-0.9, -0.9) and (0.9, 0.9)."""
    centre = 0.9 * (2 * which - 1)
    return _polar(0.7 * np.sqrt(u[:, 0]), 2 * np.pi * u[:, 1]) + centre[:, None]


def _blobs3(which: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Discs of radius 0.55 about the corners of a triangle."""
    corner = _polar(np.full(len(which), 1.1), np.pi * (1 / 2 + 2 / 3 * which))
    return _polar(0.55 * np.sqrt(u[:, 0]), 2 * np.pi * u[:, 1]) + corner


def _polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def chirp(x: np.ndarray) -> np.ndarray:
    """A sine whose frequency grows ninefold from x = -2 to x = 2."""
    part = (x + 2) / 4
    return np.sin(np.pi * (part + 4 * part**2))


def _curve(size: int, noise: float, seed: int) -> Samples:
    x = _rounded(4 * _stream(seed, _POSITIONS).random(size) - 2)
    y = chirp(x) + noise * _stream(seed, _NOISE).standard_normal(size)
    return Samples(x[:, None], _rounded(y), (), ("x",))


moons = _plane(
    "moons", "Two moons",
    "Each moon reaches into the other's hollow: a straight line goes wrong at the tips, a few hidden units bend it.",
    _moons, 0.15,
)  # fmt: skip

circles = _plane(
    "circles", "Circles",
    "One class surrounds the other: without a hidden layer nothing is learnt at all, and three hidden units are the "
    "fewest that can close a line around the inner ring.",
    _circles, 0.15,
)  # fmt: skip

xor = _plane(
    "xor", "XOR",
    "A where both inputs have the same sign, B where the signs differ: no input says anything by itself, and a network "
    "with few hidden units often stalls with one quadrant wrong.",
    _xor, 0.1,
)  # fmt: skip

spirals = _plane(
    "spirals", "Spirals",
    "The arms wind around each other, so the boundary has to turn again and again: it takes many units, many steps and "
    "a good optimizer.",
    _spirals, 0.05,
)  # fmt: skip

blobs = _plane(
    "blobs", "Two blobs",
    "A straight line parts the blobs, so a network without a hidden layer will do: raise the noise until they overlap, "
    "and a big network begins to learn single points by heart.",
    _blobs, 0.2,
)  # fmt: skip

blobs3 = _plane(
    "blobs3", "Three blobs",
    "Three classes share the plane: the network has an output for each, softmax makes them add up to one, and the "
    "boundaries meet where all three are as likely.",
    _blobs3, 0.2, 3,
)  # fmt: skip

curve = SampleSet(
    "curve", "A curve",
    "The waves grow quicker from left to right: a network follows the slow ones first, and the quick ones need more "
    "units and many more steps.",
    "curve", (), 1, SIZE, SIZES, _curve, ("x",), 0.1, NOISES, ((-2.5, 2.5), (-2.0, 2.0)),
)  # fmt: skip

"""Real sets: flowers, wines and handwritten digits. Each is loaded when it is first asked for, once for the process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import numpy as np

from descent_lab.datasets.samples import Samples, SampleSet

MNIST = Path(__file__).with_name("mnist.npz")
"""As Keras hands it out: x_train, y_train, x_test, y_test. Whose it is stands in MNIST-LICENSE.md beside it."""

_ROWS = 18 << 40
"""A stream of the seed that none of `sampling`, `splits`, the toys and the problems meets."""

_LOADING = Lock()


def _real(key: str, name: str, teaches: str, load: Callable[[], Samples], **known: Any) -> SampleSet:
    """A set that was measured. A smaller size is a seeded choice of its rows; the whole is shared by all who ask."""
    once = cache(load)

    def draw(size: int, _noise: float, seed: int) -> Samples:
        with _LOADING:  # or two threads load it at the same time
            whole = once()
        return whole if size == len(whole.targets) else _chosen(whole, size, seed)

    return SampleSet(key, name, teaches, "classes", draw=draw, **known)


def _chosen(whole: Samples, size: int, seed: int) -> Samples:
    """So many rows. Training and test set keep their shares, and every class keeps its share of both."""
    targets, test = whole.targets, whole.test
    draws = np.random.Generator(np.random.Philox(key=[seed, _ROWS])).random(len(targets))

    def some(first: int, last: int, count: int) -> np.ndarray:
        return first + _in_turns(targets[first:last], draws[first:last])[:count]

    if test is None:
        ahead, rows = None, some(0, len(targets), size)
    else:
        ahead = max(1, round(size * test / len(targets)))
        rows = np.concatenate([some(0, test, ahead), some(test, len(targets), size - ahead)])
    return replace(whole, inputs=whole.inputs[rows], targets=targets[rows], test=ahead)


def _in_turns(targets: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """All rows, (n,), in such an order that however many are taken from its beginning, each class has its share."""
    order = np.lexsort((draws, targets))
    counts = np.bincount(targets)
    rank = np.arange(len(targets)) - np.repeat(np.cumsum(counts) - counts, counts)  # within the class
    return order[np.argsort((rank + 0.5) / np.repeat(counts, counts), kind="stable")]


def _ships(name: str) -> Any:
    from sklearn import datasets  # pyright: ignore[reportMissingTypeStubs]  # takes a second: not before it is needed

    return getattr(cast(Any, datasets), f"load_{name}")()


def _table(name: str, classes: tuple[str, ...], names: tuple[str, ...]) -> Callable[[], Samples]:
    def load() -> Samples:
        ships = _ships(name)
        inputs = np.array(ships.data, dtype=np.float64)
        return Samples(inputs, ships.target.astype(np.int64), classes, names, measured=True)

    return load


def _digits() -> Samples:
    """Sixteen steps of grey are spread over 0 to 255."""
    ships = _ships("digits")
    inputs = np.rint(ships.data * (255 / 16)).astype(np.uint8)
    return Samples(inputs, ships.target.astype(np.int64), DIGITS, shape=(8, 8))


def _mnist() -> Samples:
    inputs, targets = np.empty((70_000, 784), np.uint8), np.empty(70_000, np.int64)
    with np.load(MNIST) as file:
        for part, rows in (("train", slice(60_000)), ("test", slice(60_000, None))):
            inputs[rows] = file[f"x_{part}"].reshape(-1, 784)
            targets[rows] = file[f"y_{part}"]
    return Samples(inputs, targets, DIGITS, shape=(28, 28), test=60_000)


DIGITS = tuple("0123456789")
SPECIES = ("setosa", "versicolor", "virginica")
FLOWER = ("sepal length", "sepal width", "petal length", "petal width")
CULTIVARS = ("cultivar 1", "cultivar 2", "cultivar 3")
WINE = ("alcohol", "malic acid", "ash", "alkalinity of ash", "magnesium", "phenols", "flavanoids",
        "other phenols", "proanthocyanins", "colour intensity", "hue", "OD280 / OD315", "proline")  # fmt: skip

iris = _real(
    "iris", "Iris",
    "Four lengths of 150 flowers, each standardised to mean 0 and deviation 1: one species stands apart from the first "
    "steps on, the other two overlap in a few flowers that no network can be sure of.",
    _table("iris", SPECIES, FLOWER),
    classes=SPECIES, inputs=4, names=FLOWER, size=150, sizes=(15, 150),
    source="R. A. Fisher 1936, as scikit-learn ships it",
)  # fmt: skip

wine = _real(
    "wine", "Wine",
    "Thirteen measurements of 178 wines, each standardised to mean 0 and deviation 1, for their units differ a "
    "thousandfold: so few rows and so many inputs are soon learnt by heart, and only the validation loss tells.",
    _table("wine", CULTIVARS, WINE),
    classes=CULTIVARS, inputs=13, names=WINE, size=178, sizes=(15, 178),
    source="M. Forina and others 1988, UCI Machine Learning Repository, as scikit-learn ships it",
)  # fmt: skip

digits = _real(
    "digits", "Digits, 8 × 8",
    "Small pictures of handwritten digits, 64 pixels each: few enough that a network reads them after seconds, and one "
    "sees what its first weights look for.",
    _digits,
    classes=DIGITS, inputs=64, shape=(8, 8), size=1797, sizes=(50, 1797),
    source="E. Alpaydin and C. Kaynak 1998, UCI Machine Learning Repository, as scikit-learn ships it",
)  # fmt: skip

mnist = _real(
    "mnist", "MNIST, 28 × 28",
    "Seventy thousand handwritten digits, the last ten thousand kept for the test: the chapter's network of 784, 15 "
    "and 10 units has 11,935 parameters and reads more than nine in ten of those it has never seen.",
    _mnist,
    classes=DIGITS, inputs=784, shape=(28, 28), size=70_000, sizes=(700, 70_000), test=60_000,
    source="Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten digits, CC BY-SA 3.0",
)  # fmt: skip

"""The loss surface that a network really walks on, as far as a plane through its thousand dimensions shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from descent_lab.geometry import Window
from descent_lab.machine.endpoints import pool
from descent_lab.networks.network import TRAINING, Network, evenly
from descent_lab.refusals import Refusal

SAMPLES, FEWEST = 1_000, 100
"""Training samples that the loss is taken over, at the most and, of a network with many weights, at the least."""

WORK = 1_600_000
"""Weights times samples of one point of the plane, where the samples allow."""

ROWS = 240
"""Records that the principal directions are found from, at the most: those of all racers, evenly."""

BLOCK = 64
"""Points of the plane that are treated at once by a core."""

FAR = 1e6
"""A path with a weight beyond this would be all that a picture shows."""

MARGIN = 0.2
_STREAM = 9 << 40


@dataclass(frozen=True, eq=False)
class Plane:
    """The point (a, b) is origin + a u + b v. origin, u, v: (dim,). explained: the share of all movement that lies
    along each of the two directions; None where they were not chosen for that."""

    origin: np.ndarray
    u: np.ndarray
    v: np.ndarray
    axes: tuple[str, str]
    explained: tuple[float, float] | None = None

    def project(self, w: np.ndarray) -> np.ndarray:
        """The nearest points of the plane. w: (..., dim) -> (..., 2); not finite where the weights are far beyond."""
        directions = np.stack([self.u, self.v])
        lengths = directions @ directions.T
        with np.errstate(all="ignore"):
            return (w - self.origin) @ directions.T @ np.linalg.pinv(lengths)

    def weights(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The weights of points. a, b: (n,) -> (dim, n)."""
        return self.origin[:, None] + self.u[:, None] * a + self.v[:, None] * b


def calm(paths: np.ndarray) -> list[int]:
    """The lanes that have not run away. paths: (records, lanes, dim)."""
    return np.flatnonzero(np.abs(paths).max(axis=(0, 2)) < FAR).tolist()


def principal(paths: np.ndarray) -> Plane:
    """The plane in which the paths move most: their mean and their first two principal directions.

    paths: (records, lanes, dim). Found from the products of the records with one another, of which there are far fewer
    than weights.
    """
    records, lanes, dim = paths.shape
    step = max(1, -(-records * lanes // ROWS))
    chosen = np.unique(np.r_[0:records:step, records - 1])
    rows = paths[chosen].reshape(-1, dim)
    middle = rows.mean(axis=0)
    moved = rows - middle
    values, vectors = np.linalg.eigh(moved @ moved.T)
    whole = max(float(values.sum()), 1e-300)
    found: list[np.ndarray] = []
    for k in (-1, -2):
        direction = vectors[:, k] @ moved if len(values) > 1 else np.zeros(dim)
        found.append(_unit(direction, found))
    # The same picture at the next look: from the start to where the first racer stands is to the right, and up.
    way = paths[-1, 0] - paths[0, 0]
    u, v = (each if each @ way >= 0 else -each for each in found)
    shares = [max(float(values[k]), 0.0) / whole if len(values) > 1 else 0.0 for k in (-1, -2)]
    return Plane(
        middle, u, v, ("first principal direction", "second principal direction"), (shares[0], shares[1])
    )


def random(network: Network, w: np.ndarray, seed: int) -> Plane:
    """Two random directions about a racer, w: (dim,), each neuron's part as long as the neuron's own weights.

    Li et al. 2018, section 4 ("filter normalization"): without it a network of large weights looks flat. Biases are
    left where they are.
    """
    generator = np.random.Generator(np.random.Philox(key=[seed, _STREAM]))
    found: list[np.ndarray] = []
    for _ in range(2):
        direction = generator.standard_normal(network.dim)
        for (own, bias), (weights, _) in zip(network.layers(direction), network.layers(w), strict=True):
            lengths = np.linalg.norm(own, axis=0)
            own *= np.linalg.norm(weights, axis=0) / np.where(lengths > 0, lengths, 1.0)
            bias[:] = 0.0
        found.append(direction)
    return Plane(w.copy(), found[0], found[1], ("first random direction", "second random direction"))


def through(w: np.ndarray, names: tuple[str, str, str]) -> Plane:
    """The plane through three racers. w: (dim, 3)."""
    u = _unit(w[:, 1] - w[:, 0], [])
    v = _unit(w[:, 2] - w[:, 0] - u * (u @ (w[:, 2] - w[:, 0])), [u])
    return Plane(w[:, 0].copy(), u, v, (f"from {names[0]} to {names[1]}", f"and across, to {names[2]}"))


def _unit(direction: np.ndarray, others: list[np.ndarray]) -> np.ndarray:
    """Of length 1; where there is no direction, some axis that is at right angles to the others."""
    length = float(np.linalg.norm(direction))
    if length > 1e-12 and np.isfinite(length):
        return direction / length
    for axis in range(len(direction)):
        e = np.zeros(len(direction))
        e[axis] = 1.0
        for other in others:
            e -= other * other[axis]
        if np.linalg.norm(e) > 0.5:
            return e / np.linalg.norm(e)
    raise Refusal("one weight", field="setup")


def around(points: np.ndarray, least: float = 0.0) -> Window:
    """A window that holds the points with a margin. points: (..., 2). least: half its width at the least."""
    points = points.reshape(-1, 2)
    known = points[np.all(np.isfinite(points), axis=1)]
    known = known if len(known) else np.zeros((1, 2))
    low, high = known.min(axis=0), known.max(axis=0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2 * (1 + 2 * MARGIN), least)
    half = np.maximum(half, max(float(half.max()) / 3, 1e-3))  # never a thread
    (x0, y0), (x1, y1) = (middle - half).tolist(), (middle + half).tolist()
    return (x0, x1), (y0, y1)


def sample(network: Network) -> np.ndarray:
    """The training samples that the loss is taken over: numbers of rows."""
    most = max(FEWEST, min(SAMPLES, WORK // network.dim))
    return evenly(network.rows[TRAINING], most)


def losses(network: Network, w: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Mean loss without penalties. w: (dim, lanes) -> (lanes,)."""
    return network.score(w, numbers)[0]


def grid(
    network: Network,
    plane: Plane,
    window: Window,
    nx: int,
    ny: int,
    numbers: np.ndarray,
    tick: Callable[[], None] | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Losses over a window: x (nx,), y (ny,), loss (ny, nx). The cores share the work.

    tick: called again and again. It may raise, and so end the work.
    """
    x, y = np.linspace(*window[0], nx), np.linspace(*window[1], ny)
    a, b = (each.ravel() for each in np.meshgrid(x, y))

    def part(first: int) -> np.ndarray:
        here = slice(first, first + BLOCK)
        if tick is not None:
            tick()
        return losses(network, plane.weights(a[here], b[here]), numbers)

    found = np.concatenate(list(pool().map(part, range(0, len(a), BLOCK))))
    return x, y, found.reshape(ny, nx)

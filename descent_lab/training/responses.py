"""What a training looks like from outside: what the networks say to every place of the plane, neuron by neuron."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from descent_lab.geometry import Window
from descent_lab.networks.network import Network

POINTS = 200
"""Places along the axis of a single input."""

MARGIN = 0.15
"""Share of the samples' range that is shown beyond them, where the data suggest no window."""


def window_of(network: Network) -> Window | None:
    """The plane that is shown: of two inputs, or of one and what it leads to; None for more inputs than two."""
    inputs = network.samples.inputs
    if inputs.shape[1] > 2:
        return None
    if network.window is not None:
        return network.window
    columns = inputs.T if inputs.shape[1] == 2 else np.stack([inputs[:, 0], network.samples.targets])
    sides: list[tuple[float, float]] = []
    for low, high in zip(columns.min(axis=1).tolist(), columns.max(axis=1).tolist(), strict=True):
        more = MARGIN * (high - low) or 1.0
        sides.append((low - more, high + more))
    return sides[0], sides[1]


@dataclass(frozen=True, eq=False)
class InputGrid:
    """Inputs to ask networks about: the points of a grid, row by row from below, or along one axis. inputs: (n, k)."""

    inputs: np.ndarray
    x: np.ndarray
    y: np.ndarray | None

    @property
    def shape(self) -> tuple[int, ...]:
        """(ny, nx), or (n,) of one input."""
        return (len(self.x),) if self.y is None else (len(self.y), len(self.x))


def input_grid(network: Network, side: int) -> InputGrid | None:
    """A grid of side x side places over the plane of two inputs, POINTS of one input; None for more inputs."""
    window = window_of(network)
    if window is None:
        return None
    if network.dims[0] == 1:
        x = np.linspace(*window[0], POINTS)
        return InputGrid(x[:, None], x, None)
    x, y = np.linspace(*window[0], side), np.linspace(*window[1], side)
    across, up = np.meshgrid(x, y)
    return InputGrid(np.stack([across.ravel(), up.ravel()], axis=1), x, y)


def outputs(network: Network, w: np.ndarray, where: InputGrid) -> np.ndarray:
    """What the last layer says everywhere. w: (dim, lanes) -> (lanes, outputs, *where.shape)."""
    outputs = network.answers(w, where.inputs)[:, -network.outputs :]
    return np.moveaxis(outputs, 2, 0).transpose(0, 2, 1).reshape(w.shape[1], network.outputs, *where.shape)


def neurons(network: Network, w: np.ndarray, where: InputGrid) -> np.ndarray:
    """What every neuron of one network says everywhere. w: (dim,) -> (neurons, *where.shape), inputs left out."""
    outputs = network.answers(w[:, None], where.inputs)[:, :, 0]
    return outputs.T.reshape(outputs.shape[1], *where.shape)

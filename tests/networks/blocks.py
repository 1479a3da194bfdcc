"""Blocks and kernels of networks, for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from descent_lab.machine.kernels import Kernel
from descent_lab.machine.stepping import evaluate_block
from descent_lab.networks.kernels import compiled
from descent_lab.networks.kernels.activations import CODES
from descent_lab.networks.kernels.block import fill, starts

LOSSES = {"mse": 0, "cross-entropy": 1}


def block(
    sizes: Sequence[int],
    activations: Sequence[str],
    loss: str,
    inputs: Any,
    targets: Any,
    l2: float = 0.0,
    l1: float = 0.0,
    masks: Any = None,
) -> np.ndarray:
    """What the kernels read of these samples. inputs: (n, k). targets: (n,). masks: (n, hidden neurons)."""
    inputs, targets = np.array(inputs, dtype=float), np.array(targets, dtype=float)
    n = len(targets)
    masks = np.zeros((0, 0)) if masks is None else np.array(masks, dtype=float)
    codes = [CODES[each] for each in activations]
    head = np.array([0, len(codes), LOSSES[loss], l2, l1, 0, 0, 0, *sizes, *codes], dtype=float)
    begins = starts(head, np.array([n]), inputs.shape[1], masks.shape[1])
    out = np.empty(begins[-1])
    fill(out, begins, head, inputs, targets, np.arange(n), np.array([n]), masks)
    return out


def _asked(kernel: Kernel, data: np.ndarray, w: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray]:
    w = np.ascontiguousarray(w, dtype=float)
    loss, other = np.full(w.shape[1], np.nan), np.full((rows, w.shape[1]), np.nan)
    evaluate_block(kernel.address, data, w, loss, other)
    return loss, other


def slope(data: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loss and gradient, penalties counted. w: (dim, lanes) -> (lanes,), (dim, lanes)."""
    return _asked(compiled.field(), data, w, len(w))


def score(data: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loss without penalties, and how many samples are right. w: (dim, lanes) -> (lanes,) twice."""
    loss, hits = _asked(compiled.score(), data, w, 1)
    return loss, hits[0]


def answers(data: np.ndarray, w: np.ndarray, neurons: int) -> np.ndarray:
    """What every neuron says to every sample. w: (dim, lanes) -> (samples, neurons, lanes)."""
    samples = int(data[0])
    return _asked(compiled.answers(), data, w, samples * neurons)[1].reshape(samples, neurons, -1)

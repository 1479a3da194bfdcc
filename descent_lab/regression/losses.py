"""Losses of a linear model over points: what each does with a residual, and the kernels made of it.

The numbers that the kernels read (see `batches`) are a block: how many points, how many weights, then l2, l1 and delta;
then the rows of the design matrix, (points, dim), whose last column is the bias's; then the targets, (points,).
The loss is the mean over the points, plus l2 times the squares and l1 times the sizes of all weights but the bias.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numba import carray  # pyright: ignore[reportPrivateImportUsage]

from descent_lab.catalog import Catalog
from descent_lab.machine.kernels import FIELD, HESSIAN, Kernel, compile_kernel, shifted

HEAD = 5
"""Numbers of a block before the rows."""

FEW = 4
"""Fewer lanes than this are taken one by one; more side by side, so that the inner loop runs over lanes."""

# Both ways do the same sums in the same order, so that a lane equals its solo run.
_FIELD = """\
def kernel(data, w, n, loss, gradient):
    count, dim = int(data[0]), int(data[1])
    l2, l1, delta = data[2], data[3], data[4]
    share = max(count, 1)  # of no points the loss is 0
    X = carray(shifted(data, {head}), (count, dim))
    Y = carray(shifted(data, {head} + count * dim), (count,))
    W, G, L = carray(w, (dim, n)), carray(gradient, (dim, n)), carray(loss, (n,))
    if n < {few}:
        point, slope = np.empty(dim), np.empty(dim)
        for j in range(n):
            for k in range(dim):
                point[k] = W[k, j]
                slope[k] = 0.0
            total = 0.0
            for i in range(count):
                r = -Y[i]
                for k in range(dim):
                    r += X[i, k] * point[k]
                total += {value}
                tilt = {slope}
                for k in range(dim):
                    slope[k] += tilt * X[i, k]
            L[j] = total / share
            for k in range(dim):
                G[k, j] = slope[k] / share
    else:
        residual = np.empty(n)
        L[:] = 0.0
        G[:] = 0.0
        for i in range(count):
            residual[:] = -Y[i]
            for k in range(dim):
                x = X[i, k]
                for j in range(n):
                    residual[j] += x * W[k, j]
            for j in range(n):
                r = residual[j]
                L[j] += {value}
                residual[j] = {slope}
            for k in range(dim):
                x = X[i, k]
                for j in range(n):
                    G[k, j] += residual[j] * x
        for j in range(n):
            L[j] = L[j] / share
        for k in range(dim):
            for j in range(n):
                G[k, j] = G[k, j] / share
    if l2 != 0.0 or l1 != 0.0:
        for k in range(dim - 1):
            for j in range(n):
                v = W[k, j]
                L[j] += l2 * v * v + l1 * fabs(v)
                G[k, j] += 2.0 * l2 * v + (copysign(l1, v) if v != 0.0 else 0.0)
"""

_HESSIAN = """\
def kernel(data, w, n, hessian):
    count, dim = int(data[0]), int(data[1])
    l2, delta = data[2], data[4]
    X = carray(shifted(data, {head}), (count, dim))
    Y = carray(shifted(data, {head} + count * dim), (count,))
    W, H = carray(w, (dim, n)), carray(hessian, (dim * (dim + 1) // 2, n))
    H[:] = 0.0
    for j in range(n):
        for i in range(count):
            r = -Y[i]
            for k in range(dim):
                r += X[i, k] * W[k, j]
            bend = {bend}
            at = 0
            for k in range(dim):
                for m in range(k, dim):
                    H[at, j] += bend * X[i, k] * X[i, m] / count
                    at += 1
        at = 0
        for k in range(dim):
            if k < dim - 1:
                H[at, j] += 2.0 * l2
            at += dim - k
"""


@dataclass(frozen=True, eq=False)
class Loss:
    """What a residual r costs: `value`, its derivative `slope`, and that one's, `bend`, as formulas in r and delta.

    of: the same value for arrays, `(r, delta)`.
    """

    key: str
    name: str
    sentence: str
    value: str
    slope: str
    bend: str
    of: Callable[[np.ndarray, float], np.ndarray]

    @cached_property
    def field(self) -> Kernel:
        """The compiled loss and gradient (see `kernels`)."""
        return self._kernel(_FIELD.format(head=HEAD, few=FEW, value=self.value, slope=self.slope), FIELD)

    @cached_property
    def hessian(self) -> Kernel:
        """The compiled Hessian (see `kernels`)."""
        return self._kernel(_HESSIAN.format(head=HEAD, bend=self.bend), HESSIAN)

    def _kernel(self, source: str, signature: Any) -> Kernel:
        source = "from math import copysign, fabs\n\n" + source
        return compile_kernel(source, signature, {"carray": carray, "shifted": shifted, "np": np})

    def describe(self) -> dict[str, Any]:
        """What everyone who shows this loss needs, as plain JSON values."""
        return {"key": self.key, "name": self.name, "sentence": self.sentence}


LOSSES: Catalog[Loss] = Catalog(
    "loss",
    Loss(
        "mse", "Mean squared error",
        "The mean of the squared residuals: one point far off pulls harder than many that are near.",
        "r * r", "2.0 * r", "2.0",
        lambda r, _: r * r,
    ),
    Loss(
        "mae", "Mean absolute error",
        "The mean of the residuals' sizes: every point pulls equally hard, so an outlier hardly matters.",
        "fabs(r)", "(copysign(1.0, r) if r != 0.0 else 0.0)", "0.0",
        lambda r, _: np.abs(r),
    ),
    Loss(
        "huber", "Huber",
        "Squares below δ, straight beyond it: smooth near the line, and deaf to outliers.",
        "(0.5 * r * r if fabs(r) <= delta else delta * (fabs(r) - 0.5 * delta))",
        "(r if fabs(r) <= delta else copysign(delta, r))",
        "(1.0 if fabs(r) <= delta else 0.0)",
        lambda r, delta: np.where(np.abs(r) <= delta, 0.5 * r * r, delta * (np.abs(r) - 0.5 * delta)),
    ),
)  # fmt: skip


def blocks(rows: np.ndarray, targets: np.ndarray, l2: float, l1: float, delta: float) -> np.ndarray:
    """The numbers that the kernels read, a block a row. rows: (blocks, points, dim). targets: (blocks, points)."""
    count, points, dim = rows.shape
    made = np.empty((count, HEAD + points * (dim + 1)))
    made[:, :HEAD] = points, dim, l2, l1, delta
    made[:, HEAD : HEAD + points * dim] = rows.reshape(count, -1)
    made[:, HEAD + points * dim :] = targets
    return made


def penalised(numbers: np.ndarray, offsets: np.ndarray, l2: float) -> np.ndarray:
    """The same blocks with another l2. numbers: flat. offsets: (blocks,), where they begin."""
    made = numbers.copy()
    made[offsets + 2] = l2
    return made

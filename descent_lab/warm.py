"""Warm kernels: what the first race needs at once, the rest in the background.

Compiling is done once for a machine and kept on disk. `python -m descent_lab.warm` compiles everything.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from descent_lab.machine.rules import Optimizer
from descent_lab.networks.kernels import compiled
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.regression.losses import LOSSES
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface

FIRST_SURFACE = "beale"
FIRST_RULES = ("gd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam")


def warm(surfaces: Iterable[Surface], optimizers: Iterable[Optimizer]) -> None:
    """Compile these kernels, or load them where they have been compiled before."""
    for surface in surfaces:
        _ = surface.field, surface.hessian
    for optimizer in optimizers:
        _ = optimizer.kernel


def warm_first() -> None:
    """What the race on the opening page needs."""
    warm([SURFACES[FIRST_SURFACE]], [OPTIMIZERS[key] for key in FIRST_RULES])


def warm_all() -> None:
    """Everything in the catalogues. What the opening page needs goes first, from its end: the server that waits for it
    compiles from its beginning, and finds the rest on disk."""
    warm([], [OPTIMIZERS[key] for key in reversed(FIRST_RULES)])
    warm_first()
    for loss in LOSSES.values():
        _ = loss.field, loss.hessian
    _ = compiled.field(), compiled.answers(), compiled.score()
    warm(SURFACES.values(), OPTIMIZERS.values())


def start_warming() -> subprocess.Popen[bytes] | None:
    """Fill the cache on disk from another process, so that this one is free to answer; None where that cannot be."""
    lower = None if sys.platform == "win32" else _at_lowest_priority
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "descent_lab.warm"],
            cwd=Path(__file__).resolve().parents[1],  # where the package is found, installed or not
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lower,
        )
    except OSError:
        return None


def _at_lowest_priority() -> None:
    os.nice(19)


if __name__ == "__main__":
    warm_all()

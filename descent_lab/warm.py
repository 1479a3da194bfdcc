"""Warm kernels: what the first race needs at once, the rest in the background.

Compiling is done once for a machine and kept on disk. `python -m descent_lab.warm` compiles everything.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from descent_lab.cache import CACHE, fingerprint, hold
from descent_lab.machine import register_machine
from descent_lab.machine.kernels import Compiled
from descent_lab.machine.rules import Optimizer
from descent_lab.machine.searching import compass_block, nearest_block, newton_block, since
from descent_lab.machine.stepping import curve_block, evaluate_block, take_steps
from descent_lab.networks.kernels import compiled
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.regression.losses import LOSSES
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface

FIRST_SURFACE = "beale"
FIRST_RULES = ("gd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam")


def load(what: Compiled | Surface | Optimizer) -> None:
    """Compile it, or load it where it has been compiled before."""
    match what:
        case Compiled():
            _ = what.code
        case Surface():
            _ = what.field, what.hessian
        case Optimizer():
            _ = what.kernel


def first() -> list[Compiled | Surface | Optimizer]:
    """What the race on the opening page needs, the longest first."""
    functions = [take_steps, nearest_block, newton_block, since, evaluate_block, curve_block]
    return [*functions, SURFACES[FIRST_SURFACE], *(OPTIMIZERS[key] for key in FIRST_RULES)]


def warm_first() -> None:
    """What the race on the opening page needs."""
    for what in first():
        load(what)


WARMED = CACHE / "numba" / "warmed"
"""Holds the fingerprint of the code whose kernels are all on disk."""


def warm_all() -> None:
    """Everything in the catalogues. What the opening page needs goes first, from its end: the server that waits for it
    compiles from its beginning, and finds the rest on disk."""
    code = fingerprint()
    for what in (*reversed(first()), compass_block):
        load(what)
    _ = register_machine.field(), register_machine.hessian()
    for loss in LOSSES.values():
        _ = loss.field, loss.hessian
    _ = compiled.field(), compiled.answers(), compiled.score()
    for what in (*SURFACES.values(), *OPTIMIZERS.values()):
        load(what)
    with suppress(OSError):
        WARMED.write_text(code)


def is_warm() -> bool:
    """Whether all kernels of this code are on disk."""
    try:
        return WARMED.read_text() == fingerprint()
    except OSError:
        return False


def start_warming() -> subprocess.Popen[bytes] | None:
    """Fill the cache on disk from another process, so that this one is free to answer.

    None where it is filled, where another server's process is filling it, and where there can be none.
    """
    if is_warm():
        return None
    try:
        turn = hold(CACHE / "warming", wait=False)  # by the process that warms, as long as it lives
    except OSError:
        return None
    lower = None if sys.platform == "win32" else _at_lowest_priority
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "descent_lab.warm"],
            cwd=Path(__file__).resolve().parents[1],  # where the package is found, installed or not
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lower,
            pass_fds=() if turn is None else (turn,),
        )
    except OSError:
        return None
    finally:
        if turn is not None:
            os.close(turn)


def _at_lowest_priority() -> None:
    os.nice(19)


if __name__ == "__main__":
    warm_all()

"""Threads on which the engine works for the web: it lets go of the interpreter's lock, so that the loop goes on."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Literal, TypeVar

CORES = os.cpu_count() or 1

SEARCHES = max(1, CORES // 2)
"""Searches at once: each keeps several cores busy."""

Kind = Literal["race", "formula", "question", "long"]

THREADS: dict[Kind, int] = {"race": CORES + 1, "formula": 1, "question": CORES, "long": SEARCHES}
"""Threads of each kind of work. Formulas are read by one alone: it is Python that reads them, of which only one thread
runs at a time, and eight people who type would keep all others from their turn."""

BEHIND = 2
"""How far threads that work stand back behind the loop, and behind a browser on the same machine, which waits for
them: both have half as much again of a processor."""

T = TypeVar("T")


@cache
def _pool(kind: Kind) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS[kind], thread_name_prefix=kind, initializer=_step_back)


def _step_back() -> None:
    """Let the loop, which answers everybody, have the processor before this thread, and those that it starts."""
    if sys.platform == "linux":  # elsewhere a priority is that of the whole process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)


def in_thread(kind: Kind, work: Callable[[], T]) -> asyncio.Future[T]:
    """Have it done away from the loop. Each kind of work has threads of its own, so that neither whoever types a
    formula nor a search keeps a race waiting.

    Whoever is cancelled while waiting for it has what is not begun left undone; what is begun goes on to its end.
    """
    return asyncio.get_running_loop().run_in_executor(_pool(kind), work)

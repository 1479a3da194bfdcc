"""Threads on which the engine works for the web: it lets go of the interpreter's lock, so that the loop goes on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Literal, TypeVar

CORES = os.cpu_count() or 1

SEARCHES = max(1, CORES // 2)
"""Searches at once: each keeps several cores busy."""

T = TypeVar("T")


@cache
def _pool(kind: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(CORES + 1 if kind == "short" else SEARCHES, thread_name_prefix=kind)


def in_thread(kind: Literal["short", "long"], work: Callable[[], T]) -> asyncio.Future[T]:
    """Have it done away from the loop. Long work has threads of its own, so that a search keeps no race waiting.

    Whoever is cancelled while waiting for it has what is not begun left undone; what is begun goes on to its end.
    """
    return asyncio.get_running_loop().run_in_executor(_pool(kind), work)

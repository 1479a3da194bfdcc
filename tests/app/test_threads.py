"""Threads that work stand back behind the loop, which answers everybody."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.work.threads import BEHIND, THREADS, Kind, in_thread


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a priority is that of the whole process")
@pytest.mark.parametrize("kind", THREADS)
def test_they_and_those_they_start_stand_back(kind: Kind) -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def started() -> tuple[int, int]:
        found: list[int] = []
        thread = threading.Thread(target=lambda: found.append(priority()))
        thread.start()
        thread.join()
        return priority(), found[0]

    async def asked() -> tuple[int, int]:
        return await in_thread(kind, started)

    own = priority()
    with ThreadPoolExecutor(1) as apart:  # a loop of its own, whatever goes on here
        assert apart.submit(asyncio.run, asked()).result() == (own + BEHIND, own + BEHIND)
    assert priority() == own

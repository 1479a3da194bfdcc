"""The end of a server that is told to end: nothing new is begun, whoever is here is told to come again, and the process
is gone soon after, whatever is still being computed."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

GRACE = 8.0
"""Seconds after which a process that was told to end is ended, if something still keeps it."""

ANSWERS = 5
"""Seconds that whoever has asked by HTTP is still answered."""

logger = logging.getLogger("descent_lab")


class Ending:
    """Whether this server is about to end. wait: seconds between being told so and ending, in which a proxy may learn
    of it."""

    def __init__(self, wait: float) -> None:
        self.wait = wait
        self.begun = asyncio.Event()
        self._told: list[Callable[[], None]] = []

    def tell(self, whom: Callable[[], None]) -> None:
        """Who is to be told, on the loop, when the end begins."""
        self._told.append(whom)

    def begin(self) -> None:
        """From now on nothing new is begun. Called on the loop."""
        if self.begun.is_set():
            return
        self.begun.set()
        logger.info("ending")
        for tell in self._told:
            tell()

    def on_signal(self) -> None:
        """SIGTERM begins the end, and goes on to the server behind it when the time to learn of it is over.

        Called on the loop's thread once the server listens to signals; where it does not, nothing is done.
        """
        if threading.current_thread() is not threading.main_thread():
            return
        server, loop = signal.getsignal(signal.SIGTERM), asyncio.get_running_loop()
        if not callable(server):
            return

        def ends(number: int, frame: Any) -> None:
            last_word = threading.Thread(target=_end_after, args=(self.wait + GRACE,), daemon=True)
            if not self.begun.is_set():
                last_word.start()
            loop.call_soon_threadsafe(self.begin)
            if self.wait and not self.begun.is_set():
                loop.call_soon_threadsafe(loop.call_later, self.wait, server, number, frame)
            else:
                server(number, frame)

        signal.signal(signal.SIGTERM, ends)


def _end_after(seconds: float) -> None:
    """What a thread is computing cannot be ended but with the process."""
    time.sleep(seconds)
    os._exit(0)

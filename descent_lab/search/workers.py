"""Who does the tasks of a search: threads of this machine, or a cluster (see `cluster`)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from threading import Lock
from typing import Protocol

from descent_lab.search.tasks import Outcome, Task, Tick, outcome_of

AHEAD = 2
"""Tasks that are handed out for each worker: one it works at, and the next."""

Done = tuple[Task, Outcome]


class Ended(Exception):
    """Nobody waits for the work any more."""


class Workers(Protocol):
    """Does tasks, in whatever order, and gives each back as it is done."""

    dashboard: str | None
    """Where the work can be watched; None where nobody shows it."""

    def done(self, tasks: Iterable[Task], texts: Mapping[str, str]) -> Iterator[Done]:
        """texts: the large texts that tasks name."""
        ...

    def close(self) -> None:
        """Nothing more is asked."""
        ...


class Threads:
    """As many trainings at once as there are threads; the kernels let go of the interpreter's lock."""

    def __init__(self, count: int | None = None, tick: Tick = lambda: None) -> None:
        """tick: called again and again by whoever works, one at a time. It may raise, and so end all the work."""
        self.count = count or os.cpu_count() or 1
        self.dashboard: str | None = None
        self._pool = ThreadPoolExecutor(self.count, thread_name_prefix="tries")
        self._tick = tick
        self._turn = Lock()
        self._over: BaseException | None = None

    def done(self, tasks: Iterable[Task], texts: Mapping[str, str]) -> Iterator[Done]:
        """Tasks are taken as they are needed, a few more than are worked at."""
        waiting = iter(tasks)
        out: dict[Future[Outcome], Task] = {}
        try:
            while True:
                for task in islice(waiting, AHEAD * self.count - len(out)):
                    out[self._pool.submit(self._do, task, texts.get(task.text or ""))] = task
                if not out:
                    return
                for future in wait(out, return_when=FIRST_COMPLETED).done:
                    yield out.pop(future), future.result()
        except Ended:
            raise self._over or Ended from None
        finally:
            for future in out:
                future.cancel()

    def close(self) -> None:
        """What is begun ends at its next tick, and is worth nothing."""
        self._over = self._over or Ended()
        self._pool.shutdown(cancel_futures=True)

    def _do(self, task: Task, text: str | None) -> Outcome:
        return outcome_of(task, text, self._ticking)

    def _ticking(self) -> None:
        with self._turn:
            if self._over is not None:
                raise Ended
            try:
                self._tick()
            except BaseException as why:
                self._over = why
                raise

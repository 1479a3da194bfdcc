"""Who does the tasks of a search: threads of this machine, or a cluster (see `cluster`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from threading import Lock
from typing import Protocol

from descent_lab.search.grouping import Group
from descent_lab.search.tasks import Outcome, Tick, outcomes_of

AHEAD = 2
"""Groups of tasks that are handed out for each worker: one it works at, and the next."""

Done = tuple[Group, Sequence[Outcome]]
"""A group of tasks, and what each of them came to."""


Look = Callable[[], None]
"""Looks whether somebody still wants the work, and raises where nobody does."""


def steps_of(group: Group) -> int:
    """Steps of all its tasks."""
    return sum(task.steps for task in group)


class Ended(Exception):
    """Nobody waits for the work any more."""


class Workers(Protocol):
    """Does groups of tasks, in whatever order, and gives each back as it is done."""

    dashboard: str | None
    """Where the work can be watched; None where nobody shows it."""

    @property
    def count(self) -> int:
        """How many work at once."""
        ...

    def done(self, groups: Iterable[Group], texts: Mapping[str, str], made: Tick) -> Iterator[Done]:
        """texts: the large texts that tasks name. made: takes steps as they are made, in all as many as those of the
        groups that are given back."""
        ...

    def close(self) -> None:
        """Nothing more is asked."""
        ...


class Threads:
    """As many trainings at once as there are threads; the kernels let go of the interpreter's lock."""

    def __init__(self, count: int | None = None, look: Look = lambda: None) -> None:
        """look: called again and again by whoever works, one at a time. It may raise, and so end all the work."""
        self._count = count or os.cpu_count() or 1
        self.dashboard: str | None = None
        self._pool = ThreadPoolExecutor(self._count, thread_name_prefix="tries")
        self._look = look
        self._turn = Lock()
        self._over: BaseException | None = None

    @property
    def count(self) -> int:
        """Threads."""
        return self._count

    def done(self, groups: Iterable[Group], texts: Mapping[str, str], made: Tick) -> Iterator[Done]:
        """Groups are taken as they are needed, a few more than are worked at."""
        waiting = iter(groups)
        out: dict[Future[Sequence[Outcome]], Group] = {}
        try:
            while True:
                for group in islice(waiting, AHEAD * self.count - len(out)):
                    out[self._pool.submit(self._do, group, texts.get(group[0].text or ""), made)] = group
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

    def _do(self, group: Group, text: str | None, made: Tick) -> Sequence[Outcome]:
        left = steps_of(group)

        def tick(steps: int) -> None:
            nonlocal left
            left -= steps
            with self._turn:
                if self._over is not None:
                    raise Ended
                try:
                    self._look()
                    if steps:
                        made(steps)
                except BaseException as why:
                    self._over = why
                    raise

        outcomes = outcomes_of(group, text, tick)
        tick(left)
        return outcomes

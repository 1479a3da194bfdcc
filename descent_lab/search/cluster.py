"""The tasks of a search on a cluster of Dask's (https://distributed.dask.org), which is installed with
`pip install 'descent-lab[cluster]'` and imported nowhere else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from typing import Any

from descent_lab.refusals import Refusal
from descent_lab.search.grouping import Group, name_of
from descent_lab.search.tasks import Tick, outcomes_of
from descent_lab.search.workers import AHEAD, Done, Look, Threads, Workers, steps_of

LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
ADDRESS = re.compile(r"(tcp|tls|ucx|ws|wss)://[^\s/]+")

PATIENCE = "15s"
"""How long a scheduler may take to answer at first."""

LOOKING = 0.02
"""Seconds between two looks whether somebody still wants the work."""

RETRIES = 10
"""Times that a group of tasks is given to another worker, after the one that had it has died."""


def workers_of(text: str | None, look: Look | None = None) -> Workers:
    """Who works: threads of this process for None; `local:4` for so many processes of this machine; the address of a
    scheduler, such as `tcp://scheduler:8786`. look: see `Threads`."""
    if text is None:
        return Threads(look=look or (lambda: None))
    local = LOCAL.fullmatch(text)
    if local is None and ADDRESS.fullmatch(text) is None:
        raise Refusal("cluster", field="cluster", came=text[:60])
    return Cluster(text if local is None else int(local[1]), look)


class Cluster:
    """Workers of a Dask cluster: of one that is there, or of so many processes made for this search."""

    def __init__(self, where: str | int, look: Look | None = None) -> None:
        """look: called again and again while there is nothing to be given back. It may raise, and so end the work."""
        self._look = look
        try:
            self._dask: Any = import_module("distributed")
        except ImportError:
            raise Refusal("no Dask", field="cluster") from None
        self._own: Any = None
        self._sent: dict[str, Any] = {}  # large texts on the cluster, for as long as we are there
        try:
            if isinstance(where, int):
                self._own = self._dask.LocalCluster(
                    n_workers=where, threads_per_worker=1, processes=True, dashboard_address=None
                )
            self._client: Any = self._dask.Client(self._own or where, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, RuntimeError) as error:
            why = " ".join(str(error).rstrip(".").split())[:200]
            if isinstance(where, int):
                raise Refusal("no processes", field="cluster", count=where, why=why) from None
            raise Refusal("no cluster", field="cluster", address=where, why=why) from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError):
            self.close()
            raise Refusal("no workers", field="cluster", address=str(where)) from None
        self.dashboard: str | None = self._client.dashboard_link if self._own is None else None

    @property
    def count(self) -> int:
        """Threads of all workers that are there now."""
        return max(1, sum(self._client.nthreads().values()))

    def done(self, groups: Iterable[Group], texts: Mapping[str, str], made: Tick) -> Iterator[Done]:
        """A large text travels once to each worker, and steps are known when a group is done. `Refusal` where the
        scheduler is lost; what has been given back by then stays so."""
        waiting, client = iter(groups), self._client
        out: dict[str, Group] = {}
        try:
            for name in texts.keys() - self._sent.keys():
                self._sent[name] = client.scatter(texts[name], hash=True)
            running: Any = self._dask.as_completed(loop=client.loop)

            def hand_out() -> None:
                room = AHEAD * self.count - len(out)
                for group in islice(waiting, max(0, room)):
                    future = client.submit(
                        outcomes_of,
                        group,
                        self._sent.get(group[0].text or ""),
                        key=name_of(group),
                        pure=False,
                        retries=RETRIES,
                    )
                    out[future.key] = group
                    running.add(future)

            hand_out()
            while out:
                while self._look is not None and not running.has_ready() and not running.is_empty():
                    self._look()
                    time.sleep(LOOKING)
                future = next(running)
                group, outcomes = out.pop(future.key), future.result()
                made(steps_of(group))
                yield group, outcomes
                hand_out()
        except Refusal:
            raise
        except Exception as error:
            if client.status == "running" and not _lost(error):
                raise
            raise Refusal("cluster lost", field="cluster", why=str(error)[:200]) from None

    def close(self) -> None:
        """Leave the cluster; one that was made for this search ends."""
        self._client.close(timeout=5)
        if self._own is not None:
            self._own.close(timeout=10)


def _lost(error: BaseException) -> bool:
    """Whether nobody is there any more who could do the work."""
    return type(error).__name__ in (
        "CancelledError",
        "FutureCancelledError",
        "CommClosedError",
        "TimeoutError",
    )

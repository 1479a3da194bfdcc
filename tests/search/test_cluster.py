"""Searches on real Dask clusters: the same bits, workers that are killed, a scheduler that is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from descent_lab.refusals import Refusal
from descent_lab.search import cluster
from descent_lab.search.cluster import Cluster, workers_of
from descent_lab.search.grouping import Group
from descent_lab.search.journal import Journal
from descent_lab.search.results import search_result
from descent_lab.search.tasks import Tick
from descent_lab.search.tuning import tune_network
from descent_lab.search.workers import Done, Threads
from descent_lab.setups.reading import read_setup
from tests.search.conftest import MOONS, Shuffled, quiet, search
from tests.waiting import seen

pytest.importorskip("distributed")

SLOW = {**MOONS, "hidden": [32, 32], "steps": 4_000}
"""Half a second each."""


class Processes:
    """A scheduler and workers, in processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        assert seen(self.file.exists)
        self.address: str = json.loads(self.file.read_text())["address"]
        self.workers = [self.worker() for _ in range(2)]

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self.file), *options]
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=Path(__file__).parents[2])

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.kill()
            process.wait(20)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    made = Processes(tmp_path)
    yield made
    made.end()


class Watched:
    """Workers, and what happens when so many tasks are done."""

    def __init__(self, workers: Any, after: int, happens: Any) -> None:
        self.workers, self.after, self.happens = workers, after, happens
        self.dashboard: str | None = None

    @property
    def count(self) -> int:
        return 10_000

    def done(self, groups: Iterable[Group], texts: Mapping[str, str], made: Tick) -> Iterator[Done]:
        for count, each in enumerate(self.workers.done(groups, texts, made), 1):
            if count == self.after:
                self.happens()
            yield each

    def close(self) -> None:
        self.workers.close()


def test_processes_of_this_machine_find_the_same():
    axes = "lr=1e-3..1:log", "hidden=4|8"
    made = search(MOONS, *axes, seeds=2, halving=True)
    whole = search_result(made, made.run(Shuffled(), Journal(), quiet))
    workers = workers_of("local:2")
    try:
        made = search(MOONS, *axes, seeds=2, halving=True)
        assert search_result(made, made.run(workers, Journal(), quiet)) == whole
        text = "x,y,c\n" + "".join(f"{i % 7},{i % 5},{'ab'[i % 7 > 3]}\n" for i in range(90))
        own = {"csv": text, "steps": 50, "seed": 0, "entrants": [{"optimizer": "adam"}]}
        here = Threads(2)
        found, again = (
            search_result(each, each.run(by, Journal(), quiet))
            for each, by in ((search(own, "lr=0.01..1:log"), here), (search(own, "lr=0.01..1:log"), workers))
        )
        assert again == found
        given = {**MOONS, "seed": 0, "steps": 40}
        tunings = [tune_network(read_setup(given), given, 40, 8, by, quiet) for by in (here, workers)]
        assert tunings[0] == tunings[1]
    finally:
        workers.close()


def test_a_worker_that_is_killed_costs_nothing_but_time(processes: Processes):
    made = search(SLOW, "lr=1e-3..1:log", tries=8)
    whole = search_result(made, made.run(Shuffled(), Journal(), quiet))
    workers = Cluster(processes.address)
    killed = Watched(workers, 2, lambda: processes.workers[0].send_signal(signal.SIGKILL))
    try:
        made = search(SLOW, "lr=1e-3..1:log", tries=8)
        assert search_result(made, made.run(killed, Journal(), quiet)) == whole
        assert processes.workers[0].wait(20) == -signal.SIGKILL
    finally:
        workers.close()


def test_a_lost_scheduler_is_told_with_what_is_done_and_that_is_kept(processes: Processes, tmp_path: Path):
    path = tmp_path / "found.jsonl"
    workers, journal = Cluster(processes.address), Journal(path)
    lost = Watched(workers, 3, lambda: os.kill(processes.scheduler.pid, signal.SIGKILL))
    made = search(SLOW, "lr=1e-3..1:log", tries=12)
    try:
        with pytest.raises(
            Refusal, match=r"does not answer any more .*; \d+ of 12 trainings were done"
        ) as caught:
            made.run(lost, journal, quiet)
    finally:
        closing = threading.Thread(target=workers.close)
        closing.start()
        closing.join(20)
        journal.close()
    assert not closing.is_alive()
    kept = len(path.read_text().splitlines())
    assert kept == caught.value.values["done"] >= 3
    again = Shuffled()
    made = search(SLOW, "lr=1e-3..1:log", tries=12)
    made.run(again, Journal(path), quiet)
    assert len(again.did) == 12 - kept + 1


def test_where_no_scheduler_answers_it_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "PATIENCE", "1s")
    with pytest.raises(Refusal, match=r"No scheduler answers at tcp://127\.0\.0\.1:1"):
        workers_of("tcp://127.0.0.1:1")


def test_a_scheduler_without_workers_is_told(processes: Processes, monkeypatch: pytest.MonkeyPatch):
    for worker in processes.workers:
        worker.kill()
        worker.wait(20)
    monkeypatch.setattr(cluster, "PATIENCE", "2s")
    assert seen(lambda: no_workers(processes.address))


def no_workers(address: str) -> bool:
    try:
        Cluster(address).close()
    except Refusal as refusal:
        return refusal.message == f"The scheduler at {address} has no workers."
    return False


def test_processes_that_do_not_start_are_told(monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr("distributed.LocalCluster", fails)
    with pytest.raises(
        Refusal, match=r"The 2 processes of the cluster did not start \(Nanny failed to start\)"
    ):
        workers_of("local:2")


@pytest.mark.parametrize("text", ["local", "local:0", "here", "http://a:1", "tcp://", ""])
def test_what_is_no_cluster_is_refused(text: str):
    with pytest.raises(Refusal, match="local:4"):
        workers_of(text)


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refusal, match=r"pip install 'descent-lab\[cluster\]'"):
        workers_of("local:2")


def test_nobody_else_imports_dask():
    code = (
        "import sys, app.main, descent_lab.cli.main, descent_lab.search.search; print('dask' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

"""Long work of the command line: who does it, and how far it is."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from descent_lab.search.workers import Workers
    from descent_lab.training.many_lanes import Progress as Told

Where = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="local:N|tcp://HOST:PORT",
        help="Train networks on N processes, or on a Dask cluster.",
        show_default="threads",
    ),
]


@contextmanager
def at_work(cluster: str | None) -> Generator[Workers]:
    """Threads, processes or a cluster, whose address for people to watch is told."""
    from descent_lab.search.cluster import workers_of

    workers = workers_of(cluster)
    try:
        if workers.dashboard is not None:
            print(f"The cluster at work: {workers.dashboard}", file=sys.stderr)
        yield workers
    finally:
        workers.close()


@contextmanager
def telling(label: str) -> Generator[Told]:
    """A progress bar, with the time left, where there is somebody to see it."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(label)
        yield lambda done, total: shown.update(task, completed=done, total=total)

"""Figures of this server for Prometheus, at `/metrics`: how many, never who.

Several workers write theirs to files of a folder, whose sum any of them tells (`PROMETHEUS_MULTIPROC_DIR`, which
`descent-lab serve` sets; see prometheus_client).
"""

from __future__ import annotations

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

REGISTRY = CollectorRegistry()


def _gauge(name: str, says: str, *labels: str) -> Gauge:
    return Gauge(name, says, labels, registry=REGISTRY, multiprocess_mode="livesum")


SOCKETS = _gauge("descent_lab_sockets", "Open sockets.")
WORKING = _gauge("descent_lab_working", "Places that are taken.", "what")
WAITING = _gauge("descent_lab_waiting", "Who waits for a place.", "what")
WAITED = Histogram(
    "descent_lab_wait_seconds",
    "How long a place was waited for.",
    ["what"],
    registry=REGISTRY,
    buckets=(0.01, 0.1, 1, 10, 60, 600, float("inf")),
)
RACES = Counter("descent_lab_races", "Races, regressions and trainings begun.", ["what"], registry=REGISTRY)
REFUSALS = Counter("descent_lab_refusals", "What was refused, by its code.", ["code"], registry=REGISTRY)


def told() -> bytes:
    """All figures, of all workers, in Prometheus' text."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return generate_latest(REGISTRY)
    for path in Path(folder).glob("gauge_live*_*.db"):
        process = path.stem.rpartition("_")[2]
        if not _lives(int(process)):
            mark_process_dead(process, folder)
    together = CollectorRegistry()
    MultiProcessCollector(together, folder)
    return generate_latest(together)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

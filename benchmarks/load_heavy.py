"""A race beside others' heavy work: `python -m benchmarks.load_heavy`.

Eight sockets search, tune, cross-validate and train at the same time, without a pause; another asks for a race of seven
over and over. Printed: how long it waits, beside how long it waits alone.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Mapping
from typing import Any

from websockets.asyncio.client import connect

from benchmarks.load import head_of, print_rows, racing, started

SECONDS = 12.0
GOAL = 100
"""Milliseconds, which 99 of 100 races should not wait."""

MOONS = {
    "data": "moons",
    "samples": 1_000,
    "hidden": [16, 16],
    "steps": 2_000,
    "entrants": [{"optimizer": "adam"}],
}
BEALE = {"surface": "beale", "steps": 1_000, "entrants": [{"optimizer": "adam"}, {"optimizer": "momentum"}]}
CURVE = {"preset": "sine", "degree": 3, "steps": 1_000, "entrants": [{"optimizer": "adam"}]}
WORK: list[Mapping[str, Any]] = [
    {"type": "sweep", "setup": MOONS, "widths": [[2], [4], [8, 8]], "rates": 8},
    {"type": "network_validate", "setup": MOONS, "folds": 5, "values": [0.001, 0.01, 0.1]},
    {"type": "tune", "setup": BEALE, "budget": 512},
    {"type": "tune", "setup": {**MOONS, "steps": 300}, "budget": 16},
    {
        "type": "validate",
        "setup": CURVE,
        "folds": 10,
        "degrees": [*range(1, 11)],
        "lambdas": [0, 0.01],
        "entrant": 0,
    },
    {"type": "race", "setup": MOONS, "credit": 2_000},
    {"type": "race", "setup": {**MOONS, "steps": 10_000}, "credit": 10_000},
    {"type": "needle", "setup": {**MOONS, "steps": 100}, "tries": 20_000},
]
"""What the eight ask for, again and again."""

MIDST = ("tuning", "seeking", "ready", "waiting", "sweeping", "validating")


async def busy(address: str, work: Mapping[str, Any], end: float, done: list[int], which: int) -> None:
    """Asks for the same work until the time is over."""
    async with connect(address, compression=None, proxy=None, max_size=None) as wire:
        id = 0
        while time.monotonic() < end:
            id += 1
            await wire.send(json.dumps({**work, "id": id}))
            while time.monotonic() < end:
                try:
                    frame = await asyncio.wait_for(wire.recv(), max(0.1, end - time.monotonic()))
                except TimeoutError:
                    return
                head = head_of(frame)
                if '"type":"error"' in head:
                    raise RuntimeError(head[:300])
                if '"type":"steps"' in head and '"last":true' not in head:
                    continue
                if not any(f'"type":"{name}"' in head for name in MIDST):
                    break
            done[which] += 1


async def load(address: str) -> None:
    """Measure and print."""
    alone: list[float] = []
    await racing(address, time.monotonic() + 2.0, alone, [])
    beside: list[float] = []
    done = [0] * len(WORK)
    end = time.monotonic() + SECONDS
    await asyncio.gather(
        racing(address, end, beside, [], 0.02),
        *(busy(address, work, end, done, which) for which, work in enumerate(WORK)),
    )
    waits = sorted(1000 * each for each in beside[5:])
    rows = [
        ("a race of seven alone, median ms", f"{1000 * statistics.median(alone):.1f}"),
        ("beside eight at heavy work, median ms", f"{statistics.median(waits):.1f}"),
        (f"the same, 99 of 100 below (goal {GOAL})", f"{waits[int(0.99 * len(waits))]:.1f}"),
        ("the longest", f"{waits[-1]:.1f}"),
        ("work of the eight that was ended", ", ".join(map(str, done))),
    ]
    print_rows(rows)


def main() -> None:
    """One server, nine clients."""
    with started() as (address, _):
        asyncio.run(load(address))


if __name__ == "__main__":
    main()

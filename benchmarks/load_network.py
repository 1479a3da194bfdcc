"""Twenty people training at once on one server, and one who races meanwhile: `python -m benchmarks.load_network`.

Each trains seven racers and asks for as many steps as there are. Printed: the steps that each got, fewest to most, and
how long the one who races waits for a race of 300 steps, alone and with the others.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from typing import Any

from websockets.asyncio.client import connect

from app.messages.frames import unpack
from benchmarks.load import SETUP as RACE
from benchmarks.load import STEPS, started
from benchmarks.network import MNIST, SEVEN, SMALL

PEOPLE, SECONDS = 20, 6.0


async def training(address: str, setup: dict[str, Any], end: float, steps: list[int]) -> None:
    """All the steps that the server gives until the time is over."""
    async with connect(address, compression=None, proxy=None, max_size=None) as wire:
        taken = 0
        for id in range(1, 1_000):
            message = {"type": "race", "id": id, "setup": setup, "credit": setup["steps"]}
            await wire.send(json.dumps(message))
            here = -1
            while here < setup["steps"] and time.monotonic() < end:
                frame = await wire.recv()
                if isinstance(frame, bytes):
                    here = json.loads(unpack(frame)[0])["to"]
            taken += max(here, 0)
            if time.monotonic() >= end:
                break
        steps.append(taken)


async def racing(address: str, end: float, waits: list[float]) -> None:
    """A race a tenth of a second, and how long each took."""
    async with connect(address, compression=None, proxy=None) as wire:
        for id in range(1, 1_000):
            if time.monotonic() >= end:
                return
            begun = time.perf_counter()
            await wire.send(json.dumps({"type": "race", "id": id, "setup": RACE, "credit": STEPS}))
            for _ in range(2):  # ready, and all steps in one frame
                await wire.recv()
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(0.1)


async def measure(address: str, setup: dict[str, Any], people: int, seconds: float) -> None:
    """One line of the table."""
    steps: list[int] = []
    waits: list[float] = []
    end = time.monotonic() + seconds
    await asyncio.gather(
        racing(address, end, waits), *(training(address, setup, end, steps) for _ in range(people))
    )
    share = (
        f"steps each {min(steps):,} to {max(steps):,} (ratio {max(steps) / max(min(steps), 1):.2f})"
        if steps
        else ""
    )
    wait = f"a race takes {statistics.median(waits) * 1e3:.0f} ms, at the most {max(waits) * 1e3:.0f} ms"
    print(f"{people:>3} train {setup['data']:<6} {wait:<46} {share}")


def main() -> None:
    """Start a server, train, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    small = {**SMALL, "steps": 10_000, "entrants": SEVEN}
    large = {**MNIST, "steps": 2_000, "entrants": SEVEN[:3]}
    with started() as (address, _pid):
        for setup, people in ((small, 0), (small, given.people), (large, given.people)):
            asyncio.run(measure(address, setup, people, given.seconds))


if __name__ == "__main__":
    main()

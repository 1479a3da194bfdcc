"""Eight sockets, each typing a new formula as fast as it is answered, and what a race beside them waits.

python -m benchmarks.load_formulas
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time

from websockets.asyncio.client import connect

from benchmarks.load import SETUP, STEPS, memory, print_rows, started

TYPISTS = 8


async def typing(address: str, which: int, end: float, answered: list[float]) -> None:
    """A formula that nobody has typed before, understood and raced; then the next."""
    async with connect(address, compression=None, proxy=None) as wire:
        count = 0
        while time.monotonic() < end:
            count += 1
            formula = f"sin({which + 1}.{count}x)*y + {count}(x^2 + y^2) + exp(-x^2)"
            begun = time.perf_counter()
            await wire.send(json.dumps({"type": "formula", "id": 2 * count, "expression": formula}))
            await wire.recv()
            answered.append(time.perf_counter() - begun)
            setup = {**SETUP, "surface": None, "expression": formula}
            await wire.send(
                json.dumps({"type": "race", "id": 2 * count + 1, "setup": setup, "credit": STEPS})
            )
            for _ in range(2):
                await wire.recv()


async def racing(address: str, end: float, taken: list[float]) -> None:
    """Another's race, again and again, with a moment's rest in between."""
    async with connect(address, compression=None, proxy=None) as wire:
        id = 0
        while time.monotonic() < end:
            id += 1
            begun = time.perf_counter()
            await wire.send(json.dumps({"type": "race", "id": id, "setup": SETUP, "credit": STEPS}))
            for _ in range(2):
                await wire.recv()
            taken.append(time.perf_counter() - begun)
            await asyncio.sleep(0.01)


async def load(address: str, pid: int, seconds: float) -> None:
    """Measure and print."""
    alone: list[float] = []
    await racing(address, time.monotonic() + 2, alone)
    await typing(address, 90, time.monotonic() + 1, [])
    before = memory(pid)
    taken: list[float] = []
    answered: list[list[float]] = [[] for _ in range(TYPISTS)]
    end = time.monotonic() + seconds
    await asyncio.gather(
        racing(address, end, taken), *(typing(address, i, end, own) for i, own in enumerate(answered))
    )
    waits = sorted(1000 * each for each in taken)
    formulas = [1000 * each for own in answered for each in own]
    rows = [
        ("another's race alone, median ms", f"{1000 * statistics.median(alone):,.1f}"),
        ("the same while eight type, median ms", f"{statistics.median(waits):,.1f}"),
        ("the same, 99 of 100 below (goal 20)", f"{waits[int(0.99 * len(waits))]:,.1f}"),
        ("formulas that were typed", f"{len(formulas):,}"),
        ("a formula is answered after, median ms", f"{statistics.median(formulas):,.1f}"),
        ("memory before and after, MB", f"{before:,.0f}, {memory(pid):,.0f}"),
    ]
    print_rows(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    seconds: float = parser.parse_args().seconds
    with started() as (address, pid):
        asyncio.run(load(address, pid, seconds))


if __name__ == "__main__":
    main()

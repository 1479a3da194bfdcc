"""Memory after long use: `python -m benchmarks.endurance.long_use --minutes 60`.

One socket types 2,000 formulas and races on each, another races 2,000 times from different starts, a third has 300
networks trained; then all three go on at the pace of people until the time is over. Connections come and go. Printed:
the server's memory after each, and how it went on.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any

from websockets.asyncio.client import connect

from benchmarks.load import SETUP, STEPS, head_of, memory, print_rows, started

Asked = tuple[Mapping[str, Any], str]
"""A message, and the type of the event that ends its answer."""

EACH = 50
"""Messages of one connection; then comes another."""

PACE = 0.5
"""Seconds between two questions of somebody who is no program."""

TRAINED = 200


def formulas() -> Iterator[Asked]:
    """A race on a formula that nobody has typed before."""
    for each in count(1):
        formula = f"sin({each}x/7)*y + {each}(x^2 + y^2)/3 + exp(-x^2)"
        setup = {**SETUP, "surface": None, "expression": formula}
        yield {"type": "race", "setup": setup, "credit": STEPS}, "steps"


def races() -> Iterator[Asked]:
    """A race from another start."""
    for each in count(1):
        setup = {**SETUP, "start": [1 + each / 10_000, 1.6]}
        yield {"type": "race", "setup": setup, "credit": STEPS}, "steps"


def trainings() -> Iterator[Asked]:
    """A training from other weights, in turns on other samples."""
    for each in count(1):
        data = ("moons", "spirals", "iris", "curve", "digits")[each % 5]
        setup = {"data": data, "seed": each, "steps": TRAINED, "entrants": [{"optimizer": "adam"}] * 3}
        yield {"type": "race", "setup": setup, "credit": TRAINED}, "steps"


async def asking(address: str, questions: Iterator[Asked], pause: float = 0.0) -> int:
    """Ask these, one after the other, over connections that come and go; how many there were."""
    asked = 0
    while some := list(islice(questions, EACH)):
        async with connect(address, compression=None, proxy=None, max_size=None) as wire:
            for message, last in some:
                asked += 1
                await wire.send(json.dumps({**message, "id": asked}))
                while True:
                    head = head_of(await wire.recv())
                    if '"type":"error"' in head:
                        raise RuntimeError(head[:300])
                    if f'"type":"{last}"' in head and '"last":true' in head:
                        break
                await asyncio.sleep(pause)
    return asked


def until(questions: Iterator[Asked], end: float) -> Iterator[Asked]:
    """These, as long as there is time."""
    for each in questions:
        if time.monotonic() > end:
            return
        yield each


async def load(address: str, pid: int, minutes: float) -> None:
    """Measure and print."""
    end = time.monotonic() + 60 * minutes
    await asking(address, islice(races(), EACH))
    await asking(address, islice(trainings(), 10))
    print_rows([("memory at first, MB", f"{memory(pid):,.0f}")])
    kinds = {"formulas": (formulas(), 2_000), "races": (races(), 2_000), "trainings": (trainings(), 300)}
    for name, (questions, many) in kinds.items():
        await asking(address, islice(questions, many))
        print_rows([(f"after {many:,} {name}, MB", f"{memory(pid):,.0f}")])
    peaks: list[float] = []

    async def watch() -> None:
        while time.monotonic() < end:
            peaks.append(memory(pid))
            await asyncio.sleep(5)

    more = await asyncio.gather(
        *(asking(address, until(questions, end), PACE) for questions, _ in kinds.values()), watch()
    )
    told = ", ".join(f"{asked:,} {name}" for name, asked in zip(kinds, more[:-1], strict=True))
    print_rows([(f"after {minutes:g} minutes, at the pace of people, MB", f"{memory(pid):,.0f}")])
    print(f"  ({told} more; at the most {max(peaks, default=0):,.0f} MB)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    minutes: float = parser.parse_args().minutes
    with started() as (address, pid):
        asyncio.run(load(address, pid, minutes))


if __name__ == "__main__":
    main()

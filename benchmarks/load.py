"""Two hundred sockets streaming at once from a real server, one of which never reads, and a thousand that ask for a
race now and then: `python -m benchmarks.load`.

Each client runs one race after the other (seven entrants, 300 steps) and waits for all of it. Printed: what the server
held together, how long the others waited, and the server's memory before, during and after.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from websockets.asyncio.client import connect

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "app", "serve"]
STEPS = 300
SETUP = {"surface": "beale", "start": [1, 1.6], "steps": STEPS, "entrants": 7 * [{"optimizer": "adam"}]}
GREEDY = {"surface": "beale", "steps": 10_000, "entrants": 24 * [{"optimizer": "adam"}]}


def memory(pid: int) -> float:
    """Resident memory of a process, MB; of this machine's Linux."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def head_of(frame: str | bytes) -> str:
    """The JSON of an answer: of a frame with arrays it stands, as a text, in a header that is JSON itself."""
    head = frame if isinstance(frame, str) else frame[:4_000].decode("utf-8", "ignore")
    return head.replace('\\"', '"')


async def racing(
    address: str, end: float, taken: list[float], frames: list[int], every: float = 0.0, first: float = 0.0
) -> None:
    """One race after the other until the time is over; every: seconds from one to the next, the first after `first`."""
    async with connect(address, compression=None, proxy=None, open_timeout=60) as wire:
        id, due = 0, time.monotonic() + first
        while time.monotonic() < end:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due += every
            id += 1
            begun = time.perf_counter()
            await wire.send(json.dumps({"type": "race", "id": id, "setup": SETUP, "credit": STEPS}))
            arrived = 0
            while arrived < 2:  # ready, and all steps in one frame
                frame = await wire.recv()
                arrived += 1
                frames.append(len(frame))
            taken.append(time.perf_counter() - begun)


async def never_reading(address: str, end: float) -> None:
    """Asks for as much as there is and reads none of it."""
    async with connect(address, compression=None, proxy=None, max_queue=1, close_timeout=0.1) as wire:
        for id in range(1, 50):
            await wire.send(json.dumps({"type": "race", "id": id, "setup": GREEDY, "credit": 10_000}))
        await asyncio.sleep(max(0.0, end - time.monotonic()))


async def load(address: str, pid: int, sockets: int, seconds: float) -> None:
    """Measure and print."""
    warm_up: list[float] = []
    await racing(address, time.monotonic() + 0.5, warm_up, [])
    before = memory(pid)
    end = time.monotonic() + seconds
    taken: list[list[float]] = [[] for _ in range(sockets - 1)]
    frames: list[int] = []
    peaks: list[float] = []

    async def watch() -> None:
        while time.monotonic() < end:
            peaks.append(memory(pid))
            await asyncio.sleep(0.25)

    begun = time.perf_counter()
    await asyncio.gather(
        watch(), never_reading(address, end), *(racing(address, end, own, frames) for own in taken)
    )
    passed = time.perf_counter() - begun
    everything = sorted(1000 * value for own in taken for value in own)
    races = [len(own) for own in taken]
    rows = [
        ("sockets, one of them never reading", f"{sockets}"),
        ("races a second, 7 entrants x 300 steps", f"{len(everything) / passed:,.0f}"),
        ("steps a second", f"{len(everything) * 7 * STEPS / passed:,.0f}"),
        ("MB a second", f"{sum(frames) / passed / 1e6:,.1f}"),
        ("wait for a whole race, median ms", f"{statistics.median(everything):,.0f}"),
        ("the same, 95 of 100 below", f"{everything[int(0.95 * len(everything))]:,.0f}"),
        ("the same, 99 of 100 below", f"{everything[int(0.99 * len(everything))]:,.0f}"),
        ("races of the slowest and the fastest client", f"{min(races)}, {max(races)}"),
        ("one client alone, median ms", f"{1000 * statistics.median(warm_up):,.1f}"),
        ("memory before, at most, after, MB", f"{before:,.0f}, {max(peaks):,.0f}, {memory(pid):,.0f}"),
        ("memory in the second half beyond the first, MB", f"{peaks[-1] - peaks[len(peaks) // 2]:+,.1f}"),
    ]
    print_rows(rows)


async def seldom(address: str, sockets: int, seconds: float, every: float = 5.0) -> None:
    """Measure and print how long a race takes where many each ask for one now and then."""
    end = time.monotonic() + seconds
    taken: list[list[float]] = [[] for _ in range(sockets)]
    asking = (racing(address, end, own, [], every, every * i / sockets) for i, own in enumerate(taken))
    await asyncio.gather(*asking)
    # The first of each connection waits for a thousand handshakes, which is not the server's usual day.
    waits = sorted(1000 * value for own in taken for value in own[1:])
    rows = [
        (
            f"{sockets:,} sockets, a race every {every:g} s of each: median ms",
            f"{statistics.median(waits):,.1f}",
        ),
        ("the same, 99 of 100 below", f"{waits[int(0.99 * len(waits))]:,.1f}"),
    ]
    print_rows(rows)


def print_rows(rows: Sequence[tuple[str, str]]) -> None:
    """What was measured, a line each."""
    for name, value in rows:
        print(f"{name:<50}{value:>16}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(log: IO[bytes] | None = None) -> Iterator[tuple[str, int]]:
    """A server of its own process: the address of its stream, and its id. log: takes what it says of faults."""
    port = free_port()
    server = subprocess.Popen([*COMMAND, "--port", str(port)], cwd=ROOT, stderr=log)
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(600):
            try:
                straight.open(f"http://127.0.0.1:{port}/healthz", timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        yield f"ws://127.0.0.1:{port}/ws", server.pid
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    with started() as (address, pid):
        asyncio.run(load(address, pid, arguments.sockets, arguments.seconds))
        asyncio.run(seldom(address, 1_000, 2 * arguments.seconds))


if __name__ == "__main__":
    main()

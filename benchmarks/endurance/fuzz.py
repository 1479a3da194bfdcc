"""What a server makes of messages that nobody would write: `python -m benchmarks.endurance.fuzz --minutes 10`.

Two processes send changed, torn and senseless messages as fast as they are answered (`tests/fuzzing/messages.py`), a
third asks the API whatever its description allows, and does not allow (schemathesis, all its checks); somebody else
races meanwhile. Printed: how many were sent, by what they were refused, what was not answered as it should be, and how
long the race waited.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from websockets.sync.client import connect

from benchmarks.load import print_rows, racing, started
from tests.fuzzing.talk import talk

GOAL = 100
"""Milliseconds, which nobody should wait because of others' messages."""

BATCH = 250
"""Messages for one connection."""


EVERY = 0.05
"""Seconds from one race to the next."""

BEHIND = 15
"""Senders stand back by so much: on this one machine they would take the processor from the server and from who races,
which elsewhere they could not."""


def sending(address: str, seconds: float) -> tuple[int, Counter[str], list[str]]:
    """How many batches were sent until the time was over, the codes of the errors, and what was wrong."""
    os.nice(BEHIND)
    end = time.monotonic() + seconds
    codes: Counter[str] = Counter()
    batches, wrong = 0, list[str]()
    while time.monotonic() < end and len(wrong) < 10:
        with connect(address, compression=None, proxy=None, max_size=None) as wire:
            try:
                talk(wire, BATCH, codes)()
                batches += 1
            except Exception as error:  # it is noted, and the next connection goes on
                wrong.append(str(error))
    return batches, codes, wrong


def waiting(address: str, seconds: float) -> list[tuple[float, float]]:
    """How long somebody waited for each race meanwhile, in milliseconds, and the second in which it was asked for."""
    taken: list[float] = []
    asyncio.run(racing(address, time.monotonic() + seconds, taken, [], EVERY))
    waits = [(1000 * each, EVERY * number) for number, each in enumerate(taken)]
    return waits[5:]  # the first ones wait while three other processes are started


def asking(address: str, seconds: float) -> tuple[int, str]:
    """The API, by its own description: how the run ended, and what was said of it."""
    os.nice(BEHIND)
    api = address.replace("ws://", "http://").removesuffix("/ws")
    command = ["run", f"{api}/openapi.json", "--checks", "all", "--phases", "fuzzing", "--no-color"]
    limits = [
        "--max-time",
        str(round(seconds)),
        "--max-examples",
        "1000000",
        "--no-shrink",
        "--request-timeout",
        "120",
        "--max-response-time",
        "120",
    ]
    done = subprocess.run(
        [str(Path(sys.executable).with_name("schemathesis")), *command, *limits, "--continue-on-failure"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    seconds = 60 * parser.parse_args().minutes
    os.environ["DESCENT_LAB_MAX_MESSAGES_PER_SECOND"] = "100000"  # it is not its patience that is tried
    with tempfile.TemporaryFile() as log, started(log) as (address, _), ProcessPoolExecutor(4) as pool:
        senders = [pool.submit(sending, address, seconds) for _ in range(2)]
        api, race = pool.submit(asking, address, seconds), pool.submit(waiting, address, seconds)
        sent = [each.result() for each in senders]
        waits = sorted(race.result())
        code, said = api.result()
        log.seek(0)
        logged = log.read().decode(errors="replace")
    codes = sum((each[1] for each in sent), Counter[str]())
    wrong = [line for each in sent for line in each[2]]
    rows = [
        ("messages that nobody would write", f"{BATCH * sum(each[0] for each in sent):,}"),
        ("of them refused", f"{codes.total():,}"),
        ("different reasons", f"{len(codes)}"),
        ("not answered as they should be", f"{len(wrong)}"),
        ("another's race meanwhile, median ms", f"{waits[len(waits) // 2][0]:.1f}"),
        (
            f"the same, 99 of 100 below; at the most (goal {GOAL})",
            f"{waits[int(0.99 * len(waits))][0]:.1f}; {waits[-1][0]:.1f}",
        ),
        ("the five longest", "; ".join(f"{wait:.0f} (second {at:.0f})" for wait, at in waits[-5:])),
        ("the API's description holds", "yes" if code == 0 else "no"),
        ("lines in the server's log about faults", f"{logged.count('Traceback')}"),
    ]
    print_rows(rows)
    print(*wrong, sep="\n")
    print(said if code else said[-1_500:])
    print(logged[-4_000:] if "Traceback" in logged else "")


if __name__ == "__main__":
    main()

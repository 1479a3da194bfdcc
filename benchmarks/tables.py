"""Tables of one's own: 100,000 rows of numbers, words and days, read, and brought to a server, beside pandas.

    python -m benchmarks.tables

pandas is no part of the project; where it is not installed its row is left out. It reads numbers and words, and leaves
days and the question how numbers are written to whoever calls it.
"""

from __future__ import annotations

import importlib.util
import io
import json
import statistics
import time
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarks.page import serving
from descent_lab.tables.encodings import decoded
from descent_lab.tables.features import AS_IT_LOOKS, read_features

ROWS, NUMBERS, RUNS = 100_000, 12, 5
GOAL = 1.0
"""Seconds."""


def table() -> str:
    """Twelve columns of numbers with twelve decimals, a town, a day, and a price."""
    generator = np.random.default_rng(1)
    numbers: list[list[float]] = generator.normal(size=(ROWS, NUMBERS)).round(12).tolist()
    towns: list[str] = generator.choice(["Paris", "Rome", "Berlin"], ROWS).tolist()
    days: list[int] = generator.integers(0, 9000, ROWS).tolist()
    begin = date(2000, 1, 1)
    rows = (
        f"{','.join(map(repr, own))},{town},{begin + timedelta(day)},{3 * own[0] + 1:.3f}"
        for own, town, day in zip(numbers, towns, days, strict=True)
    )
    return "\n".join([",".join([*map(chr, range(97, 97 + NUMBERS)), "town", "day", "price"]), *rows, ""])


def median(work: Callable[[], Any]) -> float:
    """Seconds that it takes."""
    taken: list[float] = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def post(address: str, path: str, data: bytes, kind: str) -> Any:
    """The answer of the API."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(address + path, data, {"Content-Type": kind})
    with straight.open(request, timeout=60) as answer:
        return json.load(answer)


def main() -> None:
    """One line for each."""
    text = table()
    data = text.encode()
    german = text.replace(",", ";").replace(".", ",").encode()
    print(f"{ROWS:,} rows of {NUMBERS + 3} columns, {len(data) / 1e6:.1f} MB; medians of {RUNS}, seconds")

    def read(given: bytes) -> None:
        read_features(decoded(given).text, AS_IT_LOOKS, linear=False)

    ours = median(lambda: read(data))
    print(f"bytes to numbers        {ours:6.2f}   below {GOAL:g}: {'yes' if ours < GOAL else 'NO'}")
    print(f"with German signs       {median(lambda: read(german)):6.2f}")
    if importlib.util.find_spec("pandas"):
        pandas: Any = importlib.import_module("pandas")
        print(f"pandas.read_csv         {median(lambda: pandas.read_csv(io.BytesIO(data))):6.2f}")
    with serving() as address:
        last = data.splitlines()[-1]
        # Each is one that the server has not read before.
        others = (data + (last + b"\n") * (i + 1) for i in range(RUNS))
        brought = median(lambda: post(address, "/api/files", next(others), "text/csv"))
        print(f"brought to a server and understood {brought:6.2f}")
        name = post(address, "/api/files?learner=regression", data, "text/csv")["file"]
        run = {"steps": 100, "entrants": [{"optimizer": "adam"}]}
        for path, source in (("/api/train", "file"), ("/api/regress", "table_file")):
            begun = time.perf_counter()
            post(address, path, json.dumps({source: name, **run}).encode(), "application/json")
            print(f"first 100 steps of {path:15} {time.perf_counter() - begun:6.2f}")


if __name__ == "__main__":
    main()

"""Typed formulas: how soon a bad one is refused, how soon a good one can be raced, and how fast beside compiled code.

python -m benchmarks.formulas
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

import numpy as np

from benchmarks.engine import SEVEN, STEPS, median, our_lanes
from descent_lab.formulas.expressions import parse
from descent_lab.machine.lanes import curve, evaluate
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface
from descent_lab.surfaces.typed import TypedSurface, typed_surface

BAD = {
    "9**9**9**9": "9**9**9**9",
    "a thousand brackets": "(" * 1000 + "x" + ")" * 1000,
    "a megabyte": "x+" * 500_000,
    "__import__": "__import__('os').system('true')",
    "an unknown name": "foo(x) + y",
    "no value anywhere": "1/(x-x)",
    "no value, 65 times": "+".join(["1/(x-x)"] * 65),
    "no value, 59 deep": "sin(" * 59 + "1/(x-x)" + ")" * 59,
}
GOOD = (
    "sin(3*x) + 0.1*(x**2 + y**2)",
    "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2",
    "|x| + exp(-y^2) cos(2pi x)",
)


def refusal(text: str) -> float:
    """Median seconds until a formula is refused."""
    times: list[float] = []
    for _ in range(7):
        begin = time.perf_counter()
        try:
            parse(text)
        except Refusal:
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def ready(text: str) -> float:
    """Median seconds until a formula that was never seen is understood, and field and Hessian have answered."""
    times: list[float] = []
    for k in range(40):
        fresh = f"{text} + {k}/1000"
        begin = time.perf_counter()
        surface = TypedSurface("typed", "typed", parse(fresh), ((-4.0, 4.0), (-4.0, 4.0)), (1.0, 1.0))
        evaluate(surface, POINT)
        curve(surface, POINT)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


POINT = np.array([[1.0], [1.0]])


def race_of_seven(surface: Surface) -> float:
    """Median seconds of a recorded race, the engine's part alone."""
    named = {"surface": surface.key} if surface.built_in else {"expression": surface.formula}
    entrants = [{"optimizer": key, "knobs": {"lr": lr}} for key, lr in SEVEN.items()]
    setup = read_setup({**named, "start": surface.start, "steps": STEPS, "entrants": entrants})
    return median(lambda: Race(setup).advance(STEPS), runs=101)


def memory() -> float:
    """Resident memory of this process, MB; of this machine's Linux."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def grown(count: int) -> float:
    """MB by which memory has grown after so many different formulas, each raced and mapped."""
    entrants = [{"optimizer": "adam"}, {"optimizer": "newton"}]

    def raced(k: int) -> None:
        setup = read_setup(
            {"expression": f"sin({k}x)/{k} + {k}(x^2 + y^2)", "steps": 50, "entrants": entrants}
        )
        race = Race(setup)
        race.advance(50)
        race.outcomes()

    for k in range(1, 301):  # what is kept of the last few hundred is full then
        raced(k)
    before = memory()
    for k in range(301, 301 + count):
        raced(k)
    return memory() - before


def main() -> None:
    """Print the tables."""
    print("refused after                                     goal < 100 ms")
    for name, text in BAD.items():
        print(f"  {name:<32}{refusal(text) * 1e3:10.2f} ms")
    evaluate(typed_surface("x + y"), POINT)  # the machine is loaded
    print("ready to race after (field and Hessian)           goal 5 ms")
    for text in GOOD:
        print(f"  {text:<48}{ready(text) * 1e3:10.2f} ms")
    print("typed, compiled, their ratio                      goal of the crowd 2.5")
    for key in ("beale", "ackley", "rosenbrock"):
        compiled = SURFACES[key]
        typed = typed_surface(compiled.formula, compiled.window)
        slow, fast = race_of_seven(typed), race_of_seven(compiled)
        print(f"  {key}, race of seven{slow * 1e3:10.3f} ms{fast * 1e3:10.3f} ms{slow / fast:8.2f}")
        slow, fast = median(our_lanes(65_536, surface=typed)), median(our_lanes(65_536, surface=compiled))
        print(f"  {key}, 65,536 x 300 {slow * 1e3:10.1f} ms{fast * 1e3:10.1f} ms{slow / fast:8.2f}")
    print(f"2,000 different formulas: memory grows by {grown(2000):.1f} MB          goal < 20 MB")


if __name__ == "__main__":
    main()

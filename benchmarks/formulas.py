"""Typed formulas: how soon a bad one is refused, and how soon a good one can be raced.

python -m benchmarks.formulas
"""

from __future__ import annotations

import statistics
import time

from descent_lab.formulas.expressions import parse
from descent_lab.refusals import Refusal
from descent_lab.surfaces.surface import Surface

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
    """Seconds until a formula's field and Hessian are compiled, with nothing kept from before."""
    begin = time.perf_counter()
    surface = Surface("typed", "typed", parse(text), ((-4.0, 4.0), (-4.0, 4.0)), (1.0, 1.0), built_in=False)
    _ = surface.field, surface.hessian
    return time.perf_counter() - begin


def main() -> None:
    """Print both tables."""
    print("refused after                                     goal < 100 ms")
    for name, text in BAD.items():
        print(f"  {name:<32}{refusal(text) * 1e3:10.2f} ms")
    ready("x + y")  # the compiler's own first time
    print("ready to race after (field and Hessian)           goal 200 ms")
    for text in GOOD:
        print(f"  {text:<48}{ready(text) * 1e3:10.0f} ms")


if __name__ == "__main__":
    main()

"""The engine beside torch.optim and optax, in one run: medians, and ratios of medians.

    python -m benchmarks.engine

Peers are measured where they are installed (`pip install .[bench]`), in double precision, optax compiled as a whole
(`jit` of `scan`, under `vmap` for many lanes).
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from descent_lab.machine.endpoints import finish, finish_all
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.races.race import Race
from descent_lab.races.tuning import sweep_tasks
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface

SEVEN = {
    "gd": 3e-3,
    "momentum": 8e-4,
    "nesterov": 1.4e-3,
    "adagrad": 0.28,
    "adadelta": 8.2,
    "rmsprop": 0.028,
    "adam": 0.1,
}
STEPS = 300
BEALE = SURFACES["beale"]


def median(task: Callable[[], Any], runs: int = 9, warm: int = 2) -> float:
    """Median seconds of a task."""
    times: list[float] = []
    for run in range(warm + runs):
        begin = time.perf_counter()
        task()
        if run >= warm:
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def beale(x: Any, y: Any) -> Any:
    """Beale's function, for any array library."""
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


# ---------------------------------------------------------------- ours


def our_race() -> Callable[[], Any]:
    setup = read_setup(
        {
            "surface": "beale",
            "steps": STEPS,
            "entrants": [{"optimizer": key, "knobs": {"lr": lr}} for key, lr in SEVEN.items()],
        }
    )
    return lambda: Race(setup).advance(STEPS)


def our_lanes(lanes: int, steps: int = STEPS, surface: Surface = BEALE) -> Callable[[], Any]:
    adam = OPTIMIZERS["adam"]
    rng = np.random.default_rng(0)
    start = np.array([rng.uniform(-1.2, 4.2, lanes), rng.uniform(-1.6, 2.2, lanes)])
    knobs = np.repeat(np.array([[knob.default for knob in adam.knobs.values()]]).T, lanes, axis=1)
    knobs[0] = 0.01
    rates, draws = np.ones(steps), np.zeros((steps, 2))
    return lambda: finish(surface, adam, start, knobs, rates, draws)


def our_map(key: str, lr: float, starts: int, steps: int = STEPS) -> tuple[float, float]:
    """Seconds, and the share that diverges, of a map of Beale's window: one lane for each start."""
    optimizer = OPTIMIZERS[key]
    (x0, x1), (y0, y1) = BEALE.window
    x, y = np.meshgrid(np.linspace(x0, x1, starts), np.linspace(y0, y1, starts))
    start = np.array([x.ravel(), y.ravel()])
    knobs = np.repeat(np.array([list(optimizer.knob_values({"lr": lr}).values())]).T, starts * starts, axis=1)
    rates, draws = np.ones(steps), np.zeros((steps, 2))
    end = finish(BEALE, optimizer, start, knobs, rates, draws)
    seconds = median(lambda: finish(BEALE, optimizer, start, knobs, rates, draws), 7)
    return seconds, float(np.mean(end.diverged >= 0))


def our_sweep() -> Callable[[], Any]:
    keys = [key for key, item in OPTIMIZERS.items() if "lr" in item.knobs and item.for_races][:20]
    assert len(keys) == 20
    setup = read_setup({"surface": "beale", "steps": STEPS, "entrants": [{"optimizer": key} for key in keys]})
    return lambda: finish_all(sweep_tasks(setup, "lr", 64))


# ---------------------------------------------------------------- torch.optim, eager


def torch_race() -> Callable[[], Any] | None:
    try:
        import torch  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None
    torch.set_default_dtype(torch.float64)
    optim = torch.optim
    makers: dict[str, Callable[[Any], Any]] = {
        "gd": lambda p: optim.SGD([p], lr=SEVEN["gd"]),
        "momentum": lambda p: optim.SGD([p], lr=SEVEN["momentum"], momentum=0.9),
        "nesterov": lambda p: optim.SGD([p], lr=SEVEN["nesterov"], momentum=0.9, nesterov=True),
        "adagrad": lambda p: optim.Adagrad([p], lr=SEVEN["adagrad"]),
        "adadelta": lambda p: optim.Adadelta([p], lr=SEVEN["adadelta"]),
        "rmsprop": lambda p: optim.RMSprop([p], lr=SEVEN["rmsprop"]),
        "adam": lambda p: optim.Adam([p], lr=SEVEN["adam"]),
    }

    def race() -> None:
        for make in makers.values():
            w = torch.tensor([1.0, 1.6], requires_grad=True)
            optimizer = make(w)
            path: list[tuple[float, float, float]] = []
            for _ in range(STEPS):
                optimizer.zero_grad()
                loss = beale(w[0], w[1])
                loss.backward()
                path.append((w[0].item(), w[1].item(), loss.item()))
                optimizer.step()

    return race


# ---------------------------------------------------------------- optax, compiled


def _optax() -> tuple[Any, Any] | None:
    try:
        import jax  # pyright: ignore[reportMissingImports]
        import optax  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)
    return jax, optax


def _scan(jax: Any, optax: Any, rule: Any, record: bool) -> Callable[[Any], Any]:
    gradient = jax.value_and_grad(lambda w: beale(w[0], w[1]))

    def run(w: Any) -> Any:
        def step(carry: Any, _: Any) -> Any:
            w, state = carry
            loss, g = gradient(w)
            updates, state = rule.update(g, state, w)
            return (optax.apply_updates(w, updates), state), ((w, loss) if record else None)

        (w, _), path = jax.lax.scan(step, (w, rule.init(w)), None, length=STEPS)
        return w, path

    return run


def optax_race() -> tuple[Callable[[], Any], Callable[[], Any]] | None:
    """Seven compiled races called one after another, and all seven compiled into one call."""
    found = _optax()
    if found is None:
        return None
    jax, optax = found
    rules = [
        optax.sgd(SEVEN["gd"]),
        optax.sgd(SEVEN["momentum"], momentum=0.9),
        optax.sgd(SEVEN["nesterov"], momentum=0.9, nesterov=True),
        optax.adagrad(SEVEN["adagrad"]),
        optax.adadelta(SEVEN["adadelta"]),
        optax.rmsprop(SEVEN["rmsprop"]),
        optax.adam(SEVEN["adam"]),
    ]
    runs = [_scan(jax, optax, rule, record=True) for rule in rules]
    singles = [jax.jit(run) for run in runs]
    together = jax.jit(lambda w: [run(w) for run in runs])
    w = jax.numpy.array([1.0, 1.6])
    return (
        lambda: [jax.block_until_ready(single(w)) for single in singles],
        lambda: jax.block_until_ready(together(w)),
    )


def optax_lanes(lanes: int) -> Callable[[], Any] | None:
    found = _optax()
    if found is None:
        return None
    jax, optax = found
    run = jax.jit(jax.vmap(_scan(jax, optax, optax.adam(0.01), record=False)))
    rng = np.random.default_rng(0)
    start = jax.numpy.array(np.stack([rng.uniform(-1.2, 4.2, lanes), rng.uniform(-1.6, 2.2, lanes)], axis=1))
    return lambda: jax.block_until_ready(run(start)[0])


# ---------------------------------------------------------------- the tables


def row(name: str, ours: float, peer: float | None = None, goal: str = "") -> None:
    """One line: what, our median, the peer's, the ratio, the goal."""
    other = "not installed" if peer is None else f"{peer * 1e3:10.3f} ms"
    ratio = "" if peer is None else f"{peer / ours:9.1f} x"
    print(f"{name:<58}{ours * 1e3:10.3f} ms  {other:>14}{ratio:>12}  {goal}")


def main() -> None:
    """Print the tables."""
    print(f"{'':<58}{'ours':>13}  {'peer':>14}{'peer/ours':>12}  goal")
    race = median(our_race(), 41)
    eager = torch_race()
    row("a. race of 7 x 300, recorded; torch.optim eager", race, eager and median(eager, 3, 1), ">= 1000 x")
    compiled = optax_race()
    row("a. the same; optax, 7 compiled scans", race, compiled and median(compiled[0], 41), ">= 1 x")
    row("a. the same; optax, all 7 in one compilation", race, compiled and median(compiled[1], 41), "")
    many = optax_lanes(65_536)
    lanes = our_lanes(65_536)
    row(
        "b. 65,536 lanes x 300 of Adam; optax jit, scan, vmap",
        median(lanes, 7),
        many and median(many, 5),
        ">= 2 x",
    )
    row("c. sweep of 64 rates x 20 optimizers x 300", median(our_sweep(), 15), goal="< 50 ms")
    print("\nd. Adam on Beale, cost of a lane-step and peak memory of the process")
    for count in (1_000, 10_000, 100_000, 1_000_000):
        steps = 100
        seconds = median(our_lanes(count, steps), 5, 1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:>12,} lanes {seconds / count / steps * 1e9:8.2f} ns a lane-step {peak:10.0f} MiB")
    print("\ne. maps of Beale: lanes that have diverged or arrived leave, and stop costing")
    for key, lr, starts, steps in MAPS:
        seconds, dead = our_map(key, lr, starts, steps)
        cost = seconds / starts**2 / steps * 1e9
        print(f"{key:>12} {starts**2:>8,} x {steps:<6,} {dead:5.0%} diverge {cost:9.2f} ns a lane-step")


# Those that diverge late or never beside those of whom many do; a few steps beside many more of lanes at rest.
MAPS = (
    ("momentum", 5e-4, 140, 300),
    ("momentum", 0.01, 140, 300),
    ("gd", 0.01, 140, 300),
    ("newton", 1.0, 44, 30),
    ("newton", 1.0, 44, 3_000),
    ("lbfgs", 1.0, 44, 30),
    ("lbfgs", 1.0, 44, 3_000),
    ("cg", 1.0, 44, 30),
    ("cg", 1.0, 44, 3_000),
)


if __name__ == "__main__":
    main()

"""Searches for hyper-parameters: `python -m benchmarks.search`.

a. 200 tries of MNIST, 784-15-10, one epoch each, by threads and by processes of a Dask cluster on this machine.
b. What the cluster costs for each task, for tries that are lanes of one task, and for tasks of two seconds.
c. 200 tries of rates on moons, 2-8-8-1, one by one and side by side.
d. The same tries on the digits data (64-30-10, 20 epochs of batch 32) by ours, by scikit-learn's RandomizedSearchCV
   over MLPClassifier, and by Optuna with a training loop of torch.
"""

from __future__ import annotations

import argparse
import statistics
import time
import warnings
from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from descent_lab.search.axes import read_axis
from descent_lab.search.cluster import workers_of
from descent_lab.search.journal import Journal
from descent_lab.search.search import Found, Plan, Search
from descent_lab.search.space import Space
from descent_lab.search.workers import Threads, Workers
from descent_lab.setups.reading import read_setup

MNIST = {"data": "mnist", "hidden": [15], "batch": 32, "seed": 0, "entrants": [{"optimizer": "adam"}]}
AXES = "lr=1e-4..1e-1:log", "l2=0,1e-5,1e-4", "optimizer=adam,momentum,rmsprop"

DIGITS = {
    **{"data": "digits", "hidden": [30], "activation": "relu", "initial": "he", "batch": 32, "seed": 0},
    **{"split": [70, 15, 15], "entrants": [{"optimizer": "adam"}]},
}
EPOCHS = 20
RATES = "lr=1e-4..1e-1:log"


def made(base: dict[str, Any], axes: Sequence[str], tries: int, **plan: Any) -> Search:
    space = Space(base, tuple(read_axis(text, "network", "vary") for text in axes))
    return Search(space, space.drawn(tries, 0), Plan(**plan))


def took(search: Search, workers: Workers) -> tuple[float, Found]:
    """Seconds, and what was found."""
    begun = time.perf_counter()
    found = search.run(workers, Journal(), lambda _done, _total: None)
    return time.perf_counter() - begun, found


def on_mnist(tries: int) -> None:
    print(f"\na. {tries} tries of MNIST, 784-15-10, one epoch; every row finds the same bits")
    first: Found | None = None
    alone = 0.0
    for name in ("threads 1", "threads 2", "local:1", "local:2", "local:4"):
        kind, _, count = name.partition(" ")
        workers = Threads(int(count)) if kind == "threads" else workers_of(name)
        took(made(MNIST, AXES, 4, epochs=1), workers)  # everybody has the data
        seconds, found = took(made(MNIST, AXES, tries, epochs=1), workers)
        workers.close()
        first, alone = first or found, alone or seconds
        same = "" if found == first else "   OTHER BITS"
        print(
            f"   {name:<12}{seconds:>8.1f} s{1000 * seconds / tries:>10.0f} ms a try{alone / seconds:>8.2f} x{same}"
        )


def overhead(runs: int) -> None:
    print("\nb. What a cluster of one process costs for each task")
    for name, axis, steps, tries in (
        ("tasks of milliseconds", "l2=0..0.1", 10, 200),
        ("up to eight tries each", RATES, 10, 200),
        ("tasks of two seconds", RATES, None, 10),
    ):
        base = {**MNIST, "hidden": [64, 64]} if steps is None else {"data": "moons", "seed": 0, **_adam()}
        plan: dict[str, Any] = {"epochs": 2} if steps is None else {"steps": steps}
        here, there = Threads(1), workers_of("local:1")
        pairs: list[tuple[float, float]] = []
        for _ in range(runs):
            search = made(base, [axis], tries, **plan)
            pairs.append((took(search, here)[0], took(made(base, [axis], tries, **plan), there)[0]))
        here.close()
        there.close()
        a, b = (statistics.median(each) for each in zip(*pairs, strict=True))
        print(
            f"   {name:<24}{1000 * a / tries:>9.1f} ms a try by a thread{1000 * b / tries:>9.1f} by the cluster"
            f"{1000 * (b - a) / tries:>+9.1f} ms{100 * (b - a) / a:>+8.1f} %"
        )


def _adam() -> dict[str, Any]:
    return {"entrants": [{"optimizer": "adam"}]}


class OneByOne(Threads):
    """Threads that say they are so many that each is given one try at a time."""

    @property
    def count(self) -> int:
        return 1_000_000


def lanes(tries: int, runs: int) -> None:
    print(f"\nc. {tries} tries of rates on moons, 2-8-8-1, 2,000 steps, both cores; the same bits")
    base = {"data": "moons", "hidden": [8, 8], "steps": 2_000, "seed": 0, **_adam()}
    alone, together = OneByOne(), Threads()
    pairs: list[tuple[float, float]] = []
    for _ in range(runs):
        (one, found), (other, again) = (took(made(base, [RATES], tries), each) for each in (alone, together))
        assert found == again
        pairs.append((one, other))
    alone.close()
    together.close()
    a, b = (min(each) for each in zip(*pairs, strict=True))
    print(
        f"   one by one {1000 * a / tries:.1f} ms a try, side by side {1000 * b / tries:.1f}{a / b:>8.2f} x"
    )


def peers(tries: int) -> None:
    print(f"\nd. {tries} tries on digits, 64-30-10, {EPOCHS} epochs of batch 32, both cores")
    search = made(DIGITS, [RATES], tries, epochs=EPOCHS)
    setup = read_setup(search.space.setup(search.tries[0]))
    rates = [float(each["lr"]) for each in search.tries]
    workers = Threads()
    took(made(DIGITS, [RATES], 2, epochs=EPOCHS), workers)
    seconds, found = took(search, workers)
    workers.close()
    assert found.best is not None
    assert found.best.accuracy is not None
    ours = seconds / tries
    print(f"   {'ours':<40}{ours:>8.3f} s a try{'':<10}best accuracy {found.best.accuracy:.3f}")
    x, y, sets = _samples(setup)
    for name, peer in (("RandomizedSearchCV, MLPClassifier", _sklearn), ("Optuna, torch", _optuna)):
        try:
            seconds, accuracy = peer(x, y, sets, rates)
        except ImportError as missing:
            print(f"   {name:<40}not installed: {missing.name}")
            continue
        each = seconds / tries
        print(f"   {name:<40}{each:>8.3f} s a try{each / ours:>7.1f} x  best accuracy {accuracy:.3f}")


def _samples(setup: Any) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """The very samples, as they are scaled for the network, their classes, and the rows of each set."""
    network = setup.network
    x = np.asarray(network.samples.inputs, dtype=np.float64)
    return x, np.asarray(network.samples.targets).astype(int).ravel(), [*network.rows]


def _sklearn(x: np.ndarray, y: np.ndarray, sets: list[np.ndarray], rates: list[float]) -> tuple[float, float]:
    from sklearn.model_selection import PredefinedSplit, RandomizedSearchCV
    from sklearn.neural_network import MLPClassifier

    training, validation = sets[0], sets[1]
    rows = np.concatenate([training, validation])
    split = PredefinedSplit(np.repeat([-1, 0], [len(training), len(validation)]))
    network: Any = cast(Any, MLPClassifier)(
        (30,), max_iter=EPOCHS, batch_size=32, tol=0.0, n_iter_no_change=EPOCHS, random_state=0
    )
    search = RandomizedSearchCV(
        network,
        {"learning_rate_init": rates},
        n_iter=len(rates),
        cv=split,
        n_jobs=-1,
        refit=False,
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        begun = time.perf_counter()
        search.fit(x[rows], y[rows])
    return time.perf_counter() - begun, float(search.best_score_)


def _optuna(x: np.ndarray, y: np.ndarray, sets: list[np.ndarray], rates: list[float]) -> tuple[float, float]:
    import optuna  # pyright: ignore[reportMissingImports]
    import torch  # pyright: ignore[reportMissingImports]

    torch.set_num_threads(1)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    inputs, targets = torch.tensor(x, dtype=torch.float32), torch.tensor(y)
    training, validation = (torch.tensor(rows) for rows in sets[:2])

    def objective(trial: Any) -> float:
        rate = trial.suggest_categorical("lr", rates)
        torch.manual_seed(0)
        model = torch.nn.Sequential(torch.nn.Linear(64, 30), torch.nn.ReLU(), torch.nn.Linear(30, 10))
        optimizer = torch.optim.Adam(model.parameters(), lr=rate)
        measure = torch.nn.CrossEntropyLoss()
        for _ in range(EPOCHS):
            for batch in training[torch.randperm(len(training))].split(32):
                optimizer.zero_grad()
                measure(model(inputs[batch]), targets[batch]).backward()
                optimizer.step()
        with torch.no_grad():
            right = model(inputs[validation]).argmax(1) == targets[validation]
        return float(right.float().mean())

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.GridSampler({"lr": rates}))
    begun = time.perf_counter()
    study.optimize(objective, n_trials=len(rates), n_jobs=2)
    return time.perf_counter() - begun, float(study.best_value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    on_mnist(arguments.tries)
    overhead(arguments.runs)
    lanes(arguments.tries, arguments.runs)
    peers(60)


if __name__ == "__main__":
    main()

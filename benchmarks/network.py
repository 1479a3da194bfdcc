"""Networks, ours beside eager torch in one run: `python -m benchmarks.network`.

Steps are taken a thousand at a time, mini-batches made anew; a training also measures every set at each record, as the
page needs. Torch is eager, in double precision, and is given the samples as tensors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.engine import median, row
from descent_lab.setups.reading import read_setup
from descent_lab.training import loss_plane
from descent_lab.training.training import Training, started

ADAM: dict[str, Any] = {"optimizer": "adam", "knobs": {"lr": 0.01}}
GD: dict[str, Any] = {"optimizer": "gd", "knobs": {"lr": 0.1}}
SEVEN: list[dict[str, Any]] = [
    GD,
    {"optimizer": "momentum", "knobs": {"lr": 0.05}},
    {"optimizer": "nesterov", "knobs": {"lr": 0.05}},
    {"optimizer": "adagrad", "knobs": {"lr": 0.05}},
    {"optimizer": "adadelta"},
    {"optimizer": "rmsprop", "knobs": {"lr": 0.01}},
    ADAM,
]
SMALL: dict[str, Any] = {"data": "moons", "hidden": [8, 8], "activation": "tanh", "batch": 32, "steps": 1000}
MNIST: dict[str, Any] = {"data": "mnist", "hidden": [15], "activation": "sigmoid", "batch": 32, "steps": 1000}


def steps(shape: dict[str, Any], entrants: list[dict[str, Any]]) -> Callable[[], Any]:
    """The steps alone, with their mini-batches."""
    setup = read_setup({**shape, "entrants": entrants})
    _ = setup.network.rows
    rates, draws = np.ones((len(entrants), setup.steps)), np.zeros((setup.steps, 1))
    losses = np.empty((setup.steps + 1, len(entrants)))

    def run() -> None:
        fresh = replace(setup.network)  # which knows its sets, and no mini-batch yet
        fresh.__dict__["rows"] = setup.network.rows
        started(replace(setup, problem=fresh)).advance([], rates, draws, losses)

    return run


def training(shape: dict[str, Any], entrants: list[dict[str, Any]]) -> Callable[[], Any]:
    """All that the page gets: steps, records, losses and accuracies of all sets."""
    setup = read_setup({**shape, "entrants": entrants})
    return lambda: Training(setup).advance(setup.steps)


def torch_steps(shape: dict[str, Any], optimizer: str, count: int) -> Callable[[], Any] | None:
    """So many steps of an eager training of the same network."""
    try:
        import torch  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None
    torch.set_default_dtype(torch.float64)
    network = read_setup({**shape, "entrants": [ADAM]}).network
    rows = network.rows[0]
    inputs, targets = torch.tensor(network.seen(rows)), torch.tensor(network.samples.targets[rows])
    activation = torch.nn.Tanh if network.activations[0] == "tanh" else torch.nn.Sigmoid
    layers: list[Any] = []
    for before, after in zip(network.dims[:-1], network.dims[1:], strict=True):
        layers += [torch.nn.Linear(before, after), activation()]
    model = torch.nn.Sequential(*layers[:-1])
    rule = {"adam": torch.optim.Adam, "gd": torch.optim.SGD}[optimizer](model.parameters(), lr=0.01)

    def loss(x: Any, y: Any) -> Any:
        if network.outputs == 1:
            return torch.nn.functional.binary_cross_entropy_with_logits(model(x)[:, 0], y.double())
        return torch.nn.functional.cross_entropy(model(x), y)

    def run() -> None:
        order = torch.randperm(len(rows))
        for step in range(count):
            at = step * network.batch % (len(rows) - network.batch + 1)
            chosen = order[at : at + network.batch]
            rule.zero_grad()
            loss(inputs[chosen], targets[chosen]).backward()
            rule.step()

    return run


def plane_of(side: int) -> Callable[[], Any]:
    """The loss on 1,000 samples over a plane of principal directions, side x side."""
    setup = read_setup({**SMALL, "samples": 1430, "steps": 300, "entrants": SEVEN})
    trained = Training(setup)
    trained.advance(300)
    network, paths = setup.network, np.stack([record.w.T for record in trained.records(0, 300)])

    def draw() -> None:
        found = loss_plane.principal(paths)
        window = loss_plane.around(found.project(paths))
        loss_plane.grid(network, found, window, side, side, network.block(loss_plane.sample(network)))

    return draw


def main() -> None:
    """Print the table."""
    print(f"{'':<58}{'ours':>13}  {'peer':>14}{'peer/ours':>12}  goal")
    one, seven = (median(steps(SMALL, entrants), 15) / 1000 for entrants in ([ADAM], SEVEN))
    peer = (run := torch_steps(SMALL, "adam", 200)) and median(run, 5, 1) / 200
    row("2-8-8-1, tanh, batch 32, a step of Adam; torch eager", one, peer, "> 50 x, < 19 us")
    row("seven racers at once, a step of all", seven)
    print(f"  seven cost {seven / one:.1f} x one (goal: below 3)")
    alone, all_seven = (median(training(SMALL, entrants), 15) / 1000 for entrants in ([ADAM], SEVEN))
    row("the same step with all that the page records, one racer", alone, None, "< 19 us")
    row("the same, seven racers", all_seven)
    print(f"  seven cost {all_seven / alone:.1f} x one (goal: below 3)")
    for name, entrant in (("gd", GD), ("adam", ADAM)):
        ours = median(steps(MNIST, [entrant]), 9) / 1000
        peer = (run := torch_steps(MNIST, name, 200)) and median(run, 5, 1) / 200
        row(f"784-15-10, batch 32, a step of {name}; torch eager", ours, peer, "> 5 x")
        print(f"  one epoch of 60,000: {ours * 1875:.2f} s (goal: below 1)")
    row("784-15-10, seven racers, a step of all", median(steps(MNIST, SEVEN), 5) / 1000)
    row("loss slice 16 x 16, 1,000 samples, 2-8-8-1", median(plane_of(16), 15), None, "< 30 ms")
    row("loss slice 50 x 50", median(plane_of(50), 9), None, "< 150 ms")


if __name__ == "__main__":
    main()

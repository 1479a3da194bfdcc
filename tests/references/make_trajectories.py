"""Write trajectories.json: paths of torch.optim and optax, which the tests compare ours with.

    python -m venv /tmp/references
    /tmp/references/bin/pip install torch==2.13.0 jax==0.10.2 optax==0.2.8
    /tmp/references/bin/python tests/references/make_trajectories.py

Everything is in double precision. Gradients are each library's own, of the formulas below, which share nothing with
the engine's but the mathematics. Kept are the points after the steps in KEPT: the first ten, and a few later ones.

Settings: the library's defaults; a rate that gets somewhere; other knobs; an absurd rate. The comparison is to 1e-9
relative, so paths must not be chaotic: where neighbouring paths part exponentially, two correct programs differ too
(a scale that forgets within ten steps, beta2 = 0.9, turns Adam's end into a jitter that parts by a factor of 10^9 in
200 steps). The other knobs are chosen without that, and the absurd rates run on the bowl alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import optax
import torch

jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)  # else NAdam keeps its running product in single precision

STEPS = 200
KEPT = [*range(1, 11), 20, 50, 100, 150, 200]

SURFACES: dict[str, tuple[str, tuple[float, float], Callable[..., Any]]] = {
    "beale": (
        "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        (1.0, 1.6),
        lambda x, y, m: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    ),
    "rosenbrock": (
        "(1 - x)^2 + 100*(y - x^2)^2",
        (-1.5, 2.0),
        lambda x, y, m: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    ),
    "bowl": (
        "1.5*(x - 1)^2 + (x - 1)*(y + 2) + 4*(y + 2)^2",
        (-1.0, 1.5),
        lambda x, y, m: 1.5 * (x - 1) ** 2 + (x - 1) * (y + 2) + 4 * (y + 2) ** 2,
    ),
    "hills": (
        "sin(x)*cos(2*y) + 0.1*(x^2 + y^2)",
        (2.2, 1.4),
        lambda x, y, m: m.sin(x) * m.cos(2 * y) + 0.1 * (x**2 + y**2),
    ),
}

Knobs = dict[str, float]


def _scaled(kind: Any, **fixed: Any) -> Callable[[Any, Knobs], Any]:
    """Adam and its kin."""

    def make(parameters: Any, k: Knobs) -> Any:
        decay = {"weight_decay": k["weight_decay"]} if "weight_decay" in k else {}
        return kind(parameters, lr=k["lr"], betas=(k["beta1"], k["beta2"]), eps=k["eps"], **decay, **fixed)

    return make


TORCH: dict[str, Callable[[Any, Knobs], Any]] = {
    "gd": lambda p, k: torch.optim.SGD(p, lr=k["lr"]),
    "momentum": lambda p, k: torch.optim.SGD(p, lr=k["lr"], momentum=k["beta"]),
    "nesterov": lambda p, k: torch.optim.SGD(p, lr=k["lr"], momentum=k["beta"], nesterov=True),
    "adagrad": lambda p, k: torch.optim.Adagrad(p, lr=k["lr"], eps=k["eps"]),
    "adadelta": lambda p, k: torch.optim.Adadelta(p, lr=k["lr"], rho=k["rho"], eps=k["eps"]),
    "rmsprop": lambda p, k: torch.optim.RMSprop(p, lr=k["lr"], alpha=k["rho"], eps=k["eps"]),
    "adam": _scaled(torch.optim.Adam),
    "adamw": _scaled(torch.optim.AdamW),
    "amsgrad": _scaled(torch.optim.Adam, amsgrad=True),
    "adamax": _scaled(torch.optim.Adamax),
    "nadam": _scaled(torch.optim.NAdam),
    "radam": _scaled(torch.optim.RAdam),
    "rprop": lambda p, k: torch.optim.Rprop(p, lr=k["lr"], etas=(k["eta_minus"], k["eta_plus"])),
    "lbfgs": lambda p, k: torch.optim.LBFGS(
        p, lr=k["lr"], history_size=int(k["history"]), max_iter=1, max_eval=26, line_search_fn="strong_wolfe"
    ),
}

OPTAX: dict[str, Callable[[Knobs], Any]] = {
    "adabelief": lambda k: optax.adabelief(k["lr"], k["beta1"], k["beta2"], k["eps"], k["eps"]),
    "yogi": lambda k: optax.yogi(k["lr"], k["beta1"], k["beta2"], k["eps"]),
    "lion": lambda k: optax.lion(k["lr"], k["beta1"], k["beta2"], weight_decay=k["weight_decay"]),
}

_ADAM: Knobs = {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}


def _settings(default: Knobs, brisk: float, absurd: float, **other: float) -> list[tuple[str, Knobs]]:
    return [
        ("default", default),
        ("brisk", {**default, "lr": brisk}),
        ("other", {**default, "lr": brisk, **other}),
        ("absurd", {**default, "lr": absurd}),
    ]


SETTINGS: dict[str, list[tuple[str, Knobs]]] = {
    "gd": _settings({"lr": 1e-3}, 2e-3, 3.0),
    "momentum": _settings({"lr": 1e-3, "beta": 0.9}, 2e-4, 3.0, beta=0.5),
    "nesterov": _settings({"lr": 1e-3, "beta": 0.9}, 2e-4, 3.0, beta=0.5),
    "adagrad": _settings({"lr": 1e-2, "eps": 1e-10}, 0.3, 50.0, eps=1e-2),
    "adadelta": _settings({"lr": 1.0, "rho": 0.9, "eps": 1e-6}, 2.0, 300.0, rho=0.95, eps=1e-3),
    "rmsprop": _settings({"lr": 1e-2, "rho": 0.99, "eps": 1e-8}, 0.01, 50.0, rho=0.95, eps=1e-2),
    "adam": _settings(_ADAM, 0.05, 50.0, beta1=0.5, beta2=0.99, eps=1e-3),
    "adamw": _settings({**_ADAM, "weight_decay": 1e-2}, 0.02, 5.0, beta1=0.5, beta2=0.99, weight_decay=0.3),
    "amsgrad": _settings(_ADAM, 0.05, 50.0, beta1=0.5, beta2=0.99, eps=1e-3),
    "adamax": _settings({**_ADAM, "lr": 2e-3}, 0.05, 50.0, beta1=0.5, beta2=0.99, eps=1e-3),
    "nadam": _settings({**_ADAM, "lr": 2e-3}, 0.02, 50.0, beta1=0.8, beta2=0.995, eps=1e-2),
    "radam": _settings(_ADAM, 0.02, 0.5, beta1=0.5, beta2=0.95, eps=1e-3),
    "rprop": _settings(
        {"lr": 1e-2, "eta_minus": 0.5, "eta_plus": 1.2}, 0.1, 30.0, eta_minus=0.3, eta_plus=1.5
    ),
    "lbfgs": _settings({"lr": 1.0, "history": 10}, 0.7, 100.0, history=2),
    "adabelief": _settings({**_ADAM, "eps": 1e-16}, 0.02, 50.0, beta1=0.8, beta2=0.995, eps=1e-4),
    "yogi": _settings({**_ADAM, "lr": 1e-2, "eps": 1e-3}, 0.05, 50.0, beta1=0.5, beta2=0.99, eps=1e-2),
    "lion": _settings(
        {"lr": 1e-4, "beta1": 0.9, "beta2": 0.99, "weight_decay": 1e-3},
        0.01,
        10.0,
        beta1=0.5,
        weight_decay=0.1,
    ),
}


def torch_path(
    key: str, knobs: Knobs, f: Callable[..., Any], start: tuple[float, float]
) -> list[list[float]]:
    x, y = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in start)
    optimizer = TORCH[key]([x, y], knobs)

    def closure() -> Any:
        optimizer.zero_grad()
        loss = f(x, y, torch)
        loss.backward()
        return loss

    path = []
    for _ in range(STEPS):
        optimizer.step(closure)
        path.append([x.item(), y.item()])
    return path


def optax_path(
    key: str, knobs: Knobs, f: Callable[..., Any], start: tuple[float, float]
) -> list[list[float]]:
    optimizer = OPTAX[key](knobs)
    slope = jax.grad(lambda w: f(w[0], w[1], jnp))

    def step(carry: Any, _: Any) -> Any:
        w, state = carry
        updates, state = optimizer.update(slope(w), state, w)
        w = optax.apply_updates(w, updates)
        return (w, state), w

    w = jnp.array(start)
    return jax.lax.scan(step, (w, optimizer.init(w)), None, STEPS)[1].tolist()


def main() -> None:
    cases = []
    for key, settings in SETTINGS.items():
        for name, knobs in settings:
            for surface, (_, start, f) in SURFACES.items():
                if name == "absurd" and surface != "bowl":
                    continue
                path = (torch_path if key in TORCH else optax_path)(key, knobs, f, start)
                points = [[v if math.isfinite(v) else None for v in path[step - 1]] for step in KEPT]
                cases.append(
                    {"optimizer": key, "setting": name, "surface": surface, "knobs": knobs, "points": points}
                )
    data = {
        "made by": {"torch": torch.__version__, "optax": optax.__version__, "jax": jax.__version__},
        "surfaces": {key: {"expression": text, "start": start} for key, (text, start, _) in SURFACES.items()},
        "kept": KEPT,
    }
    head = json.dumps(data, indent=1)[:-2]
    lines = ",\n".join("  " + json.dumps(case, separators=(",", ":")) for case in cases)
    Path(__file__).with_name("trajectories.json").write_text(f'{head},\n "cases": [\n{lines}\n ]\n}}\n')


if __name__ == "__main__":
    main()

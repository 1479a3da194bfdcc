"""Odd formulas, regressions and networks, as people type them: what overflows is meant to, and no log speaks of it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from tests.app.conftest import Client

FORMULAS = [
    *(
        "1/x + y",
        "log(x) + y^2",
        "log(log(x)) + y",
        "exp(exp(x^2)) + y",
        "x^1000 + y^1000",
        "sqrt(x) + y",
        "x^x^x + y",
    ),
    *("1e308*x*x*y", "1e-320*x + y", "1/(x^2 + y^2)", "tan(x)*1e300 + y^9", "0*x/0 + y", "exp(800)*x + y"),
    *(
        "|x|^0.3 + floor(y)",
        "erf(1e200x) + y",
        "x < 0 ? 1/x : log(y)",
        "a*x^2 + b*y",
        "1/x - 1/x + y",
        "5 + 0*x*y",
    ),
    *("x^2 + 1e200*y^2", "min(x, 1/y) + max(y, 1/x)", "1e300*x + 1e300*y", "x + y", "tanh(1e300*x)*y^2"),
    *("1e308*cos(x*y)", "1e308*tanh(x) + 1e308*tanh(y)", "1e308*(x - 1)*(y + 2)", "-1e308*x^2 + 1e308*y^2"),
]
PLACES: list[tuple[list[float], list[list[float]]]] = [
    ([0, 0], [[-3, 3], [-2, 2]]),
    ([1e99, -1e99], [[-1e100, 1e100], [-1e100, 1e100]]),
    ([1e-310, 1], [[1e10, 1e10 + 1], [-1e-9, 1e-9]]),
]
ENTRANTS: list[dict[str, Any]] = [
    {"optimizer": "gd", "knobs": {"lr": 1e300}},
    {"optimizer": "adam", "knobs": {"lr": 10}, "schedule": {"kind": "exponential"}},
    {"optimizer": "newton"},
    {"optimizer": "momentum", "knobs": {"lr": 0.1}},
]
POINTS = {
    "one point": [[1, 2]],
    "none": [],
    "one x": [[1, 2], [1, 3], [1, 4]],
    "equal": [[1, 2], [1, 2], [1, 2]],
    "huge": [[1e100, 1], [-1e100, 2], [1e99, 3]],
    "high": [[1, 1e100], [2, -1e100], [3, 1e99], [4, 0]],
    "tiny": [[1e-320, 1e-320], [2e-320, 0], [3e-320, 1e-310]],
    "line": [[0, 0], [1, 1], [2, 2], [3, 3], [4, 4], [5, 5]],
}
MODELS: list[dict[str, Any]] = [
    {"degree": 1},
    {"degree": 12, "l2": 1e12},
    {"degree": 12, "standardise": False},
    {"degree": 3, "l1": 1e12, "standardise": False},
    {"degree": 2, "loss": "huber", "delta": 1e-12},
    {"degree": 5, "loss": "mae", "split": [60, 20, 20], "jitter": 1e6, "batch": 1, "noise": 1e6},
    {
        "degree": 4,
        "loss": "huber",
        "delta": 1e12,
        "split": [60, 20, 20],
        "patience": 1,
        "l2": 1e-12,
        "l1": 0.1,
    },
]
NETWORKS: list[dict[str, Any]] = [
    {"data": "moons", "samples": 40, "hidden": [3], "l2": 1e6, "l1": 1e6, "jitter": 1e6},
    {"data": "moons", "samples": 40, "hidden": [], "noise": 1e6},
    {"data": "moons", "samples": 40, "hidden": [3, 3], "dropout": 0.95, "batch": 1, "loss": "mse"},
    {"data": "moons", "samples": 40, "hidden": [4], "activation": "relu", "spread": 10.0},
    {"data": "curve", "samples": 40, "hidden": [4], "activation": "relu", "split": [60, 20, 20]},
    {"drawn": [[0.0, 0.0, 0]], "hidden": [2]},
    {"csv": "a,b\n1e300,1\n-1e300,2\n1e-300,3\n", "hidden": [2]},
    {"csv": "a,b,k\n1e308,1,x\n-1e308,2,y\n1e308,3,x\n1,1,y\n", "hidden": [2]},
]


@pytest.fixture
def quiet() -> Iterator[None]:
    """Numpy warns of nothing, anywhere in this process."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", RuntimeWarning)
        yield
    heard = [each for each in caught if issubclass(each.category, RuntimeWarning)]
    assert not heard, "\n".join({f"{each.filename}:{each.lineno}: {each.message}" for each in heard})


def told(ws: Client, type: str, id: int, **fields: Any) -> dict[str, Any]:
    """What is answered at the end, a refusal too: but no fault of the server."""
    event, _ = ws.ask(type, id, **fields)
    while event.get("id") != id or event["type"] in ("tuning", "waiting", "seeking", "ready"):
        event, _ = ws.answer()
    assert event.get("code") != "internal", event
    return event


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.usefixtures("quiet")
def test_an_odd_formula(ws: Client, formula: str) -> None:
    if told(ws, "formula", 1, expression=formula)["type"] == "error":
        return
    for id, (start, window) in enumerate(PLACES):
        asked = {"expression": formula, "window": window, "size": [24, 24]}
        assert told(ws, "map", 10 * id + 2, **asked)["type"] == "map"
        race = {"expression": formula, "start": start, "window": window, "steps": 30, "entrants": ENTRANTS}
        for more in ({}, {"noise": 1e6}):
            ws.send("race", 10 * id + 3, setup=race | more, credit=30)
            told(ws, "explain", 10 * id + 4, setup=race | more, entrant=id, step=3)
        told(ws, "paint", 10 * id + 5, setup=race, knob="lr", lanes=16)
        told(ws, "tune", 10 * id + 6, setup=race, budget=12)


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.usefixtures("quiet")
def test_an_odd_regression(ws: Client, points: str) -> None:
    for id, model in enumerate(MODELS):
        start = [1e100, *[-1e100] * model["degree"]]
        whole = {"points": POINTS[points], "steps": 30, "entrants": ENTRANTS, **model}
        for k, more in enumerate(({}, {"start": start})):
            setup = whole | more
            at = 100 * id + 10 * k
            told(ws, "fit", at + 1, setup=setup)
            told(ws, "map", at + 2, setup=setup, window=[[-1e100, 1e100], [-1, 1]], size=[12, 12])
            told(ws, "try", at + 3, setup=setup, tries=50)
            told(ws, "race", at + 4, setup=setup, credit=30)
            told(ws, "explain", at + 5, setup=setup, entrant=0, step=3)
            told(ws, "paint", at + 6, setup=setup, knob="lr", lanes=8)
        told(ws, "validate", 100 * id + 50, setup=whole, folds=2, degrees=[1, 12], lambdas=[0, 1e12])
        told(ws, "validate", 100 * id + 51, setup=whole, folds=2, degrees=[1], lambdas=[0], entrant=0)
        told(ws, "tune", 100 * id + 52, setup=whole, budget=8)


@pytest.mark.parametrize("network", range(len(NETWORKS)))
@pytest.mark.usefixtures("quiet")
def test_an_odd_network(ws: Client, network: int) -> None:
    entrants = [
        {"optimizer": "sgd", "knobs": {"lr": 1e300}},
        {"optimizer": "adam", "knobs": {"lr": 10}},
        {"optimizer": "momentum", "knobs": {"lr": 3}},
    ]
    setup = {"steps": 20, "entrants": entrants, **NETWORKS[network]}
    told(ws, "samples", 1, setup=setup)
    if told(ws, "race", 2, setup=setup, credit=20)["type"] == "error":
        return
    for entrant in (0, 1):
        told(ws, "look", 10 + entrant, race=2, step=20, entrant=entrant)
        told(ws, "sample", 20 + entrant, race=2, step=20, entrant=entrant, row=0, weight=0)
        told(ws, "tweak", 30 + entrant, race=2, step=20, entrant=entrant, weight=0, value=1e308)
        told(ws, "explain_weight", 40 + entrant, race=2, step=3, entrant=entrant, weight=0)
        told(ws, "confusion", 50 + entrant, race=2, step=20, set="training", entrant=entrant)
        told(ws, "stopwatch", 60 + entrant, race=2, step=20, entrant=entrant)
        told(ws, "export", 70 + entrant, race=2, step=20, entrant=entrant)
    for id, kind in enumerate(("pca", "random", "three")):
        told(ws, "plane", 80 + id, race=2, step=20, kind=kind, entrants=[0, 1, 2], size=[8, 8])
    told(ws, "plane", 90, race=2, step=20, window=[[-1e100, 1e100], [-1, 1]], size=[8, 8])
    told(ws, "sweep", 100, setup=setup, rates=3, steps=10)
    told(ws, "network_validate", 101, setup=setup, folds=2, values=[0.1, 1e300], steps=10)
    told(ws, "needle", 102, setup=setup, tries=20, scale=1e300)

"""The page's own logic without the page: a test imports the modules as they are served and runs them in Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

STATIC = Path(__file__).resolve().parents[3] / "static"
TYPES = {".js": "text/javascript", ".html": "text/html"}

Run = Callable[..., Any]

KNOBS = {"lr": (0.01, 1e-5, 1.0), "beta1": (0.9, 0.0, 0.999)}


def knob(name: str) -> dict[str, Any]:
    default, low, high = KNOBS[name]
    return {"name": name, "label": name, "default": default, "low": low, "high": high, "log": name == "lr"}


WHOLE: dict[str, Any] = {"steps": 300, "seed": 0, "noise": 0, "changes": []}
RACE: dict[str, Any] = {
    "surface": "beale",
    "start": [1, 1.6],
    **WHOLE,
    "steps": 200,
    "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.12}}, {"optimizer": "gd", "knobs": {"lr": 0.004}}],
}
LINE: dict[str, Any] = {
    **{
        "degree": 1,
        "loss": "mse",
        "delta": 1,
        "l2": 0,
        "l1": 0,
        "jitter": 0,
        "batch": 0,
        "split": [100, 0, 0],
    },
    **{"patience": 0, **WHOLE, "entrants": [{"optimizer": "gd", "knobs": {"lr": 0.05}}]},
}

CATALOG: dict[str, Any] = {
    "opening": RACE,
    "blank": {"points": [], **LINE, "start": [0, 0]},
    "surfaces": [
        {
            "key": "beale",
            "name": "Beale",
            "window": [[-1.2, 4.2], [-1.6, 2.2]],
            "start": [1, 1.6],
            "steps": 240,
            "entrants": [
                {"optimizer": "adam", "knobs": {"lr": 0.12}},
                {"optimizer": "gd", "knobs": {"lr": 0.004}},
            ],
        },
        {
            "key": "bowl",
            "name": "Bowl",
            "window": [[-2, 2], [-2, 2]],
            "start": [-1.5, 1],
            "steps": 100,
            "entrants": [{"optimizer": "gd", "knobs": {"lr": 0.3}}],
        },
    ],
    "optimizers": [
        {"key": "adam", "name": "Adam", "knobs": [knob("lr"), knob("beta1")]},
        {"key": "gd", "name": "GD", "knobs": [knob("lr")]},
    ],
    "schedules": [
        {"key": "constant", "name": "constant", "knobs": []},
        {"key": "cosine", "name": "cosine", "knobs": [{"name": "floor"}]},
    ],
    "scenes": [
        {"key": "contours", "name": "Contours", "setup": {"surface": "beale", "steps": 200}, "whole": RACE}
    ],
    "pointSets": [
        {
            "key": "line",
            "name": "Line",
            "points": [[0, 1], [1, 2], [2, 4]],
            "model": {"start": [3, -4]},
            "whole": {"preset": "line", **LINE, "start": [3, -4]},
        },
        {
            "key": "bend",
            "name": "Bend",
            "points": [[0, 1], [1, 0], [2, 4], [3, 9]],
            "model": {"degree": 2, "standardise": True, "split": [70, 15, 15], "start": [1.5, -1, 3]},
            "whole": {
                **{"preset": "bend", **LINE, "degree": 2, "standardise": True, "split": [70, 15, 15]},
                "start": [1.5, -1, 3],
            },
        },
    ],
    "tables": [
        {
            "key": "patients",
            "name": "Patients",
            "names": ["age", "weight", "pulse"],
            "size": 40,
            "whole": {
                **{"dataset": "patients", **LINE, "start": [0, 0, 0, 0]},
                "entrants": [{"optimizer": "gd", "knobs": {"lr": 2}}],
            },
        }
    ],
    "losses": [
        {"key": "mse", "name": "MSE"},
        {"key": "mae", "name": "MAE"},
        {"key": "huber", "name": "Huber"},
    ],
    "limits": {"steps": 10_000, "entrants": 4},
}


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Run]:
    """run(body, argument): the body of an async function of `catalog` and `argument`, run beside our modules."""
    context = browser.new_context()
    page = context.new_page()

    def served(route: Route) -> None:
        path = STATIC / route.request.url.split("/", 3)[3]
        if path == STATIC:
            route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")
        else:
            route.fulfill(body=path.read_bytes(), content_type=TYPES[path.suffix])

    context.route("http://modules.test/**", served)
    page.goto("http://modules.test/")

    def run(body: str, argument: Any = None) -> Any:
        return page.evaluate(f"async ([catalog, argument]) => {{ {body} }}", [CATALOG, argument])

    yield run
    context.close()

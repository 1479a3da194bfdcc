"""Who races on points and tables where nobody is named, at rates that show what each is like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from descent_lab.regression.design import Design
from descent_lab.regression.regression import TRAINING, Regression
from descent_lab.setups.regression_setup import level

POINT_RACERS: list[dict[str, Any]] = [
    {"optimizer": "gd", "knobs": {"lr": 0.05}},
    {"optimizer": "momentum", "knobs": {"lr": 0.01, "beta": 0.9}},
    {"optimizer": "adagrad", "knobs": {"lr": 1}},
    {"optimizer": "adam", "knobs": {"lr": 0.3}},
]
"""On points of the chapter's size."""

TABLE_RACERS: list[dict[str, Any]] = [
    {"optimizer": "gd", "knobs": {"lr": 0.05}},
    {"optimizer": "momentum", "knobs": {"lr": 0.02, "beta": 0.9}},
    {"optimizer": "adagrad", "knobs": {"lr": 20}},
    {"optimizer": "adam", "knobs": {"lr": 2}},
]
"""On the table of the catalogue, whose weights are hundreds."""

STEPPED, OF_SPREAD = 0.8, 0.026
"""What the suggested rates come to on a table of one's own: plain descent's times the largest curvature, of which 2 is
the limit; and Adam's, by which its weights move at a step, over the spread of the targets."""


USUAL = 0.1, 30.0
"""Spreads for which the rates on points of the chapter's size are of use, and how far from zero they lie."""


def at_rates_that_suit(problem: Regression) -> dict[str, Any]:
    """Of points that somebody brought, the part of a setup by which nobody diverges or stands still: nothing where the
    rates on points of the chapter's size do, else standardised inputs and rates for the targets."""
    x, y = problem.inputs[problem.sets == TRAINING], problem.training[1]
    if not len(y):
        return {}
    spread, mean = float(np.std(y)), float(np.mean(y))
    of_use = abs(mean) <= USUAL[1] and (spread == 0 or USUAL[0] <= spread <= USUAL[1])
    if of_use and POINT_RACERS[0]["knobs"]["lr"] * _curvature(problem) < 2:
        return {}
    standardised = replace(problem, design=Design.of_points(x, 1, True))
    return {
        "standardise": True,
        "start": [*level(y, standardised.dim)],
        "entrants": racers_on(standardised),
    }


def racers_on(problem: Regression) -> list[dict[str, Any]]:
    """The same four on a table of somebody's own, at rates for its curvature and for the size of its targets."""
    _, targets = problem.training
    curved = _curvature(problem)
    spread = float(np.std(targets)) if len(targets) else 0.0
    rate = min(0.05, STEPPED / curved) if 0 < curved < np.inf else 0.05
    size = spread * OF_SPREAD if 0 < spread < 1e100 else 1.0
    # What one mini-batch says is told ten times over by momentum's memory; what all say is said again anyway.
    slower = 0.4 if problem.whole_batches else 0.1
    rates = {"gd": rate, "momentum": rate * slower, "adagrad": size * 10, "adam": size}
    return [
        {**each, "knobs": {**each["knobs"], "lr": float(f"{rates[each['optimizer']]:.1g}")}}
        for each in TABLE_RACERS
    ]


def _curvature(problem: Regression) -> float:
    """The largest of the mean squared error over the training set, and about that over the worst mini-batch: the one
    with the row that lies farthest out."""
    rows, _ = problem.training
    whole = float(np.linalg.eigvalsh(2 / max(len(rows), 1) * (rows.T @ rows))[-1])
    if not 0 < problem.batch < len(rows):
        return whole
    return whole + 2 / problem.batch * float(np.max(np.sum(rows * rows, axis=1)))

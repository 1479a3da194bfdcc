"""A regression from plain JSON values, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from descent_lab import checks
from descent_lab.datasets import POINT_SETS, TABLES
from descent_lab.datasets.splits import split
from descent_lab.refusals import Refusal
from descent_lab.regression.design import Design
from descent_lab.regression.losses import LOSSES
from descent_lab.regression.regression import STEPS, TRAINING, DataChange, Regression

MODEL = (
    "points", "preset", "dataset", "degree", "standardise", "loss", "delta", "l2", "l1", "jitter", "batch", "split",
    "patience",
)  # fmt: skip
"""Fields of a setup that make a regression."""

DEGREES = 12
"""The highest power of x."""


def read_regression(given: Mapping[str, Any], most: int) -> Regression:
    """The regression that `points`, `preset` or `dataset` names, with its model. most: points at most."""
    named = [name for name in ("points", "preset", "dataset") if given.get(name) is not None]
    if len(named) != 1:
        raise Refusal(
            f"One of points, preset and dataset is needed; {' and '.join(named) or 'none'} came.",
            field="points",
            code="missing",
        )
    table = named[0] == "dataset"
    preset = POINT_SETS[given["preset"]] if named[0] == "preset" else None
    own = {**(preset.model if preset else {}), **{k: v for k, v in given.items() if v is not None}}
    if table:
        whole = TABLES[given["dataset"]]
        inputs, targets = whole.inputs, whole.targets
    else:
        points = [*preset.points] if preset else read_points(given["points"], most)
        inputs, targets = np.array(points, dtype=float).reshape(-1, 2).T.copy()
    shares = read_shares(own.get("split", (100, 0, 0)))
    seed = checks.whole(own.get("seed", 0), "seed", 0, 2**53)
    degree = checks.whole(own.get("degree", 1), "degree", 1, DEGREES)
    training = inputs[split(len(targets), shares, seed) == TRAINING]
    standardise = own.get("standardise", degree > 1 or table)
    if not isinstance(standardise, bool):
        raise Refusal(
            f"standardise must be true or false; got {checks.show(standardise)}.",
            field="standardise",
            code="type",
        )
    if table:
        design = Design.of_table(training, TABLES[given["dataset"]].names, standardise)
    else:
        design = Design.of_points(training, degree, standardise)
    return Regression(
        inputs,
        targets,
        design,
        LOSSES[own.get("loss", "mse")],
        delta=checks.number(own.get("delta", 1.0), "delta", 1e-12, 1e12),
        l2=checks.number(own.get("l2", 0.0), "l2", 0.0, 1e12),
        l1=checks.number(own.get("l1", 0.0), "l1", 0.0, 1e12),
        jitter=checks.number(own.get("jitter", 0.0), "jitter", 0.0, 1e6),
        batch=checks.whole(own.get("batch", 0), "batch", 0, 10**9),
        shares=shares,
        seed=seed,
        patience=checks.whole(own.get("patience", 0), "patience", 0, 10**9),
        first=tuple(preset.model["start"]) if preset and "start" in preset.model else None,
        window=preset.window if preset and degree == 1 else None,
        steps=preset.model.get("steps", STEPS) if preset else STEPS,
    )


def read_points(value: Any, most: int) -> list[tuple[float, float]]:
    """A list of points."""
    listed = checks.listed(value, "points", most)
    return [checks.point(each, f"points.{index}") for index, each in enumerate(listed)]


def read_shares(value: Any) -> tuple[float, float, float]:
    """Per cent of training, validation and test set."""
    training, validation, test = (
        checks.number(share, f"split.{i}", 0.0, 100.0)
        for i, share in enumerate(checks.numbers(value, "split", 3))
    )
    if abs(training + validation + test - 100.0) > 1e-6 or training == 0.0:
        raise Refusal(
            "split must be the shares of training, validation and test set: 100 per cent in all, and some of it "
            f"training; got {training:g}, {validation:g}, {test:g}.",
            field="split",
            code="value",
        )
    return training, validation, test


def read_data_change(data: Any, steps: int, path: str) -> DataChange:
    """From a step on, a point lies elsewhere, or is there, or is gone."""
    given = checks.mapping(data, path, ("at", "point", "to"))
    to = given.get("to")
    return DataChange(
        checks.whole(given.get("at"), f"{path}.at", 0, steps),
        checks.whole(given.get("point"), f"{path}.point", 0, 10**9),
        None if to is None else checks.point(to, f"{path}.to"),
    )

"""The setup of a regression: a line or a curve through points, or a linear model of a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from descent_lab.datasets import POINT_SETS, TABLES
from descent_lab.datasets.csv_table import OwnTable, own_table_of
from descent_lab.datasets.splits import split
from descent_lab.datasets.tables import Table
from descent_lab.refusals import Refusal
from descent_lab.regression.dealing import level
from descent_lab.regression.design import Design
from descent_lab.regression.losses import LOSSES
from descent_lab.regression.regression import STEPS, TRAINING, Regression
from descent_lab.setups.changes import OverPoints
from descent_lab.setups.entrants import Entrant, entrants
from descent_lab.setups.fields import (
    Finite,
    KeyOf,
    Number,
    Place,
    Run,
    Shape,
    Switch,
    Text,
    TextOf,
    View,
    Whole,
)
from descent_lab.setups.table_reading import TableReading, features_of, told
from descent_lab.tables.brought import Brought
from descent_lab.tables.features import Reading

if TYPE_CHECKING:
    AmongPoints = Entrant
else:
    AmongPoints = entrants("points")

DEGREES = 12
"""The highest power of x."""

MANY_ROWS, BATCH = 5_000, 256
"""Tables of more rows than these are fitted by mini-batches of so many, where nobody says otherwise."""

PerCent = Annotated[float, Number(0.0, 100.0)]
Split = Annotated[tuple[PerCent, PerCent, PerCent], Shape("three numbers")]
Penalty = Annotated[float, Number(0.0, 1e12)]


class RegressionSetup(Run):
    """Optimizers that fit a line, a curve or a linear model. What is null has a preset's own value, or the default."""

    degree: Annotated[int, Whole(1, DEGREES)] | None = Field(None, description="Highest power of x; else 1.")
    standardise: Switch | None = Field(
        None, description="Columns in units of their spread; else so from degree 2 on, and for tables."
    )
    loss: Annotated[str, KeyOf(LOSSES)] | None = Field(None, description="Key of the loss; else mse.")
    delta: Annotated[float, Number(1e-12, 1e12)] | None = Field(
        None, description="Residual from which on Huber's loss is straight, in units of y; else 1."
    )
    l2: Penalty | None = Field(None, description="Ridge: factor of the sum of squared weights; else 0.")
    l1: Penalty | None = Field(None, description="Lasso: factor of the sum of the weights' sizes; else 0.")
    jitter: Annotated[float, Number(0.0, 1e6)] | None = Field(
        None, description="Standard deviation of the noise added to the inputs at every step; else 0."
    )
    batch: Annotated[int, Whole(0, 10**9)] | None = Field(
        None, description="Points of a mini-batch, in a new order every epoch; 0 for all. Else 0."
    )
    split: Split | None = Field(
        None, description="Per cent of training, validation and test set, 100 in all; else all train."
    )
    patience: Annotated[int, Whole(0, 10**9)] | None = Field(
        None,
        description="Steps without a better validation loss before early stopping marks a step; 0: never.",
    )
    start: Annotated[tuple[Finite, ...], Shape("list")] | None = Field(
        None, description="Weights at the start, the bias last; null for the suggested ones."
    )
    window: View | None = Field(None, description="What is seen of the plane of two weights.")
    scene: Text | None = Field(None, description="Key of the scene that this setup was taken from.")
    entrants: Annotated[tuple[AmongPoints, ...], Shape("list")] = Field(
        min_length=1, description="Who races, in the order of the paths."
    )
    changes: Annotated[tuple[OverPoints, ...], Shape("list")] | None = Field(
        None, description="Knobs that are turned and points that are moved on the way."
    )

    def problem(self, most: int) -> Regression:
        """The regression that is raced on. most: points at most.

        Whoever asks for the same table gets the same: what it knows of its rows is found once for all who race on it.
        """
        if not isinstance(self, TableRegression | TextRegression | FileRegression):
            return _regression(self, most)
        return _of_table(type(self), self.seed, most, tuple(getattr(self, name, None) for name in MODEL))


class PointsRegression(RegressionSetup):
    """A regression over points that are given."""

    points: Annotated[tuple[Place, ...], Shape("list")] = Field(description="[x, y] of each point.")
    preset: None = None
    dataset: None = None
    table: None = None
    table_file: None = None


class PresetRegression(RegressionSetup):
    """A regression over a set of points of the catalogue."""

    preset: Annotated[str, KeyOf(POINT_SETS)] = Field(description="Key of the set.", examples=["seven"])
    points: None = None
    dataset: None = None
    table: None = None
    table_file: None = None


class TableRegression(RegressionSetup):
    """A regression over a table of many inputs."""

    dataset: Annotated[str, KeyOf(TABLES)] = Field(description="Key of the table.", examples=["diabetes"])
    points: None = None
    preset: None = None
    table: None = None
    table_file: None = None


class TextRegression(RegressionSetup):
    """A regression over a table of one's own, whose text is given."""

    tabular: ClassVar[bool] = True

    table: Text = Field(
        description="Columns of numbers, words and days; the target holds numbers, or days.",
        examples=["size,district,price\n50,North,210\n72,Centre,420\n64,Centre,350\n"],
    )
    reading: TableReading | None = Field(None, description="How the text is to be read; null: as it looks.")
    points: None = None
    preset: None = None
    dataset: None = None
    table_file: None = None

    def own_table(self, most: int) -> OwnTable:
        """What the text comes to, of so many rows at most."""
        return _own_table(Brought(csv=self.table), most, told(self.reading))


class FileRegression(RegressionSetup):
    """A regression over a table that was brought before, and is kept under a name."""

    tabular: ClassVar[bool] = True

    table_file: Annotated[str, TextOf(64, reason="short text")] = Field(
        description="Name of the text: SHA-256 of its UTF-8, in hexadecimal digits; see POST /api/files."
    )
    reading: TableReading | None = Field(None, description="How the text is to be read; null: as it looks.")
    points: None = None
    preset: None = None
    dataset: None = None
    table: None = None

    def own_table(self, most: int) -> OwnTable:
        """What the text comes to, of so many rows at most."""
        return _own_table(Brought(file=self.table_file), most, told(self.reading))


MODEL = (
    "points", "preset", "dataset", "table", "table_file", "reading", "degree", "standardise", "loss", "delta", "l2",
    "l1", "jitter", "batch", "split", "patience",
)  # fmt: skip
"""Fields of a setup that make a regression."""


@lru_cache(maxsize=4)
def _own_table(brought: Brought, most: int, reading: Reading) -> OwnTable:
    source = "table" if brought.file is None else "table_file"
    return own_table_of(features_of(brought, reading, source, linear=True), most)


def _table_of(setup: RegressionSetup, most: int) -> Table | OwnTable | None:
    """The table that a setup is over, of the catalogue or somebody's own; None over points."""
    if isinstance(setup, TableRegression):
        return TABLES[setup.dataset]
    return setup.own_table(most) if isinstance(setup, TextRegression | FileRegression) else None


@lru_cache(maxsize=8)
def _of_table(kind: type[RegressionSetup], seed: int, most: int, values: tuple[Any, ...]) -> Regression:
    own = {name: value for name, value in zip(MODEL, values, strict=True) if name in kind.model_fields}
    return _regression(kind.model_construct(seed=seed, **own), most)


def _regression(setup: RegressionSetup, most: int) -> Regression:
    table = _table_of(setup, most)
    preset = POINT_SETS[setup.preset] if isinstance(setup, PresetRegression) else None
    suggested: Mapping[str, Any] = preset.model if preset else {}

    def own(name: str, default: Any) -> Any:
        given = getattr(setup, name)
        return suggested.get(name, default) if given is None else given

    if table is not None:
        inputs, targets = table.inputs, table.targets
    else:
        points = setup.points if isinstance(setup, PointsRegression) else preset.points if preset else ()
        if len(points) > most:
            raise Refusal("at most", field="points", most=most, count=len(points))
        inputs, targets = np.array(points, dtype=float).reshape(-1, 2).T.copy()
    shares = whole_split(own("split", (100.0, 0.0, 0.0)))
    patience = checked_patience(own("patience", 0), shares)
    degree = own("degree", 1)
    learned = split(len(targets), shares, setup.seed) == TRAINING
    training = inputs[learned]
    standardise = own("standardise", degree > 1 or table is not None)
    if table is not None:
        design = Design.of_table(training, table.names, standardise)
    else:
        design = Design.of_points(training, degree, standardise)
    first = tuple(suggested["start"]) if "start" in suggested else None
    if isinstance(table, OwnTable):
        first = level(targets[learned], design.dim)
    return Regression(
        inputs,
        targets,
        design,
        LOSSES[own("loss", "mse")],
        delta=own("delta", 1.0),
        l2=own("l2", 0.0),
        l1=own("l1", 0.0),
        jitter=own("jitter", 0.0),
        batch=own("batch", suggested_batch(len(targets)) if setup.tabular else 0),
        shares=shares,
        seed=setup.seed,
        patience=patience,
        first=first,
        window=preset.window if preset and degree == 1 else None,
        steps=suggested.get("steps", STEPS),
        target="y" if table is None else table.target,
        note=table.note if isinstance(table, OwnTable) else None,
    )


def suggested_batch(rows: int) -> int:
    """Rows of a mini-batch that suit a table of so many, 0 for all: what all of them say, a part of many says too."""
    return BATCH if rows > MANY_ROWS else 0


def whole_split(shares: tuple[float, float, float]) -> tuple[float, float, float]:
    """The shares of training, validation and test set, if they are 100 per cent in all and some of it training."""
    training, validation, test = (float(share) for share in shares)
    if abs(training + validation + test - 100.0) > 1e-6 or training == 0.0:
        raise Refusal("split", field="split", training=training, validation=validation, test=test)
    return training, validation, test


def checked_patience(patience: int, shares: tuple[float, float, float]) -> int:
    """The same, if there is a validation set to stop by or nobody waits for one."""
    if patience and shares[1] == 0.0:
        raise Refusal("patience without validation", field="patience", came=patience)
    return patience

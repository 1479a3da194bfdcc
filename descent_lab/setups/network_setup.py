"""The setup of a training: several optimizers on one network."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag

from descent_lab.datasets import SAMPLE_SETS
from descent_lab.datasets.csv_samples import DRAWN_CLASSES, FARTHEST, drawn_samples, samples_of
from descent_lab.datasets.samples import Samples
from descent_lab.datasets.toys import fitted
from descent_lab.geometry import Window
from descent_lab.networks.initialisations import INITIALS
from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.networks.network import LOSSES, TRAINING, Network, dealt_rows
from descent_lab.refusals import Refusal
from descent_lab.setups.changes import OnTheWay, PerLayer
from descent_lab.setups.entrants import Entrant, entrants
from descent_lab.setups.fields import KeyOf, Listed, Number, OneOf, Run, Shape, Text, TextOf, Whole
from descent_lab.setups.layers import Hidden, of_each_layer
from descent_lab.setups.regression_setup import Split, checked_patience, whole_split
from descent_lab.setups.table_reading import TableReading, features_of, told
from descent_lab.tables.brought import Brought
from descent_lab.tables.features import Reading

if TYPE_CHECKING:
    OnNetwork = Entrant
else:
    OnNetwork = entrants("network")

OUTPUTS = ("linear", "sigmoid")

Coordinate = Annotated[float, Number(-FARTHEST, FARTHEST)]
Sample = Annotated[
    tuple[Coordinate, Coordinate, Annotated[int, Whole(0, len(DRAWN_CLASSES) - 1)]],
    Shape("sample", ("x", "y", "class")),
]
Activation = Annotated[str, KeyOf(ACTIVATIONS)]
Penalty = Annotated[float, Number(0.0, 1e6)]


class NetworkSetup(Run):
    """Optimizers that train one dense network from the same weights on the same mini-batches."""

    trains: ClassVar[bool] = True
    tabular: ClassVar[bool] = True

    hidden: Hidden | None = Field(None, description="Neurons of each hidden layer; else [8, 8].")
    activation: (
        Annotated[
            Annotated[Activation, Tag("one")] | Annotated[tuple[Activation, ...], Listed(), Tag("each")],
            Discriminator(lambda value: "each" if isinstance(value, list | tuple) else "one"),
        ]
        | None
    ) = Field(None, description="Of all hidden layers, or one for each; else tanh.")
    output: Annotated[str, OneOf(OUTPUTS)] | None = Field(
        None, description="Activation of the last layer under the squared error; else linear."
    )
    loss: Annotated[str, OneOf(tuple(LOSSES))] | None = Field(
        None, description="What is made small; else cross_entropy for classes, and mse for a curve."
    )
    initial: Annotated[str, KeyOf(INITIALS)] | None = Field(
        None, description="How first weights are drawn; else xavier."
    )
    batch: Annotated[int, Whole(0, 10**9)] | None = Field(
        None, description="Samples of a mini-batch, in a new order every epoch; 0 for all. Else 32."
    )
    l2: Penalty | None = Field(None, description="Factor of the sum of squared weights; else 0.")
    l1: Penalty | None = Field(None, description="Factor of the sum of the weights' sizes; else 0.")
    dropout: PerLayer | None = Field(
        None, description="Share of hidden neurons left out at a step, of all layers or of each; else 0."
    )
    jitter: Penalty | None = Field(
        None, description="Standard deviation of the noise added to the inputs at every step; else 0."
    )
    split: Split | None = Field(
        None, description="Per cent of training, validation and test set, 100 in all; else 70, 15, 15."
    )
    patience: Annotated[int, Whole(0, 10**9)] | None = Field(
        None, description="Steps without a better validation loss before early stopping; 0 for never."
    )
    entrants: Annotated[tuple[OnNetwork, ...], Shape("list")] = Field(
        min_length=1, description="Who trains, in the order of the weights."
    )
    changes: Annotated[tuple[OnTheWay, ...], Shape("list")] | None = Field(
        None, description="Knobs and settings that are turned on the way."
    )

    def problem(self, most: int) -> Network:
        """The network that is trained. most: samples at most of those that a person brings.

        Whoever asks for the same gets the same: what it knows of its samples is found once for all who train it.
        """
        return _network(type(self), self.seed, most, tuple(getattr(self, name, None) for name in MODEL))


class SampleSetTraining(NetworkSetup):
    """A training on a set of samples of the catalogue."""

    data: Annotated[str, KeyOf(SAMPLE_SETS)] = Field(description="Key of the set.", examples=["moons"])
    samples: Annotated[int, Whole(0, 10**6)] | None = Field(
        None, description="How many; 0 or null for as many as suit the set."
    )
    spread: Annotated[float, Number(0.0, 10.0)] | None = Field(
        None, description="Standard deviation of the noise of a drawn set; null for its own."
    )
    drawn: None = None
    csv: None = None
    file: None = None


class DrawnTraining(NetworkSetup):
    """A training on points that are drawn by hand."""

    drawn: Annotated[tuple[Sample, ...], Shape("list")] = Field(
        description="[x, y, class] of each point; class 0, 1 or 2."
    )
    samples: Annotated[int, Whole(0, 10**6)] | None = Field(None, description="Not looked at.")
    spread: Annotated[float, Number(0.0, 10.0)] | None = Field(None, description="Not looked at.")
    data: None = None
    csv: None = None
    file: None = None


class TextTraining(NetworkSetup):
    """A training on a text of columns."""

    csv: Text = Field(
        description=(
            "Columns of numbers, words and days. The target holds the class, or the value of a curve where it has "
            "fractions or more than ten numbers."
        )
    )
    reading: TableReading | None = Field(None, description="How the text is to be read; null: as it looks.")
    samples: Annotated[int, Whole(0, 10**6)] | None = Field(None, description="Not looked at.")
    spread: Annotated[float, Number(0.0, 10.0)] | None = Field(None, description="Not looked at.")
    data: None = None
    drawn: None = None
    file: None = None


class FileTraining(NetworkSetup):
    """A training on a text of columns that was brought before, and is kept under a name."""

    file: Annotated[str, TextOf(64, reason="short text")] = Field(
        description="Name of the text: SHA-256 of its UTF-8, in hexadecimal digits; see POST /api/files."
    )
    reading: TableReading | None = Field(None, description="How the text is to be read; null: as it looks.")
    samples: Annotated[int, Whole(0, 10**6)] | None = Field(None, description="Not looked at.")
    spread: Annotated[float, Number(0.0, 10.0)] | None = Field(None, description="Not looked at.")
    data: None = None
    drawn: None = None
    csv: None = None


MODEL = (
    "data", "drawn", "csv", "file", "reading", "samples", "spread", "hidden", "activation", "output", "loss", "initial",
    "batch", "l2", "l1", "dropout", "jitter", "split", "patience",
)  # fmt: skip
"""Fields of a setup that make a network."""


@lru_cache(maxsize=8)  # of MNIST, what is measured takes 20 MB
def _network(kind: type[NetworkSetup], seed: int, most: int, values: tuple[Any, ...]) -> Network:
    own: dict[str, Any] = dict(zip(MODEL, values, strict=True))
    samples = _samples(kind, own, most, seed)
    hidden = (8, 8) if own["hidden"] is None else own["hidden"]
    loss = own["loss"] or ("cross_entropy" if samples.classes else "mse")
    if loss == "cross_entropy" and not samples.classes:
        raise Refusal("classes of a curve", field="loss")
    shares = whole_split(own["split"] or (70.0, 15.0, 15.0))
    patience = checked_patience(own["patience"] or 0, shares)
    training = dealt_rows(samples, shares, seed)[TRAINING]
    if not len(training):
        raise Refusal("empty training set", field="split", samples=len(samples.targets))
    return Network(
        samples.scaled_for(training),
        hidden,
        _of_each_layer("activation", own["activation"] or "tanh", len(hidden)),
        own["output"] or "linear",
        loss,
        INITIALS[own["initial"] or "xavier"],
        32 if own["batch"] is None else own["batch"],
        own["l2"] or 0.0,
        own["l1"] or 0.0,
        _of_each_layer("dropout", own["dropout"] or 0.0, len(hidden)),
        own["jitter"] or 0.0,
        shares,
        seed,
        patience,
        window=_window(own, samples),
    )


def _window(own: dict[str, Any], samples: Samples) -> Window | None:
    """Of the plane, fitted to toy sets and to what is drawn, in steps: it must not move under a drawing hand."""
    if own["data"] is not None:
        known = SAMPLE_SETS[own["data"]].window
        return known and (fitted(samples) or known)
    return None if own["drawn"] is None else fitted(samples)


def _samples(kind: type[NetworkSetup], own: dict[str, Any], most: int, seed: int) -> Samples:
    if kind is DrawnTraining:
        return drawn_samples(own["drawn"], most)
    if kind in (TextTraining, FileTraining):
        return own_samples(Brought(own["csv"], own["file"]), most, told(own["reading"]))
    chosen = SAMPLE_SETS[own["data"]]
    size = own["samples"] or chosen.size
    low, high = chosen.sizes
    if not low <= size <= high:
        raise Whole(low, high).refusal("samples", size)
    noise = chosen.noise if own["spread"] is None else own["spread"]
    return _made(chosen.key, size, min(noise, chosen.noises[1]), seed)


@lru_cache(maxsize=32)
def _made(key: str, size: int, noise: float, seed: int) -> Samples:
    return SAMPLE_SETS[key].make(size, noise, seed)


@lru_cache(maxsize=8)
def own_samples(brought: Brought, most: int, reading: Reading) -> Samples:
    """The samples of a text that somebody brought, of so many rows at most."""
    source = "csv" if brought.file is None else "file"
    return samples_of(features_of(brought, reading, source, linear=False), most)


def _of_each_layer(name: str, value: Any, layers: int) -> tuple[Any, ...]:
    """One value for every hidden layer, of one for all of them or of a list."""
    return of_each_layer(name, value, layers, name)

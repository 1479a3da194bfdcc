"""Changes that are made while a run goes on, as they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import Discriminator, Field, Tag

from descent_lab.setups.fields import (
    Finite,
    Listed,
    Model,
    Number,
    OneOf,
    Place,
    Share,
    Step,
    Text,
    ToldBy,
    Whole,
)

PerLayer = Annotated[
    Annotated[Share, Tag("one")] | Annotated[tuple[Share, ...], Listed(), Tag("each")],
    Discriminator(lambda value: "each" if isinstance(value, list | tuple) else "one"),
]
"""One share for all hidden layers, or one for each."""


class Change(Model):
    """From step `at` on something is otherwise."""

    at: Step = Field(description="Step from which on it holds.")


class KnobChange(Change):
    """A knob of an entrant has another value."""

    entrant: Annotated[int, Whole(0, 10**6)] = Field(description="Number of the entrant, from 0.")
    knob: Text = Field(description="Name of a knob of its optimizer.")
    value: Finite = Field(description="The knob's value from then on.")


class PointChange(Change):
    """A point of the data lies elsewhere, is there, or is gone."""

    point: Annotated[int, Whole(0, 10**9)] = Field(
        description="Number of the point, from 0; the first number that is not taken adds one."
    )
    to: Place | None = Field(None, description="[x, y] from then on; null takes the point away.")


class BatchChange(Change):
    """A training's mini-batches have another size."""

    setting: Literal["batch"] = Field(description="What is turned.")
    value: Annotated[int, Whole(0, 10**9)] = Field(description="Samples of a mini-batch; 0 for all.")


class StrengthChange(Change):
    """A penalty or the input noise of a training has another strength."""

    setting: Literal["l2", "l1", "jitter"] = Field(description="What is turned.")
    value: Annotated[float, Number(0.0, 1e6)] = Field(
        description="Factor of the penalty, or standard deviation of the noise."
    )


class DropoutChange(Change):
    """A training drops another share of the hidden neurons."""

    setting: Literal["dropout"] = Field(description="What is turned.")
    value: PerLayer = Field(description="Share of all hidden layers, or one for each.")


SettingChange = Annotated[
    BatchChange | StrengthChange | DropoutChange,
    Field(discriminator="setting"),
    ToldBy("setting", OneOf(("batch", "l2", "l1", "dropout", "jitter"))),
]


def _kind(value: Any) -> str:
    """What a change is about, told by its own fields."""
    return next((name for name in ("setting", "point") if name in _names(value)), "knob")


def _names(value: Any) -> Collection[str]:
    return (
        vars(value)
        if isinstance(value, Change)
        else cast(Collection[str], value)
        if isinstance(value, Mapping)
        else ()
    )


OnASurface = KnobChange
OverPoints = Annotated[
    Annotated[KnobChange, Tag("knob")] | Annotated[PointChange, Tag("point")],
    Discriminator(lambda value: "point" if _kind(value) == "point" else "knob"),
]
OnTheWay = Annotated[
    Annotated[KnobChange, Tag("knob")] | Annotated[SettingChange, Tag("setting")],
    Discriminator(lambda value: "setting" if _kind(value) == "setting" else "knob"),
]

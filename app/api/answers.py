"""What the listings of the API hold, for its description. Nothing is checked against them when it is sent: a test does.

The names stand in the order in which they are sent.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..messages.base import Pair, Window

MATHML = Field(description="As MathML.")


class Answer(BaseModel):
    """A part of an answer: all that it has is listed."""

    model_config = ConfigDict(extra="forbid")


class Named(Answer):
    """An item of a listing."""

    key: str = Field(description="What it is called in a setup.")
    name: str = Field(description="What it is called on a page.")


class Knob(Answer):
    """A number that may be turned."""

    name: str = Field(description="What it is called in `knobs`.", examples=["lr"])
    label: str = Field(description="What it is called on a page.", examples=["learning rate"])
    default: float
    low: float = Field(description="The lower end of the page's slider.")
    high: float = Field(description="The upper end of the page's slider.")
    log: bool = Field(description="Whether the slider is logarithmic.")
    integer: bool = Field(description="Whether it must be a whole number.")
    domain: str = Field(description="All values that are accepted, in words.", examples=["greater than 0"])
    sentence: str = Field(description="What it does.")


class ListedEntrant(Answer):
    """A racer of a suggested race."""

    optimizer: str = Field(description="Key of the optimizer.")
    knobs: dict[str, float]


class CriticalPoint(Answer):
    """A minimum or a saddle point."""

    point: Pair
    value: float | None = Field(description="The loss there; null where it is not finite.")


class Surface(Named):
    """A surface of the catalogue."""

    group: str = Field(description="The heading under which pages list it.")
    formula: str = Field(description="The loss in x and y, as it would be typed.", examples=["x^2 + y^2"])
    mathml: str = MATHML
    window: Window = Field(description="What a map shows at first: [[x0, x1], [y0, y1]].")
    start: Pair = Field(description="Where a race begins that says nothing else.")
    axes: tuple[str, str] = Field(description="What the two coordinates are called.")
    teaches: str = Field(description="What can be seen on it, in a sentence.")
    steps: int = Field(description="Steps of a race that says nothing else.")
    minima: list[CriticalPoint]
    saddles: list[CriticalPoint]
    entrants: list[ListedEntrant] = Field(description="Its suggested race; the rates were found by tuning.")


class Optimizer(Named):
    """An optimizer."""

    source: str = Field(description="Where it comes from: authors, year, and the equations meant.")
    group: str = Field(description="The heading under which pages list it.")
    sentence: str = Field(description="How it moves.")
    mathml: str = Field(description="The update rule as MathML.")
    needs: list[str] = Field(description="What it asks of a problem beyond the gradient.")
    convention: str = Field(
        description="Which of several definitions is meant, where books differ; else empty."
    )
    memory: bool = Field(description="Whether it remembers a direction from earlier steps.")
    knobs: list[Knob]


class Schedule(Named):
    """A learning-rate schedule."""

    sentence: str = Field(description="How the learning rate goes on.")
    knobs: list[Knob]


class Scene(Named):
    """A named set-up."""

    watch: str = Field(description="What to watch in it.")
    setup: dict[str, Any] = Field(description="A setup, as every route takes it.")


class PointSet(Named):
    """A set of points for a regression."""

    key: str = Field(description="What it is called in a setup, as `preset`.")
    teaches: str = Field(description="What can be seen with it.")
    points: list[Pair]
    model: dict[str, Any] = Field(description="What its regression is like where a setup says nothing else.")


class SampleSet(Named):
    """A set of samples for networks."""

    key: str = Field(description="What it is called in a setup, as `data`.")
    teaches: str = Field(description="What can be seen with it.")
    source: str = Field(description="Where measured data come from; empty where they are drawn by a formula.")
    kind: Literal["classes", "curve"] = Field(
        description="Whether a network tells classes apart or fits a curve."
    )
    classes: list[str] = Field(description="Names of the classes.")
    inputs: int = Field(description="Numbers of one sample.")
    names: list[str] = Field(description="What the inputs are called.")
    shape: tuple[int, int] | None = Field(description="Height and width where samples are pictures.")
    size: int = Field(description="Samples, where a setup says nothing else.")
    sizes: tuple[int, int] = Field(description="The fewest and the most samples that may be asked for.")
    noise: float = Field(description="Noise, where a setup says nothing else.")
    noises: tuple[float, float] = Field(description="The least and the most noise that may be asked for.")
    window: Window | None = Field(description="What a map of one or two inputs shows.")
    test: int | None = Field(
        description="Samples of the test set that the data come with; null where they have none."
    )


class Activation(Named):
    """An activation."""

    sentence: str = Field(description="What it does.")
    mathml: tuple[str, str] = Field(description="Its formula and that of its slope, as MathML.")


class Initialisation(Named):
    """A way to draw the first weights."""

    sentence: str = Field(description="How the weights are drawn.")

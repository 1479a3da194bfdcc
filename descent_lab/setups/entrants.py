"""Who runs: an optimizer with its knobs, its schedule and where it starts. A model for each optimizer and schedule,
made of what the catalogues declare."""

# pyright: basic
# Models that are made of a catalogue have no types but those of the models that they are based on.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union

from pydantic import Discriminator, Field, Tag, create_model

from descent_lab.knobs import Knob
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.optimizers.schedules import SCHEDULES
from descent_lab.refusals import Refusal
from descent_lab.setups.fields import (
    Absent,
    Colour,
    Finite,
    KeyOf,
    Kind,
    KnobValue,
    Label,
    Listed,
    Model,
    Place,
    Switch,
    ToldBy,
)

ON_NETWORKS = {"noise": 0.0}
"""Knobs that start from another value where a network is trained: there the mini-batches are the gradient's noise."""

CONSTANT = "constant"
"""The schedule of those that name none."""


class Knobs(Model):
    """Values of an optimizer's knobs; one that is not given has its default."""


class Schedule(Model):
    """What the learning rate is multiplied by on the way."""

    kind: str = Field(description="Key of the schedule; what else stands here are its knobs.")


class Entrant(Model):
    """One optimizer in a race or a training."""

    optimizer: str = Field(description="Key of the optimizer.")
    knobs: Knobs | None = Field(None, description="The knobs that are turned; null for none.")
    schedule: Schedule | None = Field(None, description="Of the learning rate; null for a constant one.")
    label: Label | None = Field(
        None, description="What the entrant is called; null for the optimizer's name."
    )
    color: Colour | None = Field(None, description="Of its trail on the page; null for the optimizer's own.")
    hidden: Switch | None = Field(None, description="Whether the page draws no trail of it.")
    offset: Annotated[tuple[Finite, ...], Listed()] | None = Field(
        None,
        description="From the common start to this one's: [x, y], or one for each weight of a regression.",
    )


def _named(*parts: str) -> str:
    return "".join(word.capitalize() for part in parts for word in part.split("_"))


def _told(name: str, key: str, default: Any = ...) -> dict[str, Any]:
    """The field by which a member of a union is told."""
    base = Schedule if name == "kind" else Entrant
    described = Field(default=default, description=base.model_fields[name].description)
    return {name: (Literal[key], described)}  # pyright: ignore


def _knob_fields(knobs: Mapping[str, Knob], others: Mapping[str, float]) -> dict[str, Any]:
    return {
        name: (
            Annotated[float, KnobValue(name, knob)],
            Field(default=others.get(name, knob.default), description=knob.sentence),
        )
        for name, knob in knobs.items()
    }


@cache
def schedules() -> Any:
    """Any schedule, told by its `kind`."""
    models = [
        create_model(
            _named(key, "schedule"),
            __base__=Schedule,
            __doc__=schedule.sentence,
            **_told("kind", key, CONSTANT if key == CONSTANT else ...),
            **_knob_fields(schedule.knobs, {}),
        )
        for key, schedule in SCHEDULES.items()
    ]
    tagged = [Annotated[model, Tag(key)] for model, key in zip(models, SCHEDULES, strict=True)]
    return Annotated[Union[*tagged], Discriminator(_kind_of_schedule), ToldBy("kind", KeyOf(SCHEDULES))]


def _kind_of_schedule(value: Any) -> Any:
    if isinstance(value, Schedule):
        return value.kind
    return value.get("kind", CONSTANT) if isinstance(value, Mapping) else CONSTANT


@cache
def _knobs(key: str, on_networks: bool) -> Any:
    others = ON_NETWORKS if on_networks else {}
    name = _named(key, "network", "knobs") if on_networks else _named(key, "knobs")
    fields = _knob_fields(OPTIMIZERS[key].knobs, others)
    return create_model(name, __base__=Knobs, __doc__=f"The knobs of {OPTIMIZERS[key].name}.", **fields)


@dataclass(frozen=True)
class _Suited(Kind):
    """An optimizer that can train a network, or one that can race."""

    network: bool

    def refusal(self, field: str, came: Any) -> Refusal:
        if isinstance(came, str) and came in OPTIMIZERS:
            reason = "not for networks" if self.network else "for networks alone"
            return Refusal(reason, field=field, optimizer=OPTIMIZERS[came].name)
        return OPTIMIZERS.unknown(came, field)


def entrants(kind: Literal["surface", "points", "network"]) -> Any:
    """Any entrant of a race on a surface, of one over points, or of a training, told by its `optimizer`."""
    network = kind == "network"
    fields: dict[str, Any] = {"schedule": (Union[schedules(), None], Entrant.model_fields["schedule"])}  # noqa: UP007
    where = "From the race's start to this one's."
    if kind == "surface":
        fields["offset"] = (Union[Place, None], Field(None, description=f"{where} [x, y]."))  # noqa: UP007
    if kind == "points":
        fields["offset"] = (
            Union[Annotated[tuple[Finite, ...], Listed()], None],  # noqa: UP007
            Field(None, description=f"{where} One for each weight."),
        )
    if network:
        fields["offset"] = (Annotated[None, Absent("offset on a network")], None)
    models: list[Any] = []
    for optimizer in OPTIMIZERS.values():
        if optimizer.for_networks if network else optimizer.for_races:
            knobs: Any = _knobs(optimizer.key, network)
            own: dict[str, Any] = {"knobs": (knobs | None, Entrant.model_fields["knobs"])}
            told = _told("optimizer", optimizer.key)
            name = _named(optimizer.key, kind, "entrant")
            models.append(
                create_model(name, __base__=Entrant, __doc__=optimizer.sentence, **(told | own | fields))
            )
    return Annotated[Union[*models], Field(discriminator="optimizer"), ToldBy("optimizer", _Suited(network))]

"""The space of a search: a setup, the axes along which it is varied, and the tries that are made there."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, cast

import numpy as np
from scipy.stats import qmc  # pyright: ignore[reportMissingTypeStubs]

from descent_lab.networks.variants import of_depth
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal, nearest
from descent_lab.search.axes import OPTIMIZER, Axis

HIDDEN = "hidden"

MOST = 100_000
"""Tries of one search."""

AGAIN = 20
"""Times the tries that are wanted, which are drawn at the most until so many differ."""

AT_ONCE = 4_096
"""Points that are drawn at a time, so that memory holds no more of them."""

Choices = Mapping[str, Any]
"""The value of every axis; of knobs that the optimizer does not have, nothing."""


@dataclass(frozen=True)
class Space:
    """A setup with one entrant, as JSON, and what of it is varied."""

    base: Mapping[str, Any]
    axes: tuple[Axis, ...]

    def __post_init__(self) -> None:
        names = [axis.name for axis in self.axes]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise Refusal("axis twice", field=twice, key=twice)
        if len(self.base["entrants"]) != 1:
            raise Refusal("one entrant", field="entrants", came=len(self.base["entrants"]))
        for axis in self.axes:
            if axis.knob and not any(axis.name in OPTIMIZERS[key].knobs for key in self._optimizers()):
                owners = list(self._optimizers())
                raise Refusal("knob of none", field=axis.name, key=axis.name, optimizers=owners)

    def grid(self, most: int = MOST) -> list[Choices]:
        """Every combination of the values; `Refusal` where an axis is a range, or there are more than so many."""
        endless = next((axis for axis in self.axes if not axis.each), None)
        if endless is not None:
            raise Refusal("grid of a range", field=endless.name, key=endless.name)
        if (count := math.prod(len(axis.each) for axis in self.axes)) > most:
            raise Refusal("too large a grid", field="grid", most=most, count=count)
        combined = product(*(axis.each for axis in self.axes))
        return self._different(dict(zip(self._names(), values, strict=True)) for values in combined)

    def drawn(self, tries: int, seed: int) -> list[Choices]:
        """So many tries that lie evenly in the space, fewer where it has no more.

        They are points of a scrambled Halton sequence (Halton, 1960; Owen, 2017), so that the first of them are the
        same however many there are.
        """
        sequence = qmc.Halton(len(self.axes), scramble=True, rng=np.random.default_rng(seed))
        most = AGAIN * tries if all(axis.values for axis in self.axes) else tries
        drawn = (
            {axis.name: axis.at(share) for axis, share in zip(self.axes, point, strict=True)}
            for first in range(0, most, AT_ONCE)
            for point in sequence.random(min(AT_ONCE, most - first)).tolist()
        )
        return self._different(drawn, tries)

    def chosen(self, choices: Mapping[str, Any]) -> Choices:
        """Choices that somebody has sent back; `Refusal` where a value is missing, or there is one too many."""
        names = self._names()
        more = next((name for name in choices if name not in names), None)
        if more is not None:
            raise Refusal(
                "no axis", field="choices", key=more[:60], known=names, near=nearest(more[:60], names)
            )
        missing = next((axis for axis in self.axes if not axis.knob and axis.name not in choices), None)
        if missing is not None:
            raise Refusal("no choice", field="choices", key=missing.name)
        return choices

    def setup(self, choices: Choices, seed: int | None = None, steps: int | None = None) -> dict[str, Any]:
        """The whole setup of a try."""
        setup = {
            **self.base,
            **{axis.name: choices[axis.name] for axis in self.axes if not _of_entrant(axis)},
        }
        setup["entrants"] = [self._entrant(choices)]
        if HIDDEN in choices:
            depth = len(choices[HIDDEN])
            setup |= {name: of_depth(self.base[name], depth, otherwise) for name, otherwise in self._by_layer}
        if "degree" in choices:  # the start and the window are those of other weights
            setup = {name: value for name, value in setup.items() if name not in ("start", "window")}
        return setup | ({} if seed is None else {"seed": seed}) | ({} if steps is None else {"steps": steps})

    def kind_of(self, choices: Choices) -> str:
        """The same for tries that differ in knobs alone."""
        return json.dumps({name: choices[name] for name in self._kinds})

    @cached_property
    def _kinds(self) -> list[str]:
        return [axis.name for axis in self.axes if not axis.knob]

    def _entrant(self, choices: Choices) -> dict[str, Any]:
        own = dict(self.base["entrants"][0])
        if choices.get(OPTIMIZER, own["optimizer"]) != own["optimizer"]:
            own |= {"optimizer": choices[OPTIMIZER], "knobs": {}}
        varied = {axis.name: choices[axis.name] for axis in self.axes if axis.knob and axis.name in choices}
        return own | {"knobs": {**(own.get("knobs") or {}), **varied}}

    @cached_property
    def _by_layer(self) -> list[tuple[str, Any]]:
        """What each layer of the base has of its own, and others keep where their number is another."""
        varied = self._names()
        usual = (("activation", "tanh"), ("dropout", 0.0))
        return [
            (name, other)
            for name, other in usual
            if name not in varied and isinstance(self.base.get(name), list)
        ]

    def _optimizers(self) -> Sequence[str]:
        """Who may train."""
        axis = next((axis for axis in self.axes if axis.name == OPTIMIZER), None)
        return [self.base["entrants"][0]["optimizer"]] if axis is None else axis.values

    def _names(self) -> list[str]:
        return [axis.name for axis in self.axes]

    def _different(self, tries: Iterable[dict[str, Any]], most: int = MOST) -> list[Choices]:
        """The first of those that are the same, up to so many; without knobs that nobody would look at."""
        found: dict[str, Choices] = {}
        for choices in tries:
            has = OPTIMIZERS[choices.get(OPTIMIZER, self._optimizers()[0])].knobs
            known = {axis.name: choices[axis.name] for axis in self.axes if not axis.knob or axis.name in has}
            found.setdefault(json.dumps(known, sort_keys=True), known)
            if len(found) == most:
                break
        return list(found.values())


def _of_entrant(axis: Axis) -> bool:
    return axis.knob or axis.name == OPTIMIZER


def of_entrant(setup: Mapping[str, Any], entrant: int, steps: int | None = None) -> dict[str, Any]:
    """A whole setup in which that one trains alone, for so many steps, None for its own."""
    alone = plain(setup) | {"entrants": [setup["entrants"][entrant]]}
    return alone if steps is None else alone | {"steps": steps}


def plain(setup: Mapping[str, Any]) -> dict[str, Any]:
    """A setup that says its seed, and once what all layers share, so that it holds of other layers too."""
    changed: dict[str, Any] = {}
    for name in ("activation", "dropout"):
        value: Any = setup.get(name)
        if isinstance(value, list):
            values = cast(list[Any], value)
            if values and values == values[:1] * len(values):
                changed[name] = values[0]
    told = {name: value for name, value in setup.items() if value is not None}
    return {"seed": 0, **told, **changed, "changes": []}

"""A small search, and somebody who works at it in a peculiar order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from descent_lab.search.axes import read_axis
from descent_lab.search.grouping import Group
from descent_lab.search.search import Plan, Search
from descent_lab.search.space import Space
from descent_lab.search.sweep import rates_of
from descent_lab.search.tasks import Task, Tick, outcomes_of
from descent_lab.search.workers import Done, steps_of
from descent_lab.setups.reading import read_setup
from descent_lab.setups.setup import Setup

MOONS: dict[str, Any] = {
    "data": "moons",
    "samples": 100,
    "hidden": [4],
    "batch": 16,
    "steps": 60,
    "seed": 0,
    "entrants": [{"optimizer": "adam"}],
}
LINE: dict[str, Any] = {
    "preset": "sine",
    "degree": 3,
    "split": [60, 20, 20],
    "steps": 200,
    "seed": 3,
    "entrants": [{"optimizer": "adam"}],
}


def space(base: dict[str, Any], *axes: str) -> Space:
    kind = "network" if "data" in base or "csv" in base else "regression"
    return Space(base, tuple(read_axis(text, kind, "vary") for text in axes))


def search(base: dict[str, Any], *axes: str, tries: int = 6, **plan: Any) -> Search:
    made = space(base, *axes)
    return Search(made, made.drawn(tries, 0), Plan(**plan))


def quiet(_done: int, _total: int) -> None:
    pass


class Shuffled:
    """Does all tasks itself, in an order that no one expects; remembers which."""

    def __init__(self, seed: int = 0, most: int | None = None, workers: int = 10_000) -> None:
        """workers: how many it says it is; of so many each does a task by itself."""
        self.random = random.Random(seed)
        self.workers = workers
        self.did: list[Task] = []
        self.groups: list[Group] = []
        self.most = most
        self.dashboard: str | None = None

    @property
    def count(self) -> int:
        return self.workers

    def done(self, groups: Iterable[Group], texts: Mapping[str, str], made: Tick) -> Iterator[Done]:
        waiting = list(groups)
        self.random.shuffle(waiting)
        for group in waiting:
            if self.most is not None and len(self.did) >= self.most:
                raise KeyboardInterrupt
            self.did += group
            self.groups.append(group)
            outcomes = outcomes_of(group, texts.get(group[0].text or ""))
            made(steps_of(group))
            yield group, outcomes

    def close(self) -> None:
        pass


@pytest.fixture
def shuffled() -> Shuffled:
    return Shuffled()


def told(*keys: str, **given: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "data": "moons",
        "samples": 120,
        "hidden": [6, 5],
        "steps": 60,
        "seed": 3,
        "entrants": [{"optimizer": key} for key in keys or ("adam",)],
    }
    return base | given


def setup(*keys: str, **given: Any) -> Setup:
    return read_setup(told(*keys, **given))


def rates(given: dict[str, Any], count: int) -> np.ndarray:
    return rates_of(read_setup(given).entrants[0], count)

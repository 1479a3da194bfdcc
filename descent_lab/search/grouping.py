"""Tasks that are trained side by side, as lanes of one block: what workers are handed.

Trainings of one network whose entrants differ in their knobs alone are lanes (see `many_lanes`), which together take
less time than one after another, and have the bits that each has alone. So how tasks are grouped changes nothing but
the time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from descent_lab.networks.network import Network
from descent_lab.search.tasks import Task, setup_of
from descent_lab.training.many_lanes import side_by_side

LOOKED_AT = 4_096
"""Tasks that are looked at together for those that belong together, of however many there are: that many are kept."""

APART = "noise"
"""The knob in which lanes of one block may not differ: draws are made where there is noise, and nowhere else."""

Group = tuple[Task, ...]


def grouped(
    tasks: Iterable[Task], texts: Mapping[str, str], workers: Callable[[], int], looked_at: int = LOOKED_AT
) -> Iterator[Group]:
    """All tasks, in groups that are small enough for every worker to have one. workers: how many there are now."""
    waiting = iter(tasks)
    while window := list(islice(waiting, looked_at)):
        most = -(-len(window) // max(1, workers()))
        kinds: dict[str, list[Task]] = {}
        for task in window:
            kinds.setdefault(kind_of(task), []).append(task)
        for alike in kinds.values():
            lanes = min(most, _lanes_of(alike[0], texts)) if len(alike) > 1 else 1
            groups = -(-len(alike) // lanes)
            cuts = [len(alike) * i // groups for i in range(groups + 1)]
            yield from (tuple(alike[cuts[i] : cuts[i + 1]]) for i in range(groups))


def kind_of(task: Task) -> str:
    """The same for all tasks that may be lanes of one block."""
    (entrant,) = task.setup["entrants"]
    knobs: Mapping[str, Any] = entrant.get("knobs") or {}
    shared = {**entrant, "knobs": {name: knobs[name] for name in (APART,) if name in knobs}}
    told = [{**task.setup, "entrants": [shared]}, task.steps, task.fold, task.folds, task.tested, task.text]
    return json.dumps(told, sort_keys=True)


def name_of(group: Group) -> str:
    """A name that no other group has."""
    return hashlib.sha256(" ".join(task.key for task in group).encode()).hexdigest()[:32]


def _lanes_of(task: Task, texts: Mapping[str, str]) -> int:
    """How many such tasks are trained in one block."""
    problem = setup_of(task, texts.get(task.text or "")).problem
    if not isinstance(problem, Network) or (problem.patience and not task.folds):
        return 1
    return side_by_side(problem)

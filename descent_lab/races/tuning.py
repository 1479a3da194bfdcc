"""The best knobs for each entrant, by sweeping lanes that differ in one knob or two.

Fair means: the same starts, budget and seed for everybody, and a metric that asks for arriving, not for a fast
beginning. A setting is judged from several starts scattered around the given one, each with its rate somewhat off, so
that a lucky rate on a knife's edge does not win.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from descent_lab.machine.endpoints import Finish, Task, finish_all
from descent_lab.machine.lanes import Lanes
from descent_lab.machine.random_draws import standard_normal
from descent_lab.races.race import goal_of, start_of
from descent_lab.refusals import Refusal, nearest
from descent_lab.setups.search_space import (
    MOMENTUM,
    RATE,
    SLACK,
    Tuned,
    Tuning,
    as_typed,
    momenta_nearer,
    off_by,
    rates_nearer,
    slider_values,
)
from descent_lab.setups.setup import Entrant, Setup

SCATTER = 7
"""Starts that each setting is judged by: the given one, and others around it."""

SPREAD = 0.03
"""How far the other starts lie around it, as a share of the window's diagonal."""

BUDGET = 448
"""Settings tried for each entrant, if no other budget is given."""

METRIC = (
    "Best is what brings most of {starts} starts scattered around yours (seed {seed}; the rate up to {slack:.0%} off) "
    "below the goal and keeps them there until step {steps}; among equals, what needs the fewest steps; if none "
    "arrives, what has the lowest worst loss. {budget} settings were tried for each."
)


@dataclass(frozen=True)
class Painting:
    """What each value of a knob would lead to. All arrays (entrants, lanes); see `Lanes`; NaN without that knob."""

    values: np.ndarray
    loss: np.ndarray
    reached: np.ndarray
    diverged: np.ndarray


def _task(setup: Setup, entrant: Entrant, starts: np.ndarray, varied: Mapping[str, np.ndarray]) -> Task:
    """Lanes of one entrant: its own knobs but for the varied ones. starts: (dim, lanes); varied: (lanes,) each."""
    names = list(entrant.knobs)
    knobs = np.repeat(np.array([list(entrant.knobs.values())]).reshape(-1, 1), starts.shape[1], axis=1)
    for name, values in varied.items():
        knobs[names.index(name)] = values
    goal = goal_of(setup, entrant)
    return (
        setup.problem,
        entrant.optimizer,
        starts,
        knobs,
        entrant.schedule.rates(setup.steps, entrant.schedule_knobs),
        standard_normal(setup.seed, 0, setup.steps, setup.problem.dim),
        setup.noise_of(entrant),
        goal.loss if goal else -np.inf,
    )


def sweep_tasks(setup: Setup, knob: str, lanes: int) -> list[Task]:
    """One task for each entrant that has the knob: lanes that differ in it alone, along its slider."""
    return [
        _task(
            setup,
            entrant,
            np.repeat(np.array(start_of(setup, entrant)), lanes, axis=1),
            {knob: slider_values(entrant.optimizer.knobs[knob], lanes)},
        )
        for entrant in setup.entrants
        if knob in entrant.knobs
    ]


def unpainted(setup: Setup, lanes: int) -> Painting:
    """A painting with nothing on it."""
    shape = (len(setup.entrants), lanes)
    return Painting(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, -1), np.full(shape, -1))


def paint(setup: Setup, knob: str, lanes: int = 64, tick: Callable[[], None] | None = None) -> Painting:
    """What each value of a knob along its slider leads to, for every entrant that has it.

    Each lane runs the whole race with the entrant's other knobs; changes made on the way are left out, since they
    belong to the value that the knob has now. tick: see `finish_all`.
    """
    having = [index for index, entrant in enumerate(setup.entrants) if knob in entrant.knobs]
    if not having:
        raise Refusal(
            "nobody has the knob",
            field="knob",
            knob=knob[:40],
            near=nearest(knob[:40], {name for each in setup.entrants for name in each.knobs}),
        )
    painting = unpainted(setup, lanes)
    ends = finish_all(sweep_tasks(setup, knob, lanes), tick)
    for index, end in zip(having, ends, strict=True):
        painting.values[index] = slider_values(setup.entrants[index].optimizer.knobs[knob], lanes)
        alive = (end.diverged < 0) & np.isfinite(end.loss)
        painting.loss[index] = np.where(alive, end.loss, np.nan)
        painting.reached[index], painting.diverged[index] = end.reached, end.diverged
    return painting


def tune(
    setup: Setup,
    budget: int = BUDGET,
    progress: Callable[[int, int], None] | None = None,
    seed: int = 0,
    stride: float | None = None,
) -> Tuning:
    """The best learning rate, and momentum where there is one, of every entrant.

    budget: settings tried for each. Two rounds: the whole sliders first, then the neighbourhood of the best.
    progress: called with the entrants done and their number, again and again; it may raise, and so end the work.
    stride: the longest step allowed, as a share of the window's diagonal, for races that are made to be watched.
    """
    dim = setup.problem.dim
    scatter = np.concatenate([np.zeros((dim, 1)), standard_normal(seed, 0, SCATTER - 1, dim).T], axis=1)
    scatter *= SPREAD * setup.problem.scale
    done: list[Tuned] = []

    def tick() -> None:
        if progress is not None:
            progress(len(done), len(setup.entrants))

    for entrant in setup.entrants:
        done.append(_tune_one(setup, entrant, max(budget, 4), scatter, stride, tick))
        tick()
    metric = METRIC.format(starts=SCATTER, seed=seed, slack=SLACK, steps=setup.steps, budget=budget)
    if stride is not None:
        metric += f" No step may be longer than {stride:.0%} of the map's diagonal."
    return Tuning(tuple(done), metric, budget, seed)


def _tune_one(
    setup: Setup,
    entrant: Entrant,
    budget: int,
    scatter: np.ndarray,
    stride: float | None,
    tick: Callable[[], None],
) -> Tuned:
    knobs = entrant.optimizer.knobs
    names = [name for name in (RATE, MOMENTUM) if name in knobs]
    start = np.array(start_of(setup, entrant))
    if not names:
        (end,) = finish_all([_task(setup, entrant, start, {})], tick)
        return _tuned({}, end)
    momenta = 1 if len(names) == 1 else 7
    rates = max(budget // (2 * momenta), 2)
    grids = [slider_values(knobs[RATE], rates)]
    if momenta > 1:
        grids.append(np.array([0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99]))
    best = dict(entrant.knobs)
    for _ in range(2):
        settings = np.array(np.meshgrid(*grids, indexing="ij")).reshape(len(names), -1)
        settings = np.concatenate([[[best[name]] for name in names], settings], axis=1)
        # Every setting from every start, as lanes: setting after setting.
        lanes = np.repeat(settings, scatter.shape[1], axis=1)
        # A rate near the largest number overflows, and such a lane diverges.
        with np.errstate(over="ignore"):
            lanes[0] *= np.tile(off_by(SLACK, scatter.shape[1]), settings.shape[1])
        starts = np.tile(start + scatter, (1, settings.shape[1]))
        task = _task(setup, entrant, starts, dict(zip(names, lanes, strict=True)))
        if stride is not None:
            calm = _longest_step(task, scatter.shape[1]) <= stride * setup.problem.scale
            if np.any(calm):
                settings, task = settings[:, calm], _some(task, np.repeat(calm, scatter.shape[1]))
        winner = settings[:, _best(finish_all([task], tick)[0], settings.shape[1], task[-1], setup.steps)]
        best.update(zip(names, map(float, winner), strict=True))
        grids[0] = rates_nearer(knobs[RATE], best[RATE], rates)
        if momenta > 1:
            grids[1] = momenta_nearer(best[MOMENTUM], 0.6, 1.6, momenta)
    chosen = as_typed({name: best[name] for name in names})
    (end,) = finish_all([_task(setup, entrant, start, {n: np.array([v]) for n, v in chosen.items()})], tick)
    return _tuned(chosen, end)


def _best(end: Finish, settings: int, goal: float, steps: int) -> int:
    """The best setting: most starts that arrive, then fewest steps on average, then the lowest worst loss.

    A lane that touched the goal and is above it at the end has not arrived.
    """
    alive = (end.diverged < 0) & np.isfinite(end.loss)
    arrived = (alive & (end.reached >= 0) & (end.loss < goal)).reshape(settings, -1)
    reached = np.where(arrived, end.reached.reshape(settings, -1), steps)
    loss = np.where(alive, end.loss, np.inf).reshape(settings, -1)
    return int(np.lexsort((loss.max(axis=1), reached.mean(axis=1), -arrived.sum(axis=1)))[0])


def _longest_step(task: Task, starts: int) -> np.ndarray:
    """The longest step of each setting from the given start, (settings,); infinite where it diverges."""
    problem, optimizer, start, knobs, rates, draws, noise, goal = task
    first = slice(None, None, starts)
    lanes = Lanes.start(problem, optimizer, start[:, first], knobs[:, first], noise, goal)
    path, _ = lanes.advance(rates, draws, record=True)
    with np.errstate(all="ignore"):
        steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    return np.where(lanes.diverged < 0, steps.max(axis=0, initial=0.0), np.inf)


def _some(task: Task, lanes: np.ndarray) -> Task:
    """The task with the lanes that are marked, (lanes,)."""
    problem, optimizer, start, knobs, rates, draws, noise, goal = task
    return problem, optimizer, start[:, lanes], knobs[:, lanes], rates, draws, noise, goal


def _tuned(knobs: Mapping[str, float], end: Finish) -> Tuned:
    return Tuned(knobs, int(end.reached[0]) if end.reached[0] >= 0 else None, float(end.loss[0]))

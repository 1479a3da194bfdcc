"""Questions about many trainings of a network: each is one function from a request to its answer, as in `questions`.

Each is a search underneath (`descent_lab.search`): the same tasks, workers and bits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import numpy as np

from descent_lab.checks import within
from descent_lab.formulas.remarks import note_of
from descent_lab.networks.network import Network
from descent_lab.results import finite
from descent_lab.search.cluster import workers_of
from descent_lab.search.folds import cross_validate, folds_of
from descent_lab.search.sweep import rates_of, sweep, sweep_of
from descent_lab.search.tuning import BUDGET, tune
from descent_lab.search.workers import Look, Workers
from descent_lab.setups.reading import read_hidden, read_setup
from descent_lab.setups.search_space import RATE, Tuning
from descent_lab.setups.setup import Entrant, Setup
from descent_lab.training.many_lanes import bounded

from ..messages import search_messages as events
from ..messages.events import Answer
from ..messages.race_events import TunedEntrant, TunedEvent, TuningEvent
from ..messages.requests import TuneRequest
from ..messages.search_messages import NetworkValidateRequest, SweepRequest
from ..questions.training_setups import training_of
from ..settings import Settings
from .answers import Report, StillToGo, entrant_of

logger = logging.getLogger("descent_lab")

LARGE = 2e9
"""Products that take a second, about: as long as a cluster may well take to hand them out."""


def progress_of(id: int, report: Report) -> Callable[[int, int], None]:
    """Tells the client how far the work has come, and how long it will still take."""
    still = StillToGo()

    def progress(done: int, total: int) -> None:
        report(Answer(TuningEvent(id=id, done=done, total=total, seconds=still.seconds(done, total))))

    return progress


@contextmanager
def working(settings: Settings, look: Look, work: float = LARGE) -> Generator[Workers]:
    """Who makes a search of so many products: what is small is done here before a cluster has heard of it."""
    workers = workers_of(settings.cluster if work >= LARGE else None, look)
    if workers.dashboard is not None:
        logger.info("searching", extra={"dashboard": workers.dashboard})
    try:
        yield workers
    finally:
        workers.close()


def tune_answer(request: TuneRequest, settings: Settings, report: Report) -> Answer:
    """The best rate and momentum for every entrant."""
    setup = read_setup(request.setup, settings)
    work = setup.cost * (request.budget or BUDGET) if isinstance(setup.problem, Network) else 0
    with working(settings, lambda: report(None), work) as workers:
        found = tune(setup, request.setup, request.budget, settings, progress_of(request.id, report), workers)
    return tuned_answer(request.id, found, setup)


def tuned_answer(id: int, tuned: Tuning, setup: Setup) -> Answer:
    """The best knobs, by what they were judged, and what is odd about the formula."""
    entrants = [
        TunedEntrant(knobs=dict(each.knobs), reached=each.reached, loss=finite(each.loss))
        for each in tuned.entrants
    ]
    return Answer(TunedEvent(id=id, entrants=entrants, metric=tuned.metric, note=note_of(setup.problem)))


def sweep_answer(request: SweepRequest, settings: Settings, report: Report) -> Answer:
    """What each rate makes of each width."""
    setup = training_of(request.setup, settings)
    entrant, steps = (
        setup.entrants[entrant_of(request.entrant, setup)],
        _steps(setup, request.steps, settings),
    )
    rates = rates_of(entrant, within(request.rates, 2, settings.max_sweep, "rates"))
    widths = [setup.network.hidden]
    if request.widths is not None:
        widths = [read_hidden(width, f"widths.{i}") for i, width in enumerate(request.widths)]
    made = sweep_of(request.setup, request.entrant, rates, widths, steps)
    bounded(made.work, settings, "too long a sweep")
    with working(settings, lambda: report(None), made.work) as workers:
        found = sweep(made, workers, progress_of(request.id, report))
    best = None
    if found.best is not None:
        width, rate = found.best
        right = found.measured.get(f"{found.ranked_by}_accuracy")
        best = events.Found(
            width=list(widths[width]),
            lr=float(rates[rate]),
            loss=float(found.measured[found.ranked_by][width, rate]),
            accuracy=None if right is None else float(right[width, rate]),
        )
    event = events.SweptEvent(
        id=request.id,
        entrant=request.entrant,
        steps=steps,
        widths=[list(width) for width in widths],
        weights=list(found.weights),
        judge="validation" if found.ranked_by == "validation" else "training",
        best=best,
    )
    return Answer(event, {"rates": rates, **found.measured, "diverged": found.diverged.astype(np.int32)})


def network_validate_answer(request: NetworkValidateRequest, settings: Settings, report: Report) -> Answer:
    """Cross-validation over rates or widths, then the winner's error on the test set."""
    setup = training_of(request.setup, settings)
    entrant, steps = (
        setup.entrants[entrant_of(request.entrant, setup)],
        _steps(setup, request.steps, settings),
    )
    folds = within(request.folds, 2, 10, "folds")
    values = [_value(each, request.over, entrant, f"values.{i}") for i, each in enumerate(request.values)]
    made = folds_of(request.setup, request.entrant, folds, values, steps)
    bounded(made.work, settings, "too many folds to train")
    with working(settings, lambda: report(None), made.work) as workers:
        found = cross_validate(made, workers, progress_of(request.id, report))
    best = None
    if found.best is not None:
        value = values[found.best]
        best = events.NetworkWinner(
            index=found.best,
            lr=None if isinstance(value, tuple) else value,
            width=list(value) if isinstance(value, tuple) else None,
            mean=float(found.mean[found.best]),
            accuracy=None if found.accuracy is None else finite(found.accuracy[found.best]),
        )
    event = events.NetworkValidatedEvent(
        id=request.id,
        over=request.over,
        folds=folds,
        steps=steps,
        best=best,
        test=None if found.test is None else finite(found.test),
        test_accuracy=None if found.test_accuracy is None else finite(found.test_accuracy),
    )
    arrays = {"mean": found.mean, "spread": found.spread, "diverged": found.diverged.astype(np.int32)}
    if found.accuracy is not None and found.accuracy_spread is not None:
        arrays |= {"accuracy": found.accuracy, "accuracy_spread": found.accuracy_spread}
    return Answer(event, arrays)


def _steps(setup: Setup, steps: int | None, settings: Settings) -> int:
    return setup.steps if steps is None else within(steps, 0, settings.max_steps, "steps")


def _value(value: Any, over: str, entrant: Entrant, field: str) -> Any:
    if over == "width":
        return read_hidden(value, field)
    return entrant.optimizer.knob_values({RATE: value}, field)[RATE]

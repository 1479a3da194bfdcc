"""Questions about a regression: each is one function from a request to its answer, as in `questions`."""

from __future__ import annotations

import numpy as np

from descent_lab.checks import within
from descent_lab.races.trained_folds import train_folds, trained_error, work_of
from descent_lab.refusals import Refusal, show
from descent_lab.refusals.sentences import SENTENCES
from descent_lab.regression import error_surface
from descent_lab.regression.exact import digits_for
from descent_lab.regression.regression import Regression
from descent_lab.regression.section import Section as Plane
from descent_lab.regression.validation import cross_validate
from descent_lab.results import finite
from descent_lab.setups.reading import read_setup, read_window
from descent_lab.setups.setup import Setup

from ..messages import race_events
from ..messages import regression_messages as events
from ..messages.events import Answer
from ..messages.regression_messages import FitRequest, TryRequest, ValidateRequest
from ..messages.requests import MapRequest
from ..settings import Settings
from .answers import Report, entrant_of


def regression_of(data: dict[str, object], settings: Settings, step: int) -> tuple[Setup, Regression]:
    """The setup, and its regression with the changes of its data up to that step made."""
    setup = read_setup(data, settings)
    problem = setup.problem_at(step)
    if not isinstance(problem, Regression):
        raise Refusal("not a regression", field="setup")
    return setup, problem


def fit_answer(request: FitRequest, settings: Settings, _report: object) -> Answer:
    """Sets, exact answer, section, and the columns that curves are made of."""
    setup, problem = regression_of(request.setup, settings, request.step)
    event = events.FittedEvent(
        id=request.id,
        dim=problem.dim,
        names=list(problem.design.names),
        sets=[] if problem.inputs.ndim == 2 else problem.sets.tolist(),
        table=None if problem.inputs.ndim == 1 else _table(problem),
        exact=_exact(problem),
        straight=None if problem.straight is None else _exact(problem.straight),
        note=problem.exact.note if problem.exact is not None else NO_POINTS,
        condition=None if problem.condition is None else finite(problem.condition),
        epoch=problem.epoch if len(problem.training[1]) else 1,
        plane=events.Section.model_validate(problem.section(setup.start).describe()),
        start=list(setup.start),
    )
    if problem.inputs.ndim == 2:
        return Answer(event, {"rows": np.empty((0, problem.dim))})
    x = error_surface.across(problem.inputs)
    return Answer(event, {"x": x, "basis": problem.design.matrix(x), "rows": problem.rows})


def _table(problem: Regression) -> events.FittedTable:
    sizes = [len(targets) for _, targets in problem.parts]
    return events.FittedTable(sizes=(sizes[0], sizes[1], sizes[2]), target=problem.target, note=problem.note)


NO_POINTS = SENTENCES["no points yet"].text


def _exact(problem: Regression) -> events.ExactAnswer | None:
    found, measured = problem.exact, problem.measured_exact
    if found is None or found.weights is None or measured is None:
        return None
    losses = [
        finite(measured[name]) if name in measured else None for name in ("losses", "validation", "test")
    ]
    return events.ExactAnswer(
        weights=[finite(weight) for weight in found.weights],
        losses=(losses[0], losses[1], losses[2]),
        training=finite(measured.get("training", measured["losses"])),
        unique=found.unique,
        digits=digits_for(found.weights, *problem.training),
    )


def error_surface_answer(request: MapRequest, settings: Settings) -> Answer:
    """Losses over a window of a regression's section, of all of the training set or of one mini-batch."""
    assert request.setup is not None
    window = read_window(request.window)
    nx, ny = (within(n, 2, settings.max_grid, f"size.{i}") for i, n in enumerate(request.size))
    setup, problem = regression_of(request.setup, settings, request.step)
    plane = problem.section(setup.start) if request.plane is None else _plane(request, problem)
    seen = problem if request.batch_at is None else problem.batch_at(request.batch_at)
    if len(seen.training[1]) == 0:
        raise Refusal("no points yet", field="points")
    x, y, loss = error_surface.grid(seen, plane, window, nx, ny)
    minima: list[race_events.CriticalPoint] = []
    if problem.exact is not None and problem.exact.weights is not None and problem.lowest is not None:
        a, b = plane.project(problem.exact.weights).tolist()
        if np.isfinite(a) and np.isfinite(b):
            minima.append(race_events.CriticalPoint(point=(a, b), value=finite(problem.lowest)))
    event = race_events.MapEvent(id=request.id, window=window, size=(nx, ny), minima=minima, saddles=[])
    return Answer(event, {"x": x, "y": y, "loss": loss})


def _plane(request: MapRequest, problem: Regression) -> Plane:
    assert request.plane is not None
    vectors = [np.array(v) for v in (request.plane.origin, request.plane.u, request.plane.v)]
    if any(v.shape != (problem.dim,) or not np.all(np.isfinite(v)) for v in vectors):
        raise Refusal("plane", field="plane", count=problem.dim)
    return Plane(vectors[0], vectors[1], vectors[2], ("a", "b"), ((-1.0, 1.0), (-1.0, 1.0)))


def try_answer(request: TryRequest, settings: Settings, _report: object) -> Answer:
    """Random weights, the best kept."""
    setup, problem = regression_of(request.setup, settings, request.step)
    count = within(request.tries, 1, settings.max_tries, "tries")
    if len(problem.training[1]) == 0:
        raise Refusal("no points yet", field="points")
    found = error_surface.tries(problem, problem.section(setup.start), count, request.seed)
    best = found.weights[:, -1] if len(found.at) else np.array(setup.start)
    event = events.TriedEvent(
        id=request.id,
        tries=count,
        best=best.tolist(),
        loss=finite(found.losses[-1]) if len(found.at) else None,
    )
    arrays = {"at": found.at.astype(np.int32), "losses": found.losses, "weights": found.weights.T}
    return Answer(event, arrays)


def validate_answer(request: ValidateRequest, settings: Settings, report: Report) -> Answer:
    """Cross-validation on all but the test set, then the winner's error on that: solved exactly or trained."""
    setup, problem = regression_of(request.setup, settings, request.step)
    if problem.inputs.ndim != 1:
        raise Refusal("degrees of a table", field="setup")
    for i, degree in enumerate(request.degrees):
        within(degree, 1, 12, f"degrees.{i}")
    for i, penalty in enumerate(request.lambdas):
        if not (0 <= penalty <= 1e12):
            raise Refusal("penalty", field=f"lambdas.{i}", came=show(penalty))
    within(len(request.degrees) * len(request.lambdas), 1, 1_000, "degrees times lambdas")
    known = problem.sets != 2
    dealt = problem.of_degree(known, 1)
    folds = within(request.folds, 2, 10, "folds")
    if len(dealt.targets) < folds:
        raise Refusal("folds outside the test set", field="folds", folds=folds, points=len(dealt.targets))
    entrant = None
    if request.entrant is not None:
        entrant = setup.entrants[entrant_of(request.entrant, setup)]
        _bounded(work_of(setup, dealt, folds, request.degrees, len(request.lambdas)), settings)
        found = train_folds(
            setup, dealt, entrant, folds, request.degrees, request.lambdas, lambda: report(None)
        )
    else:
        found = cross_validate(
            dealt.inputs, dealt.targets, folds, request.degrees, request.lambdas, True, problem.seed
        )
    degree, penalty = request.degrees[found.best[0]], request.lambdas[found.best[1]]
    if known.all():
        test = None
    elif entrant is None:
        test = problem.refitted(known, degree, penalty)
    else:
        test = trained_error(setup, problem, known, entrant, degree, penalty, lambda: report(None))
    event = events.ValidatedEvent(
        id=request.id,
        best=events.Winner(degree=degree, l2=penalty, mean=finite(found.mean[found.best])),
        test=None if test is None else finite(test),
    )
    diverged = found.diverged.astype(np.int32)
    return Answer(event, {"mean": found.mean, "spread": found.spread, "diverged": diverged})


def _bounded(work: int, settings: Settings) -> None:
    if work > settings.max_work:
        raise Refusal("too long a validation", field="steps", times=work / settings.max_work)

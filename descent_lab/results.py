"""A whole race as plain JSON values: the form that the API and the command line give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from descent_lab.formulas.remarks import note_of
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.regression.exact import digits_for
from descent_lab.regression.regression import Regression
from descent_lab.surfaces.surface import Surface

if TYPE_CHECKING:
    from descent_lab.setups.search_space import Tuning
    from descent_lab.training.training import Training


def race_result(race: Race, given: Mapping[str, Any]) -> dict[str, Any]:
    """All steps of a race run to its end; null for what is not finite. given: the setup as it was asked for."""
    if not isinstance(race.setup.problem, Surface):
        return regress_result(race, given)
    race.advance(race.setup.steps)
    points, losses = race.points(0, race.have), race.losses(0, race.have)
    typed = given.get("expression")
    entrants = [
        {
            "optimizer": entrant.optimizer.key,
            "knobs": dict(entrant.knobs),
            "points": nulled(points[i]),
            "losses": nulled(losses[i]),
            "outcome": outcome.describe(),
            "reached": reached,
            "left": left,
        }
        for i, (entrant, outcome, reached, left) in enumerate(
            zip(race.setup.entrants, race.outcomes(), race.reached(), race.left(), strict=True)
        )
    ]
    return {
        "surface": race.setup.problem.key if typed is None else None,
        "expression": typed,
        "parameters": dict(race.setup.problem.expression.parameters),
        "start": list(race.setup.start),
        "steps": race.setup.steps,
        "seed": race.setup.seed,
        "note": note_of(race.setup.problem),
        "entrants": entrants,
    }


def regress_result(race: Race, given: Mapping[str, Any]) -> dict[str, Any]:
    """A regression run to its end: every step's weights and losses, and the exact answer to the data at the end."""
    from descent_lab.setups.regression_setup import MODEL

    setup = race.setup
    if not isinstance(setup.problem, Regression):
        raise Refusal("not a regression", field="setup")
    race.advance(setup.steps)
    problem = race.regression
    points, losses, sets = race.points(0, race.have), race.losses(0, race.have), race.measured(0, race.have)
    rows = zip(setup.entrants, race.outcomes(), race.reached(), race.left(), race.stopped(), strict=True)
    exact = problem.exact
    measured, scales = problem.measured_exact, problem.design.scales
    brought = ("points", "table", "reading")
    return {
        **{name: given[name] for name in MODEL if given.get(name) is not None and name not in brought},
        "note": problem.note,
        "target": problem.target,
        "scales": scales and {name: nulled(each) for name, each in scales.items()},
        "names": list(problem.design.names),
        "sets": problem.sets.tolist(),
        "epoch": problem.epoch,
        "start": list(setup.start),
        "steps": setup.steps,
        "seed": setup.seed,
        "exact": None
        if exact is None or exact.weights is None or measured is None
        else {
            "weights": nulled(exact.weights),
            "unique": exact.unique,
            "note": exact.note,
            "digits": digits_for(exact.weights, *problem.training),
            **{name: finite(loss) for name, loss in measured.items()},
        },
        "entrants": [
            {
                "optimizer": entrant.optimizer.key,
                "knobs": dict(entrant.knobs),
                "weights": nulled(points[i]),
                "losses": nulled(losses[i]),
                **{name: nulled(rows[i]) for name, rows in sets.items()},
                "outcome": outcome.describe(),
                "reached": reached,
                "left": left,
                "stopped": stopped,
            }
            for i, (entrant, outcome, reached, left, stopped) in enumerate(rows)
        ],
    }


def train_result(training: Training, given: Mapping[str, Any]) -> dict[str, Any]:
    """A training run to its end: the loss of every step's mini-batch, and of each set at the steps that are recorded.

    What a person brought, points or a text, is not given back.
    """
    from descent_lab.setups.network_setup import MODEL

    setup, network = training.setup, training.setup.network
    training.advance(setup.steps)
    have = training.have
    losses, measured = training.losses(0, have), training.measured(0, have)
    rows = zip(setup.entrants, training.diverged(), training.stopped(), strict=True)
    brought = ("drawn", "csv", "reading")
    return {
        **{name: given[name] for name in MODEL if given.get(name) is not None and name not in brought},
        "note": network.samples.note,
        "names": list(network.samples.names),
        "classes": list(network.samples.classes),
        "scales": network.samples.scales and network.samples.scales.describe(),
        "value_scales": network.samples.value_scales and network.samples.value_scales.describe(),
        "dims": list(network.dims),
        "weights": network.dim,
        "sets": [len(own) for own in network.rows],
        "measured": [len(own) for own in network.measured],
        "epoch": network.epoch,
        "steps": setup.steps,
        "seed": setup.seed,
        "records": [record.step for record in training.records(0, have)],
        "entrants": [
            {
                "optimizer": entrant.optimizer.key,
                "knobs": dict(entrant.knobs),
                "losses": nulled(losses[i]),
                **{name: nulled(values[i]) for name, values in measured.items()},
                "diverged": diverged,
                "stopped": stopped,
            }
            for i, (entrant, diverged, stopped) in enumerate(rows)
        ],
    }


def tune_result(tuning: Tuning, note: str | None = None) -> dict[str, Any]:
    """The best knobs of every entrant, and by what they were judged. note: what is odd about the formula."""
    return {
        "entrants": [
            {"knobs": dict(each.knobs), "reached": each.reached, "loss": finite(each.loss)}
            for each in tuning.entrants
        ],
        "metric": tuning.metric,
        "note": note,
    }


def finite(value: float) -> float | None:
    """A number for JSON: null where it is not finite."""
    return float(value) if np.isfinite(value) else None


def nulled(array: np.ndarray) -> list[Any]:
    """An array as nested lists, null where a number is not finite."""
    if np.all(np.isfinite(array)):
        return array.tolist()
    known = array.astype(object)
    known[~np.isfinite(array)] = None
    return known.tolist()

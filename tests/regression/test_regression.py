"""A regression is a problem like any other: exact gradients, lanes that do not notice one another, runs that replay."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.machine.lanes import Lanes, curve, evaluate
from descent_lab.machine.random_draws import standard_normal
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.races.race import Race
from descent_lab.regression import error_surface
from descent_lab.regression.losses import FEW, LOSSES
from descent_lab.regression.regression import Regression
from descent_lab.setups.reading import read_change, read_setup
from descent_lab.setups.setup import Setup

WAVE = [[x / 4, round(np.sin(x / 4) + 0.1 * np.cos(5 * x), 3)] for x in range(13)]
MODELS: dict[str, dict[str, Any]] = {
    "line": {"preset": "seven"},
    "cubic": {"points": WAVE, "degree": 3},
    "raw cubic": {"points": WAVE, "degree": 3, "standardise": False},
    "ridge and lasso": {"points": WAVE, "degree": 4, "l2": 0.1, "l1": 0.05},
    "batches": {"points": WAVE, "degree": 2, "batch": 5},
    "jitter": {"points": WAVE, "degree": 2, "jitter": 0.2, "batch": 4},
    "split": {"points": WAVE, "degree": 2, "split": [60, 20, 20]},
    "table": {"dataset": "diabetes"},
}


def setup(**given: Any) -> Setup:
    base: dict[str, Any] = {
        "steps": 60,
        "seed": 3,
        "entrants": [
            {"optimizer": "gd", "knobs": {"lr": 0.01}},
            {"optimizer": "adam", "knobs": {"lr": 0.05}},
        ],
    }
    return read_setup(base | given)


def problem(**given: Any) -> Regression:
    made = setup(**given).problem
    assert isinstance(made, Regression)
    return made


def points_of(given: Regression, lanes: int) -> np.ndarray:
    return np.random.default_rng(5).normal(0, 0.7, (given.dim, lanes))


every_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
every_loss = pytest.mark.parametrize("loss", LOSSES)


# ---------------------------------------------------------------- the kernels


@every_loss
@every_model
def test_gradient_matches_central_difference(model: dict[str, Any], loss: str) -> None:
    given = problem(**model, loss=loss, delta=0.4)
    w, h = points_of(given, 6), 1e-6
    gradient = evaluate(given, w)[1]
    for k in range(given.dim):
        step = np.zeros((given.dim, 1))
        step[k] = h
        slope = (evaluate(given, w + step)[0] - evaluate(given, w - step)[0]) / (2 * h)
        np.testing.assert_allclose(gradient[k], slope, rtol=2e-4, atol=2e-4 if loss == "mae" else 1e-6)


@pytest.mark.parametrize("loss", ["mse", "huber"])
@every_model
def test_hessian_matches_central_difference_of_the_gradient(model: dict[str, Any], loss: str) -> None:
    given = problem(**model, loss=loss, delta=5.0)
    w, h = points_of(given, 3), 1e-5
    rows = iter(curve(given, w))
    for i in range(given.dim):
        for j in range(i, given.dim):
            step = np.zeros((given.dim, 1))
            step[j] = h
            bend = (evaluate(given, w + step)[1][i] - evaluate(given, w - step)[1][i]) / (2 * h)
            # A lasso's kink is no bend, and a residual may cross Huber's corner.
            np.testing.assert_allclose(next(rows), bend, rtol=1e-4, atol=1e-4)


@every_loss
@every_model
def test_the_kernel_descends_what_is_measured(model: dict[str, Any], loss: str) -> None:
    given = problem(**model, loss=loss, delta=0.4)
    w = points_of(given, 5)
    np.testing.assert_allclose(evaluate(given, w)[0], given.measure(w)["losses"], rtol=1e-12)


@pytest.mark.parametrize("key", [key for key, each in OPTIMIZERS.items() if each.for_races])
@pytest.mark.parametrize("model", ["cubic", "jitter"])
def test_a_lane_equals_its_solo_run(key: str, model: str) -> None:
    given, optimizer, n, steps = problem(**MODELS[model]), OPTIMIZERS[key], FEW + 3, 25
    start = points_of(given, n)
    knobs = np.repeat(np.array([[knob.default for knob in optimizer.knobs.values()]]).T, n, axis=1)
    draws, rates = standard_normal(5, 0, steps, given.dim), np.linspace(1, 0.5, steps)
    together = Lanes.start(given, optimizer, start, knobs, 0.1)
    paths, losses = together.advance(rates, draws, record=True)
    for j in range(n):
        alone = Lanes.start(given, optimizer, start[:, [j]], knobs[:, [j]], 0.1)
        path, loss = alone.advance(rates, draws, record=True)
        assert np.array_equal(paths[:, :, j], path[:, :, 0])
        assert np.array_equal(losses[:, j], loss[:, 0], equal_nan=True)


# ---------------------------------------------------------------- races


def whole(given: Setup) -> Race:
    race = Race(given)
    race.advance(given.steps)
    return race


@every_model
def test_a_race_in_pieces_is_the_same_race(model: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    given = setup(**model)
    once, pieces = whole(given), Race(given)
    for to in (7, 8, 40, 60):
        pieces.advance(to)
    monkeypatch.setattr("descent_lab.regression.regression.SPAN", 100)  # mini-batches made a few at a time
    spans = whole(setup(**model))
    for other in (pieces, spans):
        assert np.array_equal(once.points(0, 60), other.points(0, 60))
        assert np.array_equal(once.losses(0, 60), other.losses(0, 60), equal_nan=True)
        for name, rows in once.measured(0, 60).items():
            assert np.array_equal(rows, other.measured(0, 60)[name], equal_nan=True)


def test_the_recorded_loss_is_that_of_all_training_points() -> None:
    race = whole(setup(points=WAVE, degree=2, batch=3, split=[70, 15, 15], l2=0.1))
    given = race.setup.problem
    assert isinstance(given, Regression)
    for lane in range(2):
        for step in (0, 13, 60):
            w = race.points(step, step)[lane, 0]
            for which, name in enumerate(("training", "validation", "test")):
                rows, targets = given.rows[given.sets == which], given.targets[given.sets == which]
                expected = np.mean((rows @ w - targets) ** 2)
                assert race.measured(step, step)[name][lane, 0] == pytest.approx(expected, rel=1e-12)
            penalised = race.measured(step, step)["training"][lane, 0] + 0.1 * np.sum(w[:-1] ** 2)
            assert race.losses(step, step)[lane, 0] == pytest.approx(penalised, rel=1e-12)


def test_the_chapter_s_line() -> None:
    given = problem(preset="seven")
    assert given.exact is not None
    assert given.exact.weights is not None
    assert given.exact.weights == pytest.approx([0.33559, 0.80472], abs=5e-6)
    assert given.lowest == pytest.approx(0.018052, abs=5e-7)


@pytest.mark.parametrize("model", ["line", "cubic", "ridge", "table"])
def test_descent_run_long_enough_meets_the_exact_answer(model: str) -> None:
    given = {"ridge": {"points": WAVE, "degree": 4, "l2": 0.1}, **MODELS}[model]
    race = whole(
        setup(
            **given,
            steps=60,
            entrants=[{"optimizer": "newton", "knobs": {"damping": 1e-9}}, {"optimizer": "lbfgs"}],
        )
    )
    exact = race.setup.regression.exact
    assert exact is not None
    assert exact.weights is not None
    # L-BFGS rests where no part of the gradient is above 1e-7.
    for lane, tolerance in enumerate((1e-6, 1e-3)):
        np.testing.assert_allclose(
            race.points(60, 60)[lane, 0], exact.weights, rtol=tolerance, atol=1e-3 * tolerance
        )
    assert [outcome.kind for outcome in race.outcomes()] == ["converged", "converged"]


def test_lasso_is_met_from_above() -> None:
    """Subgradient steps that shrink come as close as one likes; the exact answer is never beaten."""
    entrants = [{"optimizer": "gd", "knobs": {"lr": 0.1}, "schedule": {"kind": "inverse", "decay": 0.01}}]
    race = whole(setup(points=WAVE, degree=3, l1=0.05, steps=8000, entrants=entrants))
    lowest = race.setup.regression.lowest
    assert lowest is not None
    end = race.losses(8000, 8000)[0, 0]
    assert lowest - 1e-12 <= end <= lowest * (1 + 1e-3)


# ---------------------------------------------------------------- what is shown


@every_loss
@every_model
def test_the_map_shows_the_losses_of_its_section(model: dict[str, Any], loss: str) -> None:
    given = setup(**model, loss=loss)
    assert isinstance(given.problem, Regression)
    section = given.problem.section(given.start)
    a, b, losses = error_surface.grid(given.problem, section, section.window, 7, 5)
    w = section.lifted(np.tile(a, 5), np.repeat(b, 7))
    np.testing.assert_allclose(losses.ravel(), given.problem.measure(w)["losses"], rtol=1e-9)


@every_model
def test_the_section_holds_the_start_and_the_exact_answer(model: dict[str, Any]) -> None:
    given = setup(**model, start=None)
    exact = given.regression.exact
    assert exact is not None
    assert exact.weights is not None
    section = given.regression.section(given.start)
    for w in (np.array(given.start), exact.weights):
        a, b = section.project(w)
        lifted = section.lifted(np.array([a]), np.array([b]))[:, 0]
        np.testing.assert_allclose(lifted, w, atol=1e-8 * (1 + np.abs(w).max()))
        (a0, a1), (b0, b1) = section.window
        assert a0 < a < a1
        assert b0 < b < b1


def test_where_the_exact_answer_is_out_of_sight_the_section_holds_the_first_steps() -> None:
    """The curve through all of eleven points has weights of millions; no path would be seen on the way there."""
    gd = [{"optimizer": "gd", "knobs": {"lr": 0.05}}]
    race = whole(setup(preset="eleven", entrants=gd))
    section = race.regression.section(race.setup.start)
    for step in (0, 1, 2):
        w = race.points(step, step)[0, 0]
        a, b = section.project(w)
        np.testing.assert_allclose(section.lifted(np.array([a]), np.array([b]))[:, 0], w, atol=1e-12)
        assert section.window[0][0] < a < section.window[0][1]
        assert section.window[1][0] < b < section.window[1][1]


def test_random_tries_keep_the_best() -> None:
    given = setup(preset="seven")
    assert isinstance(given.problem, Regression)
    found = error_surface.tries(given.problem, given.problem.section(given.start), 500, 1)
    assert np.all(np.diff(found.losses) < 0)
    assert np.all(np.diff(found.at) > 0)
    assert found.losses[-1] >= 0.018051
    np.testing.assert_allclose(given.problem.measure(found.weights)["losses"], found.losses)


# ---------------------------------------------------------------- early stopping


def test_early_stopping_marks_the_best_validation_loss_once_it_has_waited() -> None:
    model = {"points": WAVE, "degree": 9, "split": [60, 40, 0], "patience": 15, "steps": 400}
    race = whole(setup(**model, entrants=[{"optimizer": "momentum", "knobs": {"lr": 0.05}}]))
    losses = race.measured(0, 400)["validation"][0]
    (stop,) = race.stopped()
    assert stop is not None
    assert losses[stop] == losses[: stop + 16].min()
    assert np.all(losses[stop + 1 : stop + 16] >= losses[stop])
    for step in range(1, stop):  # and nowhere before had it waited as long
        best = int(np.argmin(losses[: step + 1]))
        assert step - best < 15
    early = Race(race.setup)
    early.advance(stop + 14)
    assert early.stopped() == [None]


def test_without_patience_nothing_is_stopped() -> None:
    assert whole(setup(points=WAVE, degree=9, split=[60, 40, 0])).stopped() == [None, None]


def test_changes_made_live_in_any_order_give_the_run_that_had_them_all() -> None:
    """Each goes back to the nearest step that is known, never to a wrong one."""
    base = {"points": WAVE, "degree": 2, "batch": 4, "split": [70, 30, 0]}
    changes: list[dict[str, Any]] = [
        {"at": 10, "point": 3, "to": [0.7, 1.0]},
        {"at": 40, "entrant": 1, "knob": "lr", "value": 0.2},
        {"at": 25, "point": 3, "to": [0.7, -1.0]},
        {"at": 10, "point": 3, "to": [0.7, 2.0]},  # takes the place of the first
        {"at": 25, "entrant": 0, "knob": "lr", "value": 0.05},
        {"at": 0, "point": 0, "to": [0.0, 1.0]},
        {"at": 59, "point": 13, "to": [1.0, 1.0]},
    ]
    live = Race(setup(**base))
    live.advance(60)
    for change in changes:
        live.change(read_change(change, live.setup))
        live.advance(60)
    fresh = whole(setup(**base, changes=[*changes[1:]]))
    assert np.array_equal(live.points(0, 60), fresh.points(0, 60))
    assert np.array_equal(live.losses(0, 60), fresh.losses(0, 60))
    assert np.array_equal(live.measured(0, 60)["validation"], fresh.measured(0, 60)["validation"])
    assert live.reached() == fresh.reached()
    assert live.outcomes() == fresh.outcomes()

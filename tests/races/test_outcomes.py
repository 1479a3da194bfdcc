"""Outcomes are honest: what converged did, what is stuck is not called converged, what moves is running."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.races.outcomes import CLOSE, Outcome, outcomes
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.typed import typed_surface


def outcome(setup: dict[str, Any], optimizer: str = "gd", **knobs: float) -> Outcome:
    """What becomes of one entrant at the end of its race."""
    entrants = [{"optimizer": optimizer, "knobs": knobs}]
    race = Race(read_setup({"surface": None, **setup, "entrants": entrants}))
    race.advance(race.setup.steps)
    return race.outcomes()[0]


def test_arrived_at_the_minimum() -> None:
    found = outcome({"surface": "round_bowl", "steps": 200}, lr=0.1)
    assert (found.kind, found.where) == ("converged", "minimum")
    assert found.step is not None
    # The distance shrinks by 0.8 a step from 2.83 to a thousandth of the diagonal, 7.44e-3.
    assert found.step == np.ceil(
        np.log(SURFACES["round_bowl"].scale * CLOSE / np.hypot(2.4, 1.5)) / np.log(0.8)
    )


def test_a_local_minimum_is_a_minimum() -> None:
    found = outcome({"surface": "styblinski_tang", "start": [2.0, 2.0], "steps": 300}, lr=0.01)
    assert (found.kind, found.where) == ("converged", "minimum")


def test_a_minimum_outside_the_window_is_a_minimum() -> None:
    found = outcome({"surface": "rastrigin", "start": [20.2, -15.1], "steps": 300}, lr=0.001)
    assert (found.kind, found.where) == ("converged", "minimum")


def test_a_heavy_ball_that_passes_through_has_not_arrived() -> None:
    setup = {"surface": "round_bowl", "start": [2.4, 1.5]}
    race = Race(read_setup({**setup, "steps": 900, "entrants": [
        {"optimizer": "momentum", "knobs": {"lr": 1e-5, "beta": 0.9999}}]}))  # fmt: skip
    race.advance(900)
    points = race.points(0, 900)
    nearest = int(np.argmin(np.hypot(*points[0].T)))
    assert 100 < nearest < 900  # it goes through the minimum, slowly
    for last in range(nearest - 5, nearest + 6):
        assert outcomes(race.setup.surface, points[:, : last + 1], [-1])[0].kind == "running"


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.99])
def test_a_heavy_ball_converges_only_once_it_stays(beta: float) -> None:
    race = Race(read_setup({"surface": "round_bowl", "steps": 3000, "entrants": [
        {"optimizer": "momentum", "knobs": {"lr": 0.01, "beta": beta}}]}))  # fmt: skip
    race.advance(3000)
    found = race.outcomes()[0]
    assert found.kind == "converged"
    away = np.hypot(*race.points(0, 3000)[0].T)
    radius = CLOSE * race.setup.surface.scale
    assert found.step is not None
    assert np.all(away[found.step :] <= radius)
    assert away[found.step - 1] > radius
    for last in range(0, found.step, 7):
        assert outcomes(race.setup.surface, race.points(0, last), [-1])[0].kind == "running"


def test_on_the_ridge_it_stalls_at_the_saddle() -> None:
    for surface in ("saddle", "bounded_saddle"):
        found = outcome({"surface": surface, "start": [1.2, 0.0], "steps": 400}, lr=0.1)
        assert (found.kind, found.where) == ("stalled", "saddle"), surface


def test_off_the_ridge_it_gets_away() -> None:
    found = outcome({"surface": "bounded_saddle", "start": [1.2, 1e-6], "steps": 600}, lr=0.05)
    assert (found.kind, found.where) == ("converged", "minimum")


def test_newton_goes_to_the_saddle() -> None:
    found = outcome({"surface": "beale", "start": [0.1, 1.05], "steps": 200}, "newton", damping=0.0)
    assert (found.kind, found.where) == ("stalled", "saddle")


@pytest.mark.parametrize(
    ("formula", "start"),
    [
        ("1/(1 + exp(-8(x - 1))) + 0.05y^2", [5.0, 1.0]),
        ("-exp(-(x^2 + y^2))", [3.4, 3.1]),
        ("tanh(x)^2 + tanh(y)^2", [9.0, 8.0]),
    ],
)
def test_stalled_on_a_plateau(formula: str, start: list[float]) -> None:
    found = outcome({"surface": None, "expression": formula, "start": start, "steps": 1200}, lr=0.1)
    assert (found.kind, found.where) == ("stalled", "plateau")


def test_far_from_the_hole_of_easom_it_stalls_on_the_plateau() -> None:
    found = outcome({"surface": "easom", "start": [0.1, 5.55], "steps": 400}, lr=0.01)
    assert (found.kind, found.where) == ("stalled", "plateau")


@pytest.mark.parametrize("surface", ["round_bowl", "beale", "rosenbrock", "matyas", "long_valley", "cliff"])
def test_a_tiny_rate_on_a_slope_is_running(surface: str) -> None:
    for rate in (1e-5, 1e-8, 1e-12):
        assert outcome({"surface": surface, "steps": 400}, lr=rate).kind == "running"


def test_slow_along_the_valley_is_running() -> None:
    assert outcome({"surface": "rosenbrock", "start": [0.8, 0.64], "steps": 2000}, lr=1e-5).kind == "running"


def test_hopping_around_the_minimum_out_of_reach_is_running() -> None:
    assert outcome({"surface": "round_bowl", "steps": 400}, "lion", lr=0.1).kind == "running"


def test_diverged_says_when() -> None:
    found = outcome({"surface": "round_bowl", "steps": 400}, lr=1.2)
    # Each step multiplies the distance by -1.4, the loss by 1.96: above 1e12 (1 + f) after 41 steps.
    assert (found.kind, found.step) == ("diverged", 42)


def test_the_tip_of_a_cone_is_a_minimum() -> None:
    schedule = {"kind": "exponential", "gamma": 0.95}
    for setup in ({"surface": "ackley", "start": [0.4, 0.3]}, {"expression": "sqrt(x^2 + y^2)"}):
        race = Race(read_setup({**setup, "steps": 400, "entrants": [
            {"optimizer": "gd", "knobs": {"lr": 0.2}, "schedule": schedule}]}))  # fmt: skip
        race.advance(400)
        assert race.outcomes()[0] == Outcome("converged", race.outcomes()[0].step, "minimum")


def test_a_floor_of_minima_counts_as_arrived() -> None:
    found = outcome({"surface": None, "expression": "(x - y)^2", "start": [2, -1], "steps": 400}, lr=0.1)
    assert (found.kind, found.where) == ("converged", "minimum")


def test_falling_without_end_is_running_or_diverged() -> None:
    for formula in ("x^2 - y^2", "x + y", "-x^2"):
        found = outcome({"surface": None, "expression": formula, "start": [1, 0.5], "steps": 300}, lr=0.1)
        assert found.kind in ("running", "diverged")


def test_nothing_is_said_before_anything_happened() -> None:
    surface = SURFACES["round_bowl"]
    assert outcomes(surface, np.zeros((1, 1, 2)), [-1]) == [Outcome("running")]
    assert outcomes(surface, np.full((2, 5, 2), 1.5), [-1, 3]) == [Outcome("running"), Outcome("diverged", 3)]


def test_a_point_without_a_value_breaks_nothing() -> None:
    surface = typed_surface("log(x) + y^2")
    paths = np.full((2, 100, 2), -3.0)
    assert [o.kind for o in outcomes(surface, paths, [-1, 0])][1] == "diverged"


UNITS = [(1.0, 0.0), (1e-10, 0.0), (1e8, 0.0), (1.0, -7.0), (1e-6, 3e-6), (1e5, -4e6)]


@pytest.mark.parametrize(
    ("formula", "start", "lr"),
    [
        ("x^2 + y^2", (3, 1), 0.1),
        ("x^2 + y^2", (3, 1), 1e-14),
        ("x^2 + y^2", (3, 1), 1.001),
        ("x^2 + y^2", (3, 1), 30.0),
        ("x^2 - y^2", (1, 0), 0.1),
        ("x^2 - y^2", (1, 0.5), 0.4),
        ("x^4 + y^4", (1, 1), 0.1),
        ("1 - exp(-x^2 - y^2)", (3.5, 3), 0.1),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (0, 0), 0.01),
        ("max(x^2 - 1, 0) + y^2", (2, 1), 0.1),
    ],
)
def test_the_unit_of_the_loss_makes_no_difference(
    formula: str, start: tuple[float, float], lr: float
) -> None:
    """a f + b with the rate divided by a takes the same steps as f, and must come to the same."""
    found = {
        outcome(
            {"surface": None, "expression": f"{a}*({formula}) + {b}", "start": start, "steps": 400}, lr=lr / a
        )
        for a, b in UNITS
    }
    assert len(found) == 1, found


def test_a_rate_that_moves_nothing_has_not_arrived() -> None:
    setup = {"surface": None, "expression": "1e-10*(x^2 + y^2)", "start": [3, 1], "steps": 300}
    assert outcome(setup, lr=0.01).kind == "running"

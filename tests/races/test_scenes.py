"""Scenes and suggested races: what they announce happens, and the rates are what the tuning says."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

from descent_lab.races.race import Race
from descent_lab.races.scenes import DEFAULT_SCENE, SCENES
from descent_lab.races.suggestions import RACERS, remade, suggested
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces import SURFACES

every_scene = pytest.mark.parametrize("key", SCENES)
every_surface = pytest.mark.parametrize("key", SURFACES)


@cache
def run(key: str) -> Race:
    race = Race(read_setup(SCENES[key].setup))
    race.advance(race.setup.steps)
    return race


def path(key: str, name: str) -> np.ndarray:
    """The points of the entrant of that name or label, (steps + 1, 2)."""
    race = run(key)
    names = [entrant.name for entrant in race.setup.entrants]
    return race.points(0, race.setup.steps)[names.index(name)]


def kinds(key: str) -> dict[str, str]:
    race = run(key)
    return {e.name: o.kind for e, o in zip(race.setup.entrants, race.outcomes(), strict=True)}


def left(key: str, name: str, distance: float) -> int:
    """The first step at which the entrant is that far off the ridge y = 0; the number of steps if it never is."""
    away = np.abs(path(key, name)[:, 1]) > distance
    return int(np.argmax(away)) if np.any(away) else len(away)


def swings(values: np.ndarray) -> int:
    """How often a sequence changes its sign."""
    return int(np.count_nonzero(np.diff(np.sign(values[values != 0]))))


def test_the_scenes_of_the_page() -> None:
    assert list(SCENES) == [
        "radford-contours",
        "radford-saddle",
        "long-valley",
        "stability-limit",
        "plateau",
        "noise-helps",
        "overshoot",
        "two-starts",
    ]
    assert DEFAULT_SCENE in SCENES


@every_scene
def test_a_scene_is_a_full_setup_and_a_sentence(key: str) -> None:
    described = SCENES[key].describe()
    assert described == json.loads(json.dumps(described))
    assert set(described) == {"key", "name", "watch", "setup"}
    assert described["watch"].endswith(".")
    assert {"start", "steps", "entrants"} <= set(described["setup"])
    race = run(key)
    assert np.all(np.isfinite(race.points(0, race.setup.steps)))


def test_radfords_rates_are_called_ours() -> None:
    for key in ("radford-contours", "radford-saddle"):
        assert "Radford published no rates" in SCENES[key].watch
        keys = [entrant["optimizer"] for entrant in SCENES[key].setup["entrants"]]
        assert keys[:6] == list(RACERS[:6])


def test_contours_velocity_methods_swing_back_and_scaled_ones_do_not() -> None:
    race = run("radford-contours")
    reached = {e.name: step for e, step in zip(race.setup.entrants, race.reached(), strict=True)}
    assert set(kinds("radford-contours").values()) <= {"running", "converged"}
    for name in ("Momentum", "Nesterov"):
        assert reached[name] is not None
        assert np.min(path("radford-contours", name)[:, 1]) < -1  # past the bend, far up the other wall
    for name in ("AdaGrad", "AdaDelta", "RMSprop"):
        assert np.min(path("radford-contours", name)[:, 1]) > 0
    for name in ("GD", "AdaGrad", "AdaDelta", "RMSprop"):  # on their way to the minimum, at the least
        assert race.setup.surface.expression.value(*path("radford-contours", name)[-1]) < 0.2


def test_saddle_scaled_methods_leave_first_and_gd_last() -> None:
    names = [entrant.name for entrant in run("radford-saddle").setup.entrants]
    escape = {name: left("radford-saddle", name, 0.5) for name in names}
    scaled = [escape[name] for name in ("AdaGrad", "AdaDelta", "RMSprop")]
    velocity = [escape[name] for name in ("Momentum", "Nesterov")]
    assert max(scaled) < min(velocity) < max(velocity) < escape["GD"]
    assert escape["GD"] == max(escape.values())
    assert escape["GD"] < run("radford-saddle").setup.steps + 1
    for name in ("Momentum", "Nesterov"):
        assert swings(path("radford-saddle", name)[:, 0]) >= 1  # across the ridge


def test_long_valley_gd_crawls_velocity_oscillates_scaled_ones_walk_the_diagonal() -> None:
    race = run("long-valley")
    reached = {e.name: step for e, step in zip(race.setup.entrants, race.reached(), strict=True)}
    assert reached["GD"] is None
    assert np.abs(path("long-valley", "GD")[60, 0]) > 3  # out on the floor when others are home
    for name in ("Momentum", "Nesterov"):
        found = reached[name]
        assert found is not None
        assert found < 60
        assert swings(path("long-valley", name)[:, 0]) + swings(path("long-valley", name)[:, 1]) >= 3
    for name in ("AdaGrad", "AdaDelta", "RMSprop"):
        first = np.abs(path("long-valley", name)[1] - path("long-valley", name)[0])
        assert first[0] == pytest.approx(first[1], rel=0.05)


def test_stability_just_below_and_just_above_the_limit() -> None:
    race = run("stability-limit")
    below, above = race.points(0, race.setup.steps)[:, :, 1]
    assert np.all(np.abs(below[1:]) < np.abs(below[:-1]))
    assert np.all(np.abs(above[1:]) > np.abs(above[:-1]))
    assert np.abs(below[-1]) < 0.05 * np.abs(below[0])
    assert np.abs(above[-1]) > 10 * np.abs(above[0])
    rates = [entrant.knobs["lr"] for entrant in race.setup.entrants]
    assert rates[1] / rates[0] < 1.03


def test_plateau_holds_those_that_go_by_the_size_of_the_slope() -> None:
    said = {
        entrant.name: (outcome.kind, outcome.where)
        for entrant, outcome in zip(run("plateau").setup.entrants, run("plateau").outcomes(), strict=True)
    }
    assert said["GD"] == said["Momentum"] == ("stalled", "plateau")
    assert said["RMSprop"] == said["Adam"] == ("converged", "minimum")


def test_noise_helps_off_the_ridge() -> None:
    quiet, noisy = run("noise-helps").outcomes()
    assert (quiet.kind, quiet.where) == ("stalled", "saddle")
    race = run("noise-helps")
    end = race.points(race.setup.steps, race.setup.steps)[1, 0]
    assert min(np.hypot(*(end - np.array(m))) for m in race.setup.surface.minima) < 0.2
    assert noisy.kind in ("running", "converged")


def test_overshoot_grows_with_momentum() -> None:
    race = run("overshoot")
    x = race.points(0, race.setup.steps)[:, :, 0]
    past = [float(np.max(np.sign(-x[i, 0]) * x[i])) for i in range(3)]
    assert past[0] < 0.01 < past[1] < past[2]
    assert swings(x[2]) > swings(x[0])
    found = list(kinds("overshoot").values())
    assert found[:2] == ["converged", "converged"]
    assert found[2] == "running"


def test_two_starts_a_hair_apart_end_in_different_minima() -> None:
    race = run("two-starts")
    first, second = race.points(0, race.setup.steps)
    assert np.hypot(*(first[0] - second[0])) < 0.01
    assert np.hypot(*(first[-1] - second[-1])) > 3
    assert [o.kind for o in race.outcomes()] == ["converged", "converged"]


# ---------------------------------------------------------------- suggested races


@every_surface
def test_suggested_races_are_setups_that_run(key: str) -> None:
    race = Race(read_setup({"surface": key, "entrants": suggested(key)}))
    race.advance(race.setup.steps)
    assert [entrant.optimizer.key for entrant in race.setup.entrants] == list(RACERS)
    if key not in ("saddle", "monkey_saddle"):  # these fall without end: to diverge there is to win
        assert all(outcome.kind != "diverged" for outcome in race.outcomes())


@every_surface
def test_suggested_races_bring_most_to_the_goal_or_lower(key: str) -> None:
    race = Race(read_setup({"surface": key, "entrants": suggested(key)}))
    race.advance(race.setup.steps)
    last = race.losses(race.setup.steps, race.setup.steps)[:, 0]
    first = race.losses(0, 0)[:, 0]
    assert np.count_nonzero(last < first) >= 5


def test_rates_have_few_digits() -> None:
    for key in SURFACES:
        for entrant in suggested(key):
            for value in entrant["knobs"].values():
                assert float(f"{value:.3g}") == value


def test_nobody_can_spoil_the_suggestions() -> None:
    suggested("beale")[0]["knobs"]["lr"] = 99.0
    assert suggested("beale")[0]["knobs"]["lr"] != 99.0


@pytest.mark.slow
def test_the_command_remakes_the_file() -> None:
    kept = {key: {e["optimizer"]: e["knobs"] for e in suggested(key)} for key in SURFACES}
    assert remade()["surfaces"] == kept

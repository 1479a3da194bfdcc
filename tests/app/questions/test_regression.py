"""Regressions over the stream, the API and the command line: fits, maps, tries, folds, and data that change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.datasets import POINT_SETS
from descent_lab.races.race import Race
from descent_lab.races.trained_folds import train_folds
from descent_lab.setups.reading import read_setup
from tests.app.conftest import Client

SEVEN: dict[str, Any] = {
    "preset": "seven",
    "steps": 120,
    "entrants": [{"optimizer": "gd", "knobs": {"lr": 0.02}}, {"optimizer": "adam", "knobs": {"lr": 0.1}}],
}
CUBIC: dict[str, Any] = {
    **SEVEN,
    "preset": "sine",
    "degree": 3,
    "split": [60, 20, 20],
    "batch": 4,
    "l2": 0.01,
}
TRAINING, WINDOW = 0, [[-2, 4], [-6, 8]]


def test_a_fit_says_what_the_page_shows(ws: Client):
    event, arrays = ws.ask("fit", 1, setup=SEVEN)
    assert (event["type"], event["dim"], event["names"]) == ("fitted", 2, ["slope", "intercept"])
    assert event["exact"]["weights"] == pytest.approx([0.33559, 0.80472], abs=5e-6)
    assert event["exact"]["losses"] == [pytest.approx(0.018052, abs=5e-7), None, None]
    assert (event["exact"]["unique"], event["note"], event["epoch"]) == (True, None, 1)
    assert event["sets"] == [TRAINING] * 7
    assert event["plane"]["window"] == WINDOW
    np.testing.assert_allclose(arrays["basis"] @ [2.0, 1.0], 2 * arrays["x"] + 1)
    assert arrays["rows"].shape == (7, 2)


def test_beside_a_curve_stands_the_straight_line(ws: Client):
    assert ws.ask("fit", 1, setup=SEVEN)[0]["straight"] is None
    assert ws.ask("fit", 2, setup={**SEVEN, "preset": None, "dataset": "diabetes"})[0]["straight"] is None
    eleven, _ = ws.ask("fit", 3, setup={**SEVEN, "preset": "eleven"})
    points = np.array(POINT_SETS["eleven"].points)
    x, y = points.T
    slope, intercept = np.polyfit(x, y, 1)
    assert eleven["straight"]["weights"] == pytest.approx([slope, intercept], rel=1e-12)
    residual = slope * x + intercept - y
    assert eleven["straight"]["training"] == pytest.approx(np.mean(residual**2), rel=1e-12)
    assert eleven["exact"]["training"] < 1e-15 < eleven["straight"]["training"]
    split = {**SEVEN, "preset": "eleven", "split": [60, 20, 20], "degree": 6, "l2": 0.001}
    event, _ = ws.ask("fit", 4, setup=split)
    (_, *curve), (_, *line) = event["exact"]["losses"], event["straight"]["losses"]
    assert all(ours > theirs for ours, theirs in zip(curve, line, strict=True))
    assert event["exact"]["training"] < event["exact"]["losses"][0], "the penalty is counted there alone"
    sets = np.array(event["sets"])
    slope, intercept = event["straight"]["weights"]
    for which, loss in enumerate(event["straight"]["losses"]):
        x, y = points[sets == which].T
        assert loss == pytest.approx(np.mean((slope * x + intercept - y) ** 2), rel=1e-12)


@pytest.mark.parametrize(
    ("odd", "unique", "words"),
    [
        ({"points": []}, None, "no points"),
        ({"points": [[1, 2]]}, False, "point"),
        ({"points": [[2, 1], [2, 3]]}, False, "share one x"),
        ({"points": [[0, 0], [1, 1], [2, 3]], "degree": 6}, False, "points"),
    ],
)
def test_odd_data_are_explained(ws: Client, odd: dict[str, Any], unique: bool | None, words: str):
    setup = {**SEVEN, **odd}
    del setup["preset"]
    event, _ = ws.ask("fit", 1, setup=setup)
    assert words in event["note"]
    assert (event["exact"] and event["exact"]["unique"]) == unique


def test_the_frames_of_a_regression_are_the_engines_own(ws: Client):
    _, *frames = ws.race(1, setup=CUBIC)
    race = Race(read_setup(CUBIC))
    race.advance(120)
    weights = np.concatenate([arrays["weights"] for _, arrays in frames], axis=1)
    assert weights.tobytes() == race.points(0, 120).tobytes()
    event, arrays = frames[-1]
    section = race.regression.section(race.setup.start)
    np.testing.assert_allclose(arrays["points"][:, -1], section.project(race.points(120, 120))[:, 0])
    for name in ("training", "validation", "test"):
        np.testing.assert_array_equal(arrays[name][:, -1], race.measured(120, 120)[name][:, 0])
    assert event["stopped"] == [None, None]


def test_a_point_moved_on_the_way_gives_the_race_that_had_it_from_the_start(ws: Client):
    ws.race(1, setup=SEVEN)
    ws.send("change", 1, at=50, point=6, to=[5, 1])
    event, arrays = ws.answer()
    assert event["from"] == 50  # the loss there is that of the moved data
    race = Race(read_setup({**SEVEN, "changes": [{"at": 50, "point": 6, "to": [5, 1]}]}))
    race.advance(120)
    assert arrays["points"].tobytes() == race.points(50, 120).tobytes()
    assert arrays["losses"].tobytes() == race.losses(50, 120).tobytes()
    moved, _ = ws.ask("fit", 2, setup={**SEVEN, "changes": [{"at": 50, "point": 6, "to": [5, 1]}]}, step=50)
    before, _ = ws.ask("fit", 3, setup={**SEVEN, "changes": [{"at": 50, "point": 6, "to": [5, 1]}]}, step=49)
    assert moved["exact"]["weights"] != before["exact"]["weights"]


def test_a_change_of_no_point_is_refused_and_the_race_goes_on(ws: Client):
    ws.race(1, setup=SEVEN, to=10)
    event, _ = ws.ask("change", 1, at=5, point=9, to=[1, 1])
    assert (event["type"], event["field"]) == ("error", "changes")
    ws.send("grant", 1, to=20)
    assert ws.answer()[0]["to"] == 20


def test_the_map_is_that_of_the_section_and_of_one_mini_batch(ws: Client):
    whole, arrays = ws.ask("map", 1, setup=CUBIC, window=WINDOW, size=[9, 7])
    assert arrays["loss"].shape == (7, 9)
    assert len(whole["minima"]) == 1
    _, ghost = ws.ask("map", 2, setup=CUBIC, window=WINDOW, size=[9, 7], batch_at=3)
    assert not np.allclose(ghost["loss"], arrays["loss"])
    plane = {"origin": [0, 0, 0, 0], "u": [1, 0, 0, 0], "v": [0, 0, 0, 1]}
    _, other = ws.ask("map", 3, setup=CUBIC, window=WINDOW, size=[9, 7], plane=plane)
    race = Race(read_setup(CUBIC))
    w = np.array([[-2.0], [0], [0], [-6.0]])
    assert other["loss"][0, 0] == pytest.approx(race.regression.measure(w)["losses"][0])
    event, _ = ws.ask(
        "map", 4, setup=CUBIC, window=WINDOW, size=[9, 7], plane={"origin": [0], "u": [1], "v": [0]}
    )
    assert (event["type"], event["field"]) == ("error", "plane")


def test_tries_and_folds(ws: Client):
    event, arrays = ws.ask("try", 1, setup=SEVEN, tries=300, seed=4)
    assert event["loss"] == arrays["losses"][-1] == arrays["losses"].min()
    assert event["best"] == arrays["weights"][-1].tolist()
    event, arrays = ws.ask("validate", 2, setup=CUBIC, folds=4, degrees=[1, 3, 6], lambdas=[0, 0.1])
    assert arrays["mean"].shape == arrays["spread"].shape == (3, 2)
    assert event["best"]["mean"] == arrays["mean"].min()
    assert event["test"] > 0
    for wrong in ({"folds": 1}, {"folds": 11}, {"degrees": [0]}, {"degrees": []}, {"lambdas": [-1]}):
        fields = {"setup": CUBIC, "folds": 4, "degrees": [1], "lambdas": [0], **wrong}
        assert ws.ask("validate", 3, **fields)[0]["type"] == "error", wrong


FOLDS: dict[str, Any] = {"folds": 4, "degrees": [1, 3], "lambdas": [0, 0.1]}


def test_folds_are_trained_by_an_entrant(ws: Client):
    setup = {**CUBIC, "steps": 2_000, "batch": 0, "l2": 0, "standardise": True}
    exact, solved = ws.ask("validate", 1, setup=setup, **FOLDS)
    slow, trained = ws.ask("validate", 2, setup={**setup, "steps": 20}, entrant=0, **FOLDS)
    assert not np.allclose(trained["mean"], solved["mean"], rtol=0.05)
    assert not np.any(trained["diverged"])
    assert slow["test"] != pytest.approx(exact["test"], rel=0.01)
    _, long = ws.ask("validate", 3, setup=setup, entrant=0, **FOLDS)
    np.testing.assert_allclose(long["mean"][0], solved["mean"][0], rtol=1e-6)  # of a straight line
    read = read_setup({**setup, "steps": 20})
    known = read.regression.sets != 2
    found = train_folds(
        read, read.regression.of_degree(known, 1), read.entrants[0], 4, FOLDS["degrees"], FOLDS["lambdas"]
    )
    assert trained["mean"].tobytes() == found.mean.tobytes()


def test_folds_that_diverge_are_told(ws: Client):
    wild = {**CUBIC, "entrants": [{"optimizer": "gd", "knobs": {"lr": 5}}]}
    event, arrays = ws.ask("validate", 1, setup=wild, entrant=0, **FOLDS)
    assert np.all(arrays["diverged"] == 4)
    assert np.all(np.isinf(arrays["mean"]))
    assert event["best"]["mean"] is event["test"] is None


def test_folds_of_nobody_or_too_many_are_refused(ws: Client):
    event, _ = ws.ask("validate", 1, setup=CUBIC, entrant=2, **FOLDS)
    assert (event["type"], event["field"]) == ("error", "entrant")
    points = [[x / 1000, (x % 7) / 7] for x in range(2000)]
    heavy = {**SEVEN, "points": points, "steps": 5000}
    del heavy["preset"]
    event, _ = ws.ask("validate", 2, setup=heavy, entrant=0, **{**FOLDS, "degrees": list(range(1, 13))})
    assert (event["type"], event["code"], event["field"]) == ("error", "limit", "steps")
    assert "fewer steps" in event["message"]
    solved, _ = ws.ask("validate", 3, setup=heavy, **FOLDS)
    assert solved["type"] == "validated"


def test_a_text_becomes_points_or_a_table_or_names_the_row(ws: Client):
    of_line: dict[str, Any] = {"learner": "regression"}
    read, _ = ws.ask("table", 1, csv="x;y\n1,5;2\n2;3", **of_line)
    assert (read["kind"], read["setup"]["points"]) == ("points", [[1.5, 2], [2, 3]])
    indexed, _ = ws.ask("table", 3, csv=",x,y\n0,1.5,2\n1,2,3", **of_line)
    assert indexed["setup"]["points"] == [[1.5, 2], [2, 3]]
    assert "counts or names the rows" in indexed["notes"][0]
    refused, _ = ws.ask("table", 2, csv="1,2\n2,NaN\n3,4", **of_line)
    assert (refused["fault_row"], refused["setup"]) == (2, None)
    assert "Row 2" in refused["fault"]
    table, _ = ws.ask("table", 4, csv="a,b,y\n1,N,2\n2,S,3\n3,N,5", **of_line)
    assert (table["kind"], table["inputs"]) == ("table", ["a", "b=S"])
    fitted, _ = ws.ask("fit", 5, setup=table["setup"])
    assert (fitted["names"], fitted["sets"]) == (["a", "b=S", "bias"], [])
    assert (fitted["table"]["sizes"], fitted["table"]["target"]) == ([3, 0, 0], "y")
    empty, _ = ws.ask("table", 6, csv="", **of_line)
    assert (empty["type"], empty["field"]) == ("error", "csv")


def test_painted_sliders_and_steps_of_a_regression(ws: Client):
    event, arrays = ws.ask("paint", 1, setup=CUBIC, knob="lr", lanes=16)
    assert arrays["loss"].shape == (2, 16)
    event, _ = ws.ask("explain", 2, setup=CUBIC, entrant=1, step=7)
    assert len(event["point"]) == len(event["gradient"]) == 2
    assert event["lines"][0]["numbers"]
    assert event["lines"][0]["numbers_y"]
    tuned = ws.ask("tune", 3, setup={**SEVEN, "steps": 60}, budget=16)
    while tuned[0]["type"] == "tuning":
        tuned = ws.answer()
    assert len(tuned[0]["entrants"]) == 2


def test_what_would_take_too_long_is_refused_or_left_unpainted(ws: Client):
    points = [[x / 1000, (x % 7) / 7] for x in range(2000)]
    heavy = {**SEVEN, "points": points, "degree": 12, "loss": "huber", "steps": 5000}
    del heavy["preset"]
    long, _ = ws.ask("race", 1, setup={**heavy, "steps": 10_000, "entrants": SEVEN["entrants"] * 3}, credit=1)
    assert (long["type"], long["field"], long["code"]) == ("error", "steps", "limit")
    _, arrays = ws.ask("paint", 2, setup=heavy, knob="lr", lanes=16)
    assert np.all(np.isnan(arrays["values"]))
    tuned, _ = ws.ask("tune", 3, setup=heavy)
    assert (tuned["type"], tuned["code"]) == ("error", "limit")


def test_many_points_are_measured_by_the_few_rows_that_stand_for_them():
    """The mean squared error of hundreds of points is a quadratic; what is recorded is the same to rounding."""
    rng = np.random.default_rng(2)
    x = rng.uniform(-1, 1, 600)
    points = np.stack([x, x**2 + rng.normal(0, 0.1, 600)], axis=1).tolist()
    setup = {"points": points, "degree": 3, "steps": 50, "entrants": SEVEN["entrants"]}
    race = Race(read_setup(setup))
    race.advance(50)
    rows, targets = race.regression.rows, race.regression.targets
    w = np.zeros(4)
    for step in range(50):
        np.testing.assert_allclose(race.points(step, step)[0, 0], w, rtol=1e-10, atol=1e-13)
        residual = rows @ w - targets
        assert race.losses(step, step)[0, 0] == pytest.approx(np.mean(residual**2), rel=1e-12)
        w = w - 0.02 * 2 * rows.T @ residual / 600

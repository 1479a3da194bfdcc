"""Edits of the points of a regression, before and while the optimizers run, and undo and redo."""

from typing import Any

import pytest

from tests.browser.state.conftest import Run

POINTS = [[0, 0], [1, 1], [2, 4]]
KNOB = {"at": 10, "entrant": 0, "knob": "lr", "value": 0.1}
CHANGES: list[dict[str, Any]] = [
    KNOB,
    {"at": 20, "point": 1, "to": [1, 5]},
    {"at": 30, "point": 0, "to": None},
    {"at": 40, "point": 2, "to": [7, 7]},  # two are left: this one is new
]
SETUP: dict[str, Any] = {"points": POINTS, "steps": 100, "entrants": [], "changes": CHANGES}


def edited(run: Run, expression: str, setup: dict[str, Any] = SETUP) -> Any:
    """The value of an expression of the edits, `setup`, `before(step)` and `live(step)`."""
    return run(
        f"""const {{ pointsAt, withPoint, withMoved, withoutPoints, withPoints }} = await import("/state/points.js");
        catalog.pointSets = [{{ key: "line", points: [[0, 0], [1, 1]] }}];
        const at = (setup, step) => pointsAt(setup, step, catalog);
        const before = (step) => ({{ step, live: false, catalog }});
        const live = (step) => ({{ step, live: true, catalog }});
        const setup = argument;
        return {expression};""",
        setup,
    )


@pytest.mark.parametrize(
    ("step", "points"),
    [
        (19, POINTS),
        (20, [[0, 0], [1, 5], [2, 4]]),
        (30, [[1, 5], [2, 4]]),
        (40, [[1, 5], [2, 4], [7, 7]]),
    ],
)
def test_the_points_in_force_follow_the_changes(run: Run, step: int, points: list[Any]) -> None:
    assert edited(run, f"at(setup, {step})") == points


def test_a_preset_has_the_points_of_the_catalogue_until_it_is_edited(run: Run) -> None:
    preset = {**SETUP, "preset": "line", "changes": [KNOB]}
    del preset["points"]
    assert edited(run, "at(setup, 0)", preset) == [[0, 0], [1, 1]]
    drawn = edited(run, "withMoved(setup, [[1, [3, 3]]], before(0))", preset)
    assert drawn["points"] == [[0, 0], [3, 3]]
    assert "preset" not in drawn
    assert drawn["changes"] == [KNOB]


def test_a_point_added_at_the_beginning_leaves_later_changes_at_their_points(run: Run) -> None:
    after = edited(run, "withPoint(setup, [9, 9], before(0))")
    assert after["points"] == [*POINTS, [9, 9]]
    assert edited(run, "at(setup, 40)", after) == [[1, 5], [2, 4], [9, 9], [7, 7]]


def test_a_point_removed_is_gone_with_its_changes_and_no_others(run: Run) -> None:
    after = edited(run, "withoutPoints(setup, [1], before(0))")
    assert after["points"] == [[0, 0], [2, 4]]
    assert after["changes"] == [
        KNOB,
        {"at": 30, "point": 0, "to": None},
        {"at": 40, "point": 1, "to": [7, 7]},
    ]


def test_a_point_seen_late_is_moved_where_it_came_to_lie_there(run: Run) -> None:
    after = edited(run, "withMoved(setup, [[0, [1, 6]], [2, [8, 8]]], before(50))")
    assert after["points"] == POINTS
    assert edited(run, "at(setup, 50)", after) == [[1, 6], [2, 4], [8, 8]]
    assert [change["at"] for change in after["changes"]] == [10, 20, 30, 40]


def test_a_point_dragged_while_it_runs_leaves_a_change_for_each_step(run: Run) -> None:
    after = edited(
        run,
        """[[12, [2, 5]], [12, [2, 6]], [15, [2, 7]]].reduce(
            (now, [step, to]) => withMoved(now, [[2, to]], live(step)), { ...setup, changes: [] })""",
    )
    assert after["points"] == POINTS
    assert after["changes"] == [
        {"at": 12, "point": 2, "to": [2, 6]},
        {"at": 15, "point": 2, "to": [2, 7]},
    ]


def test_a_live_move_overrules_what_was_to_happen_to_the_point(run: Run) -> None:
    after = edited(run, "withMoved(setup, [[0, [0, 3]]], live(25))")
    assert edited(run, "at(setup, 99)", after) == [[0, 3], [1, 5], [2, 4], [7, 7]]


def test_points_come_and_go_while_it_runs(run: Run) -> None:
    after = edited(run, "withoutPoints(withPoint(setup, [9, 9], live(25)), [0, 2], live(26))")
    assert edited(run, "at(setup, 25)", after) == [[0, 0], [1, 5], [2, 4], [9, 9]]
    assert edited(run, "at(setup, 26)", after) == [[1, 5], [9, 9]]
    assert edited(run, "at(setup, 99)", after) == [[1, 5], [9, 9], [7, 7]]


def test_several_points_removed_at_one_step_are_the_ones_that_were_meant(run: Run) -> None:
    after = edited(run, "withoutPoints({ ...setup, changes: [] }, [0, 2], live(5))")
    assert edited(run, "at(setup, 5)", after) == [[1, 1]]


@pytest.mark.parametrize("step", [0, 100])
def test_before_the_first_step_and_after_the_last_an_edit_is_one_of_the_points(run: Run, step: int) -> None:
    after = edited(run, f"withMoved({{ ...setup, changes: [] }}, [[0, [5, 5]]], live({step}))")
    assert after["points"][0] == [5, 5]
    assert after["changes"] == []


def test_other_points_take_the_data_changes_away_and_leave_the_knobs(run: Run) -> None:
    after = edited(run, "withPoints({ ...setup, dataset: 'diabetes' }, [[1, 2]])")
    assert after == {"points": [[1, 2]], "steps": 100, "entrants": [], "changes": [KNOB]}


def travelled(run: Run, body: str) -> Any:
    """The value of a body of `store`, `past` (its history), `points` and `draw`."""
    return run(
        f"""const {{ history }} = await import("/state/history.js");
        const {{ pointsActed }} = await import("/state/points.js");
        const {{ writable }} = await import("/state/store.js");
        const store = writable({{ points: [[0, 0]], steps: 100, seed: 0, entrants: [], changes: [] }});
        const open = ({{ dataset }}) => dataset === undefined;
        const past = history(store, pointsActed, {{ open, size: 3 }});
        const points = () => JSON.stringify(store.get().points);
        const draw = (...list) => store.update((old) => ({{ ...old, points: list }}));
        {body}"""
    )


def test_undo_and_redo_go_back_and_forth(run: Run) -> None:
    told = travelled(
        run,
        """const told = [past.reach.get()];
        draw([1, 1]); told.push(past.reach.get());
        past.undo(); told.push(points(), past.reach.get());
        past.redo(); told.push(points(), past.reach.get());
        return told;""",
    )
    assert told == [
        {"undo": False, "redo": False},
        {"undo": True, "redo": False},
        "[[0,0]]",
        {"undo": False, "redo": True},
        "[[1,1]]",
        {"undo": True, "redo": False},
    ]


def test_one_drag_is_one_entry(run: Run) -> None:
    told = travelled(
        run,
        """past.begin(); draw([1, 1]); draw([2, 2]); draw([3, 3]); past.end();
        past.begin(); draw([4, 4]); draw([3, 3]); past.end();
        past.undo();
        return [points(), past.reach.get().undo];""",
    )
    assert told == ["[[0,0]]", False]


def test_undo_leaves_knobs_and_model_alone(run: Run) -> None:
    after = travelled(
        run,
        """draw([1, 1]);
        store.update((old) => ({ ...old, seed: 7, changes: [{ at: 3, entrant: 0, knob: "lr", value: 1 }] }));
        past.undo();
        return store.get();""",
    )
    assert after["points"] == [[0, 0]]
    assert after["seed"] == 7
    assert len(after["changes"]) == 1


def test_the_oldest_entries_are_forgotten_and_a_new_edit_ends_redo(run: Run) -> None:
    told = travelled(
        run,
        """for (let k = 1; k <= 5; k++) draw([k, k]);
        for (let k = 0; k < 9; k++) past.undo();
        const oldest = points();
        draw([8, 8]);
        return [oldest, past.reach.get()];""",
    )
    assert told == ["[[2,2]]", {"undo": True, "redo": False}]


def test_a_table_of_real_data_is_no_entry(run: Run) -> None:
    told = travelled(
        run,
        """draw([1, 1]);
        store.update(({ points: _, ...rest }) => ({ ...rest, dataset: "diabetes" }));
        const during = past.reach.get();
        past.undo();
        const table = store.get().dataset;
        store.update(({ dataset: _, ...rest }) => ({ ...rest, points: [[1, 1]] }));
        past.undo();
        return [during, table, points()];""",
    )
    assert told == [{"undo": False, "redo": False}, "diabetes", "[[0,0]]"]

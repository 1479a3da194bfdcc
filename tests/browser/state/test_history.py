"""Undo and redo of a setup: what is one act, what is none, and what comes back."""

from typing import Any

import pytest

from tests.browser.state.conftest import Run

START = {"steps": 100, "seed": 0, "entrants": [{"optimizer": "gd", "knobs": {"lr": 0.1}}], "changes": []}


def travelled(run: Run, body: str) -> Any:
    """The value of a body of `store`, `past` (its history, of at most three acts), `turn(lr)`, `wait(ms)`, `now()` and
    `reach()`."""
    return run(
        f"""const {{ difference, history }} = await import("/state/history.js");
        const {{ writable }} = await import("/state/store.js");
        const store = writable(argument);
        let time = 0;
        const heard = [];
        const past = history(store, {{
          size: 3,
          clock: () => time,
          of: ({{ window, ...rest }}) => rest,
          onto: (past, {{ window }}) => ({{ ...past, window }}),
          travelled: (before, after) => heard.push([before.seed, after.seed]),
        }});
        const now = () => store.get();
        const set = (more) => store.update((old) => ({{ ...old, ...more }}));
        const turn = (lr) => set({{ entrants: [{{ ...now().entrants[0], knobs: {{ lr }} }}] }});
        const lr = () => now().entrants[0].knobs.lr;
        const wait = (ms) => void (time += ms);
        const reach = () => [past.reach.get().undo, past.reach.get().redo];
        {body}""",
        START,
    )


def test_undo_and_redo_go_back_and_forth_and_say_whether_they_can(run: Run) -> None:
    told = travelled(
        run,
        """const told = [reach()];
        const acts = [() => set({ seed: 7 }), past.undo, past.redo, past.redo];
        for (const act of acts) { act(); told.push([now().seed, ...reach()]); }
        return [told, heard];""",
    )
    assert told == [
        [[False, False], [7, True, False], [0, False, True], [7, True, False], [7, True, False]],
        [[7, 0], [0, 7]],
    ]


def test_one_drag_is_one_act_and_one_that_comes_to_nothing_is_none(run: Run) -> None:
    told = travelled(
        run,
        """past.begin(); turn(1); past.undo(); turn(2); turn(3); past.end();
        past.begin(); turn(4); turn(3); past.end();
        past.begin();  // a click on the button takes hold too, of nothing
        past.undo(); past.end();
        return [lr(), reach()];""",
    )
    assert told == [0.1, [False, True]]


@pytest.mark.parametrize(
    ("acts", "count"),
    [
        ("turn(1); turn(2); turn(3);", 1),
        ("turn(1); wait(999); turn(2);", 1),
        ("turn(1); wait(1000); turn(2);", 2),
        ("turn(1); set({ seed: 1 }); turn(2);", 3),
        ("past.begin(); turn(1); past.end(); turn(2);", 2),
        ("set({ points: [[0, 0]] }); set({ points: [[0, 0], [1, 1]] });", 2),
        ("set({ split: [6, 2, 2] }); set({ split: [5, 3, 2] }); set({ split: [5, 2, 3] });", 2),
        ("set({ hidden: [4] }); set({ hidden: [4, 4] }); set({ hidden: [4, 5] });", 3),
        ("for (const value of [1, 2]) set({ changes: [{ at: 3, entrant: 0, knob: 'lr', value }] });", 1),
        ("for (const at of [3, 4]) set({ changes: [{ at, entrant: 0, knob: 'lr', value: 1 }] });", 2),
        (
            "set({ changes: [{ at: 3, point: 0, to: [1, 1] }] }); set({ changes: [{ at: 3, point: 0, to: null }] });",
            2,
        ),
        ("set({ expression: 'x' }); set({ expression: 'x^' }); set({ expression: 'x^2' });", 1),
        ("set({ window: [0, 1] }); set({ window: [0, 2] });", 0),
        ("set({ seed: 0 }); set({ changes: [] });", 0),
    ],
)
def test_how_many_acts_that_is(run: Run, acts: str, count: int) -> None:
    """The same thing turned on and on by a key, or typed, is one; what comes or goes is one each."""
    counted = travelled(
        run, f"{acts} let count = 0; while (reach()[0]) {{ past.undo(); count += 1; }} return count;"
    )
    assert counted == count


def test_a_setup_comes_back_whole_but_for_what_is_only_looked_at(run: Run) -> None:
    before, after = travelled(
        run,
        """set({ seed: 5, dataset: "diabetes" });
        const told = [now()];
        store.set({ ...argument, points: [[1, 2]] });
        set({ window: [0, 1] });
        past.undo();
        return [...told, now()];""",
    )
    assert after == {**before, "window": [0, 1]}


def test_the_oldest_acts_are_forgotten_and_a_new_one_ends_redo(run: Run) -> None:
    told = travelled(
        run,
        """for (let seed = 1; seed <= 5; seed++) { set({ seed }); wait(2000); }
        for (let k = 0; k < 9; k++) past.undo();
        const oldest = now().seed;
        set({ seed: 8 });
        return [oldest, ...reach()];""",
    )
    assert told == [2, True, False]


def test_what_the_server_refused_is_no_act(run: Run) -> None:
    """Else undo would bring it back, to be refused again, for ever."""
    told = travelled(
        run,
        """set({ seed: 1 });
        set({ changes: [{ at: 3, entrant: 0, knob: "lr", value: 9 }] });
        past.amend(() => set({ changes: [] }));
        past.undo();
        const told = [now().seed, now().changes, ...reach()];
        past.forget();
        return [...told, ...reach()];""",
    )
    assert told == [0, [], False, True, False, False]

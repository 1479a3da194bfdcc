"""The race on the wire: what is sent, and what is kept on screen."""

from typing import Any

import pytest

from tests.browser.state.conftest import Run

RACING = """
    const { writable } = await import("/state/store.js");
    const { noRun } = await import("/state/running/run.js");
    const { raceRun } = await import("/state/running/race-run.js");
    const { pathKey } = await import("/state/race/setup.js");
    const edit = { ...(await import("/state/race/setup.js")), ...(await import("/state/entrants.js")) };
    const sent = [];
    let id = 0, open = false;
    const socket = {
      open: () => open,
      send(message, given) { const own = given ?? ++id; if (open) sent.push({ ...message, id: own }); return own; },
    };
    const state = {
      setup: writable({ ...catalog.opening, surface: "bowl", start: [-1.5, 1], steps: 9000,
        entrants: [{ optimizer: "gd", knobs: { lr: 0.3 } }] }), run: writable(noRun()),
      playhead: writable({ step: 0, playing: true, speed: 1, loop: false }), wanted: writable(4000),
      patient: writable(true),
    };
    const race = raceRun(state, socket, pathKey);
    open = true;
    race.resume();
    const ready = (own) => race.ready({ id: own, steps: 9000, goal: null, entrants: [{ name: "GD" }] });
    const steps = (own, from, to, value = own) => {
      const count = to - from + 1;
      const array = (width) => ({ data: new Float64Array(width * count).fill(value), shape: [1, count, width] });
      const event = { id: own, from, to, last: to === 9000, outcomes: [], reached: [null] };
      race.steps(event, { points: array(2), losses: array(1) });
    };
    const short = () => sent.map(({ setup, ...rest }) => setup ? { ...rest, start: setup.start } : rest);
"""


def test_while_a_race_is_out_only_the_newest_edit_follows(run: Run) -> None:
    sent = run(
        RACING
        + """
        for (const x of [1, 2, 3]) state.setup.update((setup) => edit.withStart(setup, [x, 0]));
        ready(1); steps(1, 0, 4000);
        ready(2); steps(2, 0, 4000);
        return short();
    """
    )
    assert [(each["type"], each["id"], each["start"]) for each in sent] == [
        ("race", 1, [-1.5, 1]),
        ("race", 2, [3, 0]),
    ]


def test_the_old_race_stays_on_screen_until_the_new_one_reaches_the_playhead(run: Run) -> None:
    shown = run(
        RACING
        + """
        const shown = [];
        ready(1); steps(1, 0, 4000);
        state.playhead.set({ step: 3000, playing: false, speed: 1, loop: false });
        state.run.subscribe(({ id, have }) => shown.push([id, have]));
        state.setup.update((setup) => edit.withStart(setup, [1, 0]));
        ready(2); steps(1, 4001, 4002); steps(2, 0, 1000); steps(2, 1001, 3500);
        return shown;
    """
    )
    assert shown == [[1, 4000], [2, 3500]]


def test_more_credit_is_granted_as_the_playhead_moves_on(run: Run) -> None:
    sent = run(
        RACING
        + "ready(1); steps(1, 0, 4000); state.wanted.set(6000); state.wanted.set(99000); return short();"
    )
    assert sent[1:] == [{"type": "grant", "to": 6000, "id": 1}, {"type": "grant", "to": 9000, "id": 1}]


def test_a_knob_turned_on_the_way_is_a_change_and_taking_it_back_is_a_new_race(run: Run) -> None:
    sent = run(
        RACING
        + """
        ready(1); steps(1, 0, 4000);
        const change = (at, value) =>
          state.setup.update((setup) => edit.withChange(setup, { at, entrant: 0, knob: "lr", value }));
        change(40, 0.1); change(40, 0.2); change(50, 0.3);
        steps(1, 41, 4000, 7);
        steps(1, 41, 4000, 8);
        state.setup.update((setup) => edit.removeChange(setup, 0));
        return { sent: short(), losses: [40, 41].map((step) => state.run.get().losses[0][step]) };
    """
    )
    assert [(each["type"], each["id"], each.get("at"), each.get("value")) for each in sent["sent"]] == [
        ("race", 1, None, None),
        ("change", 1, 40, 0.1),
        ("change", 1, 40, 0.2),
        ("change", 1, 50, 0.3),
        ("race", 2, None, None),
    ]
    assert sent["losses"] == [1, 8]


def test_a_new_connection_goes_on_after_the_last_step_held(run: Run) -> None:
    result = run(
        RACING
        + """
        ready(1); steps(1, 0, 2500);
        open = false; state.wanted.set(6000); open = true;
        race.resume();
        ready(2); steps(2, 2501, 6000);
        const { have, losses, id: own } = state.run.get();
        return { sent: short(), have, own, seam: [losses[0][2500], losses[0][2501]] };
    """
    )
    assert result["sent"][1] == {"type": "race", "id": 2, "credit": 6000, "after": 2500, "start": [-1.5, 1]}
    assert (result["have"], result["own"], result["seam"]) == (6000, 2, [1, 2])


def test_after_a_change_a_new_connection_asks_again_from_there(run: Run) -> None:
    sent = run(
        RACING
        + """
        ready(1); steps(1, 0, 4000);
        state.setup.update((setup) => edit.withChange(setup, { at: 40, entrant: 0, knob: "lr", value: 0.1 }));
        race.resume();
        return short();
    """
    )
    assert sent[-1]["after"] == 40
    assert sent[-1]["id"] == 2


def test_a_refused_race_leaves_the_old_one_and_the_next_edit_is_tried(run: Run) -> None:
    result = run(
        RACING
        + """
        ready(1); steps(1, 0, 4000);
        state.setup.update((setup) => edit.withKnob(setup, 0, "lr", -1));
        const mine = race.refused({ id: 2 }), foreign = race.refused({ id: null });
        state.setup.update((setup) => edit.withKnob(setup, 0, "lr", 1));
        return { mine, foreign, shown: state.run.get().id, sent: short().map(({ type, id }) => [type, id]) };
    """
    )
    assert result == {
        "mine": True,
        "foreign": False,
        "shown": 1,
        "sent": [["race", 1], ["race", 2], ["race", 3]],
    }


def test_a_refused_change_is_taken_back_and_the_race_goes_on_without_it(run: Run) -> None:
    result = run(
        RACING.replace("let id = 0", "const told = []; let id = 0").replace(
            "raceRun(state, socket, pathKey)",
            """raceRun(state, socket, pathKey, { refused(_, back) {
              told.push(back && back.changes.length);
              if (back) state.setup.update((setup) => ({ ...setup, changes: back.changes }));
            } })""",
        )
        + """
        ready(1); steps(1, 0, 4000);
        state.setup.update((setup) => edit.withChange(setup, { at: 20, entrant: 0, knob: "lr", value: 0.1 }));
        steps(1, 20, 4000);
        state.setup.update((setup) => edit.withChange(setup, { at: 30, entrant: 0, knob: "lr", value: -1 }));
        steps(1, 4001, 4010);  // was on its way
        race.refused({ id: 1 });
        state.setup.update((setup) => edit.withKnob(setup, 0, "lr", -1));
        race.refused({ id: 2 });
        return { told, sent: sent.map(({ type, id }) => [type, id]) };
    """
    )
    assert result["told"] == [1, None]
    assert result["sent"] == [["race", 1], ["change", 1], ["change", 1], ["race", 2]]


SETUP = {"points": [[0, 1], [1, 2]], "start": [0, 0], "steps": 100, "entrants": [{"optimizer": "gd"}]}
MOVE = {"at": 20, "point": 0, "to": [0, 5]}
KNOB = {"at": 30, "entrant": 0, "knob": "lr", "value": 0.1}


@pytest.mark.parametrize(
    ("before", "after", "made", "shared"),
    [
        ([], [MOVE], [MOVE], 19),
        ([MOVE], [MOVE | {"to": [0, 6]}], [MOVE | {"to": [0, 6]}], 19),
        ([MOVE], [MOVE, KNOB], [KNOB], 30),
        ([MOVE], [], None, 19),
        ([KNOB], [], None, 30),
        ([MOVE], [MOVE | {"to": None}], None, 19),
        ([], [MOVE | {"to": None}, MOVE | {"to": None}], None, 19),
        ([MOVE], [MOVE | {"at": 10}, MOVE], None, 9),
    ],
)
def test_changes_of_knobs_and_points_go_out_one_by_one_where_their_order_allows_it(
    run: Run, before: list[Any], after: list[Any], made: list[Any] | None, shared: int
) -> None:
    result = run(
        """const { changesMade, lastShared } = await import("/state/running/race-run.js");
        const { pathKey } = await import("/state/regression/setup.js");
        return [changesMade(...argument, pathKey), lastShared(...argument, pathKey)];""",
        [SETUP | {"changes": before}, SETUP | {"changes": after}],
    )
    assert result == [made, shared]


def test_a_change_taken_back_is_a_race_that_begins_after_what_both_share(run: Run) -> None:
    sent = run(
        RACING
        + """
        ready(1); steps(1, 0, 4000);
        const change = { at: 40, entrant: 0, knob: "lr", value: 0.1 };
        state.setup.update((setup) => edit.withChange(setup, change));
        steps(1, 41, 4000, 7);
        state.setup.update((setup) => edit.removeChange(setup, 0));
        return short();
    """
    )
    assert sent[-1]["type"] == "race"
    assert sent[-1]["after"] == 40


AHEAD = """
    const shown = [];
    ready(1); steps(1, 0, 4000);
    state.run.subscribe((run) => shown.push(run.id));
    const next = edit.withStart(state.setup.get(), [5, 0]);
    let there = false;
    race.ahead(next).then(() => (there = true));
"""


def test_a_race_asked_ahead_is_shown_when_its_setup_arrives(run: Run) -> None:
    kept, shown, sent, there = run(
        RACING
        + AHEAD
        + """
        ready(2); steps(2, 0, 4000);
        await null;
        const kept = shown.length;
        state.setup.set(next);
        race.arrive();
        return [kept, shown, short(), there];
    """
    )
    assert there
    assert kept == 1
    assert shown == [1, 2]
    assert [(each["type"], each["id"]) for each in sent] == [("race", 1), ("race", 2)]


def test_where_another_setup_arrives_it_is_raced_anew(run: Run) -> None:
    shown, sent = run(
        RACING
        + AHEAD
        + """
        ready(2); steps(2, 0, 4000);
        state.setup.update((setup) => edit.withStart(setup, [6, 0]));
        race.arrive();
        return [shown, short()];
    """
    )
    assert shown == [1]
    assert [each["start"] for each in sent] == [[-1.5, 1], [5, 0], [6, 0]]


@pytest.mark.parametrize("first", ["arrive", "refused"])
def test_a_race_asked_ahead_and_refused_leaves_the_one_before(run: Run, first: str) -> None:
    shown, sent, there = run(
        RACING
        + AHEAD
        + f"""
        const refuse = () => race.refused({{ id: 2, code: "invalid" }});
        if ("{first}" === "arrive") {{ race.arrive(); refuse(); }} else {{ refuse(); race.arrive(); }}
        await null;
        state.setup.update((setup) => edit.withStart(setup, [7, 0]));
        ready(3); steps(3, 0, 4000);
        return [shown, short(), there];
    """
    )
    assert there
    assert shown == [1, 3]
    assert [each["start"] for each in sent] == [[-1.5, 1], [5, 0], [7, 0]]

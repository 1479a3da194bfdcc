"""The clock of the page, and who has which colour."""

from tests.browser.state.conftest import Run

PLAYER = """
    const { writable } = await import("/state/store.js");
    const { player, atStart, horizon } = await import("/state/playback.js");
    let time = 0, due = null;
    const clock = { now: () => time, frame: (tick) => { due = tick; return 1; }, cancel: () => { due = null; } };
    const pass = (seconds) => {
      for (let frame = 0; frame < 8 * seconds; frame++) {
        time += 0.125;
        const tick = due;
        due = null;
        tick?.();
      }
    };
    const state = {
      setup: writable({ steps: 60 }), run: writable({ have: -1 }), playhead: writable(atStart()), wanted: writable(0),
    };
    const play = player(state, clock);
    const step = () => state.playhead.get().step;
"""


def test_the_player_plays_thirty_steps_a_second_on_steps_received_and_stops_at_the_end(run: Run) -> None:
    result = run(
        PLAYER
        + """
        const seen = [];
        play.play(); pass(1); seen.push(step());
        state.run.set({ have: 10 }); pass(1); seen.push(step());
        state.run.set({ have: 60 }); pass(1); seen.push(step());
        pass(2); seen.push(step());
        return { seen, playing: state.playhead.get().playing, idle: due === null };
    """
    )
    assert result == {"seen": [0, 10, 40, 60], "playing": False, "idle": True}


def test_the_player_loops_after_a_rest_and_keeps_its_speed(run: Run) -> None:
    result = run(
        PLAYER
        + """
        state.run.set({ have: 60 });
        play.toggleLoop(); play.setSpeed(2); play.play();
        pass(1); const end = step(); pass(0.5); const resting = step(); pass(1); const again = step();
        play.setSpeed(1000);
        return { end, resting, again: again > 0 && again < 60, speed: state.playhead.get().speed };
    """
    )
    assert result == {"end": 60, "resting": 60, "again": True, "speed": 64}


def test_a_held_player_stands_still_asks_for_no_frame_and_goes_on_without_a_leap(run: Run) -> None:
    result = run(
        PLAYER
        + """
        state.run.set({ have: 60 });
        play.play(); pass(0.5); const before = step();
        let release;
        const held = play.hold(new Promise((resolve) => (release = resolve)));
        const idle = due === null;
        pass(1); play.play(); pass(1); const standing = step();
        release(); await held;
        const released = step(); pass(0.5);
        return { before, idle, standing, released, after: step(), playing: state.playhead.get().playing };
    """
    )
    assert result == {
        "before": 15, "idle": True, "standing": 15, "released": 15, "after": 30, "playing": True,
    }  # fmt: skip


def test_seeking_ahead_of_the_run_asks_for_it_and_follows(run: Run) -> None:
    result = run(
        PLAYER
        + """
        state.setup.set({ steps: 10000 }); state.run.set({ have: 4000 });
        play.seek(9000);
        const first = [step(), state.wanted.get()];
        state.run.set({ have: 8000 }); const second = step();
        state.run.set({ have: 10000 }); const third = step();
        play.stepBy(-1); const fourth = step();
        state.setup.set({ steps: 100 });
        return { first, second, third, fourth, clamped: step(), horizon: [horizon(0), horizon(1), horizon(2000)] };
    """
    )
    assert result == {
        "first": [4000, 14000],
        "second": 8000,
        "third": 9000,
        "fourth": 8999,
        "clamped": 100,
        "horizon": [4000, 6000, 6000],
    }


def test_two_of_a_kind_get_two_colours(run: Run) -> None:
    colours = run("""
        const { coloursOf } = await import("/state/colours.js");
        const css = { "--opt-gd": "#c31", "--opt-sgd": "#c31", "--opt-adam": "#222" };
        Object.assign(css, { "--spare-1": "#abcdef", "--spare-2": "#00f" });
        const entrants = ["gd", "sgd", "adam", "adam", "new", "adam"].map((optimizer) => ({ optimizer }));
        entrants[2].color = "#ABCDEF";
        return coloursOf(entrants, (variable) => css[variable] ?? "");
    """)
    assert len({colour.lower() for colour in colours}) == 6
    assert colours[:4] == ["#c31", "#00f", "#ABCDEF", "#222"]

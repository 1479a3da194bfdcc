"""The socket that mends itself."""

from tests.browser.state.conftest import Run

SOCKET = """
    const { connected, newestWins } = await import(`/net/socket.js`);
    const { writable } = await import("/state/store.js");
    const wires = [];
    const real = globalThis.WebSocket;
    class Wire {
      static OPEN = 1; static CLOSED = 3;
      constructor() { this.readyState = 0; this.sent = []; wires.push(this); }
      send(text) { this.sent.push(JSON.parse(text)); }
      close() { this.readyState = 3; this.onclose?.(); }
      accept() { this.readyState = 1; this.onopen(); }
      say(event) { this.onmessage({ data: JSON.stringify(event) }); }
    }
    globalThis.WebSocket = Wire;
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const connection = writable({ state: "connecting", retryIn: 0 });
    const states = [], heard = [];
    connection.subscribe(({ state }) => states.push(state));
    const greet = () => socket.send({ type: "race" });
    const socket = connected("ws://x", { connection, greet, hear: (event) => heard.push(event) });
"""


def test_a_lost_connection_is_mended_and_what_was_pending_is_asked_again(run: Run) -> None:
    result = run(
        SOCKET
        + """
        const answer = socket.ask({ type: "map" });
        wires[0].accept();
        wires[0].close();
        const { retryIn } = connection.get();
        for (let i = 0; wires.length < 2 && i < 100; i++) await pause(20);
        wires[1].accept();
        const again = wires[1].sent.find(({ type }) => type === "map");
        wires[1].say({ type: "map", id: again.id, window: 1 });
        const { event } = await answer;
        wires[1].say({ type: "steps", id: 99 });
        socket.close();
        await pause(400);
        globalThis.WebSocket = real;
        return { retryIn, states, event, greeted: wires[1].sent[0].type, heard: heard.length, wires: wires.length,
          rising: again.id > wires[0].sent[0].id };
    """
    )
    assert 0.18 <= result["retryIn"] <= 0.32
    assert result["states"] == ["connecting", "open", "lost", "open"]
    assert (result["greeted"], result["heard"], result["wires"], result["rising"]) == ("race", 1, 2, True)


def test_who_is_sent_elsewhere_goes_at_once_and_no_question_is_held_against_it(run: Run) -> None:
    result = run(
        SOCKET
        + """
        const answer = socket.ask({ type: "map" });
        wires[0].accept();
        for (let wire = 0; wire < 3; wire++) {
          wires[wire].onclose({ code: 1012 });
          for (let i = 0; wires.length < wire + 2 && i < 100; i++) await pause(20);
          wires[wire + 1].accept();
        }
        const again = wires[3].sent.find(({ type }) => type === "map");
        wires[3].say({ type: "map", id: again.id });
        await answer;
        socket.close();
        globalThis.WebSocket = real;
        return { states, wires: wires.length };
    """
    )
    assert result == {"states": 4 * ["connecting", "open"], "wires": 4}


def test_the_waits_grow_to_five_seconds(run: Run) -> None:
    waits = run(
        SOCKET
        + """
        const waits = [], timer = globalThis.setTimeout;
        globalThis.setTimeout = (act, ms) => timer(act, 0);
        for (let i = 0; i < 8; i++) {
          wires[i].close();
          waits.push(connection.get().retryIn);
          await new Promise((resolve) => timer(resolve, 20));
        }
        globalThis.setTimeout = timer;
        socket.close();
        globalThis.WebSocket = real;
        return waits;
    """
    )
    for wait, expected in zip(waits, [0.25, 0.5, 1, 2, 4, 5, 5, 5], strict=True):
        assert 0.75 * expected <= wait <= 1.25 * expected


def test_a_refusal_rejects_its_question_and_progress_does_not_end_it(run: Run) -> None:
    result = run(
        SOCKET
        + """
        wires[0].accept();
        const progress = [];
        const tuned = socket.ask({ type: "tune" }, ({ done }) => progress.push(done));
        const formula = socket.ask({ type: "formula" }).catch((error) => error);
        const [, tune, typed] = wires[0].sent;
        wires[0].say({ type: "tuning", id: tune.id, done: 1, total: 2 });
        wires[0].say({ type: "seeking", id: tune.id, done: 2, total: 2 });
        const fault = { code: "syntax", message: "no", field: "expression", position: [1, 2] };
        wires[0].say({ type: "error", id: typed.id, ...fault });
        wires[0].say({ type: "tuned", id: tune.id, metric: "fair" });
        const { message, field, position } = await formula;
        const { event } = await tuned;
        socket.close();
        globalThis.WebSocket = real;
        return { progress, message, field, position, metric: event.metric };
    """
    )
    assert result == {
        "progress": [1, 2],
        "message": "no",
        "field": "expression",
        "position": [1, 2],
        "metric": "fair",
    }


def test_one_question_is_out_and_the_newest_of_those_that_wait_is_next(run: Run) -> None:
    result = run("""
        const { newestWins } = await import("/net/socket.js");
        const asked = [], doors = [];
        const ask = newestWins((question) => new Promise((resolve) => { asked.push(question); doors.push(resolve); }));
        const answers = [1, 2, 3].map((question) => ask(question));
        doors[0]("one");
        await answers[0];
        await Promise.resolve();
        doors[1]("three");
        return { asked, answers: await Promise.all(answers) };
    """)
    assert result == {"asked": [1, 3], "answers": ["one", None, "three"]}


def test_long_work_is_ended_by_its_signal_with_or_without_a_server(run: Run) -> None:
    result = run(
        SOCKET
        + """
        wires[0].accept();
        const ends = [1, 2, 3].map(() => new AbortController());
        const work = ends.map(({ signal }) => socket.ask({ type: "sweep" }, undefined, signal));
        const [, first, second] = wires[0].sent;
        ends[0].abort();
        const sent = wires[0].sent.at(-1);
        wires[0].say({ type: "error", id: first.id, code: "cancelled", message: "ended" });
        wires[0].say({ type: "swept", id: second.id });
        ends[1].abort(); // too late: there is nothing more to be said
        const silent = wires[0].sent.at(-1) === sent;
        wires[0].close();
        ends[2].abort();
        const codes = await Promise.all(work.map((each) => each.then(() => "done", ({ code }) => code)));
        socket.close();
        globalThis.WebSocket = real;
        return { sent, first: first.id, silent, codes };
    """
    )
    assert result["sent"] == {"type": "cancel", "id": result["first"]}
    assert result["silent"]
    assert result["codes"] == ["cancelled", "done", "cancelled"]


def test_a_question_that_closes_the_connection_is_not_asked_for_ever(run: Run) -> None:
    result = run(
        SOCKET
        + """
        const timer = globalThis.setTimeout;
        globalThis.setTimeout = (act, ms) => timer(act, 0);
        const why = (each) => each.then(() => "answered", ({ code }) => code);
        const small = why(socket.ask({ type: "map" }));
        const large = why(socket.ask({ type: "race", text: "x".repeat(1000) }));
        let sent = 0;
        for (let i = 0; i < 8; i++) {
          const wire = wires.at(-1);
          wire.accept();
          sent += wire.sent.filter(({ type }) => type === "map").length;
          wire.readyState = 3;
          wire.onclose({ code: i === 0 ? 1009 : 1006 });
          for (let k = 0; wires.at(-1) === wire && k < 50; k++) await new Promise((resolve) => timer(resolve, 5));
        }
        socket.close();
        globalThis.setTimeout = timer;
        globalThis.WebSocket = real;
        return { small: await small, large: await large, sent };
    """
    )
    assert result == {"small": "away", "large": "away", "sent": 3}

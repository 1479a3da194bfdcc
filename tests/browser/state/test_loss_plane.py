"""The plane through a network's loss: when it is asked for, how finely, and the paths on it."""

from itertools import pairwise

from tests.browser.state.conftest import Run

# A page that asks a server which answers after `wait` ms and writes down what it was asked.
ASKED = """
    const { writable } = await import("/state/store.js");
    const { lossPlane, onPlane } = await import("/state/network/loss-plane.js");
    const [asked, failures] = [[], []];
    let out = 0, most = 0;
    const entrants = 2;
    const state = {
      run: writable({ id: 7, version: 0, have: 40, complete: true, steps: 40, entrants, records: [0, 10, 20, 30, 40] }),
      playhead: writable({ step: 25, playing: false }),
      plane: writable(null),
      planeKind: writable({ kind: "pca", entrant: 0, entrants: null, seed: 0 }),
    };
    const seen = writable(true);
    const rest = (ms) => new Promise((done) => setTimeout(done, ms));
    async function about(type, fields) {
      asked.push({ type, ...fields });
      most = Math.max(most, ++out);
      await rest(argument?.wait ?? 1);
      out -= 1;
      const [nx, ny] = fields.size;
      const records = state.run.get().records.filter((step) => step <= fields.step);
      const data = (numbers, ...shape) => ({ data: Float64Array.from(numbers), shape });
      const paths = [0, 1].flatMap((entrant) => records.flatMap((step) => [step, 100 * entrant + step]));
      return {
        event: { step: fields.step, at: fields.at, window: fields.window ?? [[0, 40], [0, 140]], size: fields.size,
                 axes: ["first", "second"], explained: [0.9, 0.05] },
        arrays: { x: data(new Array(nx).fill(1), nx), y: data(new Array(ny).fill(1), ny),
                  loss: data(new Array(nx * ny).fill(1), ny, nx), paths: data(paths, 2, records.length, 2),
                  records: { data: Int32Array.from(records), shape: [records.length] },
                  true: data([fields.at, 1], 2), shown: data([0.5, 2], 2) },
      };
    }
    const moved = lossPlane(state, about, (error) => failures.push(error), seen);
"""


def test_a_coarse_plane_first_then_a_fine_one_never_two_at_a_time(run: Run) -> None:
    asked, most, at = run(f"""{ASKED}
        await rest(400);
        return [asked, most, state.plane.get().true[0]];
    """)
    assert [(each["size"], each["step"], each["at"]) for each in asked] == [
        ([16, 16], 40, 20),
        ([50, 50], 40, 20),
    ]
    assert most == 1
    assert at == 20, "the losses are those of the record at the playhead"


def test_a_moved_playhead_asks_for_the_losses_alone(run: Run) -> None:
    asked, same, losses = run(f"""{ASKED}
        await rest(400);
        const before = state.plane.get();
        state.playhead.set({{ step: 33, playing: false }});
        await rest(100);
        const after = state.plane.get();
        return [asked.slice(2), before.loss === after.loss && before.paths === after.paths, [...after.true]];
    """)
    assert [(each["size"], each["at"]) for each in asked] == [([2, 2], 30)]
    assert same
    assert losses == [30, 1]


def test_a_slow_network_stays_coarse(run: Run) -> None:
    asked = run(f"""{ASKED} await rest(700); return asked;""", {"wait": 300})
    sizes = [each["size"][0] for each in asked]
    assert sizes[0] == 16
    assert all(16 <= size < 50 for size in sizes)


def test_while_it_trains_and_plays_it_looks_twice_a_second(run: Run) -> None:
    times = run(f"""{ASKED}
        await rest(200);
        const times = [];
        state.playhead.set({{ step: 25, playing: true }});
        for (let have = 40, before = asked.length; have < 190; have++) {{
          const more = {{ version: have, have, steps: 500, complete: false }};
          state.run.update((old) => ({{ ...old, ...more, records: [...old.records, have] }}));
          await rest(10);
          if (asked.length > before) times.push(performance.now());
          before = asked.length;
        }}
        return times;
    """)
    assert len(times) >= 3
    assert all(later - sooner > 450 for sooner, later in pairwise(times[1:]))


def test_nobody_looks_nothing_is_asked(run: Run) -> None:
    asked = run(f"""{ASKED}
        await rest(300);
        seen.set(false);
        state.planeKind.update((old) => ({{ ...old, kind: "random" }}));
        await rest(100);
        const none = asked.length;
        seen.set(true);
        await rest(100);
        return [asked.slice(none).map(({{ kind }}) => kind), none];
    """)
    assert asked[1] == 2
    assert set(asked[0]) == {"random"}


def test_a_window_moved_by_hand_stays_until_it_is_given_back(run: Run) -> None:
    asked = run(f"""{ASKED}
        await rest(300);
        moved.setWindow([[1, 2], [3, 4]]);
        await rest(100);
        state.run.update((old) => ({{ ...old, version: 1 }}));
        await rest(100);
        const held = moved.window.get();
        moved.resetWindow();
        await rest(100);
        return [asked.map((each) => each.window), held, moved.window.get()];
    """)
    assert asked[0][0] is None
    assert [[1, 2], [3, 4]] in asked[0]
    assert asked[1] == [[1, 2], [3, 4]]
    assert asked[2] == [[0, 40], [0, 140]]


def test_paths_are_straight_between_records(run: Run) -> None:
    points, have = run(f"""{ASKED}
        const seenRun = onPlane(state, moved.window).run;
        seenRun.subscribe(() => {{}});
        await rest(300);
        const {{ points, have }} = seenRun.get();
        return [points.map((each) => [...each]), have];
    """)
    assert have == 40
    assert points[0][::2] == list(range(41))
    assert points[1][1::2] == [100 + step for step in range(41)]

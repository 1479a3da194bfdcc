"""Samples of one's own in place of a set's, and undo and redo of the data that networks learn from."""

from typing import Any

from app.pages.routes import learning
from app.settings import get_settings
from descent_lab.links.defaults import opening
from tests.browser.state.conftest import Run

CATALOG = learning(get_settings()) | {"opening": opening("network")}


def travelled(run: Run, body: str) -> Any:
    """The value of a body of `edit`, `store`, `past` (its history), `draw(points)` and `data()`."""
    return run(
        f"""const edit = await import("/state/network/setup.js");
        const {{ history }} = await import("/state/history.js");
        const {{ writable }} = await import("/state/store.js");
        const own = await import("/state/network/own-samples.js");
        const known = argument;
        const store = writable({{ ...known.opening, spread: 0.3, samples: 50, hidden: [4], activation: ["tanh"] }});
        const past = history(store, own.dataActed);
        const draw = (...points) => store.update((old) => own.withDrawn(old, points, known));
        const data = () => JSON.parse(JSON.stringify((({{ data, drawn, csv, samples, spread, loss }}) =>
          ({{ data, drawn, csv, samples, spread, loss }}))(store.get())));
        {body}""",
        CATALOG,
    )


MOONS = {"data": "moons", "samples": 50, "spread": 0.3, "loss": "cross_entropy"}


def test_what_was_drawn_goes_and_comes_and_the_set_it_was_drawn_on_is_as_it_was(run: Run) -> None:
    told = travelled(
        run,
        """draw([0, 0, 1]); draw([0, 0, 1], [1, 1, 0]);
        const told = [];
        for (const way of ["undo", "undo", "undo", "redo", "redo"]) { past[way](); told.push(data().drawn ?? data()); }
        return told;""",
    )
    assert told == [[[0, 0, 1]], MOONS, MOONS, [[0, 0, 1]], [[0, 0, 1], [1, 1, 0]]]


def test_undo_of_a_point_leaves_the_network_as_it_is_by_then(run: Run) -> None:
    setup = travelled(
        run,
        """draw([0, 0, 1]);
        const changes = [{ at: 5, setting: "batch", value: 1 }];
        store.update((old) => edit.withLayers({ ...old, l2: 0.1, changes }, 2));
        past.undo();
        return store.get();""",
    )
    assert {name: setup[name] for name in MOONS} == MOONS
    assert (setup["hidden"], setup["l2"]) == ([4, 4], 0.1)
    assert setup["changes"] == [{"at": 5, "setting": "batch", "value": 1}]


def test_a_stroke_is_one_act_and_one_that_comes_to_nothing_is_none(run: Run) -> None:
    told = travelled(
        run,
        """past.begin(); draw([0, 0, 1]); past.undo(); draw([0, 0, 1], [1, 1, 1]); past.end();
        past.begin(); past.end();
        const both = data().drawn;
        past.undo();
        return [both, data(), past.reach.get()];""",
    )
    assert told == [[[0, 0, 1], [1, 1, 1]], MOONS, {"undo": False, "redo": True}]


def test_a_table_brings_its_setup_along_and_takes_it_away_again(run: Run) -> None:
    before, back, again = travelled(
        run,
        """draw([0, 0, 1], [1, 1, 0]);
        store.update((old) => ({ ...old, l2: 0.01, steps: 700 }));
        const told = [store.get()];
        store.set({ ...known.blank, csv: "a,b\\n1,x\\n2,y" });
        store.update((old) => ({ ...old, l2: 0.5 }));
        past.undo(); told.push(store.get());
        past.redo(); told.push(store.get());
        return told;""",
    )
    assert back == before
    assert (again["csv"], again["l2"]) == ("a,b\n1,x\n2,y", 0.5)
    assert "drawn" not in again


def test_how_many_samples_there_are_is_no_act(run: Run) -> None:
    told = travelled(
        run,
        """store.update((old) => ({ ...old, spread: 0.1, samples: 200 }));
        const first = past.reach.get();
        draw([0, 0, 1]);
        past.undo();
        return [first, data()];""",
    )
    assert told == [{"undo": False, "redo": False}, {**MOONS, "spread": 0.1, "samples": 200}]

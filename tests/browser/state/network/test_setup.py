"""Edits of a training's setup, what of them is told to the server, and how what it measures is kept."""

from typing import Any

from app.pages.routes import learning
from app.settings import get_settings
from descent_lab.links.defaults import opening
from tests.browser.state.conftest import Run

CATALOG = learning(get_settings()) | {"opening": opening("network")}


def edited(run: Run, expression: str) -> Any:
    """The value of an expression of `edit` (state/network/setup.js), `setup` and `known`, the catalogue."""
    return run(
        f"""const edit = {{ ...(await import("/state/network/setup.js")), ...(await import("/state/entrants.js")),
          ...(await import("/state/running/race-run.js")) }};
        const known = argument;
        const setup = Object.freeze(known.opening);
        return {expression};""",
        CATALOG,
    )


def test_the_page_opens_on_two_moons_and_four_optimizers(run: Run) -> None:
    setup = edited(run, "setup")
    assert (setup["data"], setup["hidden"], setup["activation"]) == ("moons", [8, 8], ["tanh", "tanh"])
    assert [each["optimizer"] for each in setup["entrants"]] == ["sgd", "momentum", "rmsprop", "adam"]
    assert "start" not in setup


def test_a_layer_more_is_like_the_last_and_one_less_takes_its_own_along(run: Run) -> None:
    more, less, none, back = edited(
        run,
        """(() => {
          const two = edit.withActivation(edit.withLayer(setup, 1, 5), 1, "relu");
          return [edit.withLayers(two, 3), edit.withLayers(two, 1), edit.withLayers(two, 0),
            edit.withLayers(edit.withLayers(two, 0), 1)];
        })()""",
    )
    assert (more["hidden"], more["activation"]) == ([8, 5, 5], ["tanh", "relu", "relu"])
    assert (less["hidden"], less["activation"]) == ([8], ["tanh"])
    assert (none["hidden"], none["activation"]) == ([], [])
    assert (back["hidden"], back["activation"]) == ([8], ["tanh"])


def test_each_layer_keeps_its_dropout_and_more_take_that_of_the_last(run: Run) -> None:
    setup = edited(
        run,
        """edit.withLayers({ ...setup, dropout: [0.1, 0.3],
          changes: [{ at: 9, setting: "dropout", value: [0, 0.2] }, { at: 9, setting: "l2", value: 1 }] }, 3)""",
    )
    assert setup["dropout"] == [0.1, 0.3, 0.3]
    assert [change["value"] for change in setup["changes"]] == [[0, 0.2, 0.2], 1]
    assert edited(run, "edit.withLayers({ ...setup, dropout: [0.1, 0.3] }, 1)")["dropout"] == 0.1
    assert edited(run, "edit.withLayers({ ...setup, dropout: [0.1, 0.3] }, 0)")["dropout"] == 0


def test_a_setting_holds_from_its_step_on(run: Run) -> None:
    values = edited(
        run,
        """(() => {
          const turned = edit.withSetting(edit.withSetting(setup, { at: 100, setting: "l2", value: 0.1 }),
            { at: 0, setting: "batch", value: 8 });
          const again = edit.withSetting(turned, { at: 100, setting: "l2", value: 0.2 });
          return [0, 99, 100, 500].map((step) => edit.settingAt(again, "l2", step))
            .concat([edit.settingAt(again, "batch", 0), again.changes.length]);
        })()""",
    )
    assert values == [0, 0, 0.2, 0.2, 8, 1]


def test_a_turned_setting_is_a_change_and_another_layer_a_new_training(run: Run) -> None:
    made, data, share, turn = edited(
        run,
        """(() => {
          const turned = edit.withSetting(setup, { at: 100, setting: "l2", value: 0.1 });
          const knob = edit.withTurned(setup, { at: 100, entrant: 0, knob: "lr", value: 1 });
          const dropped = edit.withSetting(turned, { at: 100, setting: "dropout", value: [0.1, 0.2] });
          return [edit.changesMade(setup, dropped, edit.pathKey),
            edit.changesMade(setup, edit.withLayers(setup, 1), edit.pathKey),
            edit.lastShared(setup, turned, edit.pathKey),
            edit.lastShared(setup, knob, edit.pathKey)];
        })()""",
    )
    assert made == [
        {"at": 100, "setting": "l2", "value": 0.1},
        {"at": 100, "setting": "dropout", "value": [0.1, 0.2]},
    ]
    assert data is None
    assert share == 99, "the mini-batch of the step itself may be another"
    assert turn == 100


def test_looks_of_an_entrant_make_no_other_training(run: Run) -> None:
    assert edited(
        run,
        """[edit.label(setup, 0, "me"), edit.recolour(setup, 1, "#123456"), edit.hide(setup, 2, true)]
        .every((other) => edit.pathKey(other) === edit.pathKey(setup))""",
    )


FOLDING = """
    const { begun, folded, recordAt, lossAt } = await import("/state/running/run.js");
    const network = { every: 10, dims: [2, 1], weights: 3 };
    const entrants = [{ name: "SGD" }, { name: "Adam" }];
    let shown = begun({ id: 1, steps: 100, goal: null, goals: [null, null], entrants, network });
    const tensor = (values, count) => ({ data: Float64Array.from(values), shape: [2, count] });
    const frame = (from, to, records, value) => {
      const width = to - from + 1;
      const of = (e, plus) => records.map((step) => value + plus + step + e / 10);
      const each = (plus) => tensor([...of(0, plus), ...of(1, plus)], records.length);
      shown = folded(shown, { from, to, last: to === 100, outcomes: [], reached: [], stopped: [] }, {
        losses: tensor(new Array(2 * width).fill(value), width),
        records: { data: Int32Array.from(records), shape: [records.length] },
        training: each(0), training_accuracy: each(1000),
      });
      return shown;
    };
    const said = ({ records, measured, rewritten }) =>
      [records, measured.training.map((each) => [...each.subarray(0, records.length)]), rewritten];
"""


def test_records_follow_one_another_and_a_rewind_replaces_those_behind_it(run: Run) -> None:
    first, then, anew = run(
        FOLDING
        + """
        const first = said(frame(0, 24, [0, 10, 20], 0));
        const then = said(frame(25, 100, [30, 100], 0));
        return [first, then, said(frame(20, 45, [20, 30, 40], 500))];
    """
    )
    assert first == [[0, 10, 20], [[0, 10, 20], [0.1, 10.1, 20.1]], 0]
    assert then[0] == [0, 10, 20, 30, 100]
    assert then[2] == 0
    assert anew[0] == [0, 10, 20, 30, 40]
    assert anew[1][0] == [0, 10, 520, 530, 540]
    assert anew[2] == 1


def test_the_loss_at_a_step_is_what_was_measured_last(run: Run) -> None:
    assert run(
        FOLDING
        + """
        frame(0, 100, [0, 10, 100], 0);
        const at = (step) => recordAt(shown, step);
        return [[0, 9, 10, 11, 99, 100].map(at), lossAt(shown, 0, 99), at(-1)];
    """
    ) == [[0, 0, 1, 1, 1, 2], 10, -1]

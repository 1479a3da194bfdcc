"""Edits of a regression's setup, the shares of its sets, and the plane in which many weights are shown."""

from typing import Any

import pytest

from tests.browser.state.conftest import Run


def edited(run: Run, expression: str, argument: Any = None) -> Any:
    """The value of an expression of `edit` (state/regression/setup.js), `setup`, `catalog` and `argument`."""
    return run(
        f"""const edit = await import("/state/regression/setup.js");
        const setup = Object.freeze(catalog.pointSets[0].whole);
        return {expression};""",
        argument,
    )


def test_the_page_opens_on_the_first_point_set(run: Run) -> None:
    setup = edited(run, "setup")
    assert (setup["preset"], setup["degree"], setup["start"], setup["split"]) == (
        "line",
        1,
        [3, -4],
        [100, 0, 0],
    )


def test_another_degree_has_a_start_of_its_own_length(run: Run) -> None:
    bent, back = edited(
        run,
        """[edit.withModel(setup, { degree: 3 }, catalog),
            edit.withModel(edit.withModel(setup, { degree: 3 }, catalog), { degree: 1 }, catalog)]""",
    )
    assert bent["start"] == [0, 0, 0, 0]
    assert back["start"] == [3, -4], "the point set's own start again"


def test_inputs_are_standardised_from_degree_two_on_unless_it_is_said_otherwise(run: Run) -> None:
    assert edited(
        run,
        """[setup, { ...setup, degree: 2 }, { ...setup, degree: 2, standardise: false },
            { ...setup, standardise: true }].map(edit.standardised)""",
    ) == [False, True, False, True]


def test_a_table_has_a_weight_for_every_input_and_rates_of_its_own(run: Run) -> None:
    table, back = edited(
        run,
        """[edit.withData(setup, { dataset: "patients" }, catalog),
            edit.withData(edit.withData(setup, { dataset: "patients" }, catalog), { preset: "bend" }, catalog)]""",
    )
    assert table["start"] == [0, 0, 0, 0]
    assert "preset" not in table
    assert table["entrants"] != edited(run, "setup.entrants")
    assert back["entrants"] == edited(run, "setup.entrants")
    assert (back["degree"], back["split"]) == (2, [70, 15, 15])


def test_an_entrant_loses_its_own_start_among_other_weights(run: Run) -> None:
    kept, lost = edited(
        run,
        """[{ l2: 1 }, { degree: 2 }].map((model) => {
            const moved = { ...setup, entrants: [{ optimizer: "gd", offset: [1, 1] }] };
            return edit.withModel(moved, model, catalog).entrants[0].offset ?? null;
        })""",
    )
    assert kept == [1, 1]
    assert lost is None


def test_looks_are_no_part_of_the_path(run: Run) -> None:
    same, other = edited(
        run,
        """[{ entrants: setup.entrants.map((each) => ({ ...each, color: "#123456" })) }, { batch: 2 }].map(
            (part) => edit.pathKey({ ...setup, ...part }) === edit.pathKey(setup))""",
    )
    assert same
    assert not other


@pytest.mark.parametrize(
    ("split", "which", "share", "after"),
    [
        ([100, 0, 0], 1, 20, [80, 20, 0]),
        ([80, 20, 0], 2, 15, [65, 20, 15]),
        ([70, 15, 15], 0, 90, [90, 5, 5]),
        ([70, 15, 15], 0, 0, [5, 48, 47]),
        ([100, 0, 0], 0, 60, [60, 40, 0]),
        ([70, 15, 15], 1, 100, [5, 95, 0]),
        ([30, 40, 30], 2, 80, [5, 15, 80]),
    ],
)
def test_three_shares_always_make_a_hundred(
    run: Run, split: list[int], which: int, share: int, after: list[int]
) -> None:
    shares = run("return (await import('/state/shares.js')).withShare(...argument);", [split, which, share])
    assert shares == after
    assert sum(shares) == 100


def test_weights_move_in_their_plane_and_keep_their_distance_to_it(run: Run) -> None:
    plane = {"origin": [1, 0, 2], "u": [0.6, 0.8, 0], "v": [-0.8, 0.6, 0]}
    result = run(
        """const { inPlane, movedTo, liesOn } = await import("/state/regression/section.js");
        const [plane, weights] = argument;
        const moved = movedTo(plane, weights, [2, -1]);
        const on = [weights, moved, [1, 0, 2]].map((each) => liesOn(plane, each));
        return { at: inPlane(plane, moved), beside: moved[2], on };""",
        [plane, [4, 4, 7]],
    )
    assert result["at"] == pytest.approx([2, -1])
    assert result["beside"] == 7
    assert result["on"] == [False, False, True]

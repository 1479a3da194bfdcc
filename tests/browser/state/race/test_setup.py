"""Edits of a setup."""

import json
from typing import Any

import pytest

from tests.browser.state.conftest import Run
from tests.browser.state.setups import THREE


def edited(run: Run, expression: str, setup: dict[str, Any] | None = None) -> Any:
    """The value of an expression of `edit` (state/race/setup.js and entrants.js), `setup` and `catalog`."""
    return run(
        f"""const edit = {{ ...(await import("/state/race/setup.js")), ...(await import("/state/entrants.js")) }};
        const setup = Object.freeze(argument ?? catalog.opening);
        return {expression};""",
        setup,
    )


def test_the_page_opens_on_the_first_scene(run: Run) -> None:
    setup = edited(run, "setup")
    assert setup["surface"] == "beale"
    assert setup["steps"] == 200
    assert setup["start"] == [1, 1.6]
    assert [entrant["optimizer"] for entrant in setup["entrants"]] == ["adam", "gd"]


def test_an_edit_leaves_the_old_setup_alone(run: Run) -> None:
    before, after = edited(run, "[catalog.opening, edit.withKnob(setup, 0, 'lr', 0.5)]")
    assert before["entrants"][0]["knobs"] == {"lr": 0.12}
    assert after["entrants"][0]["knobs"] == {"lr": 0.5}


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        ("removeEntrant(setup, 1)", [(10, 0), (30, 1)]),
        ("duplicateEntrant(setup, 1, catalog)", [(10, 0), (20, 1), (20, 2), (30, 3)]),
        ("moveEntrant(setup, 0, 2)", [(10, 2), (20, 0), (30, 1)]),
        ("addEntrant(setup, 'adam', catalog)", [(10, 0), (20, 1), (30, 2)]),
        ("withSteps(setup, 20)", [(10, 0)]),
    ],
)
def test_changes_follow_their_entrant(run: Run, edit: str, changes: list[tuple[int, int]]) -> None:
    setup = edited(run, f"edit.{edit}", THREE)
    assert [(change["at"], change["entrant"]) for change in setup["changes"]] == changes


def test_the_last_entrant_stays_and_the_limit_holds(run: Run) -> None:
    one = THREE | {"entrants": THREE["entrants"][:1], "changes": []}
    assert len(edited(run, "edit.removeEntrant(setup, 0)", one)["entrants"]) == 1
    full = THREE | {"entrants": [*THREE["entrants"], THREE["entrants"][0]]}
    assert len(edited(run, "edit.addEntrant(setup, 'gd', catalog)", full)["entrants"]) == 4
    assert len(edited(run, "edit.duplicateEntrant(setup, 0, catalog)", full)["entrants"]) == 4


def test_another_surface_keeps_the_entrants_and_takes_its_rates(run: Run) -> None:
    entrants = [
        {"optimizer": "adam", "knobs": {"lr": 0.7}},
        {"optimizer": "gd", "knobs": {"lr": 0.7}, "color": "#123456"},
        {"optimizer": "gd", "knobs": {"lr": 0.05}},
    ]
    setup = edited(run, "edit.withSurface(setup, catalog.surfaces[1])", THREE | {"entrants": entrants})
    assert (setup["surface"], setup["start"], setup["steps"], setup["changes"]) == (
        "bowl",
        [-1.5, 1],
        100,
        [],
    )
    assert [entrant["knobs"] for entrant in setup["entrants"]] == [{}, {"lr": 0.3}, {"lr": 0.05}]
    assert setup["entrants"][1]["color"] == "#123456"


def test_a_typed_surface_takes_its_start_once(run: Run) -> None:
    first = edited(run, "edit.withExpression(setup, 'x^2', {start: [2, 2], parameters: []})", THREE)
    assert first["start"] == [2, 2]
    assert first["expression"] == "x^2"
    assert "surface" not in first
    again = edited(run, "edit.withExpression(setup, 'x^4', {start: [3, 3], parameters: []})", first)
    assert again["start"] == [2, 2]
    assert again["expression"] == "x^4"


def test_letters_of_a_formula_keep_their_numbers_and_the_ends_of_a_slider_are_no_part_of_the_path(
    run: Run,
) -> None:
    told = "{start: [2, 2], parameters: [{name: 'a', value: 1}, {name: 'b', value: 1}]}"
    first = edited(run, f"edit.withExpression(setup, 'a x^2 + b', {told})", THREE)
    assert first["parameters"] == [{"name": "a", "value": 1}, {"name": "b", "value": 1}]
    turned = edited(run, "edit.withParameter(setup, 'b', {value: 4})", first)
    again = edited(run, f"edit.withExpression(setup, 'a + b x', {told})", turned)
    assert again["parameters"] == [{"name": "a", "value": 1}, {"name": "b", "value": 4}]
    wide = "edit.withParameter(setup, 'b', {range: [0, 100]})"
    assert edited(run, f"edit.pathKey({wide}) === edit.pathKey(setup)", again)
    assert not edited(
        run, "edit.pathKey(edit.withParameter(setup, 'b', {value: 5})) === edit.pathKey(setup)", again
    )
    listed = edited(run, "edit.withSurface(setup, catalog.surfaces[1])", again)
    assert "parameters" not in listed


def test_a_second_change_at_the_same_step_replaces_the_first(run: Run) -> None:
    change = {"at": 10, "entrant": 0, "knob": "lr", "value": 0.9}
    setup = edited(run, f"edit.withChange(setup, {json.dumps(change)})", THREE)
    assert [each["value"] for each in setup["changes"]] == [0.9, 0.2, 0.3]
    assert edited(run, "[9, 10, 99].map((at) => edit.knobAt(setup, 0, 'lr', at, catalog))", setup) == [
        0.01,
        0.9,
        0.9,
    ]


def test_labels_colours_and_the_window_are_no_part_of_the_path(run: Run) -> None:
    shown = "edit.withWindow(setup, [[0, 1], [0, 1]])"
    shown = f"edit.hide(edit.label(edit.recolour({shown}, 0, '#aabbcc'), 0, 'me'), 1, true)"
    assert edited(run, f"edit.pathKey({shown}) === edit.pathKey(setup)", THREE)
    assert not edited(run, "edit.pathKey(edit.withSeed(setup, 1)) === edit.pathKey(setup)", THREE)

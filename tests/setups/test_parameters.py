"""What the letters of a typed formula stand for, said in a setup, in a link and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from descent_lab.links.opened import opened
from descent_lab.links.writing import written
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.setups.race_setup import slider_range
from descent_lab.setups.reading import read_setup

GD = [{"optimizer": "gd", "knobs": {"lr": 0.1}}]


def raced(**setup: Any) -> list[list[float]]:
    """Where gradient descent has gone."""
    race = Race(read_setup({"start": [1, 1], "steps": 20, "entrants": GD, **setup}))
    race.advance(20)
    return race.points(0, 20)[0].tolist()


def test_a_letter_stands_for_its_number_and_for_1_where_nothing_is_said() -> None:
    turned = raced(expression="a*x^2 + b*y^2", parameters=[{"name": "a", "value": 1.5}])
    assert turned == raced(expression="1.5*x^2 + 1*y^2")
    assert raced(expression="a*x^2 + y^2") == raced(expression="x^2 + y^2")
    assert raced(expression="α x^2", parameters=[{"name": "alpha", "value": 2}]) == raced(expression="2x^2")


@pytest.mark.parametrize(
    ("parameters", "field", "word"),
    [
        ([{"name": "c"}], "parameters.0.name", "it has a, b"),
        ([{"name": "a"}, {"name": "a"}], "parameters.1.name", "twice"),
        ([{"name": "a", "value": "x"}], "parameters.0.value", "'x'"),
        ([{"name": "a", "value": float("nan")}], "parameters.0.value", "nan"),
        ([{"name": "a", "range": [3, 1]}], "parameters.0.range", "lower"),
        ([{"name": "a", "range": [3]}], "parameters.0.range", "[3]"),
        ([{"value": 3}], "parameters.0.name", "needed"),
        ([{"name": "a", "low": 3}], "parameters.0", "'low'"),
        ("a", "parameters", "'a'"),
    ],
)
def test_what_is_no_number_of_a_letter_is_refused_by_name(parameters: Any, field: str, word: str) -> None:
    with pytest.raises(Refusal) as refused:
        raced(expression="a*x^2 + b*y^2", parameters=parameters)
    assert refused.value.field == field
    assert word in refused.value.message


def test_a_formula_without_letters_has_no_parameters() -> None:
    with pytest.raises(Refusal, match="it has none"):
        raced(expression="x^2", parameters=[{"name": "a"}])
    with pytest.raises(Refusal, match="no 'parameters'"):
        raced(surface="beale", parameters=[])


LINK = "expression=a*x^2 %2B b*y^2&parameters=a:1.5;b:1:0,10&entrant=gd:lr=0.1"


def test_a_link_carries_numbers_and_the_ends_of_sliders() -> None:
    setup = opened(LINK).setup
    assert setup is not None
    assert setup["parameters"] == [{"name": "a", "value": 1.5}, {"name": "b", "value": 1, "range": [0, 10]}]
    assert "parameters=a:1.5;b:1:0,10" in written(setup)
    assert opened(written(setup)).setup == setup
    messenger = LINK.replace(":", "%3A").replace(";", "%3B").replace(",", "%2C")
    assert opened(messenger).setup == setup


def test_a_whole_setup_names_all_letters_and_a_link_leaves_out_the_usual_number() -> None:
    setup = opened("expression=a*x^2 %2B λ*y^2&parameters=lambda:3").setup
    assert setup is not None
    assert setup["parameters"] == [{"name": "a", "value": 1}, {"name": "lambda", "value": 3}]
    assert "parameters=lambda:3&" in written(setup)
    plain = opened("expression=a*x^2 %2B y^2").setup
    assert plain is not None
    assert "parameters" not in written(plain)


@pytest.mark.parametrize(
    ("link", "word"),
    [
        ("expression=a*x^2&parameters=b:3", "it has a"),
        ("expression=a*x^2&parameters=a", "letter:number"),
        ("expression=a*x^2&parameters=a:much", "'much'"),
        ("expression=a*x^2&parameters=a:1:2", "parameters.0.range"),
        ("expression=foo(x)&parameters=a:1", "foo"),
        ("surface=beale&parameters=a:1", "no 'parameters'"),
    ],
)
def test_a_link_says_what_is_wrong_with_its_letters(link: str, word: str) -> None:
    (fault,) = opened(link).faults
    assert word in fault.message


def test_the_command_line_takes_them_and_they_come_on_top_of_a_link(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    status, out, _ = run(
        "race", "--expression", "a*x^2 + y^2", "--parameters", "a:3", "--entrant", "gd", "--json"
    )
    assert status == 0
    assert '"parameters": {"a": 3' in " ".join(out.split())
    status, out, _ = run("race", "--link", LINK, "--parameters", "a:4", "--json")
    assert status == 0
    assert '"parameters": {"a": 4.0, "b": 1.0}' in " ".join(out.split())
    status, _, err = run("race", "--expression", "x^2", "--parameters", "a:3", "--entrant", "gd")
    assert (status, err.count("\n")) == (2, 1)


def test_a_slider_reaches_beyond_its_number() -> None:
    assert [slider_range(value) for value in (0, -5, 5.5, -70, 1e6)] == [
        (-5, 5), (-5, 5), (-10, 10), (-100, 100), (-1e6, 1e6),
    ]  # fmt: skip

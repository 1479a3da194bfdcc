"""Numerals of links, the examples of the documents, and damaged links."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from descent_lab.datasets import POINT_SETS
from descent_lab.links.grammar import read
from descent_lab.links.writing import numeral, written
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from tests.links.test_grammar import numbers


@settings(deadline=None)  # other tests may have the cores
@given(numbers)
def test_a_numeral_is_the_very_same_double(value: float):
    assert float(numeral(value)).hex() == value.hex()


def test_numerals_are_those_of_javascript() -> None:
    """Links that the page wrote have them: decimals from a millionth to 10^21."""
    assert [numeral(value) for value in (1.2e-5, 1e-6, 1e-7, 1e16, 1.5e21, -0.0, 0.1, 3)] == [
        *("0.000012", "0.000001", "1e-7", "10000000000000000", "1.5e21", "-0", "0.1", "3")
    ]


def test_what_a_point_set_says_is_what_links_count_on() -> None:
    """A link leaves out what a setup has anyway; of a point set's own model it writes everything."""
    assert {name for each in POINT_SETS.values() for name in each.model} <= {
        *("degree", "standardise", "split", "batch", "start", "steps")
    }


def test_the_example_of_the_documentation():
    link = (
        "surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9"
        "&entrant=gd:lr=0.004;schedule=cosine:floor=0.01;offset=0.01,0;color=cc3311;hidden;label=My%20GD"
        "&change=40:0:lr=0.01"
    )
    setup = read(link)
    assert setup["entrants"][1] == {
        "optimizer": "gd",
        "knobs": {"lr": 0.004},
        "schedule": {"kind": "cosine", "floor": 0.01},
        "offset": [0.01, 0],
        "color": "#cc3311",
        "label": "My GD",
        "hidden": True,
    }
    assert written(setup) == link


def test_a_list_of_nothing_is_no_part() -> None:
    setup = {
        "data": "moons",
        "hidden": [],
        "activation": [],
        "dropout": [],
        "entrants": [{"optimizer": "gd"}],
    }
    assert written(setup) == "data=moons&hidden=&entrant=gd"


def test_the_example_of_a_network() -> None:
    link = (
        "data=moons&samples=300&spread=0.15&hidden=8,8&activation=tanh,relu&dropout=0.1,0"
        "&entrant=adam:lr=0.01&change=40:0:lr=0.001&setting=60:batch=64"
    )
    setup = read(link)
    assert (setup["data"], setup["hidden"], setup["activation"]) == ("moons", [8, 8], ["tanh", "relu"])
    assert setup["changes"][1] == {"at": 60, "setting": "batch", "value": 64}
    assert written(setup) == link
    assert len(read_setup(setup).changes) == 2


@pytest.mark.parametrize(
    ("link", "field"),
    [
        ("speed=3", "link"),
        ("start=1", "start"),
        ("start=1,two", "start"),
        ("steps=1e999", "steps"),
        ("surface=beale&surface=booth", "surface"),
        ("entrant=adam:lr", "entrants.0.knobs"),
        ("entrant=adam:lr=x", "entrants.0.knobs.lr"),
        ("entrant=adam;speed=1", "entrants.0"),
        ("change=40", "changes.0"),
        ("window=1,2,3", "window"),
        ("points=1,2;3", "points.1"),
        ("preset=seven&standardise=perhaps", "standardise"),
        ("data=3:1&preset=seven", "changes.0"),
        ("preset=seven&data=3:1:x,y", "changes.0.to"),
        ("preset=seven&degree=three", "degree"),
        ("data=moons&hidden=8,x", "hidden"),
        ("activation=tanh,&data=moons", "activation"),
        ("label=%E0%A4%A", "link"),
        ("expression=%E0%A4%A", "expression"),
        ("complete nonsense", "link"),
        ("data=moons&dropout=some", "dropout"),
        ("data=moons&data=xor", "data"),
        ("drawn=1,2,0;3,4", "drawn.1"),
        ("data=moons&setting=40", "changes.0"),
        ("data=moons&setting=40:batch=many", "changes.0.value"),
    ],
)
def test_a_damaged_link_is_refused_by_name(link: str, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(link)
    assert caught.value.field == field

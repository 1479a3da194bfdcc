"""A setup written as a link reads back as the same setup; a damaged link is refused by name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.refusals import Refusal
from descent_lab.setups.links import numeral, read, written
from descent_lab.setups.reading import read_setup

numbers = st.floats(allow_nan=False, allow_infinity=False)
pairs = st.lists(numbers, min_size=2, max_size=2)
entrants = st.fixed_dictionaries(
    {"optimizer": st.just("adam"), "knobs": st.dictionaries(st.sampled_from(["lr", "beta1"]), numbers)},
    optional={
        "schedule": st.fixed_dictionaries({"kind": st.just("cosine")}, optional={"floor": numbers}),
        "offset": pairs.filter(any),
        "label": st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
        "color": st.just("#cc3311"),
        "hidden": st.just(True),
    },
)
setups = st.fixed_dictionaries(
    {
        "expression": st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        "start": pairs,
        "steps": st.integers(0, 10_000),
        "seed": st.integers(0, 2**53 - 1),
        "noise": numbers,
        "entrants": st.lists(entrants, max_size=3),
        "changes": st.lists(
            st.fixed_dictionaries(
                {
                    "at": st.integers(0, 99),
                    "entrant": st.integers(0, 3),
                    "knob": st.just("lr"),
                    "value": numbers,
                }
            ),
            max_size=3,
        ),
    },
    optional={"window": st.lists(pairs, min_size=2, max_size=2)},
)


@given(setups)
def test_a_written_setup_reads_back(setup: dict[str, Any]):
    assert read(written(setup)) == setup
    assert read("#" + written(setup)) == setup


@given(numbers)
def test_a_numeral_is_the_very_same_double(value: float):
    assert float(numeral(value)).hex() == value.hex()


def test_the_example_of_the_documentation():
    link = (
        "surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9"
        "&entrant=gd:lr=0.004;schedule=cosine:floor=0.01;offset=0.01,0;color=cc3311;label=My%20GD;hidden"
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


regressions = st.fixed_dictionaries(
    {
        "points": st.lists(pairs, min_size=1, max_size=5),
        "degree": st.integers(1, 12),
        "split": st.just([70, 15, 15]),
        "start": st.lists(numbers, min_size=2, max_size=5),
        "entrants": st.lists(entrants, max_size=2),
        "changes": st.lists(
            st.fixed_dictionaries(
                {"at": st.integers(0, 99), "point": st.integers(0, 9), "to": st.none() | pairs}
            ),
            max_size=3,
        ),
    },
    optional={
        "standardise": st.booleans(),
        "loss": st.sampled_from(["mse", "mae", "huber"]),
        "l2": st.floats(0, 1e12),
        "batch": st.integers(0, 100),
    },
)


@given(regressions)
def test_a_regression_reads_back_as_it_was_written(setup: dict[str, Any]) -> None:
    assert read(written(setup)) == setup


networks = st.fixed_dictionaries(
    {
        "hidden": st.lists(st.integers(1, 64), max_size=6),
        "entrants": st.lists(entrants, max_size=2),
        "changes": st.lists(
            st.one_of(
                st.fixed_dictionaries(
                    {
                        "at": st.integers(0, 99),
                        "setting": st.sampled_from(["batch", "l2", "l1", "jitter"]),
                        "value": st.floats(0, 1e6),
                    }
                ),
                st.fixed_dictionaries(
                    {
                        "at": st.integers(0, 99),
                        "setting": st.just("dropout"),
                        "value": st.floats(0, 0.95) | st.lists(st.floats(0, 0.95), min_size=2, max_size=6),
                    }
                ),
            ),
            max_size=3,
        ),
    },
    optional={
        "data": st.sampled_from(["moons", "mnist"]),
        "drawn": st.lists(
            st.tuples(numbers, numbers, st.integers(0, 2)).map(list),
            min_size=1,
            max_size=4,
        ),
        "csv": st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
        "samples": st.integers(10, 2000),
        "spread": st.floats(0, 10),
        "activation": st.just("relu") | st.lists(st.sampled_from(["tanh", "gelu"]), min_size=2, max_size=6),
        "output": st.just("sigmoid"),
        "loss": st.sampled_from(["mse", "cross_entropy"]),
        "initial": st.just("he"),
        "dropout": st.floats(0, 0.95) | st.lists(st.floats(0, 0.95), min_size=2, max_size=6),
        "patience": st.integers(0, 99),
    },
)


@given(networks)
def test_a_network_reads_back_as_it_was_written(setup: dict[str, Any]) -> None:
    assert read(written(setup)) == setup


def test_the_example_of_a_network() -> None:
    link = (
        "data=moons&hidden=8,8&activation=tanh,relu&dropout=0.1,0&samples=300&spread=0.15"
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
        ("preset=seven&data=3:1", "changes.0"),
        ("preset=seven&data=3:1:x,y", "changes.0.to"),
        ("preset=seven&degree=three", "degree"),
        ("data=moons&hidden=8,x", "hidden"),
        ("data=moons&activation=tanh,", "activation"),
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

"""A setup written as a link reads back as the same setup, whatever happens to it on the way; a damaged link is refused
by name."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from descent_lab.datasets import POINT_SETS
from descent_lab.links.defaults import completed
from descent_lab.links.grammar import parsed, read
from descent_lab.links.signs import CUT_OFF
from descent_lab.links.writing import written

numbers = st.floats(allow_nan=False, allow_infinity=False)
pairs = st.lists(numbers, min_size=2, max_size=2)
characters = st.characters(exclude_categories=["Cs"])
GRAMMAR = (
    *(
        ";hidden",
        ";color=cc3311",
        "&entrant=gd",
        "&seed=3",
        "&change=4:0:lr=1",
        "&data=3:1:",
        "label=",
        ";label=a",
    ),
    *(
        "%",
        "%3Bhidden",
        "%26",
        "%2541",
        "%25",
        "50%",
        "#",
        "&",
        ";",
        ",",
        ":",
        "=",
        "(a)",
        "!",
        "'",
        ".",
        "hidden",
    ),
)
texts = st.lists(st.sampled_from(GRAMMAR) | st.text(characters, max_size=5), min_size=1, max_size=4).map(
    "".join
)
"""Texts of people, with all that could be taken for grammar."""

entrants = st.fixed_dictionaries(
    {"optimizer": st.just("adam"), "knobs": st.dictionaries(st.sampled_from(["lr", "beta1"]), numbers)},
    optional={
        "schedule": st.fixed_dictionaries({"kind": st.just("cosine")}, optional={"floor": numbers}),
        "offset": pairs.filter(any),
        "label": texts.filter(bool),
        "color": st.just("#cc3311"),
        "hidden": st.just(True),
    },
)
knob_changes = st.fixed_dictionaries(
    {"at": st.integers(0, 99), "entrant": st.integers(0, 3), "knob": st.just("lr"), "value": numbers}
)
point_changes = st.fixed_dictionaries(
    {"at": st.integers(0, 99), "point": st.integers(0, 9), "to": st.none() | pairs}
)
shares = st.floats(0, 0.95) | st.lists(st.floats(0, 0.95), min_size=2, max_size=6)
setting_changes = st.fixed_dictionaries(
    {
        "at": st.integers(0, 99),
        "setting": st.sampled_from(["batch", "l2", "jitter"]),
        "value": st.floats(0, 1e6),
    }
) | st.fixed_dictionaries({"at": st.integers(0, 99), "setting": st.just("dropout"), "value": shares})
common = {
    "steps": st.integers(0, 10_000),
    "seed": st.integers(0, 2**53 - 1),
    "noise": numbers,
    "entrants": st.lists(entrants, min_size=1, max_size=3),
}


def sourced(*sources: dict[str, Any], **more: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Setups with one of the sources."""
    return st.one_of(*(st.fixed_dictionaries({**source, **common, **more}) for source in sources))


races = sourced(
    {"expression": texts},
    {"surface": st.just("beale")},
    start=pairs,
    changes=st.lists(knob_changes, max_size=3),
)
regressions = st.builds(
    dict.__or__,
    sourced(
        {"points": st.lists(pairs, max_size=5), "degree": st.integers(1, 12)},
        {"preset": st.sampled_from([*POINT_SETS]), "degree": st.integers(1, 12)},
        {"dataset": st.just("diabetes")},
        split=st.sampled_from([[70, 15, 15], [100, 0, 0]]),
        start=st.lists(numbers, min_size=2, max_size=5),
        changes=st.lists(knob_changes | point_changes, max_size=3),
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "standardise": st.booleans(),
            "loss": st.sampled_from(["mse", "mae", "huber"]),
            "delta": st.floats(0, 9),
            "l2": st.floats(0, 1e12),
            "batch": st.integers(0, 100),
        },
    ),
)
networks = st.builds(
    dict.__or__,
    sourced(
        {"data": st.sampled_from(["moons", "mnist", "curve"])},
        {"drawn": st.lists(st.tuples(numbers, numbers, st.integers(0, 2)).map(list), max_size=4)},
        {"csv": texts},
        hidden=st.lists(st.integers(1, 64), max_size=6),
        changes=st.lists(knob_changes | setting_changes, max_size=3),
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "samples": st.integers(10, 2000),
            "spread": st.floats(0, 10),
            "activation": st.just("relu")
            | st.lists(st.sampled_from(["tanh", "gelu"]), min_size=2, max_size=6),
            "output": st.just("sigmoid"),
            "loss": st.sampled_from(["mse", "cross_entropy"]),
            "initial": st.just("he"),
            "dropout": shares,
            "patience": st.integers(0, 99),
            "split": st.just([60, 20, 20]),
        },
    ),
)
setups = st.one_of(races, regressions, networks)


def bits(value: Any) -> Any:
    """Every number as the bits of its double; a list of one activation or share as the one."""
    if isinstance(value, dict):
        return {key: bits(each) for key, each in value.items()}
    if isinstance(value, list):
        return [bits(each) for each in value]
    return float(value).hex() if isinstance(value, int | float) and not isinstance(value, bool) else value


def opens(link: str, setup: dict[str, Any]) -> None:
    """The link opens that very setup."""
    known, faults = parsed(link)
    assert not faults, (link, faults)
    if setup.get("activation") and len({*setup["activation"]}) == 1:
        known = known | {"activation": setup["activation"]}
    assert bits(completed(known)) == bits(completed(setup)), link


@settings(deadline=None)  # other tests may have the cores
@given(setups)
def test_a_written_setup_reads_back(setup: dict[str, Any]) -> None:
    link = written(setup)
    opens(link, setup)
    opens(f"#{link}", setup)
    opens(f"https://lab.example/regression#{link}", setup)
    assert written(read(link)) == link


@settings(deadline=None)  # other tests may have the cores
@given(setups, st.data())
def test_signs_that_were_encoded_once_more_open_the_same(setup: dict[str, Any], data: st.DataObject) -> None:
    link = written(setup)
    cut = re.split("([,;:=&])", link)
    chosen = data.draw(st.lists(st.booleans(), min_size=len(cut), max_size=len(cut)))
    opens("".join(quote(p) if yes and p in ",;:=&" else p for p, yes in zip(cut, chosen, strict=True)), setup)
    for signs in (",", ";", ":", "=", "&", ",;:=", ",;:=&", ",;:=&#"):
        opens("".join(quote(sign) if sign in signs else sign for sign in f"#{link}"), setup)


@settings(deadline=None)  # other tests may have the cores
@given(setups)
def test_a_link_that_was_encoded_as_a_whole_opens_the_same(setup: dict[str, Any]) -> None:
    link = written(setup)
    for once in (
        quote(link, safe=""),
        quote(f"#{link}", safe="~()*!'"),
        quote(f"http://lab.example/#{link}"),
    ):
        opens(once, setup)
        opens(quote(once, safe=""), setup)
    opens(f"http://lab.example/network#{quote(link, safe='')}", setup)


@settings(deadline=None)  # other tests may have the cores
@given(setups, st.text(st.sampled_from(CUT_OFF), min_size=1, max_size=3))
def test_signs_of_the_sentence_around_a_link_do_not_matter(setup: dict[str, Any], signs: str) -> None:
    link = written(setup)
    assert link[-1] not in CUT_OFF
    opens(link + signs, setup)
    opens(quote(link, safe="") + signs, setup)


def test_what_messengers_cost_an_old_link_comes_back() -> None:
    old = "points=1,2;3,4&entrant=gd&data=20:1:5,6&data=60:0:"
    assert read(old) == read(old[:-1]) == read(f"{old}.") == read(f"({old})".removeprefix("("))
    assert read("expression=sin(x)).")["expression"] == "sin(x)"


def test_an_old_label_keeps_its_meaning() -> None:
    """As the pages wrote labels: before `hidden`, with the signs of the grammar encoded once."""
    for text, label in [
        ("a%3Bhidden", "a;hidden"),
        ("a%26seed=3", "a&seed=3"),
        ("100%25", "100%"),
        ("%2541", "%41"),
        ("v1.", "v1."),
        ("really!)", "really!)"),
    ]:
        link = f"surface=beale&seed=1&entrant=gd;label={text}"
        assert read(link)["entrants"] == [{"optimizer": "gd", "knobs": {}, "label": label}]
    hidden = {"optimizer": "gd", "knobs": {}, "label": "My GD", "hidden": True}
    link = "surface=beale&entrant=gd;label=My%20GD;hidden"
    assert read(link)["entrants"] == [hidden]
    assert read(quote(link, safe="&=%"))["entrants"] == [hidden]
    assert read(quote(link, safe=""))["entrants"] == [hidden]

"""What a search varies, and the tries that are made of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from descent_lab.refusals import Refusal
from descent_lab.search.axes import Axis, read_axis
from descent_lab.search.space import Space, plain
from descent_lab.setups.reading import read_setup

MOONS: dict[str, Any] = {
    "data": "moons",
    "hidden": [8, 8],
    "steps": 100,
    "seed": 0,
    "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.01, "beta1": 0.8}}],
}


def space(*axes: str, base: dict[str, Any] = MOONS) -> Space:
    kind = "network" if "data" in base else "regression"
    return Space(base, tuple(read_axis(text, kind, f"vary.{index}") for index, text in enumerate(axes)))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("lr=0.1,1e-3", (0.1, 0.001)),
        ("l2=0,1e-4", (0, 1e-4)),
        ("optimizer=adam,sgd", ("adam", "sgd")),
        ("hidden=8|15|15,15|", ([8], [15], [15, 15], [])),
        ("hidden=15,15", ([15, 15],)),
        ("dropout=0|0.1,0.2", (0, [0.1, 0.2])),
        ("activation=tanh|relu,tanh", ("tanh", ["relu", "tanh"])),
        ("initial=xavier,he", ("xavier", "he")),
        ("batch=32", (32,)),
    ],
)
def test_values_are_read_as_links_are(text: str, values: tuple[Any, ...]):
    assert read_axis(text, "network", "vary.0").values == values


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("lr=1e-4..1:log", Axis("lr", (), 1e-4, 1, True)),
        ("beta=0..0.99", Axis("beta", (), 0, 0.99)),
        ("batch=16..256", Axis("batch", (), 16, 256, False, True)),
        ("batch=1..256:log", Axis("batch", (), 1, 256, True, True)),
        ("history=1..20", Axis("history", (), 1, 20, False, True)),
    ],
)
def test_ranges(text: str, axis: Axis):
    assert read_axis(text, "network", "vary.0") == axis


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("lr", "axis"),
        ("rate=0.1", "no axis"),
        ("seed=1,2", "no axis"),
        ("degree=1,2", "no axis"),
        ("lr=1..0.1", "range"),
        ("lr=0..1:log", "range"),
        ("lr=0.1..0.1", "range"),
        ("lr=0.1..1:linear", "range"),
        ("batch=1.5..3", "range"),
        ("hidden=1..8", "range"),
        ("optimizer=a..b", "range"),
        ("lr=a..b", "link number"),
        ("lr=", "link number"),
        ("lr=0,05,x", "link number"),
        ("optimizer=adma", "unknown item"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, reason: str):
    with pytest.raises(Refusal) as caught:
        read_axis(text, "network", "vary.0")
    assert caught.value.reason == reason


def test_a_range_is_gone_through_from_end_to_end():
    log, whole = Axis("lr", (), 1e-4, 1, True), Axis("batch", (), 16, 18, False, True)
    assert [log.at(share) for share in (0, 0.25, 0.5, 1 - 1e-16)] == [1e-4, 1e-3, 1e-2, 1.0]
    assert [whole.at(share) for share in np.linspace(0, 0.999, 9)] == [16, 16, 16, 17, 17, 17, 18, 18, 18]
    assert all(isinstance(whole.at(share), int) for share in (0, 0.9))
    values = Axis("lr", (1, 2, 3))
    assert [values.at(share) for share in (0, 0.3, 0.34, 0.67, 1 - 1e-16)] == [1, 1, 2, 3, 3]


def test_a_grid_has_every_combination_once():
    tries = space("lr=0.1,0.01", "hidden=4|8,8").grid()
    assert tries == [{"lr": lr, "hidden": hidden} for lr in (0.1, 0.01) for hidden in ([4], [8, 8])]


def test_whole_numbers_of_a_range_are_gone_through_by_a_grid():
    line = {"preset": "sine", "seed": 0, "entrants": [{"optimizer": "gd"}]}
    assert [each["degree"] for each in space("degree=1..4", base=line).grid()] == [1, 2, 3, 4]


def test_knobs_that_an_optimizer_does_not_have_are_left_out_and_tried_once():
    tries = space("optimizer=adam,momentum", "beta=0.5,0.9").grid()
    assert tries == [
        {"optimizer": "adam"},
        {"optimizer": "momentum", "beta": 0.5},
        {"optimizer": "momentum", "beta": 0.9},
    ]


def test_draws_lie_evenly_and_the_first_are_the_same_however_many_there_are():
    some = space("lr=1e-4..1:log", "l2=0..1")
    many = some.drawn(200, 0)
    assert some.drawn(20, 0) == many[:20]
    assert some.drawn(20, 1) != many[:20]
    decades = np.floor([math.log10(each["lr"]) for each in many])
    assert [int(np.sum(decades == decade)) for decade in range(-4, 0)] == pytest.approx([50] * 4, abs=3)


def test_no_try_is_made_twice_and_none_that_is_not_there():
    assert len(space("lr=0.1,0.2,0.3", "hidden=4|8").drawn(50, 0)) == 6


def setups(some: Space, tries: Sequence[Any]) -> list[dict[str, Any]]:
    return [some.setup(each, 5, 70) for each in tries]


def test_the_setup_of_a_try_is_the_base_but_for_what_is_varied():
    some = space("optimizer=adam,sgd", "lr=0.5", "hidden=4|")
    first, _, third, _ = setups(some, some.grid())
    knobs = {"lr": 0.5, "beta1": 0.8}
    assert first == {
        **MOONS,
        "seed": 5,
        "steps": 70,
        "hidden": [4],
        "entrants": [{"optimizer": "adam", "knobs": knobs}],
    }
    assert third["entrants"] == [{"optimizer": "sgd", "knobs": {"lr": 0.5}}], (
        "its own other knobs are the defaults"
    )
    for setup in setups(some, some.grid()):
        read_setup(setup)


def test_a_start_in_other_weights_is_not_kept():
    line = {"preset": "sine", "start": [1, 1], "seed": 0, "entrants": [{"optimizer": "gd"}]}
    some = space("degree=1,3", base=line)
    assert all("start" not in some.setup(each) for each in some.grid())
    assert "start" in space("lr=0.1", base=line).setup({"lr": 0.1})


def test_what_all_layers_share_holds_for_other_layers_too():
    told = {**MOONS, "activation": ["relu", "relu"], "dropout": [0.1, 0.2], "changes": [{"at": 3}]}
    assert plain(told) == {**told, "activation": "relu", "changes": []}


@pytest.mark.parametrize(
    ("axes", "reason"),
    [
        (("lr=0.1", "lr=0.2"), "axis twice"),
        (("rho=0.1",), "knob of none"),
        (("optimizer=sgd", "beta1=0.5"), "knob of none"),
    ],
)
def test_what_cannot_be_searched_is_refused(axes: tuple[str, ...], reason: str):
    with pytest.raises(Refusal) as caught:
        space(*axes)
    assert caught.value.reason == reason


def test_a_search_has_one_entrant():
    with pytest.raises(Refusal, match="one optimizer"):
        space("lr=0.1", base={**MOONS, "entrants": 2 * MOONS["entrants"]})


def test_a_grid_of_a_range_or_of_too_many_is_refused():
    with pytest.raises(Refusal, match="lr is a range"):
        space("lr=0.1..1").grid()
    many = ",".join(str(1 + each) for each in range(400))
    with pytest.raises(Refusal, match="160,000"):
        space(f"batch={many}", f"l2={many}").grid()

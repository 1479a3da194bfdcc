"""A link opens a whole setup, or all that is wrong with it is told: races, regressions and networks alike."""

from typing import Any

import pytest

from descent_lab.datasets import POINT_SETS, SAMPLE_SETS, TABLES
from descent_lab.links.defaults import completed, opening
from descent_lab.links.grammar import Kind, read
from descent_lab.links.opened import opened
from descent_lab.links.writing import written
from descent_lab.races.scenes import SCENES
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces import SURFACES
from descent_lab.training.scenes import NETWORK_SCENES

RACES: list[tuple[str, list[str]]] = [
    ("surface=nowhere", ["There is no surface 'nowhere'; known are beale, saddle,"]),
    ("surface=beale&start=1", ["start must be two numbers or more, with commas between;"]),
    ("start=NaN,Infinity", ["start must be a finite number; got 'NaN'."]),
    ("start=1e999,0", ["start must be a finite number; got '1e999'."]),
    ("steps=1e9", ["steps must be a whole number from 0 to 10000; got"]),
    ("steps=-1", ["steps must be a whole number from 0 to 1000000000; got -1."]),
    ("noise=-1", ["noise must be a number from 0 to 1e+06; got -1."]),
    ("seed=1.5", ["seed must be a whole number from 0 to 9007199254740992;"]),
    ("window=1,0,0,1", ["window must run from a lower to a higher number; got 1 to"]),
    ("entrant=sdg:lr=1", ["There is no optimizer 'sdg'; known are gd, sgd, momentum,"]),
    ("entrant=gd:beta1=1", ["GD has no knob 'beta1'; it has lr."]),
    ("entrant=gd:lr=fast", ["Every knob of gd must have a finite number, as in lr=0.01; got 'lr=fast'."]),
    ("entrant=gd;color=red", ["entrants.0 must be followed by schedule=, offset=x,y,"]),
    ("entrant=gd;schedule=linear", ["There is no schedule 'linear'; known are constant, step,"]),
    ("entrant=gd;surprise", ["entrants.0 must be followed by schedule=, offset=x,y,"]),
    ("entrant=gd&" * 25, ["At most 24 entrants are served here; got 25."]),
    ("entrant=gd&change=40:1:lr=1", ["changes.0.entrant must be a whole number from 0 to 0; got"]),
    ("entrant=gd&change=999:0:lr=1", ["changes.0.at must be a whole number from 0 to 240; got"]),
    ("entrant=gd&change=40:0:beta1=1", ["GD has no knob 'beta1'; it has lr."]),
    ("label=%E0%A4%A", ["A link has no 'label'; it may have expression, parameters, surface,"]),
    ("expression=%E0%A4%A", ["expression must be text in UTF-8, percent signs followed"]),
    ("surface=beale&expression=x", ["One of expression, surface is needed; expression, surface"]),
    ("surface=beale&surface=bowl", ["surface must be there once; it came again as"]),
    ("complete nonsense", ["A link has no 'complete nonsense'; it may have"]),
    (
        "__proto__=1&constructor=2",
        [
            "A link has no '__proto__'; it may have expression,",
            "A link has no 'constructor'; it may have expression,",
        ],
    ),
]
REGRESSIONS: list[tuple[str, list[str]]] = [
    ("preset=nowhere", ["There is no preset 'nowhere'; known are seven, eleven,"]),
    ("dataset=nowhere", ["There is no dataset 'nowhere'; known are diabetes."]),
    (
        "preset=seven&points=1,2",
        ["One of points, preset, dataset, table, table_file is needed; points, preset"],
    ),
    ("points=1,2;3", ["points.1 must be two finite numbers x,y; got '3'."]),
    ("points=1,NaN", ["points.0 must be a finite number; got 'NaN'."]),
    ("degree=13", ["degree must be a whole number from 1 to 12; got 13."]),
    ("degree=2.5", ["degree must be a whole number from 1 to 12; got 2.5."]),
    ("loss=hinge", ["There is no loss 'hinge'; known are mse, mae, huber."]),
    ("l2=-1", ["l2 must be a number from 0 to 1e+12; got -1."]),
    ("split=70,20,20", ["split must be the shares of training, validation and test"]),
    ("batch=1.5", ["batch must be a whole number from 0 to 1000000000; got"]),
    ("standardise=maybe", ["standardise must be yes or no; got 'maybe'."]),
    ("degree=3&start=1,2", ["start must be 4 numbers; got [1.0, 2.0]."]),
    ("preset=seven&data=40:8:1,2", ["At step 40 there are 7 points, so a change may be about"]),
    ("preset=seven&data=40:0:&data=50:6:", ["At step 50 there are 6 points, so a change may be about"]),
    ("preset=seven&data=400:0:1,2", ["changes.0.at must be a whole number from 0 to 300; got"]),
    ("surface=beale", ["This is the link of a race, and here is the page of a"]),
    ("preset=seven&change=40:9:lr=1", ["changes.0.entrant must be a whole number from 0 to 3; got"]),
]
NETWORKS: list[tuple[str, list[str]]] = [
    ("data=suns", ["There is no data 'suns'; known are moons, circles, xor,"]),
    ("data=moons&csv=a", ["One of drawn, csv, file, data is needed; csv, data came."]),
    ("drawn=1,2", ["drawn.0 must be x,y,class; got '1,2'."]),
    ("drawn=1,2,3", ["drawn.0.class must be a whole number from 0 to 2; got 3."]),
    ("hidden=8,0", ["hidden.1 must be a whole number from 1 to 64; got 0."]),
    ("hidden=1,1,1,1,1,1,1", ["At most 6 hidden are served here; got 7."]),
    ("hidden=65", ["hidden.0 must be a whole number from 1 to 64; got 65."]),
    ("activation=bent", ["There is no activation 'bent'; known are linear, sigmoid,"]),
    ("hidden=4,4&activation=tanh,relu,tanh", ["activation must be one name, or one for each of the 2"]),
    ("hidden=4,4&dropout=0.1,0.1,0.1", ["dropout must be one share, or one for each of the 2"]),
    ("dropout=1", ["dropout must be a number from 0 to 0.95; got 1."]),
    ("split=70,20,20", ["split must be the shares of training, validation and test"]),
    ("batch=1.5", ["batch must be a whole number from 0 to 1000000000; got"]),
    ("l2=-1", ["l2 must be a number from 0 to 1e+06; got -1."]),
    ("initial=ones", ["There is no initialisation 'ones'; known are xavier, he,"]),
    ("setting=40:lr=1", ["changes.0.setting must be one of batch, l2, l1, dropout,"]),
    ("setting=4000:batch=1", ["changes.0.at must be a whole number from 0 to 2000; got"]),
    ("setting=40:batch=0.5", ["changes.0.value must be a whole number from 0 to"]),
    ("entrant=newton", ["Newton is for a few weights, not for a network."]),
    ("entrant=adam;offset=1", ["entrants.0.offset must be two finite numbers x,y; got '1'."]),
    ("degree=3", ["A link has no 'degree'; it may have drawn, csv, file, data,"]),
]
DAMAGED = [
    (page, link, said)
    for page, links in {"race": RACES, "regression": REGRESSIONS, "network": NETWORKS}.items()
    for link, said in links
]


@pytest.mark.parametrize(("page", "link", "said"), DAMAGED)
def test_all_that_is_wrong_is_told(page: Kind, link: str, said: list[str]) -> None:
    found = opened(link, page=page)
    assert found.setup is None
    assert len(found.faults) == len(said)
    for fault, words in zip(found.faults, said, strict=True):
        assert str(fault).startswith(words)


def test_several_faults_of_values_are_told_at_once() -> None:
    fields = [
        fault.field for fault in opened("surface=beale&steps=1e9&noise=-1&seed=0.5", page="race").faults
    ]
    assert sorted(map(str, fields)) == ["noise", "seed", "steps"]


def test_a_page_has_a_step_to_show() -> None:
    assert opened("surface=beale&steps=0").setup is not None
    assert [fault.field for fault in opened("surface=beale&steps=0", page="race").faults] == ["steps"]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        *(({"surface": key}, "race") for key in SURFACES),
        *((scene.setup, "race") for scene in SCENES.values()),
        *(({"preset": key}, "regression") for key in POINT_SETS),
        *(({"dataset": key}, "regression") for key in TABLES),
        *(({"data": key}, "network") for key in SAMPLE_SETS if key != "mnist"),
        *((scene.setup, "network") for scene in NETWORK_SCENES.values() if scene.key != "mnist"),
    ],
)
def test_everything_of_the_lists_is_filled_in_and_survives_its_link(part: dict[str, Any], kind: Kind) -> None:
    whole = completed(part)
    assert completed(whole) == whole
    found = opened(written(whole))
    assert (found.kind, found.setup, found.faults) == (kind, whole, ())
    assert written(read(written(whole))) == written(whole)


@pytest.mark.parametrize("kind", ["race", "regression", "network"])
def test_what_a_page_opens_with_can_be_run(kind: Kind) -> None:
    assert opened("", page=kind).setup == opening(kind)
    assert read_setup(opening(kind)).steps > 0
    assert opened(written(opening(kind)), page=kind).setup == opening(kind)


def test_a_page_opens_with_pictures_before_they_are_loaded() -> None:
    link = "data=mnist&hidden=15&steps=20&entrant=adam:lr=0.005"
    assert opened(link, page="network").setup == completed(read(link))
    (fault,) = opened(f"samples=3&{link}", page="network").faults
    assert fault.field == "samples"


def test_a_curve_is_judged_by_its_squares() -> None:
    losses = [completed({"data": key})["loss"] for key in ("curve", "moons", "mnist")]
    assert losses == ["mse", "cross_entropy", "cross_entropy"]


def test_what_is_filled_in_is_what_the_engine_takes() -> None:
    """A link that the command line reads without filling in anything is the same run."""
    for link in ("surface=booth&entrant=gd", "preset=sine&entrant=gd", "data=moons&entrant=adam"):
        bare, whole = read_setup(read(link)), read_setup(opened(link).setup)
        for name in ("start", "steps", "seed", "noise", "entrants"):
            assert getattr(bare, name) == getattr(whole, name), (link, name)


@pytest.mark.parametrize(
    "link",
    [
        "&".join(["what=1"] * 40_000),
        "surface=beale&entrant=gd;label=" + "%26seed=1" * 20_000,
        "surface=beale&entrant=gd;label=" + "%3Bhidden" * 20_000,
        "expression=" + "(" * 60_000 + ")" * 120_000,
        "csv=" + "%26data=" * 20_000,
        "%25" * 60_000 + "3D",
    ],
)
def test_a_monstrous_link_is_refused(link: str) -> None:
    """It would take minutes, were anything in the reading quadratic in the length."""
    assert len(opened(link, page="race").faults) <= 20

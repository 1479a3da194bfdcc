"""A damaged link opens what its page opens with, and says why: races, regressions and networks alike."""

from typing import Any

import pytest

from app.pages.routes import learning
from app.settings import get_settings
from tests.browser.state.conftest import Run

RACES = [
    ("surface=nowhere", "surface: expected a surface of the list"),
    ("surface=beale&start=1", "start: expected two finite numbers"),
    ("start=NaN,Infinity", "start: expected two finite numbers"),
    ("start=1e999,0", "start: expected two finite numbers"),
    ("steps=1e9", "steps: expected a whole number from 1 to 10000"),
    ("steps=-1", "steps"),
    ("noise=-1", "noise"),
    ("seed=1.5", "seed"),
    ("window=1,0,0,1", "window"),
    ("entrant=sdg:lr=1", "entrant: expected an optimizer of the list"),
    ("entrant=gd:beta1=1", "entrant gd: expected a knob of this optimizer"),
    ("entrant=gd:lr=fast", "entrant gd: expected a knob of this optimizer"),
    ("entrant=gd;color=red", "entrant gd: expected a colour"),
    ("entrant=gd;schedule=linear", "schedule"),
    ("entrant=gd;surprise", "entrant gd: expected schedule="),
    ("entrant=gd&" * 5, "entrant: expected at most 4"),
    ("entrant=gd&change=40:1:lr=1", "change"),
    ("entrant=gd&change=999:0:lr=1", "change"),
    ("entrant=gd&change=40:0:beta1=1", "change"),
    ("label=%E0%A4%A", "label: expected one of surface"),
    ("expression=%E0%A4%A", "encoding"),
    ("surface=beale&expression=x", "expression"),
    ("surface=beale&surface=bowl", "surface: expected each part once"),
    ("complete nonsense", "expected one of surface"),
    ("__proto__=1&constructor=2", "__proto__: expected one of surface"),
]
REGRESSIONS = [
    ("preset=nowhere", "preset: expected a point set of the list"),
    ("dataset=nowhere", "dataset: expected a data set of the list"),
    ("preset=line&points=1,2", "data: expected one of points, preset and dataset"),
    ("points=1,2;3", "points: expected points x,y"),
    ("points=1,NaN", "points"),
    ("degree=13", "degree: expected a whole number from 1 to 12"),
    ("degree=2.5", "degree"),
    ("loss=hinge", "loss"),
    ("l2=-1", "l2"),
    ("split=70,20,20", "split: expected three shares"),
    ("batch=1.5", "batch"),
    ("standardise=maybe", "standardise: expected yes or no"),
    ("degree=3&start=1,2", "start: expected 4 numbers"),
    ("preset=line&data=40:7:1,2", "data: expected step:point:x,y"),
    ("preset=line&data=40:0:&data=50:2:", "data"),
    ("preset=line&data=400:0:1,2", "data"),
    ("surface=beale", "surface: expected one of points, preset, dataset"),
    ("preset=line&change=40:9:lr=1", "change"),
]
NETWORKS = [
    ("data=suns", "data: expected"),
    ("data=moons&csv=a", "data: expected"),
    ("drawn=1,2", "drawn: expected"),
    ("drawn=1,2,3", "drawn: expected"),
    ("hidden=8,0", "hidden: expected"),
    ("hidden=1,1,1,1,1,1,1", "hidden: expected"),
    ("hidden=65", "hidden: expected"),
    ("activation=bent", "activation: expected"),
    ("hidden=4,4&activation=tanh,relu,tanh", "activation: expected"),
    ("hidden=4,4&dropout=0.1,0.1,0.1", "dropout: expected"),
    ("dropout=1", "dropout: expected"),
    ("split=70,20,20", "split: expected"),
    ("batch=1.5", "batch: expected"),
    ("l2=-1", "l2: expected"),
    ("initial=ones", "initial: expected"),
    ("setting=40:lr=1", "setting: expected"),
    ("setting=4000:batch=1", "setting: expected"),
    ("setting=40:batch=0.5", "setting: expected"),
    ("entrant=newton", "entrant: expected"),
    ("entrant=adam;offset=1", "offset: expected"),
    ("degree=3", "degree: expected"),
]
TWICE = ("expression=%E0%A4%A", "__proto__=1&constructor=2")
"""Damaged in two ways, both of which are said."""

PAGES: dict[str, tuple[str, str, Any, list[tuple[str, str]]]] = {
    "race": ("permalink", "setup", None, RACES),
    "regression": ("regression-link", "regression-setup", None, REGRESSIONS),
    "network": ("network-link", "network-setup", learning(get_settings()), NETWORKS),
}
"""Of each page: who reads its links, who knows its opening, its catalogue where it has its own, and links with a part
of what is said of them."""


@pytest.mark.parametrize(
    ("page", "link", "said"),
    [(page, link, said) for page, (*_, links) in PAGES.items() for link, said in links],
)
def test_a_damaged_link_opens_the_default_and_says_why(run: Run, page: str, link: str, said: str) -> None:
    reader, setup, own, _ = PAGES[page]
    back, first = run(
        """const [reader, setup, own, link] = argument;
        const { read } = await import(`/state/${reader}.js`);
        const { opening } = await import(`/state/${setup}.js`);
        return [read(link, own ?? catalog), opening(own ?? catalog)];""",
        [reader, setup, own, link],
    )
    assert any(said in fault for fault in back["faults"]), back["faults"]
    assert len(back["faults"]) == (2 if link in TWICE else 1), back["faults"]
    assert back["setup"] == first

"""Write links.json: links as the pages wrote them when the page still knew their grammar, and what each comes to.

    PYTHONPATH=. python tests/references/make_links.py

The file that is kept was made by the code of that time (commit 10fce71, in which the page wrote links in JavaScript),
so that the tests can tell whether an old link still means the same, bit for bit. Of every entrant the last point, or
weights, and the last loss are kept as hexadecimal doubles; where no library function has a say in the last bit, also
the SHA-256 of all points and losses.
"""

# ruff: noqa: E501 (a link is one line)
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from descent_lab.links.opened import opened
from descent_lab.networks.network import Network
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from descent_lab.surfaces.surface import Surface
from descent_lab.training.training import Training

LINKS = {
    "race: every option of an entrant": "surface=beale&window=-1,4,-1.5,2&start=1,1.6&steps=120&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9&entrant=gd:lr=0.004;schedule=cosine:floor=0.01;offset=0.01,0;color=cc3311;label=My%20GD;hidden&entrant=rmsprop:lr=1e-7;label=50%25%20%26%20more%3B%20%CE%B7=%231&change=40:0:lr=0.01&change=60:1:lr=0.002",
    "race: the page's own noise": "surface=himmelblau&start=-0.186,-1.5&steps=90&seed=17&noise=0.25&entrant=momentum:lr=0.003,beta=0.9&entrant=sgd:lr=0.004,noise=0.1&entrant=nesterov:lr=0.003,beta=0.85&change=1:2:beta=0.5",
    "race: a typed polynomial": "expression=(x^2%20%2B%20y%20-%2011)^2%20/%2010%20%2B%200.5*(x*y)^2&window=-3,3,-3,3&start=2.5,-0.75&steps=100&seed=0&noise=0&entrant=adagrad:lr=0.5&entrant=adam:lr=0.1;label=quick,%20small%20(beta2:%20default)&entrant=gd:lr=0.01",
    "race: a typed formula with a sine": "expression=sin(3*x)%20%2B%200.1*(x^2%20%2B%20y^2)&start=2,2&steps=80&seed=7&noise=0.1&entrant=momentum:lr=0.02;schedule=cosine&change=40:0:lr=0.01",
    "regression: the chapter's points": "preset=seven&degree=1&split=100,0,0&batch=0&start=3.1,-4.5&steps=150&seed=0&entrant=gd:lr=0.05&entrant=momentum:lr=0.01,beta=0.9&entrant=adagrad:lr=1&entrant=adam:lr=0.3;label=Adam:%200.3%3F!",
    "regression: drawn points that move, come and go": "points=2.4,1.7;2.8,1.85;3.2,1.79;3.6,1.95;4,2.1&degree=1&start=0,0&steps=100&seed=0&entrant=gd:lr=0.05&data=20:1:2.5,1.9&change=30:0:lr=0.02&data=40:5:1,1.25&data=60:0:",
    "regression: mini-batches, three sets, noise": "preset=sine&degree=3&standardise=yes&split=60,20,20&l2=0.01&jitter=0.05&batch=4&patience=40&start=0,0,0,0&steps=120&seed=3&entrant=adam:lr=0.1&entrant=sgd:lr=0.02",
    "regression: Huber and both penalties": "preset=outlier&degree=2&standardise=no&loss=huber&split=100,0,0&delta=0.5&l2=0.001&l1=0.01&batch=0&start=-1,4.5,0&steps=100&seed=0&entrant=momentum:lr=0.001,beta=0.9&entrant=adam:lr=0.05",
    "regression: a table": "dataset=diabetes&split=70,15,15&batch=32&start=0,0,0,0,0,0,0,0,0,0,0&steps=60&seed=1&entrant=gd:lr=0.05&entrant=adagrad:lr=20",
    "network: moons, settings turned on the way": "data=moons&samples=120&spread=0.2&hidden=8,8&activation=tanh&batch=32&steps=80&seed=0&entrant=sgd:lr=0.1&entrant=adam:lr=0.01;label=%E3%82%A2%E3%83%80%E3%83%A0;hidden&setting=20:batch=8&setting=30:l2=0.01&change=40:1:lr=0.003&setting=50:dropout=0.2,0.1",
    "network: drawn samples, a dropout for each layer": "drawn=-1,-1,0;-0.5,-1.25,0;-1.5,0,0;1,1,1;1.5,0.5,1;0.75,1.25,1;0,2,2;-0.25,1.75,2;0.25,2.25,2;0,1.5,2&split=100,0,0&hidden=6,4&activation=relu,gelu&initial=he&batch=4&jitter=0.05&dropout=0.1,0&steps=60&seed=5&entrant=momentum:lr=0.02,beta=0.9&entrant=muon:lr=0.01",
    "network: a pasted table without hidden layers": "csv=width,a;%20height%26more,kind%0A1,2,yes%0A3,4,no%0A1.5,2.5,yes%0A3.5,3,no%0A0.5,2,yes%0A4,4.5,no%0A&split=100,0,0&hidden=&output=sigmoid&loss=mse&batch=0&l1=0.001&patience=20&steps=50&seed=2&entrant=gd:lr=0.5&entrant=lbfgs:lr=0.1",
}  # fmt: skip

BY_LIBRARY = ("race: a typed formula with a sine",)
"""Where the sine of a library has a say in the last bit."""


def outcome(link: str, whole: bool) -> dict[str, Any]:
    """What a link comes to: the last weights and loss of every entrant. whole: with the hash of all computed."""
    whole_setup = opened(link).setup
    assert whole_setup is not None, link
    setup = read_setup(whole_setup)
    if isinstance(setup.problem, Network):
        training = Training(setup)
        training.advance(setup.steps)
        records = training.records(0, setup.steps)
        points = np.array([record.w.T for record in records]).transpose(1, 0, 2)
        losses = np.array([training.measured(0, setup.steps)[name] for name in ("training",)])[0]
    else:
        race = Race(setup)
        race.advance(setup.steps)
        points, losses = race.points(0, setup.steps), race.losses(0, setup.steps)
        assert isinstance(setup.problem, Surface) or points.shape[-1] == setup.problem.dim
    told = {
        "entrants": [
            {"last": [value.hex() for value in last.tolist()], "loss": float(loss).hex()}
            for last, loss in zip(points[:, -1], losses[:, -1], strict=True)
        ]
    }
    if whole:
        content = np.ascontiguousarray(points).tobytes() + np.ascontiguousarray(losses).tobytes()
        told["sha256"] = hashlib.sha256(content).hexdigest()
    return told


def main() -> None:
    """Every link."""
    cases = {name: {"link": link, **outcome(link, name not in BY_LIBRARY)} for name, link in LINKS.items()}
    Path(__file__).with_name("links.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()

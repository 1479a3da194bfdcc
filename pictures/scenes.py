"""What is taken: for each picture a page, a link that sets the scene, and a moment of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Act = Callable[[Page], None]
"""What a person does on the page before the picture is taken; returns when it is to be seen."""


def nothing(page: Page) -> None:
    """The scene is as the link sets it."""


@dataclass(frozen=True)
class Picture:
    """One picture of docs/pictures. `step` is where the playhead stands; `fragment` is a link's, without the #."""

    name: str
    path: str
    fragment: str
    step: int
    height: int
    act: Act = nothing
    dark: bool = False
    width: int = 1440
    clip: str | None = None
    """Only this element, where not the whole window is shown."""


RADFORD = (
    "surface=beale&start=1,1.6&steps=240&entrant=gd:lr=0.0031&entrant=momentum:lr=0.0017,beta=0.885&"
    "entrant=nesterov:lr=0.0014,beta=0.917&entrant=adagrad:lr=0.28&entrant=adadelta:lr=9&"
    "entrant=rmsprop:lr=0.028&entrant=adam:lr=0.28"
)
SADDLE = (
    "surface=saddle&start=1.2,0.001&steps=120&entrant=gd:lr=0.03&entrant=momentum:lr=0.01,beta=0.9&"
    "entrant=nesterov:lr=0.01,beta=0.9&entrant=adagrad:lr=0.1&entrant=adadelta:lr=0.3,eps=0.001&"
    "entrant=rmsprop:lr=0.01"
)
LINE = (
    "preset=seven&steps=400&entrant=gd:lr=0.05&entrant=momentum:lr=0.01,beta=0.9&entrant=adagrad:lr=1&"
    "entrant=adam:lr=0.3"
)
MOONS = (
    "data=moons&samples=300&spread=0.15&hidden=8,8&steps=2000&seed=0&entrant=sgd:lr=0.1&"
    "entrant=momentum:lr=0.05,beta=0.9&entrant=rmsprop:lr=0.005&entrant=adam:lr=0.01"
)
DIGITS = "data=mnist&hidden=15&batch=32&steps=1500&seed=0&entrant=sgd:lr=0.1&entrant=adam:lr=0.005"


def unfold_adam(page: Page) -> None:
    """Adam's knobs, with the sliders painted."""
    toggle = page.locator("#entrants li.entrant").nth(6).locator("[data-part='toggle']")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


PICTURES = (
    Picture("race", "/", RADFORD, 110, 1120, unfold_adam, width=1560),
    Picture("race-dark", "/", SADDLE, 24, 900, dark=True),
    Picture("regression", "/regression", LINE, 160, 1120, width=1560),
    Picture("network", "/network", MOONS, 700, 1330),
    Picture("digits", "/network", DIGITS, 1500, 1600),
)

"""The scale of the height in 3-D: named, and changed by a switch."""

import math
from itertools import pairwise

from playwright.sync_api import expect

from tests.browser.lab_page import ROOMY
from tests.browser.race.race_page import RacePage

BOWL = "expression=x^2 %2B y^2&start=2,1&steps=20&window=-3,3,-2,2&entrant=gd:lr=0.1"
HEIGHT = """(title) => {
  const axis = document.querySelector("#surface .figure").layout?.scene?.zaxis;
  return axis?.title.text === title && { at: [...axis.tickvals], says: [...axis.ticktext] };
}"""


def ticks(race: RacePage, title: str) -> list[tuple[float, float]]:
    """Height and loss of every mark of the upward axis, once it has this title."""
    told = race.page.wait_for_function(HEIGHT, arg=title).json_value()
    return [(at, float(says)) for at, says in zip(told["at"], told["says"], strict=True)]


def test_the_height_names_its_scale_and_can_be_in_proportion(race: RacePage) -> None:
    race.open(BOWL, size=ROOMY)
    marked = ticks(race, "loss, log scale")
    steps = [b[0] - a[0] for a, b in pairwise(marked)]
    assert max(steps) - min(steps) < 1e-9, "equal heights are"
    ratios = [b[1] / a[1] for a, b in pairwise(marked)]
    assert all(ratio > 1.5 for ratio in ratios), "so many times the loss"
    race.page.locator("#surface [data-scale='linear']").click()
    marked = ticks(race, "loss, linear scale")
    assert len(marked) >= 3
    slopes = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in pairwise(marked)]
    assert all(math.isclose(slope, slopes[0], rel_tol=1e-9) for slope in slopes), "heights in proportion"
    expect(race.page.locator("#surface [data-scale='linear']")).to_have_attribute("aria-pressed", "true")
    race.page.keyboard.press("End")
    race.shows("#surface canvas.layer", 0)
    race.page.locator("#surface [data-scale='log']").click()
    ticks(race, "loss, log scale")

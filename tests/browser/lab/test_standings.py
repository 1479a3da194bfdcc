"""The standings of every page say by what they are sorted, and any column can be chosen; on a phone they are whole."""

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.lab_page import PHONE, LabPage, number
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage
from tests.waiting import eventually

RACE = "surface=beale&start=1,1&steps=80&entrant=adam:lr=0.01&entrant=gd:lr=9&entrant=gd:lr=0.001&entrant=adam:lr=0.1"
LINES = (
    "preset=sine&degree=1&split=60,20,20&steps=80&entrant=adam:lr=0.05&entrant=gd:lr=0.1&entrant=gd:lr=0.01"
)
MOONS = "data=moons&samples=100&hidden=4&steps=60&entrant=sgd:lr=0.03&entrant=adam:lr=0.03&entrant=sgd:lr=0.5"
SMALL: ViewportSize = {"width": 360, "height": 700}


def head(page: LabPage, column: str) -> Locator:
    return page.page.locator(f".standings th[data-column='{column}']")


def cells(page: LabPage, part: str) -> list[str]:
    return page.page.locator(f"#standings [data-part='{part}']").all_inner_texts()


def sorted_by(page: LabPage) -> dict[str, str]:
    """What the heads say by column."""
    heads = page.page.locator(".standings th[aria-sort]").all()
    return {str(each.get_attribute("data-column")): str(each.get_attribute("aria-sort")) for each in heads}


def losses(page: LabPage, part: str) -> list[float]:
    """Numbers of a column; what has diverged has none."""
    return [number(text.split("\n")[0]) for text in cells(page, part) if text not in ("–", "")]


def test_any_column_sorts_and_turns_round_and_what_diverged_is_last(race: RacePage) -> None:
    race.open(RACE)
    race.page.keyboard.press("End")
    race.wait("({ playhead }) => playhead.get().step === 80")
    seen = eventually(lambda: losses(race, "loss"), lambda seen: len(seen) == 3 and seen == sorted(seen))
    assert seen == sorted(seen)
    assert sorted_by(race) == {"loss": "ascending"}
    head(race, "loss").locator("button").click()
    assert eventually(lambda: losses(race, "loss"), lambda now: now == seen[::-1]) == seen[::-1]
    assert sorted_by(race) == {"loss": "descending"}
    assert cells(race, "outcome")[-1].startswith("diverged")
    head(race, "name").locator("button").focus()
    race.page.keyboard.press("Enter")
    wanted = ["Adam", "Adam 2", "GD 2", "GD"]
    assert eventually(lambda: cells(race, "name"), lambda now: now == wanted) == wanted
    race.page.keyboard.press("Home")
    race.wait("({ playhead }) => playhead.get().step === 0")
    assert sorted_by(race) == {"name": "ascending"}, "it is kept while the race goes on"


def test_a_column_that_is_not_shown_sorts_nothing_meanwhile(regression: RegressionPage) -> None:
    regression.open(LINES)
    regression.page.keyboard.press("End")
    assert sorted_by(regression) == {"loss": "ascending"}
    head(regression, "validation").locator("button").click()
    eventually(lambda: sorted_by(regression), lambda now: "validation" in now)
    seen = eventually(lambda: losses(regression, "validation"), lambda now: now == sorted(now))
    assert len(seen) == 3
    assert seen == sorted(seen)
    regression.notch("validation").focus()
    regression.page.keyboard.press("Home")
    regression.fitted()
    assert eventually(lambda: sorted_by(regression), lambda now: "loss" in now) == {"loss": "ascending"}
    regression.part("undo-redo", "undo").click()
    wanted = {"validation": "ascending"}
    assert eventually(lambda: sorted_by(regression), lambda now: now == wanted) == wanted


def test_a_network_s_standings_are_sorted_by_what_they_show(network: NetworkPage) -> None:
    network.open(MOONS)
    network.go_to(60)
    seen = eventually(lambda: losses(network, "training"), lambda now: len(now) == 3 and now == sorted(now))
    assert seen == sorted(seen)
    assert sorted_by(network) == {"training": "ascending"}
    head(network, "test").locator("button").click()
    head(network, "test").locator("button").click()
    seen = eventually(lambda: losses(network, "test"), lambda now: now == sorted(now, reverse=True))
    assert seen == sorted(seen, reverse=True)
    assert sorted_by(network) == {"test": "descending"}


CUT = """() => {
  const { right } = document.querySelector(".standings").closest(".card").getBoundingClientRect();
  return [...document.querySelectorAll(".standings :is(th, td):not([hidden])")]
    .filter((cell) => cell.getBoundingClientRect().right > right + 0.5 || cell.scrollWidth > cell.clientWidth + 1)
    .map((cell) => cell.innerText);
}"""


@pytest.mark.parametrize("size", [SMALL, PHONE], ids=["360", "390"])
@pytest.mark.parametrize(
    "link", [LINES, "dataset=diabetes&split=60,20,20&steps=60&entrant=gd:lr=0.1"], ids=["line", "table"]
)
def test_on_a_phone_the_standings_of_a_regression_are_whole(
    regression: RegressionPage, size: ViewportSize, link: str
) -> None:
    regression.open(link, size=size)
    regression.page.keyboard.press("End")
    expect(head(regression, "gap")).to_be_visible()
    expect(head(regression, "validation")).to_be_visible()
    expect(head(regression, "outcome").locator("button")).to_be_visible()
    assert eventually(lambda: regression.page.evaluate(CUT), lambda cut: not cut) == []
    assert regression.page.evaluate("document.documentElement.scrollWidth") == size["width"]


BROKEN = """() => [...document.querySelectorAll(".segment, .check")]
  .filter((label) => label.checkVisibility() && label.innerText.trim() && label.clientHeight > 0)
  .filter((label) => {
    const range = document.createRange();
    range.selectNodeContents(label);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
    return lines.some(({ bottom }) => lines.some(({ top }) => top >= bottom - 1));
  })
  .map((label) => label.innerText)"""


@pytest.mark.parametrize("size", [SMALL, {"width": 1024, "height": 768}], ids=["360", "1024"])
@pytest.mark.parametrize("path", ["/", "/regression", "/network", "/search"])
def test_the_labels_of_switches_stand_in_one_line(
    network: NetworkPage, size: ViewportSize, path: str
) -> None:
    network.page.set_viewport_size(size)
    network.page.goto(path)
    network.wait("({ connection }) => connection.get().state === 'open'")
    assert network.page.evaluate(BROKEN) == []

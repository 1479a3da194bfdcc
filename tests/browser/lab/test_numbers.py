"""What is typed into number fields, on every page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab_page import LabPage
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage
from tests.browser.search.search_page import SearchPage

RACE = (
    "expression=a*x^2 %2B b*y^2&parameters=a:2;b:0.5:0,10&start=1.5,1.2&window=-3,3,-2.5,2&steps=60&noise=0.25&seed=7"
    "&entrant=gd:lr=0.05;schedule=cosine:floor=0.125&entrant=adam:lr=0.125"
)
REGRESSION = (
    "preset=sine&loss=huber&degree=1&split=60,20,20&l2=0.125&steps=60&entrant=gd:lr=0.05&entrant=adam:lr=0.1"
)
NETWORK = (
    "data=moons&samples=100&hidden=4,4&batch=8&steps=60&l1=0.0625&dropout=0.1,0.5&split=60,20,20"
    "&entrant=adam:lr=0.02"
)
SEARCH = (
    "data=moons&samples=100&hidden=4&batch=16&steps=60&entrant=adam&search=lr:0.01..1:log;tries:4;epochs:3"
)
PAGES: dict[str, tuple[type[LabPage], str, int]] = {
    "race": (RacePage, RACE, 19),
    "regression": (RegressionPage, REGRESSION, 13),
    "network": (NetworkPage, NETWORK, 14),
    "search": (SearchPage, SEARCH, 3),
}
"""Each page, a link that shows most of its fields, and how many there are at least."""

FIELDS = ".number-field:visible:enabled"
WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９，－")
SETUP = "({ setup, wanted }) => JSON.stringify((setup ?? wanted).get())"


@pytest.fixture(params=PAGES)
def lab(request: pytest.FixtureRequest, page: Page) -> LabPage:
    """A page with its number fields in sight."""
    make, link, least = PAGES[request.param]
    lab = make(page)
    lab.open(link)
    if request.param != "search":
        lab.unfold(0)
        for details in lab.page.locator("#entrants details:visible").all():
            details.locator("summary").click()
    assert lab.page.locator(FIELDS).count() >= least
    return lab


def each(lab: LabPage, act: Callable[[Locator], None]) -> None:
    for field in lab.page.locator(FIELDS).all():
        act(field)


def holds(now: Any, before: Any) -> bool:
    """Whether all that was there is there; what was left to its default may be told by now."""
    if isinstance(before, dict):
        return all(key in now and holds(now[key], each) for key, each in cast(dict[str, Any], before).items())
    if isinstance(before, list):
        each = cast(list[Any], before)
        return len(now) == len(each) and all(map(holds, now, each))
    return now == before


def test_no_field_hides_what_is_typed(lab: LabPage) -> None:
    """A browser gives out what it makes of an <input type="number">, and hides what was typed."""
    everywhere = """() => [document, ...[...document.querySelectorAll("template")].map(({ content }) => content)]
      .flatMap((root) => [...root.querySelectorAll("input[type=number]")].map((each) => each.outerHTML))"""
    assert lab.page.evaluate(everywhere) == []


def test_what_is_no_number_is_marked_and_told_and_changes_nothing(lab: LabPage) -> None:
    said = lab.page.locator("#number-said")

    def refuses(field: Locator) -> None:
        value, before = field.input_value(), lab.ask(SETUP)
        for text, told in (
            ("2%", "2% came."),
            ("1e999", "too large"),
            ("abc", "abc came."),
            ("1,500", "1500"),
        ):
            field.fill(text)
            expect(field).to_have_attribute("aria-invalid", "true")
            expect(said).to_contain_text(told)
            description = said.inner_text()
            name = description.split(":")[0]
            assert name.strip(), description  # of the field, for those who hear the sentence alone
            note = lab.page.locator(".wrong-number", has_text=description)
            expect(note).to_be_visible()
            assert (note.get_attribute("id") or "?") in (field.get_attribute("aria-describedby") or "")
            assert field.input_value() == text
            assert lab.ask(SETUP) == before
        field.blur()
        expect(field).to_have_value(value)
        expect(field).to_have_attribute("aria-invalid", "false")
        expect(said).to_contain_text("1500")  # it stays until a number is typed
        field.fill(value)
        expect(said).to_be_empty()
        assert holds(json.loads(lab.ask(SETUP)), json.loads(before))

    each(lab, refuses)


def test_commas_and_full_width_signs_are_read_as_what_they_are(lab: LabPage) -> None:
    """A number written in another way is the same number: nothing changes."""
    before = json.loads(lab.ask(SETUP))

    def takes(field: Locator) -> None:
        value = field.input_value()
        if not value:
            return
        field.fill(f" {value.translate(WIDE)} ")
        expect(field).to_have_attribute("aria-invalid", "false")
        assert holds(json.loads(lab.ask(SETUP)), before)
        field.blur()
        expect(field).to_have_value(value)

    each(lab, takes)


def test_a_decimal_comma_moves_the_race_to_what_the_field_shows(race: RacePage, base_url: str) -> None:
    race.open("surface=beale&start=1,1.6&steps=60&entrant=gd:lr=0.003&entrant=adam:lr=0.2")
    for text, value in {"0,05": 0.05, "０．０２５": 0.025, ".5": 0.5, "1E-3": 1e-3}.items():
        race.number(1).fill(text)
        race.wait("({ setup }, lr) => setup.get().entrants[1].knobs.lr === lr", value)
        expect(race.number(1)).to_have_value(text)
    race.number(1).fill("2%")
    race.number(1).press("Enter")
    expect(race.part("entrants", "wrong")).to_have_text(
        "learning rate, Adam: a number above 0 was expected, 2% came."
    )
    race.part("race-settings", "x").fill("1e150")
    expect(race.part("race-settings", "wrong")).to_have_text(
        "start x: a number up to 1e+100 was expected, 1e150 came."
    )
    race.part("race-settings", "x").fill("−1,25")
    race.part("race-settings", "x").blur()
    expect(race.part("race-settings", "x")).to_have_value("-1.25")
    assert race.setup["start"] == [-1.25, 1.6]
    expect(race.number(1)).to_have_value("0.001")
    race.agrees(base_url)


def test_nobody_who_types_a_number_key_by_key_is_told_off_or_raced_with_its_beginning(race: RacePage) -> None:
    race.open("surface=beale&start=1,1.6&steps=60&entrant=gd:lr=0.003&entrant=adam:lr=0.2")
    race.page.evaluate(
        """() => {
          window.seen = [];
          descentLab.state.setup.subscribe(({ entrants }) => window.seen.push(entrants[1].knobs.lr));
          new MutationObserver(() => window.seen.push(document.querySelector("#number-said").textContent))
            .observe(document.querySelector("#number-said"), { childList: true, characterData: true, subtree: true });
        }"""
    )
    race.number(1).fill("")
    race.number(1).press_sequentially("0,025")
    race.wait("({ setup }) => setup.get().entrants[1].knobs.lr === 0.025")
    assert race.page.evaluate("() => window.seen.filter((each) => each !== '')") == [0.2, 0.02, 0.025]


def test_arrow_keys_go_on_by_what_suits_the_field(regression: RegressionPage) -> None:
    regression.open(REGRESSION)
    steps, l2, degree = (
        regression.part("race-settings", "steps"),
        regression.part("model", "l2").locator("[data-part='value']"),
        regression.part("model", "degree").locator("[data-part='value']"),
    )
    steps.press("ArrowUp")
    assert regression.setup["steps"] == 61
    steps.press("PageDown")
    expect(steps).to_have_value("51")
    l2.press("ArrowUp")
    expect(l2).to_have_value("0.2")  # the next stop of its slider
    l2.press("ArrowDown")
    expect(l2).to_have_value("0.1")
    degree.press("ArrowDown")
    expect(degree).to_have_value("1")  # there is none below
    expect(degree).to_have_attribute("aria-valuenow", "1")


def test_a_number_is_shown_with_all_its_digits(race: RacePage, base_url: str) -> None:
    race.open(
        "surface=beale&start=0.123456789012,1.6&seed=123456789012345&noise=0.1&steps=60&entrant=gd:lr=0.003"
    )
    seed, x = race.part("race-settings", "seed"), race.part("race-settings", "x")
    expect(seed).to_have_value("123456789012345")
    expect(x).to_have_value("0.123456789012")
    x.focus()
    x.blur()
    assert race.setup["start"][0] == 0.123456789012
    race.agrees(base_url)


def test_a_sample_is_chosen_by_a_number_that_is_there(network: NetworkPage) -> None:
    network.open(NETWORK, playing=True)
    network.page.locator("[data-inside='sample']").click()
    row = network.page.locator("[data-panel='sample'] [data-part='row']")
    row.fill("１７")
    expect(row).to_have_attribute("aria-invalid", "false")
    row.fill("5000")
    expect(row).to_have_accessible_description(
        "Number of the sample: a whole number from 0 to 99 was expected, 5000 came."
    )
    row.blur()
    expect(row).to_have_value("17")

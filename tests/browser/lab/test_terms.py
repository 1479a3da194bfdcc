"""Words that the glossary explains: their card opens where they stand, by mouse, keyboard and finger."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.lab.test_accessibility import AXE, SERIOUS
from tests.browser.lab_page import DESKTOP, PHONE, LabPage
from tests.browser.race.race_page import RacePage
from tests.browser.search.search_page import SearchPage

HEADS = {"race": "Race", "regression": "Regression", "network": "Network", "search": "Search"}


@pytest.fixture
def search(page: Page) -> SearchPage:
    """The page of searches, not yet opened."""
    return SearchPage(page)


@pytest.fixture(params=list(HEADS))
def lab(request: pytest.FixtureRequest) -> LabPage:
    """Every page of the laboratory in turn."""
    return request.getfixturevalue(request.param)


def card(lab: LabPage) -> Locator:
    return lab.page.locator("#term-card")


def word(lab: LabPage, key: str) -> Locator:
    return lab.page.locator(f'.term[data-term="{key}"]:visible').first


def test_axe_finds_nothing_with_a_card_open(lab: LabPage) -> None:
    lab.open(size=DESKTOP)
    lab.page.evaluate(AXE)
    lab.page.locator(".term:visible").last.click()
    expect(card(lab)).to_be_visible()
    assert lab.page.evaluate(SERIOUS) == []


def test_a_page_says_beside_its_title_what_it_shows(lab: LabPage) -> None:
    lab.open()
    head = lab.page.locator(".page-head")
    expect(head.get_by_role("heading", level=1)).to_have_text(HEADS[lab.page.title().split(" · ")[0].lower()])
    expect(head.locator("p")).to_be_visible()
    assert len(head.locator("p").inner_text().split()) <= 30


def test_a_word_opens_its_card_and_closes_it(race: RacePage) -> None:
    race.open(size=DESKTOP)
    before = race.page.locator("#standings").bounding_box()
    rate, beta = word(race, "learning-rate"), word(race, "beta1")
    rate.click()
    expect(card(race)).to_contain_text("How far each step goes")
    expect(card(race).locator("math")).to_be_visible()
    expect(card(race).locator("svg.term-picture")).to_be_visible()
    expect(rate).to_have_attribute("aria-expanded", "true")
    assert race.page.locator("#standings").bounding_box() == before
    beta.click()  # one at a time: it goes to the other word
    expect(card(race)).to_contain_text("How slowly Adam forgets")
    expect(rate).to_have_attribute("aria-expanded", "false")
    beta.click()
    expect(card(race)).to_be_hidden()
    rate.click()
    expect(card(race)).to_be_visible()
    race.page.mouse.click(700, 20)
    expect(card(race)).to_be_hidden()
    expect(rate).to_have_attribute("aria-expanded", "false")


def test_the_keyboard_opens_reads_on_and_comes_back(race: RacePage) -> None:
    race.open(size=DESKTOP)
    gradient, step = word(race, "gradient-noise"), race.step
    gradient.focus()
    race.page.keyboard.press("Enter")
    expect(card(race)).to_be_focused()
    race.page.keyboard.press("Tab")
    expect(card(race).locator("[data-part='name']")).to_be_focused()
    card(race).get_by_role("button", name="Mini-batch").focus()
    race.page.keyboard.press("Enter")
    expect(card(race).locator("[data-part='name']")).to_have_text("Mini-batch")
    expect(card(race).locator("[data-part='name']")).to_have_attribute("href", "/glossary#mini-batch")
    race.page.keyboard.press("Escape")
    expect(card(race)).to_be_hidden()
    expect(gradient).to_be_focused()
    assert race.step == step


def test_a_row_that_is_built_anew_keeps_its_words(race: RacePage) -> None:
    race.open(size=DESKTOP)
    race.unfold(1)
    word(race, "momentum").click()
    expect(card(race)).to_contain_text("A heavy ball")
    race.page.keyboard.press("Escape")
    race.tool(1, "schedule-kind").select_option("cosine")
    race.row(1).locator('.term[data-term="schedule-cosine"]').click()
    expect(card(race)).to_contain_text("Falls slowly")


def test_a_slider_is_dragged_past_its_word_and_a_double_click_still_resets(race: RacePage) -> None:
    race.open(size=DESKTOP)
    row = len(race.setup["entrants"]) - 1
    race.drag_slider(race.slider(row, 1), 0.2)
    expect(card(race)).to_be_hidden()
    assert race.setup["entrants"][row]["knobs"]["beta1"] != 0.9
    race.double_click(*race.centre(word(race, "beta1")))
    race.wait("({ setup }, i) => setup.get().entrants[i].knobs.beta1 === 0.9", row)
    expect(card(race)).to_be_hidden()


def test_escape_closes_the_card_and_leaves_the_sheet_below_it(network: LabPage) -> None:
    network.open("hidden=4&steps=200", size=DESKTOP)
    network.page.locator('[data-inside="step"]').click()
    sheet = network.page.locator("#inside-sheet")
    sheet.locator('.term[data-term="gradient"]').click()
    expect(card(network)).to_be_visible()
    network.page.keyboard.press("Escape")
    expect(card(network)).to_be_hidden()
    expect(sheet).to_be_visible()


def test_a_finger_opens_a_card_that_lies_in_the_window(browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    race = RacePage(context.new_page())
    race.open(base=base_url, size=PHONE)
    words = race.page.locator(".term:visible")
    boxes = [words.nth(i).bounding_box() for i in range(words.count())]
    assert all(box and box["width"] >= 44 and box["height"] >= 43.5 for box in boxes)
    word(race, "outcome" if word(race, "outcome").count() else "distance").tap()
    expect(card(race)).to_be_visible()
    box = card(race).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]
    context.close()


def test_without_the_server_the_card_says_so(race: RacePage, complaints: list[str]) -> None:
    race.open(size=DESKTOP)
    race.page.route("**/api/glossary", lambda route: route.abort())
    word(race, "learning-rate").click()
    expect(card(race)).to_contain_text("could not be fetched")
    assert any("/api/glossary" in each for each in complaints)
    complaints.clear()
    race.page.unroute("**/api/glossary")
    race.page.keyboard.press("Escape")
    word(race, "learning-rate").click()
    expect(card(race)).to_contain_text("How far each step goes")


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_the_page_of_all_terms(page: Page, shade: str) -> None:
    page.emulate_media(color_scheme="dark" if shade == "dark" else "light")
    page.set_viewport_size(DESKTOP if shade == "light" else PHONE)
    page.goto("/glossary#saddle")
    expect(page.locator("#saddle")).to_be_in_viewport()
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    anchors = page.evaluate(
        """() => [...document.querySelectorAll('.glossary a[href^="#"]')]
          .filter((each) => !document.getElementById(each.hash.slice(1))).length"""
    )
    assert anchors == 0
    page.locator("#saddle .term-see a").first.click()
    expect(page.locator("#local-minimum")).to_be_in_viewport()


def test_every_page_leads_to_the_glossary(lab: LabPage) -> None:
    lab.open(size=DESKTOP)
    expect(lab.page.locator(".tabs a[href='/glossary']")).to_be_visible()
    lab.page.set_viewport_size(PHONE)
    expect(lab.page.locator(".foot a[href='/glossary']")).to_be_visible()

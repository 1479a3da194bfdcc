"""The whole race is in the address: copied, opened again, and damaged."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.lab_page import computed
from tests.browser.race.race_page import RacePage

FRAGMENT = "surface=beale&start=1,1.6&steps=120&seed=3&noise=0.5&entrant=gd:lr=0.003&entrant=adam:lr=0.2"


@pytest.fixture
def second(context: BrowserContext) -> Iterator[Page]:
    """Another page of the same browser."""
    page = context.new_page()
    yield page
    page.close()


def test_a_copied_link_replays_the_race_bit_for_bit(
    race: RacePage, second: Page, context: BrowserContext, base_url: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    race.open(FRAGMENT)
    race.drag(race.handle, 31, 17)
    race.agrees(base_url)
    race.page.locator("#player [data-part='scrub']").focus()
    for _ in range(4):
        race.page.keyboard.press("PageUp")
    at = race.step
    assert at > 0
    race.part("entrants", "here").click()
    race.number(1).fill("0.05")
    race.wait("({ setup }) => setup.get().changes.length === 1")
    assert race.setup["changes"] == [{"at": at, "entrant": 1, "knob": "lr", "value": 0.05}]
    expect(race.row(1).locator("[data-part='changes'] .chip")).to_contain_text(f"from step {at}")

    race.page.locator("#copy-link").click()
    expect(race.page.locator("#toast")).to_contain_text("Link copied")
    link = race.page.evaluate("() => navigator.clipboard.readText()")
    assert "change=" in link
    other = RacePage(second)
    second.goto(link)
    other.settled()
    assert other.setup == race.setup
    paths = other.agrees(base_url)
    assert paths == race.agrees(base_url)
    unchanged = computed(base_url, race.setup | {"changes": []})
    same = 2 * (at + 1)
    assert paths[0] == unchanged[0]
    assert paths[1][:same] == unchanged[1][:same], "steps up to the change are what they were"
    assert paths[1] != unchanged[1]


def test_a_change_is_taken_back(race: RacePage, base_url: str) -> None:
    race.open(f"{FRAGMENT}&change=40:1:lr=0.01")
    race.unfold(1)
    race.row(1).locator("[data-part='changes'] .chip").click()
    assert race.setup["changes"] == []
    race.agrees(base_url)


@pytest.mark.parametrize(
    ("fragment", "word"),
    [
        ("surface=atlantis&start=1,1", "atlantis"),
        ("surface=beale&entrant=adam:lr=fast", "adam"),
        ("surface=beale&start=%ZZ,1", "%ZZ"),
        ("surface=beale&start=1e308,1e308&steps=1000000000", ""),
    ],
)
def test_a_damaged_link_opens_the_default_race_and_says_so(race: RacePage, fragment: str, word: str) -> None:
    race.open(fragment, playing=True)
    race.told(word)
    race.settled()
    default = race.ask("({ catalog }) => catalog.scenes[0].setup")
    assert race.setup["surface"] == default["surface"] == "beale"
    assert race.setup["start"] == default.get("start", [1, 1.6])


def test_going_to_another_link_on_the_open_page_loads_it(race: RacePage) -> None:
    race.open(FRAGMENT)
    race.page.evaluate("() => { location.hash = '#surface=booth&steps=50&entrant=gd:lr=0.01'; }")
    race.wait("({ setup }) => setup.get().surface === 'booth' && setup.get().steps === 50")
    race.settled()
    assert len(race.paths()) == 1

"""The line for who comes for the first time: what was done is ticked off, and what was dismissed stays away."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.lab.test_accessibility import AXE, SERIOUS
from tests.browser.lab_page import DESKTOP, PHONE, LabPage
from tests.browser.race.race_page import RacePage

GUESSED = """({ setup, run }) => {
  const { steps } = setup.get();
  const last = run.get().losses.map((each) => each[steps]);
  return last.indexOf(Math.min(...last));
}"""


def thing(lab: LabPage, deed: str) -> Locator:
    return lab.page.locator(f"#way-in [data-deed='{deed}']")


@pytest.fixture(autouse=True)
def first_visit(page: Page) -> None:
    page.evaluate("() => localStorage.clear()")


@pytest.fixture(params=["race", "regression", "network"])
def lab(request: pytest.FixtureRequest) -> LabPage:
    """Every page that has such a line."""
    return request.getfixturevalue(request.param)


def test_three_things_on_a_phone_and_axe_finds_nothing(lab: LabPage) -> None:
    lab.open(size=PHONE)
    expect(lab.page.locator("#way-in [data-deed]")).to_have_count(3)
    lab.page.evaluate(AXE)
    assert lab.page.evaluate(SERIOUS, "#way-in") == []
    assert lab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_what_was_done_is_ticked_off_and_stays_so(race: RacePage) -> None:
    race.open(size=DESKTOP)
    expect(race.page.locator("#way-in .is-done")).to_have_count(0)
    race.handle.focus()
    race.page.keyboard.press("ArrowRight")
    expect(thing(race, "start")).to_contain_text("done")
    race.page.reload()
    expect(thing(race, "start")).to_contain_text("done")
    expect(thing(race, "guess")).to_contain_text("still to do")


def test_a_guess_is_judged_when_the_race_is_over(race: RacePage) -> None:
    race.open("surface=beale&start=1,1.6&steps=40&entrant=gd:lr=0.001&entrant=adam:lr=0.1", size=DESKTOP)
    play, said = race.part("way-in", "play"), race.part("way-in", "said")
    play.click()
    expect(said).to_have_text("Choose one first.")
    best = race.ask(GUESSED)
    names = ["GD", "Adam"]
    for guess, begins in ((best, f"Right: {names[best]} came lowest"), (1 - best, "Not this time: ")):
        race.part("way-in", "who").select_option(str(guess))
        play.click()
        expect(said).to_contain_text(begins)
        expect(said).to_contain_text(f"{names[best]} came lowest")
    expect(thing(race, "guess")).to_contain_text("done")
    assert race.step == race.setup["steps"]


def test_what_was_dismissed_stays_away(race: RacePage) -> None:
    race.open(size=DESKTOP)
    race.part("way-in", "dismiss").click()
    expect(race.page.locator("#way-in")).to_be_hidden()
    race.page.reload()
    race.wait("({ run }) => run.get().have >= 0")
    expect(race.page.locator("#way-in")).to_be_hidden()


def test_where_nothing_may_be_kept_it_holds_for_the_visit(browser: Browser, base_url: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(
        """Object.defineProperty(Storage.prototype, "setItem", { value() { throw new DOMException("blocked"); } });
        const read = Storage.prototype.getItem;
        Storage.prototype.getItem = function (name) {
          if (name.startsWith("way-in")) throw new DOMException("blocked");
          return read.call(this, name);
        };"""
    )
    race = RacePage(context.new_page())
    race.open(base=base_url, size=DESKTOP)
    race.handle.focus()
    race.page.keyboard.press("ArrowRight")
    expect(thing(race, "start")).to_contain_text("done")
    race.part("way-in", "dismiss").click()
    expect(race.page.locator("#way-in")).to_be_hidden()
    context.close()

"""The page for everybody: checked by axe, on narrow and wide screens, in both themes, by touch."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.lab_page import DESKTOP, NARROW, PHONE, LabPage, eventually
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage
from tests.browser.search.search_page import SMALL, SearchPage

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
SERIOUS = """async (part) => {
  const { violations } = await axe.run(part ?? document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}"""
SOLID = """() => [...document.querySelectorAll(".region-cells, .pair-cards > *, .below-curves > *")]
  .every((each) => getComputedStyle(each).opacity === "1")"""


@pytest.fixture(params=["race", "regression", "network", "search"])
def lab(request: pytest.FixtureRequest) -> LabPage:
    """Every page of the laboratory in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def search(page: Page) -> SearchPage:
    """The page of searches, not yet opened."""
    return SearchPage(page)


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_no_serious_fault(race: RacePage, shade: str) -> None:
    race.page.emulate_media(color_scheme="dark" if shade == "dark" else "light")
    race.open(size=DESKTOP if shade == "light" else PHONE)
    race.page.evaluate(AXE)
    assert race.page.evaluate(SERIOUS) == []
    for panel in ("surface-picker", "scene-picker"):
        race.part(panel, "open").click()
        assert race.page.evaluate(SERIOUS, f"#{panel}") == [], panel
        race.page.keyboard.press("Escape")


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_no_serious_fault_around_the_data(regression: RegressionPage, shade: str) -> None:
    page = regression.page
    page.emulate_media(color_scheme="dark" if shade == "dark" else "light")
    regression.open("preset=sine&degree=4&patience=20", size=DESKTOP if shade == "light" else PHONE)
    regression.part("cross-validation", "run").click()
    regression.part("by-hand", "throw").click()
    regression.wait("({ validated, tried }) => validated.get().shown !== null && tried.get() !== null")
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS) == []
    regression.part("data-card", "paste").click()
    regression.part("data-card", "text").fill("size,district,price\n1,N,2\n2,S,4\n3,,5")
    expect(regression.part("data-card", "understood")).to_be_visible()
    assert page.evaluate(SERIOUS, "#data-card") == []


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_no_serious_fault_around_networks(network: NetworkPage, shade: str) -> None:
    page = network.page
    page.emulate_media(color_scheme="dark" if shade == "dark" else "light")
    network.open("hidden=4&steps=200", size=DESKTOP if shade == "light" else PHONE)
    network.wait("({ look, plane }) => look.get() !== null && plane.get() !== null")
    network.unfold(1)
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS) == []
    network.part("data-card", "scene").select_option("iris")
    network.wait(
        "({ look, facts, stale }) => facts.get()?.dims[0] === 4 && look.get()?.regions === null && !stale.get()"
    )
    page.wait_for_function(SOLID)
    assert page.evaluate(SERIOUS) == []
    network.part("data-card", "paste").click()
    network.part("data-card", "text").fill("size,district,kind\n1,N,a\n2,S,b\n3,N,a")
    expect(network.part("data-card", "understood")).to_be_visible()
    assert page.evaluate(SERIOUS, "#data-card") == []


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_no_serious_fault_around_a_search(page: Page, shade: str) -> None:
    page.emulate_media(color_scheme="dark" if shade == "dark" else "light")
    lab = SearchPage(page)
    lab.open(
        f"{SMALL}&search=lr:0.01..1:log;hidden:4|8;tries:14;seeds:2",
        size=DESKTOP if shade == "light" else PHONE,
    )
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS) == []
    lab.search()
    expect(lab.part("chosen", "train")).to_have_attribute("href", re.compile("/network#"))
    lab.part("varied", "tries").fill("0")
    lab.button.click()
    assert page.evaluate(SERIOUS) == []


def test_nothing_scrolls_sideways(lab: LabPage) -> None:
    lab.open(size=NARROW)
    for width in (360, 390, 1024, 1440, 2560):
        lab.page.set_viewport_size({"width": width, "height": 900})
        lab.page.wait_for_function(
            "(width) => innerWidth === width && document.documentElement.scrollWidth <= width", arg=width
        )


def test_tap_targets_are_large_enough(lab: LabPage) -> None:
    lab.open(size=PHONE)
    small = lab.page.evaluate(
        """() => [...document.querySelectorAll("button, select, summary, input, a[href]")]
          .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
          .map((each) => {
            // A field inside its label is hit through the label, and a slider through its whole row.
            const target = each.matches("input") ? (each.closest("label, .knob-slider, .track") ?? each) : each;
            const [a, b] = [each, target].map((one) => one.getBoundingClientRect());
            return { name: each.outerHTML.slice(0, 120), width: Math.max(a.width, b.width),
              height: Math.max(a.height, b.height) };
          })
          .filter(({ width, height }) => width > 1 && (width < 24 || height < 24))"""
    )
    assert small == []


def test_the_theme_is_chosen_and_kept(race: RacePage) -> None:
    race.page.emulate_media(color_scheme="light")
    race.open()
    ground = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = race.page.evaluate(ground)
    button = race.page.locator("#theme")
    for _ in range(3):
        if race.get("theme") == "dark":
            break
        button.click()
    assert race.get("theme") == "dark"
    assert eventually(lambda: race.page.evaluate(ground), lambda seen: seen != light) != light
    race.page.reload()
    race.wait("({ run }) => run.get().have >= 0")
    assert race.get("theme") == "dark"
    assert eventually(lambda: race.page.evaluate(ground), lambda seen: seen != light) != light


def test_a_finger_drags_the_start_and_scrolls_the_page(browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    race = RacePage(context.new_page())
    race.open(base=base_url, size=PHONE)
    x, y = race.centre(race.handle)
    before, version = race.setup["start"], race.version()
    wire = context.new_cdp_session(race.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": each[0], "y": each[1]} for each in points]
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (x, y))
    for move in range(1, 5):
        touch("touchMove", (x + 10 * move, y + 5 * move))
    touch("touchEnd")
    race.settled(version)
    assert race.setup["start"] != before
    expect(race.handle).to_be_visible()
    context.close()


def test_calm_pages_do_not_move_by_themselves(race: RacePage) -> None:
    race.page.emulate_media(reduced_motion="reduce")
    race.page.goto("/")
    race.settled()
    assert race.get("playhead")["playing"] is False
    assert race.step == race.setup["steps"]

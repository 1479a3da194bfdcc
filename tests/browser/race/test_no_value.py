"""Where the loss has no value: it looks like nothing else, and is told in words wherever a number would stand."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import NARROW, ROOMY
from tests.browser.race.race_page import RacePage

CORNER = "expression=log(x) %2B log(y)&start=2,2&steps=60&window=-1,4,-1,4&entrant=gd:lr=0.1"
NOWHERE = "expression=sqrt(x-3) %2B y^2&start=-1,1&steps=60&window=-5,2,-2,2&entrant=gd:lr=0.01"
TOO_LARGE = "expression=exp(50x^2)&start=4.5,1&steps=60&window=-5,5,-2,2&entrant=adam:lr=0.01"

# The opacity of the hatching at a place of the map.
HATCHED = """([x, y]) => {
  const canvas = document.querySelector("#map canvas.nowhere");
  const { width, height } = canvas.getBoundingClientRect();
  if (!canvas.width) return null;
  const [left, top] = [(x / width) * canvas.width, (y / height) * canvas.height];
  return canvas.getContext("2d").getImageData(left, top, 1, 1).data[3];
}"""


def filled(race: RacePage) -> None:
    """Let the window fill the map, whatever its shape."""
    race.page.locator("#map [data-part='equal']").click()


def hatched(race: RacePage, x: float, y: float) -> bool:
    """Whether the map is hatched at a share of its width and height, once it shows the window's own grid."""
    race.wait("({ map, window }) => JSON.stringify(map.get()?.window) === JSON.stringify(window.get())")
    race.page.wait_for_function("() => document.querySelector('#map canvas.nowhere').dataset.share")
    box = race.page.locator("#map").bounding_box()
    assert box is not None
    return race.page.evaluate(HATCHED, [x * box["width"], y * box["height"]]) == 255


def test_where_there_is_no_value_the_map_is_hatched(race: RacePage) -> None:
    race.open(CORNER)
    filled(race)
    assert hatched(race, 0.2, 0.3), "left of 0"
    assert hatched(race, 0.6, 0.85), "below 0"
    assert not hatched(race, 0.6, 0.3)


def test_ground_that_has_a_value_everywhere_is_not_hatched(race: RacePage) -> None:
    race.open("surface=beale&start=1,1.6&steps=20&entrant=gd:lr=0.003")
    assert not hatched(race, 0.2, 0.3)


def test_a_value_that_is_too_large_is_none(race: RacePage) -> None:
    race.open(TOO_LARGE)
    filled(race)
    assert hatched(race, 0.15, 0.5), "exp(50 x^2) at x = -4.5"
    assert not hatched(race, 0.55, 0.5)
    expect(race.page.locator("#standings")).to_contain_text("no value at the start")


def test_the_mouse_reads_that_there_is_no_value(race: RacePage) -> None:
    race.open(CORNER)
    filled(race)
    hatched(race, 0.5, 0.5)
    x, y = race.centre(race.page.locator("#map"))
    box = race.page.locator("#map").bounding_box()
    assert box is not None
    race.page.mouse.move(x - 0.32 * box["width"], y)
    readout = race.page.locator("#map .readout")
    expect(readout).to_contain_text("no value")
    race.page.mouse.move(x + 0.25 * box["width"], y + 0.1 * box["height"])
    expect(readout).to_contain_text("loss")


def test_a_window_without_any_value_says_so_and_nothing_throws(race: RacePage) -> None:
    race.open(NOWHERE, size=ROOMY)
    for view in ("map", "surface"):
        note = race.page.locator(f"#{view} [data-part='ground-note']")
        expect(note).to_be_visible()
        expect(note).to_contain_text("has no value anywhere in this window")
        expect(note).to_contain_text("no value at the start")
    expect(race.page.locator("#surface .figure canvas")).to_have_count(0)
    field = race.part("typed-surface", "expression")
    field.fill("x^2 + y^2")  # and the scene comes, with nothing to be said
    race.wait("({ map }) => map.get()?.of === 'x^2 + y^2'")
    expect(race.page.locator("#surface .figure canvas").first).to_be_visible()
    for view in ("map", "surface"):
        expect(race.page.locator(f"#{view} [data-part='ground-note']")).to_be_hidden()
    field.fill("sqrt(x-3)")  # and goes again: the page must not complain
    race.wait("({ map }) => map.get()?.of === 'sqrt(x-3)'")
    expect(race.page.locator("#surface .figure canvas")).to_have_count(0)


def test_gaps_of_the_surface_are_told(race: RacePage) -> None:
    race.open(CORNER, size=ROOMY)
    expect(race.page.locator("#surface [data-part='ground-note']")).to_have_text(
        "Where there is no surface, the loss has no value."
    )
    expect(race.page.locator("#map [data-part='ground-note']")).to_be_hidden()


@pytest.mark.parametrize(
    ("link", "outcome"), [(NOWHERE, "no value at the start"), (CORNER, "no value at step 22")]
)
def test_the_step_and_the_standings_say_it(race: RacePage, link: str, outcome: str) -> None:
    race.open(link, size=NARROW)
    race.page.locator("#explain").scroll_into_view_if_needed()
    if link == CORNER:
        note = race.part("explain", "nowhere")
        expect(note).to_be_hidden()
        race.page.keyboard.press("End")
        race.page.keyboard.press("ArrowLeft")
    note = race.part("explain", "nowhere")
    expect(note).to_be_visible()
    expect(note).to_contain_text("The loss has no value at this point")
    expect(race.part("explain", "frozen")).to_be_hidden()
    expect(race.page.locator("#explain .explain-formula").first).to_be_visible()
    expect(race.page.locator("#explain")).not_to_contain_text("undefined")
    expect(race.page.locator("#standings")).to_contain_text(outcome)


def test_a_step_that_needs_a_gradient_where_there_is_none_says_so(race: RacePage) -> None:
    race.open("expression=asin(x) %2B y^2&start=1,1&steps=10&window=-1,2,-2,2&entrant=gd:lr=0.1", size=NARROW)
    race.page.locator("#explain").scroll_into_view_if_needed()
    expect(race.part("explain", "steep")).to_be_visible()
    expect(race.page.locator("#explain")).not_to_contain_text("undefined")

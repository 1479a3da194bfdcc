"""One scale for both axes of the map: a round bowl is round at any size of the page; filling the card is a choice."""

import json

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.lab_page import DESKTOP, NARROW, PHONE
from tests.browser.race.race_page import RacePage

BOWL = "expression=x^2 %2B y^2&start=1,0.7&steps=20&window=-3,3,-2,2&entrant=gd:lr=0.1"
THIN = "expression=x^2 %2B y^2&start=2,1&steps=20&window=-3000,3000,-2,2&entrant=gd:lr=0.1"

# Pixels of a unit of x, and of y, as Plotly has drawn its axes, once they show the window of the page.
UNITS = """() => {
  const { xaxis, yaxis } = document.querySelector("#map .figure")._fullLayout ?? {};
  const [[x0, x1], [y0, y1]] = descentLab.state.window.get();
  if (!xaxis || Math.abs(xaxis.range[1] - x1) + Math.abs(yaxis.range[0] - y0) > 1e-6 * (x1 - x0)) return false;
  return [xaxis._length / (x1 - x0), yaxis._length / (y1 - y0), xaxis._offset, yaxis._offset];
}"""


def units(race: RacePage) -> tuple[float, float]:
    across, up = race.page.wait_for_function(UNITS).json_value()[:2]
    return across, up


# Both axes have one scale, and the start lies where they say.
EQUAL = f"""() => {{
  const at = ({UNITS})();
  if (!at || Math.abs(at[0] / at[1] - 1) > 0.01) return false;
  const map = document.querySelector("#map").getBoundingClientRect();
  const handle = document.querySelector("#map .start-handle").getBoundingClientRect();
  const {{ start }} = descentLab.state.setup.get();
  const [[x0], [, y1]] = descentLab.state.window.get();
  const [left, top] = [at[2] + (start[0] - x0) * at[0], at[3] + (y1 - start[1]) * at[1]];
  return Math.abs(handle.x + handle.width / 2 - map.x - left) < 1.5
    && Math.abs(handle.y + handle.height / 2 - map.y - top) < 1.5;
}}"""


def equal(race: RacePage) -> None:
    """Waits for that: Plotly is some frames behind."""
    race.page.wait_for_function(EQUAL)


@pytest.mark.parametrize("size", [PHONE, NARROW, DESKTOP], ids=lambda size: str(size["width"]))
def test_a_round_bowl_is_round(race: RacePage, size: ViewportSize) -> None:
    race.open(BOWL, size=size)
    equal(race)


def test_it_stays_round_through_resize_and_zoom_and_the_card_can_be_filled(race: RacePage) -> None:
    race.open(BOWL)
    equal(race)
    race.page.set_viewport_size({"width": 1300, "height": 620})
    equal(race)
    whole = race.get("window")
    race.page.locator("#map [data-zoom='in']").click()
    race.wait(
        "({ window }, whole) => JSON.stringify(window.get()) !== whole",
        json.dumps(whole, separators=(",", ":")),
    )
    equal(race)
    switch = race.page.locator("#map [data-part='equal']")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    race.page.wait_for_function(
        f"() => {{ const at = ({UNITS})(); return at && Math.abs(at[0] / at[1] - 1) > 0.1; }}"
    )
    switch.click()
    equal(race)


def test_a_long_thin_window_fills_the_card(race: RacePage) -> None:
    race.open(THIN)
    across, up = units(race)
    assert up > 10 * across

"""What is said under the mouse on a region stands whole inside its picture, however small that is."""

import pytest
from playwright.sync_api import Page

from tests.browser.network.network_page import NetworkPage

OUTSIDE = """(picture) => {
  const readout = picture.querySelector(".readout");
  const [card, box] = [readout, picture].map((each) => each.getBoundingClientRect());
  if (readout.hidden) return "hidden";
  return Math.max(0, box.left - card.left, card.right - box.right, box.top - card.top, card.bottom - box.bottom,
    readout.scrollWidth - Math.ceil(card.width));
}"""


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_readout_is_not_cut_off(page: Page, width: int) -> None:
    network = NetworkPage(page)
    network.open(
        "data=moons&samples=120&hidden=4&steps=60&entrant=sgd&entrant=momentum&entrant=rmsprop&entrant=adam",
        size={"width": width, "height": 900},
    )
    network.wait("({ look }) => look.get() !== null")
    page.evaluate("scrollTo(0, 0)")
    picture = page.locator("#regions .region-picture").first
    box = picture.bounding_box()
    assert box is not None
    for x in (0.05, 0.45, 0.55, 0.95):
        for y in (0.05, 0.5, 0.95):
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
            assert picture.evaluate(OUTSIDE) == pytest.approx(0, abs=0.5), (x, y)

"""The page of searches as a person has it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.lab_page import DESKTOP, LabPage

SMALL = "data=moons&samples=100&hidden=4&batch=16&steps=60&seed=0&entrant=adam"


class SearchPage(LabPage):
    """It has no race: it waits until its stores are there."""

    path = "/search"

    def open(
        self, fragment: str = "", *, size: ViewportSize = DESKTOP, base: str = "", playing: bool = False
    ) -> None:
        """Opens `/search#fragment`."""
        self.page.set_viewport_size(size)
        self.page.goto(f"{base}{self.path}{'#' if fragment else ''}{fragment}")
        self.wait("({ connection }) => connection.get().state === 'open'")

    @property
    def results(self) -> dict[str, Any]:
        return self.get("results")

    @property
    def button(self) -> Locator:
        """Begins the search."""
        return self.part("varied", "run")

    @property
    def rows(self) -> Locator:
        """Of the table of tries."""
        return self.part("tries", "rows").locator("tr")

    def search(self) -> dict[str, Any]:
        """Searches, and gives all that was found."""
        self.button.click()
        self.wait("({ results, going }) => !going.get() && Boolean(results.get()?.told)")
        expect(self.part("varied", "cancel")).to_be_hidden()
        return self.results

    def corner(self, axis: int, number: int) -> tuple[float, float]:
        """Where the line of a try crosses an axis, in the window: the best is at the bottom of the last."""
        box = self.part("parallel", "plot").bounding_box()
        assert box is not None
        count = len(self.results["varied"])
        left = box["x"] + 62 + axis / count * (box["width"] - 124)
        place: float = self.page.evaluate(
            """async ([axis, number]) => {
              const own = document.querySelector('script[src*="pages/search"]').src;
              const { axesOf, lossAxis, placeOf } = await import(own.replace("pages/search", "views/search/axes"));
              const results = descentLab.state.results.get();
              const axes = [...axesOf(results), lossAxis(results, "")];
              return placeOf(results.tries.find((each) => each.number === number), axes, axis);
            }""",
            [axis, number],
        )
        return left, box["y"] + 34 + (1 - place) * (box["height"] - 54)

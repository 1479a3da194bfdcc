"""The regression page as a person has it."""

from playwright.sync_api import Locator

from tests.browser.lab_page import LabPage, number

# What is known of the data on screen is what the setup says.
FITTED = """({ fit, data, setup }) => {
  const { start, dataset } = setup.get();
  const { dim, sets } = fit.get() ?? {};
  return dim === start.length && (dataset !== undefined || sets.length === data.get().points.length);
}"""


class RegressionPage(LabPage):
    """Points, and what is fitted to them."""

    path = "/regression"

    @property
    def plane(self) -> Locator:
        """The data plane, which takes clicks and keys."""
        return self.page.locator("#data-plane .data-hand")

    @property
    def points(self) -> list[list[float]]:
        """The points in force at the playhead."""
        return self.get("data")["points"]

    def fitted(self) -> None:
        """Waits until the race and the fit of the setup on screen have come."""
        self.settled()
        self.wait(FITTED)

    def pixel(self, point: list[float] | tuple[float, float]) -> tuple[float, float]:
        """Where a point of the data plane lies on the screen: the window shows the points with room around them."""
        self.plane.scroll_into_view_if_needed()
        box = self.plane.bounding_box()
        assert box is not None
        window: list[list[float]] = self.page.evaluate(
            r"""async (points) => {
              const { fittedWindow } = await import(document.querySelector("script[type=module]").src
                .replace(/pages\/regression.*/, "views/data/window.js"));
              return fittedWindow(points);
            }""",
            self.points,
        )
        left, right, top, bottom = (44, 10, 10, 36) if box["width"] < 480 else (54, 14, 10, 40)
        (x0, x1), (y0, y1) = window
        across, up = (point[0] - x0) / (x1 - x0), (point[1] - y0) / (y1 - y0)
        return (
            box["x"] + left + across * (box["width"] - left - right),
            box["y"] + top + (1 - up) * (box["height"] - top - bottom),
        )

    def drag_point(self, index: int, dx: float, dy: float, moves: int = 8) -> None:
        """Takes hold of a point and moves it by so many pixels."""
        x, y = self.pixel(self.points[index])
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx, y + dy, steps=moves)
        self.page.mouse.up()

    def notch(self, name: str) -> Locator:
        """A slider of the model."""
        return self.page.locator(f"#model [data-part='{name}'] [data-part='slider']")

    def errors(self, of: str) -> list[float]:
        """The exact errors of a set: of the curve, and of the straight line beside it."""
        return [number(cell) for cell in self.part("exact", f"errors-{of}").locator("td").all_inner_texts()]

    def exact(self) -> dict[str, str]:
        """The exact answer, as the card writes it: texts by name. It follows the fit a tenth of a second later."""
        return self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll("#exact .value-row")].map((row) =>
              [row.querySelector("dt").textContent, row.querySelector("dd").textContent]))"""
        )

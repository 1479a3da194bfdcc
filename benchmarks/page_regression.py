"""The real page of the regression in headless Chromium: `python -m benchmarks.page_regression`.

At 1440 x 900, with the chapter's seven points. As in `benchmarks.page`, drags are made of real pointer moves, 60 a
second. Two times are taken for each: from the pointer event to the end of the frame in which the paths and lines
computed for it appear ("lines"), and to that in which the error surface does ("bowl").
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright

from benchmarks.page import GOAL, MOVES, line, middle, round_trip, serving
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.regression.regression_page import RegressionPage

# From the pointer event before a map was asked for to the frame after its answer.
BOWLS = """
  window.bowls = [];
  let hand = 0;
  const asked = new Map();
  for (const kind of ["pointerrawupdate", "pointermove"])
    addEventListener(kind, ({ timeStamp }) => (hand = timeStamp), { capture: true, passive: true });
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    const { type, id } = JSON.parse(data);
    if (type === "map") asked.set(id, hand);
    return send.call(this, data);
  };
  addEventListener("load", () => {
    let first = true;
    descentLab.state.map.subscribe(() => {
      const [since] = [...asked.values()].slice(-1);
      const painted = () => window.bowls.push(performance.now() - since);
      if (!first && since) requestAnimationFrame(painted);
      first = false;
    });
  });
"""

Drag = Callable[[RegressionPage], list[float]]


def drag_point(lab: RegressionPage) -> list[float]:
    """The fourth of the points."""
    return round_trip(lab.page, *lab.pixel(lab.points[3]), 40, 40)


def drag_handle(lab: RegressionPage) -> list[float]:
    """The right ring of the line of the start."""
    return round_trip(lab.page, *middle(lab.page, "#data-plane .line-handle >> nth=-1"), 25, 25)


def drag_start(lab: RegressionPage) -> list[float]:
    """The start on the error surface."""
    return round_trip(lab.page, *middle(lab.page, "#map .start-handle"), -60, -60)


def opened(browser: Browser, address: str) -> RegressionPage:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(BOWLS)
    lab = RegressionPage(page)
    lab.open(base=address, size={"width": 1440, "height": 900})
    lab.fitted()
    page.wait_for_timeout(1500)
    return lab


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of each drag; the best is printed")
    runs: int = parser.parse_args().runs
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        print(f"Regression, Chromium {browser.version} headless, 1440 x 900; milliseconds")
        print(f"{'':<52}{'median':>9}{'95 %':>9}")
        drags: list[tuple[str, Drag, bool]] = [
            ("drag a point", drag_point, False),
            ("drag a point while the optimizers run", drag_point, True),
            ("drag the line by its ring", drag_handle, False),
            ("drag the start on the error surface", drag_start, False),
        ]
        for name, drag, playing in drags:
            taken: list[tuple[list[float], list[float]]] = []
            for _ in range(runs):
                lab = opened(browser, address)
                if playing:
                    lab.page.locator("#player [data-part='play']").click()
                lab.page.evaluate("() => void (bowls.length = 0)")
                lines = drag(lab)
                taken.append((lines, lab.page.evaluate("() => bowls")))
                lab.page.close()
            lines, bowls = min(taken, key=lambda each: statistics.median(each[0]))
            medians = ", ".join(f"{statistics.median(each):.1f}" for each, _ in taken)
            line(f"{name}: lines", lines, GOAL, f"{len(lines)} paints of {MOVES} moves; medians {medians}")
            if len(bowls) > MOVES / 4:
                line(f"{name}: bowl", bowls, GOAL, f"{len(bowls)} paints")
        browser.close()


if __name__ == "__main__":
    main()

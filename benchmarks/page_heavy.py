"""A drag in the real page beside others' heavy work: `python -m benchmarks.page_heavy`.

Eight sockets search, tune, cross-validate and train without a pause (as in `load_heavy`), on the same machine on which
Chromium paints in software; meanwhile the start of a race of seven is dragged (as in `page`). Printed: how long the
frames of the page take, how many of the pointer's moves were painted, and how soon.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import time

from playwright.sync_api import Page, sync_playwright

from benchmarks.load_heavy import WORK, busy
from benchmarks.page import MOVES, SEVEN, drag_start, opened, serving, share
from tests.browser.chromium import FLAGS, find_chromium

RUNS = 3
SECONDS = 60.0
"""Of heavy work: longer than the drags take."""

WATCH = """() => {
  window.watched = [];
  let last = null;
  const tick = (now) => {
    if (last !== null) watched.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""


def work(address: str) -> None:
    """What the eight do, in a process of its own."""

    async def together() -> None:
        end, done = time.monotonic() + SECONDS, [0] * len(WORK)
        await asyncio.gather(*(busy(address, each, end, done, which) for which, each in enumerate(WORK)))

    asyncio.run(together())


def dragged(page: Page, name: str) -> None:
    """Measure some drags, and print them."""
    for _ in range(RUNS):
        page.evaluate(WATCH)
        paints = drag_start(page)
        frames: list[float] = page.evaluate("() => watched")
        print(
            f"{name:<28}a frame {statistics.median(frames):5.1f} ms, 95 of 100 below {share(frames, 0.95):5.1f}; "
            f"{len(paints)} of {MOVES} moves painted, after {statistics.median(paints):5.1f} ms (95: "
            f"{share(paints, 0.95):.0f})",
            flush=True,
        )


def main() -> None:
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = opened(browser, address, SEVEN)
        page.locator("#main").focus()
        page.keyboard.press("End")
        page.wait_for_timeout(1500)  # the 3-D surface draws its ground
        dragged(page, "alone")
        socket = address.replace("http://", "ws://") + "/ws"
        heavy = multiprocessing.get_context("spawn").Process(target=work, args=(socket,))
        heavy.start()
        time.sleep(3)
        dragged(page, "beside eight at heavy work")
        if not heavy.is_alive():
            raise RuntimeError("the heavy work ended before the drags did")
        heavy.terminate()
        browser.close()


if __name__ == "__main__":
    main()

"""The real page in headless Chromium against a real server: `python -m benchmarks.page`.

Map and 3-D surface are both shown, at 1440 x 900. A drag is made of real pointer moves, 60 a second; its time runs
from the time stamp of the browser's pointer event to the end of the frame's drawing in which the paths computed for
it appear (`static/state/running/latency.js`), the way to the server and back included. The machine may be doing other
things too, so every drag is repeated and the best run is printed, beside all medians.
"""

from __future__ import annotations

import argparse
import math
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium

ROOT = Path(__file__).resolve().parents[1]
STEPS = 300
MOVES = 120
RATE = 60  # pointer moves a second
GOAL = 33.0  # ms, the median from pointer event to paint

ENTRANTS = [
    "gd:lr=0.0031", "momentum:lr=0.0008,beta=0.932", "nesterov:lr=0.0014,beta=0.917", "adagrad:lr=0.28",
    "adadelta:lr=8.2", "rmsprop:lr=0.028", "adam:lr=0.28",
]  # fmt: skip
SEVEN = f"surface=beale&start=1,1.6&steps={STEPS}&" + "&".join(f"entrant={each}" for each in ENTRANTS)
TWELVE = "surface=rosenbrock&start=-1.2,1&steps=10000&" + "&".join(
    f"entrant=adam:lr={0.001 * 1.5**each:.4g}" for each in range(12)
)

# Times the first race: from the question on the socket to the first frame of steps, and to its paint.
FIRST_RACE = """
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!window.raceAsked && String(data).includes('"type":"race"')) {
      window.raceAsked = performance.now();
      this.addEventListener("message", ({ data: answer }) => {
        if (window.raceAnswered || typeof answer === "string") return;
        const head = new TextDecoder().decode(answer.slice(0, 400));
        if (/type[\\\\"]+: ?[\\\\"]+steps/.test(head)) window.raceAnswered = performance.now();
      });
    }
    return send.call(this, data);
  };
"""

# From a change of the setup to the frame in which the sliders are painted anew for it.
FRESHNESS = """() => {
  const { setup, paint } = descentLab.state;
  let since = null;
  window.fresh = [];
  setup.subscribe(() => { since = performance.now(); });
  since = null;
  paint.subscribe(() => {
    if (since === null) return;
    const begun = since;
    since = null;
    requestAnimationFrame(() => setTimeout(() => fresh.push(performance.now() - begun)));
  });
}"""

# From a key in the formula to the frame in which the race stands on the new surface, with its map.
TYPED = """() => {
  const { setup, run, map } = descentLab.state;
  const field = document.getElementById("expression");
  let since = null;
  let before = -1;
  window.typed = [];
  field.addEventListener("input", () => { [since, before] = [performance.now(), run.get().id]; }, { capture: true });
  const look = () => {
    const { expression } = setup.get();
    const raced = run.get().complete && run.get().id > before;
    if (since === null || !raced || map.get()?.of !== expression || field.value !== expression) return;
    const begun = since;
    since = null;
    requestAnimationFrame(() => setTimeout(() => typed.push(performance.now() - begun)));
  };
  for (const store of [setup, run, map]) store.subscribe(look);
}"""

FRAMES = """(seconds) => new Promise((resolve) => {
  const times = [];
  const tick = (now) => {
    times.push(now);
    if (now - times[0] < 1000 * seconds && descentLab.state.playhead.get().playing) requestAnimationFrame(tick);
    else resolve(times.slice(1).map((time, i) => time - times[i]));
  };
  requestAnimationFrame(tick);
})"""

DRAGS = "() => performance.getEntriesByName('drag-to-paint').map(({ duration }) => duration)"


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server of our own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and server.poll() is None:
            with suppress(OSError), straight.open(f"{address}/healthz", timeout=2):
                break
            time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def share(values: list[float], part: float) -> float:
    """The value that `part` of all lie at or below."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def opened(browser: Browser, address: str, fragment: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(FIRST_RACE)
    page.goto(f"{address}/#{fragment}")
    page.wait_for_function(
        "() => window.descentLab?.state.run.get().complete || window.descentLab?.state.run.get().have > 1000"
    )
    page.locator("#surface canvas.layer").first.wait_for()
    page.wait_for_function("() => descentLab.state.map.get() && descentLab.state.paint.get()")
    return page


def paced(page: Page, way: list[tuple[float, float]]) -> list[float]:
    """Moves the held mouse along a way, `RATE` a second; the times from pointer event to paint."""
    page.evaluate("() => performance.clearMeasures()")
    page.mouse.down()
    begun = time.perf_counter()
    for count, (x, y) in enumerate(way):
        time.sleep(max(0.0, begun + count / RATE - time.perf_counter()))
        page.mouse.move(x, y)
    time.sleep(0.2)  # the last answer
    page.mouse.up()
    return page.evaluate(DRAGS)


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def round_trip(page: Page, x: float, y: float, across: float, down: float) -> list[float]:
    """Whatever lies there, led round a loop and back: so far to both sides, and so far down."""
    page.mouse.move(x, y)
    turns = [2 * math.pi * count / MOVES for count in range(1, MOVES + 1)]
    return paced(page, [(x + across * math.sin(t), y + down * (1 - math.cos(t)) / 2) for t in turns])


def drag_start(page: Page) -> list[float]:
    """The start, led round a loop across the map."""
    return round_trip(page, *middle(page, "#map .start-handle"), 110, 180)


def drag_rate(page: Page) -> list[float]:
    """Adam's learning rate, drawn up and down its slider."""
    slider = (
        page.locator("#entrants li.entrant").last.locator("[data-part='knobs'] [data-part='slider']").first
    )
    box = slider.bounding_box()
    assert box is not None
    place = slider.evaluate("(each) => (each.valueAsNumber - each.min) / (each.max - each.min)")
    thumb = 16
    x = box["x"] + thumb / 2 + place * (box["width"] - thumb)
    y = box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    reach = 0.45 * box["width"]
    turns = [2 * math.pi * count / MOVES for count in range(1, MOVES + 1)]
    return paced(page, [(x - reach * (1 - math.cos(turn)) / 2, y) for turn in turns])


def freshness(page: Page) -> list[float]:
    """Single changes of the start by an arrow key, each after the one before has been painted."""
    page.evaluate(FRESHNESS)
    page.locator("#map .start-handle").focus()
    for count in range(20):
        page.keyboard.press("ArrowRight" if count % 2 else "ArrowLeft")
        page.wait_for_function("(count) => fresh.length > count", arg=count, timeout=5000)
    return page.evaluate("() => fresh")


def typing(page: Page) -> list[float]:
    """Figures typed behind a formula, each after the race on the one before has been painted."""
    page.locator("#surface-picker [data-part='open']").click()
    page.locator("#surface-picker [data-part='type']").click()
    field = page.locator("#expression")
    field.fill("sin(3x) + 0.1(x^2 + y^2) + 0.")
    page.wait_for_timeout(1500)
    page.evaluate(TYPED)
    for count in range(20):
        page.keyboard.type(str(1 + count % 9))
        page.wait_for_function("(count) => typed.length > count", arg=count, timeout=5000)
        page.wait_for_timeout(100)
    return page.evaluate("() => typed")


def best(page: Page, drag: Callable[[Page], list[float]], runs: int) -> tuple[list[float], list[float]]:
    """The run with the lowest median, and the medians of all runs."""
    taken = [drag(page) for _ in range(runs)]
    return min(taken, key=statistics.median), [statistics.median(each) for each in taken]


def line(name: str, values: list[float], goal: float | None, note: str = "") -> None:
    median = statistics.median(values)
    verdict = "" if goal is None else f"below {goal:.0f}: {'yes' if median < goal else 'NO'}"
    print(f"{name:<52}{median:>9.1f}{share(values, 0.95):>9.1f}   {verdict:<16}{note}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of each drag; the best is printed")
    runs: int = parser.parse_args().runs
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        print(f"The page, Chromium {browser.version} headless, 1440 x 900, map and 3-D; milliseconds")
        print(f"{'':<52}{'median':>9}{'95 %':>9}")

        first: list[float] = []
        for _ in range(3):
            page = opened(browser, address, SEVEN)
            first.append(page.evaluate("() => raceAnswered - raceAsked"))
            page.close()
        line("first race, asked to received (3 new pages)", first, 300)

        page = opened(browser, address, SEVEN)
        page.locator("#main").focus()
        page.keyboard.press("End")
        page.wait_for_timeout(1500)  # the 3-D surface draws its ground
        for name, drag in [("drag the start", drag_start), ("drag Adam's learning rate", drag_rate)]:
            values, medians = best(page, drag, runs)
            note = f"{len(values)} paints of {MOVES} moves; medians " + ", ".join(
                f"{each:.1f}" for each in medians
            )
            line(f"{name}, {len(ENTRANTS)} entrants x {STEPS} steps", values, GOAL, note)
        line("painted sliders, change to paint", freshness(page), 100)
        page.close()

        typed: list[list[float]] = []
        for _ in range(runs):
            page = opened(browser, address, SEVEN)
            page.locator("[data-view='map']").click()
            typed.append(typing(page))
            page.close()
        medians = ", ".join(f"{statistics.median(each):.1f}" for each in typed)
        values = min(typed, key=statistics.median)
        line("a key in a formula, to its race and map", values, 40, f"{runs} pages; medians {medians}")

        page = opened(browser, address, TWELVE)
        page.wait_for_timeout(5000)  # as above; in software that takes seconds
        page.locator("#player [data-part='speed']").select_option("64")
        line("playing 12 entrants x 10,000 steps at 64x, frame", page.evaluate(FRAMES, 4), None)
        browser.close()


if __name__ == "__main__":
    main()

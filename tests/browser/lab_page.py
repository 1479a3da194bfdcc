"""A page of the laboratory as a person has it: opened, looked at, and moved by mouse and keyboard."""

import json
import time
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.waiting import PATIENCE, eventually

STRAIGHT = build_opener(ProxyHandler({}))  # no proxy on the way to our own server

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
# Wide enough for the 3-D view beside the map, and no larger: it is drawn in software here.
ROOMY: ViewportSize = {"width": 1110, "height": 640}
# Too narrow for that: opens sooner.
NARROW: ViewportSize = {"width": 1000, "height": 800}

# The race on screen starts where the setup says, with the entrants that it names.
RUNNING = """({ run, setup }) => {
  const { start, entrants } = setup.get();
  const { weights, dim, have } = run.get();
  const first = (weight, i, { offset = [] }) => weight + (offset[i] ?? 0);
  return have > 0 && dim === start.length && weights.length === entrants.length && entrants.every((entrant, e) =>
    start.every((weight, i) => weights[e][i] === first(weight, i, entrant)));
}"""

# And all of it has come.
SETTLED = f"""(state) => {{
  const {{ complete, have }} = state.run.get();
  return complete && have === state.setup.get().steps && ({RUNNING})(state);
}}"""


PAINTED = """(selector) => [...document.querySelectorAll(selector)].reduce((sum, canvas) => {
  if (!canvas.width || !canvas.height) return sum;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) sum += 1;
  return sum;
}, 0)"""


class LabPage:
    """Wraps Playwright's page; `state` of the page is read, never set."""

    path: str

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(
        self, fragment: str = "", *, size: ViewportSize = NARROW, base: str = "", playing: bool = False
    ) -> None:
        """Opens `path#fragment`, waits for the whole race, and pauses it at its start unless it is to go on
        `playing`."""
        self.page.set_viewport_size(size)
        self.page.emulate_media(reduced_motion="no-preference" if playing else "reduce")
        self.page.goto(f"{base}{self.path}{'#' if fragment else ''}{fragment}")
        self.wait("({ run }) => run.get().have >= 0")
        if not playing:
            self.wait(SETTLED)
            self.pause()
            self.page.keyboard.press("Home")
            self.wait("({ playhead }) => playhead.get().step === 0")

    # ------------------------------------------------------------ looking

    def get(self, name: str) -> Any:
        """What a store of the page holds."""
        return self.page.evaluate(f"() => descentLab.state.{name}.get()")

    def ask(self, function: str, argument: Any = None) -> Any:
        """Evaluates `function(state, argument)` in the page."""
        return self.page.evaluate(f"(given) => ({function})(descentLab.state, given)", argument)

    def wait(self, function: str, argument: Any = None, seconds: float = PATIENCE) -> None:
        """Waits until the page has begun and `function(state, argument)` is true."""
        self.page.wait_for_function(
            f"(given) => 'descentLab' in window && ({function})(descentLab.state, given)",
            arg=argument,
            timeout=1000 * seconds,
        )

    @property
    def setup(self) -> dict[str, Any]:
        return self.get("setup")

    @property
    def step(self) -> int:
        return self.get("playhead")["step"]

    def version(self) -> int:
        return self.ask("({ run }) => run.get().version")

    def settled(self, after: int = -1) -> None:
        """Waits until a race from the start on screen has come whole, in a run later than version `after`. While the
        hand moves several are on their way: see `agrees`."""
        self.wait("({ run }, after) => run.get().version > after", after)
        self.wait(SETTLED)

    def paths(self) -> list[list[str]]:
        """Every coordinate of every entrant's path, written so that equal texts are equal bits."""
        weights: list[list[float]] = self.ask(
            "({ run }) => run.get().weights.map((each) => Array.from(each))"
        )
        return [[float(value).hex() for value in each] for each in weights]

    def agrees(self, base_url: str) -> list[list[str]]:
        """Waits until the paths on screen are those that the API computes for the setup on screen, bit for bit, and
        gives them. The setup does not change meanwhile."""
        expected = computed(base_url, self.setup)
        paths = eventually(self.paths, lambda seen: seen == expected)
        assert paths == expected
        return paths

    def shows(self, selector: str, pixels: int) -> None:
        """Waits until more than so many pixels of the canvases at `selector` are painted: views paint by the frame."""
        self.page.wait_for_function(
            f"([selector, pixels]) => ({PAINTED})(selector) > pixels", arg=[selector, pixels]
        )

    def told(self, words: str) -> None:
        """Waits until the page says that its link was wrong, with these words, and what it shows instead."""
        faults = self.page.locator("#link-faults")
        expect(faults).to_contain_text(words)
        expect(faults).to_contain_text("Shown instead: ")

    # ------------------------------------------------------------ finding

    def part(self, panel: str, name: str) -> Locator:
        return self.page.locator(f"#{panel} [data-part='{name}']")

    @property
    def handle(self) -> Locator:
        """The start, to be dragged."""
        return self.page.locator("#map .start-handle")

    def row(self, index: int) -> Locator:
        """An entrant in the list."""
        return self.page.locator("#entrants li.entrant").nth(index)

    def tool(self, index: int, name: str) -> Locator:
        return self.row(index).locator(f"[data-part='{name}']")

    def unfold(self, index: int) -> Locator:
        """The entrant's row, unfolded."""
        toggle = self.tool(index, "toggle")
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        return self.row(index)

    def slider(self, index: int, place: int = 0) -> Locator:
        """A knob's slider, by its place in the unfolded row."""
        return self.unfold(index).locator("[data-part='knobs'] .knob [data-part='slider']").nth(place)

    def number(self, index: int, place: int = 0) -> Locator:
        return self.unfold(index).locator("[data-part='knobs'] .knob [data-part='number']").nth(place)

    # ------------------------------------------------------------ doing

    def pause(self) -> None:
        if self.get("playhead")["playing"]:
            self.part("player", "play").click()
        self.wait("({ playhead }) => !playhead.get().playing")

    def centre(self, locator: Locator) -> tuple[float, float]:
        locator.scroll_into_view_if_needed()
        box = locator.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(self, locator: Locator, dx: float, dy: float, moves: int = 8) -> None:
        """Takes hold of the middle of an element and moves it by so many pixels."""
        x, y = self.centre(locator)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx, y + dy, steps=moves)
        self.page.mouse.up()

    def drag_slider(self, slider: Locator, to: float) -> None:
        """Drags a slider's thumb to a place of its length, 0..1, from where it is."""
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box is not None
        thumb = 16
        y = box["y"] + box["height"] / 2

        def at(place: float) -> float:
            return box["x"] + thumb / 2 + place * (box["width"] - thumb)

        low, high, now = slider.evaluate("(each) => [+each.min, +each.max, each.valueAsNumber]")
        self.page.mouse.move(at((now - low) / (high - low)), y)
        self.page.mouse.down()
        self.page.mouse.move(at(to), y, steps=8)
        self.page.mouse.up()

    def double_click(self, x: float, y: float) -> None:
        """Two clicks a tenth of a second apart by their own time stamps, however long the page takes to hear them."""
        wire = self.page.context.new_cdp_session(self.page)
        self.page.mouse.move(x, y)
        now = time.time()
        for click in (1, 2):
            for k, kind in enumerate(("mousePressed", "mouseReleased")):
                at = now + 0.1 * (click - 1) + 0.04 * k
                where = {"x": x, "y": y, "button": "left", "buttons": 1 - k, "clickCount": click}
                wire.send("Input.dispatchMouseEvent", {"type": kind, "timestamp": at, **where})
        wire.detach()


def computed(base_url: str, setup: dict[str, Any]) -> list[list[str]]:
    """The paths of a setup from `POST /api/race`, as `LabPage.paths` writes them."""
    body = json.dumps(setup).encode()
    request = Request(f"{base_url}/api/race", body, {"Content-Type": "application/json"})
    with STRAIGHT.open(request, timeout=30) as answer:
        result = json.load(answer)
    name = "weights" if "weights" in result["entrants"][0] else "points"
    return [[float(value).hex() for point in each[name] for value in point] for each in result["entrants"]]


def number(text: str) -> float:
    """A number as the page writes it: 0.25, −3, 6.66×10⁻⁶, 1e-8."""
    plain = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--", " ,\u2009\u202f"))
    return float(plain.replace("×10", "e"))

"""`python -m pictures [name ...]`: takes the pictures named, or all, into docs/pictures.

It starts a server of its own on a free port of this machine, opens each page by a link, waits until the page says that
all it asked for has come and is painted, and takes the window at two pixels for each. Chromium writes WebP, which
shows fine lines as well as PNG in a third of the bytes.
"""

from __future__ import annotations

import argparse
import base64
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from pictures.scenes import PICTURES, Picture
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.conftest import Server, free_port

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
QUALITY = 86
PATIENCE = 120_000
"""ms: a whole training may have to come first."""

# All of the run has come, and nothing is being worked out any more.
COMPLETE = """() => {
  if (!("descentLab" in window)) return false;
  const { complete, have } = descentLab.state.run.get();
  return complete && have === descentLab.state.setup.get().steps;
}"""
AT = "(step) => descentLab.state.playhead.get().step === step && !descentLab.state.playhead.get().playing"
# Nothing is being worked out, and every little picture that is to be seen has been painted, which sets its size.
IDLE = """() => document.getElementById("spinner").hidden &&
  [...document.querySelectorAll("canvas.thumbnail")].every((each) => !each.offsetParent || each.width > 60)"""

STILL = 3
"""Equal looks in a row that are taken for rest: what is drawn late has been drawn."""


def shot(page: Page, picture: Picture) -> bytes:
    """The window, or the one element of it, as WebP."""
    wire = page.context.new_cdp_session(page)
    asked: dict[str, object] = {"format": "webp", "quality": QUALITY}
    if picture.clip is not None:
        box = page.locator(picture.clip).bounding_box()
        assert box is not None, f"{picture.clip} is not on the page"
        asked["clip"] = {**box, "scale": 1}
    taken = base64.b64decode(wire.send("Page.captureScreenshot", asked)["data"])
    wire.detach()
    return taken


def at_rest(page: Page, picture: Picture) -> bytes:
    """The picture, as soon as several in a row are the same, byte for byte."""
    last, equal = b"", 0
    for _ in range(60):
        page.wait_for_function(IDLE, timeout=PATIENCE)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        taken = shot(page, picture)
        equal = equal + 1 if taken == last else 0
        last = taken
        if equal >= STILL:
            return taken
    raise SystemExit(f"{picture.name} does not come to rest")


def take(browser: Browser, base: str, picture: Picture) -> bytes:
    """One picture in a profile of its own."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=2,
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{base}{picture.path}#{picture.fragment}")
    page.wait_for_function(COMPLETE, timeout=PATIENCE)
    if page.evaluate("() => descentLab.state.playhead.get().playing"):
        page.locator("#player [data-part='play']").click()
    page.locator("#player [data-part='scrub']").fill(str(picture.step))
    page.wait_for_function(AT, arg=picture.step, timeout=PATIENCE)
    picture.act(page)
    page.mouse.move(2, 2)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    taken = at_rest(page, picture)
    context.close()
    return taken


def main() -> None:
    """Takes what is named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m pictures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(each.name for each in PICTURES))
    named = parser.parse_args().names
    if unknown := set(named) - {each.name for each in PICTURES}:
        parser.error(f"there is no picture {', '.join(sorted(unknown))}")
    chromium = find_chromium()
    if chromium is None:
        parser.error("there is no Chromium: `make browser` installs one, or name yours in CHROMIUM")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        server = Server(free_port(), Path(place) / "log.txt")
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            for picture in PICTURES:
                if not named or picture.name in named:
                    taken = take(browser, server.url, picture)
                    (FOLDER / f"{picture.name}.webp").write_bytes(taken)
                    print(f"docs/pictures/{picture.name}.webp  {len(taken) / 1000:.0f} kB")
        finally:
            browser.close()
            server.kill()


if __name__ == "__main__":
    main()

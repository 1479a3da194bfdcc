"""Which Chromium the browser tests drive. `python -m tests.browser.chromium` prints it, or fails when there is none."""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# No sandbox, so that root in a container may run it; no talk with anybody but our server.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]

# A page of a test lives for seconds: no time for what pays only later.
SHORT_LIVED = [
    *FLAGS,
    "--disable-breakpad",
    "--disable-extensions",
    "--disable-features=BackForwardCache,OptimizationHints,PaintHolding,SpareRendererForSitePerProcess,Translate",
    "--js-flags=--no-opt --no-maglev --single-threaded-gc",
    "--num-raster-threads=1",
]


def find_chromium(own: str | None = None) -> str | None:
    """`$CHROMIUM`, else one on the PATH, else Playwright's own (asked of it unless given), else None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if own is None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


if __name__ == "__main__":
    found = find_chromium()
    print(found or "There is no Chromium.", file=sys.stdout if found else sys.stderr)
    sys.exit(found is None)

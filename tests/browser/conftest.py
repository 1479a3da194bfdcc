"""A real server, a real Chromium, and pages that may not complain."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage, Error, Page, expect

from tests.browser.chromium import SHORT_LIVED, find_chromium
from tests.browser.lab_page import NARROW
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage
from tests.waiting import PATIENCE, seen

ROOT = Path(__file__).resolve().parents[2]
STRAIGHT = build_opener(ProxyHandler({}))
expect.set_options(timeout=1000 * PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """`descent-lab serve` in a process of its own, that a test may kill and start again at the same address."""

    port: int
    log: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, patience: float = 60) -> None:
        """Start, and return when it answers (within `patience` seconds)."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "descent_lab", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
            )
        process = self.process
        seen(lambda: process.poll() is not None or self.answers(), patience)
        if process.poll() is not None or not self.answers():
            self.kill()
            pytest.fail(f"the server did not answer:\n{self.log.read_text()[-4000:]}")

    def answers(self) -> bool:
        with contextlib.suppress(OSError), STRAIGHT.open(f"{self.url}/healthz", timeout=2):
            return True
        return False

    def kill(self) -> None:
        """End it at once, without a word to anybody."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that leave it alone."""
    server = Server(free_port(), tmp_path_factory.mktemp("server") / "log.txt")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def spare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Another server, for those that do not leave it alone."""
    server = Server(free_port(), tmp_path_factory.mktemp("spare") / "log.txt")
    yield server
    server.kill()


@pytest.fixture
def own_server(spare: Server) -> Server:
    """A server that the test may kill. It runs, whatever the test before has done to it."""
    if spare.process is None:
        spare.start()
    return spare


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """`page.goto("/")` opens our page."""
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType
) -> dict[str, Any]:
    """Chromium as found on this machine."""
    found = find_chromium(browser_type.executable_path)
    if found is None:
        pytest.fail("There is no Chromium: `make browser` installs one, or name yours in CHROMIUM.")
    return {**browser_type_launch_args, "executable_path": found, "args": SHORT_LIVED}


@pytest.fixture(scope="session")
def profile(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """One Chromium with a profile on disk for all tests: in it the browser keeps what it has compiled of our scripts,
    which halves the time to a page. A pixel of its screen is two of a page's across: it paints in software."""
    folder = tmp_path_factory.mktemp("profile")
    screen = {**browser_context_args, "device_scale_factor": 0.5}
    context = browser_type.launch_persistent_context(folder, **browser_type_launch_args, **screen)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tab(profile: BrowserContext) -> Page:
    """One tab for all tests: its process keeps what it has compiled, so that a page costs a third of a first visit."""
    tab = profile.new_page()
    tab.set_viewport_size(NARROW)
    return tab


@pytest.fixture
def context(profile: BrowserContext, tab: Page, base_url: str) -> Iterator[BrowserContext]:
    """The profile, as a person finds it who comes for the first time: nothing stored, nothing allowed."""
    yield profile
    for page in profile.pages:
        if page not in (profile.pages[0], tab):
            page.close()
    tab.goto(f"{base_url}/healthz")  # a page of ours without scripts
    tab.evaluate("() => sessionStorage.clear()")
    tab.mouse.move(0, 0)
    tab.emulate_media(color_scheme="null", reduced_motion="null")
    tab.set_viewport_size(NARROW)
    profile.clear_cookies()
    profile.clear_permissions()
    wire = profile.new_cdp_session(tab)
    wire.send("Storage.clearDataForOrigin", {"origin": base_url, "storageTypes": "local_storage,indexeddb"})
    wire.detach()


@pytest.fixture
def complaints() -> list[str]:
    """What the page has complained about so far; a test that provokes a complaint removes it from here."""
    return []


@pytest.fixture
def page(context: BrowserContext, tab: Page, complaints: list[str]) -> Iterator[Page]:
    """A page on which a console error or an uncaught exception fails the test."""

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location
            complaints.append(
                f"console: {message.text} ({where.get('url', '')}:{where.get('lineNumber', '')})"
            )

    def thrown(error: Error) -> None:
        complaints.append(f"uncaught: {error}")

    tab.bring_to_front()  # what is behind another page is drawn once a second
    tab.on("console", heard)
    tab.on("pageerror", thrown)
    yield tab
    tab.remove_listener("console", heard)
    tab.remove_listener("pageerror", thrown)
    assert not complaints, "the page complained:\n" + "\n".join(complaints)


@pytest.fixture
def race(page: Page) -> RacePage:
    """The race page, not yet opened."""
    return RacePage(page)


@pytest.fixture
def network(page: Page) -> NetworkPage:
    """The page of networks, not yet opened."""
    return NetworkPage(page)


@pytest.fixture
def regression(page: Page) -> RegressionPage:
    """The regression page, not yet opened."""
    return RegressionPage(page)

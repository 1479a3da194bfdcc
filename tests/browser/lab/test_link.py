"""The whole race is in the address: copied, opened again, and damaged."""

from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, expect

from descent_lab.links.writing import numeral
from tests.browser.conftest import Server
from tests.browser.lab_page import NARROW, computed
from tests.browser.race.race_page import RacePage

PAUSE = 2000  # ms: things have settled by then

FRAGMENT = "surface=beale&start=1,1.6&steps=120&seed=3&noise=0.5&entrant=gd:lr=0.003&entrant=adam:lr=0.2"


def test_a_copied_link_replays_the_race_bit_for_bit(
    race: RacePage, context: BrowserContext, base_url: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    race.open(FRAGMENT)
    race.drag(race.handle, 31, 17)
    race.agrees(base_url)
    race.page.locator("#player [data-part='scrub']").focus()
    for _ in range(4):
        race.page.keyboard.press("PageUp")
    at = race.step
    assert at > 0
    race.part("entrants", "here").click()
    race.number(1).fill("0.05")
    race.wait("({ setup }) => setup.get().changes.length === 1")
    assert race.setup["changes"] == [{"at": at, "entrant": 1, "knob": "lr", "value": 0.05}]
    expect(race.row(1).locator("[data-part='changes'] .chip")).to_contain_text(f"from step {at}")

    race.page.locator("#copy-link").click()
    expect(race.page.locator("#toast")).to_contain_text("Link copied")
    link = race.page.evaluate("() => navigator.clipboard.readText()")
    assert "change=" in link
    other = RacePage(context.new_page())
    other.page.set_viewport_size(NARROW)
    other.page.goto(link)
    other.settled()
    assert other.setup == race.setup
    paths = other.agrees(base_url)
    assert paths == race.agrees(base_url)
    unchanged = computed(base_url, race.setup | {"changes": []})
    same = 2 * (at + 1)
    assert paths[0] == unchanged[0]
    assert paths[1][:same] == unchanged[1][:same], "steps up to the change are what they were"
    assert paths[1] != unchanged[1]


def test_a_change_is_taken_back(race: RacePage, base_url: str) -> None:
    race.open(f"{FRAGMENT}&change=40:1:lr=0.01")
    race.unfold(1)
    race.row(1).locator("[data-part='changes'] .chip").click()
    assert race.setup["changes"] == []
    race.agrees(base_url)


@pytest.mark.parametrize(
    ("fragment", "word"),
    [
        ("surface=atlantis&start=1,1", "atlantis"),
        ("surface=beale&entrant=adam:lr=fast", "Every knob of adam"),
        ("surface=beale&start=%ZZ,1", "%ZZ"),
        ("surface=beale&start=1e308,1e308&steps=1000000000", ""),
    ],
)
def test_a_damaged_link_opens_the_default_race_and_says_so(race: RacePage, fragment: str, word: str) -> None:
    race.open(fragment, playing=True)
    race.told(word)
    race.settled()
    default = race.ask("({ catalog }) => catalog.scenes[0].setup")
    assert race.setup["surface"] == default["surface"] == "beale"
    assert race.setup["start"] == default.get("start", [1, 1.6])


def test_going_to_another_link_on_the_open_page_loads_it(race: RacePage) -> None:
    race.open(FRAGMENT)
    race.page.evaluate("() => { location.hash = '#surface=booth&steps=50&entrant=gd:lr=0.01'; }")
    race.wait("({ setup }) => setup.get().surface === 'booth' && setup.get().steps === 50")
    race.settled()
    assert len(race.paths()) == 1


def test_a_link_that_a_messenger_has_spoilt_opens_the_same(race: RacePage) -> None:
    label = "entrant=adam:lr=0.2;label=a%26b;hidden"
    race.open(f"{FRAGMENT}&{label}")
    setup = race.setup
    assert setup["entrants"][2] == {
        **{"optimizer": "adam", "knobs": {"lr": 0.2}},
        **{"label": "a&b", "hidden": True},
    }
    for spoilt in (
        f"{FRAGMENT}&{label}".replace(",", "%2C").replace(";", "%3B").replace(":", "%3A").replace("=", "%3D"),
        quote(f"{FRAGMENT}&{label}", safe=""),
        f"{FRAGMENT}&{label}.",
    ):
        race.page.goto("about:blank")
        race.open(spoilt)
        assert race.setup == setup
        expect(race.page.locator("#link-faults")).to_be_hidden()


def test_the_server_is_asked_once_for_a_link_and_for_none_without_one(race: RacePage) -> None:
    asked: list[str] = []
    race.page.on("request", lambda request: asked.append(request.url) if "/api/link" in request.url else None)
    race.open(playing=True)
    assert asked == []
    race.page.goto("about:blank")
    race.open(FRAGMENT)
    assert len(asked) == 1


def test_no_link_is_asked_for_while_the_hand_moves_and_a_copy_is_of_the_screen(
    race: RacePage, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    said: list[str] = []
    race.page.on("websocket", lambda wire: wire.on("framesent", lambda frame: said.append(str(frame))))
    race.open(FRAGMENT)
    race.wait(f"() => performance.now() > {PAUSE}")  # the link of what it was opened with has been asked for
    x, y = race.centre(race.handle)
    race.page.mouse.move(x, y)
    race.page.mouse.down()
    before = len(said)
    for i in range(12):
        race.page.mouse.move(x + 3 * i, y + 2 * i)
        race.wait("(_, since) => performance.now() > since + 60", race.page.evaluate("performance.now()"))
    moved = said[before:]
    assert any('"type":"race"' in each for each in moved)
    assert not [each for each in moved if '"type":"link"' in each]
    race.page.mouse.up()
    start = race.setup["start"]
    race.page.locator("#copy-link").click()  # sooner than the address is written
    expect(race.page.locator("#toast")).to_contain_text("Link copied")
    copied = race.page.evaluate("() => navigator.clipboard.readText()")
    assert f"start={numeral(start[0])},{numeral(start[1])}" in copied
    race.page.wait_for_function("(link) => location.href === link", arg=copied)
    race.page.reload()
    race.settled()
    assert race.setup["start"] == start


def test_back_and_forward_go_from_link_to_link(race: RacePage) -> None:
    race.open(FRAGMENT)
    race.page.evaluate("() => { location.hash = '#surface=booth&steps=50&entrant=gd:lr=0.01'; }")
    race.wait("({ setup }) => setup.get().surface === 'booth'")
    race.page.go_back()
    race.wait("({ setup }) => setup.get().surface === 'beale' && setup.get().seed === 3")
    race.page.go_forward()
    race.wait("({ setup }) => setup.get().surface === 'booth' && setup.get().steps === 50")


def test_a_link_is_copied_without_the_server_while_it_is_known(
    race: RacePage, own_server: Server, context: BrowserContext, complaints: list[str]
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=own_server.url)
    race.open(FRAGMENT, base=own_server.url)
    race.unfold(0)
    race.number(0).fill("0.001")
    race.page.wait_for_function("() => location.hash.includes('gd:lr=0.001')")
    own_server.kill()
    expect(race.part("banner", "words")).to_contain_text("Connection lost")
    race.page.locator("#copy-link").click()
    expect(race.page.locator("#toast")).to_contain_text("Link copied")
    assert "gd:lr=0.001" in race.page.evaluate("() => navigator.clipboard.readText()")
    race.number(0).fill("0.002")
    race.page.locator("#copy-link").click()
    expect(race.page.locator("#toast")).to_contain_text("the server, which writes the links")
    own_server.start()
    race.wait("({ connection }) => connection.get().state === 'open'")
    race.page.wait_for_function("() => location.hash.includes('gd:lr=0.002')")
    complaints[:] = [each for each in complaints if "WebSocket" not in each and "ERR_CONNECTION" not in each]

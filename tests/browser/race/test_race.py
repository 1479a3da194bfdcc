"""The race on the map: it runs, the start is dragged, knobs are turned, the window moves."""

import contextlib
from collections.abc import Callable

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.browser.lab_page import ROOMY, eventually
from tests.browser.race.race_page import RacePage

SHORT = "surface=beale&start=1,1.6&steps=120&entrant=gd:lr=0.003&entrant=adam:lr=0.2"


def test_the_page_opens_on_a_running_race(race: RacePage, base_url: str) -> None:
    race.open(size=ROOMY, playing=True)
    race.wait("({ playhead }) => playhead.get().step > 10")
    race.wait("({ map }) => map.get() !== null")
    assert race.setup["surface"] == "beale"
    assert [each["optimizer"] for each in race.setup["entrants"]][-1] == "adam"
    race.shows("#map canvas.trails, #map canvas.heads", 500)
    race.shows("#loss-curve canvas", 500)
    expect(race.page.locator("#standings tr")).to_have_count(len(race.setup["entrants"]))
    expect(race.page.locator("#map .js-plotly-plot, #map .plotly").first).to_be_visible()
    race.agrees(base_url)


def test_the_start_is_dragged_and_every_path_follows(race: RacePage, base_url: str) -> None:
    race.open(SHORT)
    before, version = race.setup["start"], race.version()
    race.drag(race.handle, 60, 40)
    after = race.setup["start"]
    assert after[0] > before[0]
    assert after[1] < before[1]
    race.settled(version)
    paths = race.agrees(base_url)
    assert all(path[:2] == [float(value).hex() for value in after] for path in paths)
    race.page.wait_for_url(f"**start={after[0]},{after[1]}*")
    fields = [race.part("race-settings", name) for name in "xy"]
    assert [float(each.input_value()) for each in fields] == after


def test_while_the_start_is_held_the_trails_follow_the_pointer(race: RacePage) -> None:
    race.open(SHORT)
    race.page.keyboard.press("End")
    x, y = race.centre(race.handle)
    race.page.mouse.move(x, y)
    race.page.mouse.down()
    for move in range(1, 5):
        version = race.version()
        race.page.mouse.move(x + 10 * move, y)
        race.settled(version)
        race.wait("({ run, paintedVersion }) => paintedVersion.get() === run.get().version")
    race.page.mouse.up()
    race.wait("() => performance.getEntriesByName('drag-to-paint').length >= 4")
    assert race.step == race.setup["steps"], "the playhead stays where it was"


def test_arrow_keys_move_the_start(race: RacePage) -> None:
    race.open(SHORT)
    race.handle.focus()
    signs = {"ArrowRight": (1, 0), "ArrowLeft": (-1, 0), "ArrowUp": (0, 1), "ArrowDown": (0, -1)}
    for key, sign in signs.items():
        before, version = race.setup["start"], race.version()
        race.page.keyboard.press(key)
        moved = [now - then for now, then in zip(race.setup["start"], before, strict=True)]
        assert [(value > 0) - (value < 0) for value in moved] == list(sign)
        race.page.keyboard.press(f"Shift+{key}")
        further = [now - then for now, then in zip(race.setup["start"], before, strict=True)]
        axis = 0 if sign[0] else 1
        assert further[axis] / moved[axis] == pytest.approx(11, rel=0.02)
        race.settled(version)
    assert race.step == 0, "the player leaves these keys to the start"


def test_a_knob_is_dragged_and_its_track_is_painted(race: RacePage, base_url: str) -> None:
    race.open(SHORT)
    slider = race.slider(1)
    race.wait("({ paint }) => paint.get() !== null")
    painted = race.row(1).locator("[data-part='knobs'] .knob [data-part='paint']").first
    expect(painted).to_be_visible()
    assert "gradient" in painted.evaluate("(each) => getComputedStyle(each).backgroundImage")
    before, paths = race.setup["entrants"], race.paths()
    race.drag_slider(slider, 0.35)
    after = race.setup["entrants"]
    assert after[1]["knobs"]["lr"] < before[1]["knobs"]["lr"]
    assert after[0] == before[0]
    turned = race.agrees(base_url)
    assert turned[1] != paths[1]
    assert turned[0] == paths[0]


def test_a_number_field_takes_a_value_beyond_the_slider(race: RacePage, base_url: str) -> None:
    race.open(SHORT)
    field, slider = race.number(1), race.slider(1)
    field.fill("25")
    race.wait("({ setup }) => setup.get().entrants[1].knobs.lr === 25")
    race.agrees(base_url)
    assert slider.evaluate("(each) => each.valueAsNumber === +each.max")
    field.press("Enter")
    assert race.setup["entrants"][1]["knobs"]["lr"] == 25


def test_a_window_that_an_answer_brings_does_not_undo_a_zoom(race: RacePage) -> None:
    """The hand is told of only when it rests: what comes in between must not move the map away under it."""
    race.open(SHORT)
    race.wait("({ map }) => map.get() !== null")
    whole = race.get("window")
    race.page.evaluate(
        """() => {
            document.querySelector("#map [data-zoom='in']").click();
            descentLab.state.window.update((window) => [...window]);
        }"""
    )
    race.wait("({ window }, whole) => window.get()[0][0] > whole[0][0]", whole)
    race.page.evaluate(
        """() => {
            document.querySelector("#map [data-zoom='in']").click();
            document.querySelector("#map [data-zoom='all']").click();
        }"""
    )
    race.wait("({ window }, whole) => window.get()[0][0] === whole[0][0]", whole)


def test_the_map_is_zoomed_panned_and_shown_whole_again(race: RacePage) -> None:
    race.open(SHORT)
    race.wait("({ map }) => map.get() !== null")
    expect(race.page.locator("#map .main-svg").first).to_be_visible()
    whole = race.get("window")
    grid = "({ map, window }) => JSON.stringify(map.get()?.window) === JSON.stringify(window.get())"
    other = "({ window }, old) => JSON.stringify(window.get()) !== JSON.stringify(old)"

    race.page.get_by_role("button", name="Closer").click()
    race.wait(other, whole)
    race.wait(grid)
    closer = race.get("window")
    assert closer[0][1] - closer[0][0] < whole[0][1] - whole[0][0]
    race.page.wait_for_url("**window=*")

    def moved_by(act: Callable[[], None]) -> None:
        """While Plotly draws, a hand that comes down finds nothing to hold: then it tries again."""
        old = race.get("window")

        def tried() -> bool:
            race.page.mouse.move(x - 60, y + 60)
            act()
            with contextlib.suppress(TimeoutError):
                race.wait(other, old, seconds=2)
            return race.get("window") != old

        assert eventually(tried, bool)
        race.wait(grid)

    def pan() -> None:
        race.page.mouse.down()
        race.page.mouse.move(x, y, steps=6)
        race.page.mouse.up()

    x, y = race.centre(race.page.locator("#map"))
    start = race.setup["start"]
    moved_by(lambda: race.page.mouse.wheel(0, 240))
    moved_by(pan)
    assert race.setup["start"] == start, "panning is no tap"

    race.double_click(x - 40, y + 40)
    race.wait("({ window }, whole) => JSON.stringify(window.get()) === JSON.stringify(whole)", whole)
    race.wait(grid)
    assert race.setup["start"] == start


def test_a_tap_on_the_map_sets_the_start(race: RacePage) -> None:
    race.open(SHORT)
    race.wait("({ map }) => map.get() !== null")
    x, y = race.centre(race.page.locator("#map"))
    version = race.version()
    race.page.mouse.click(x - 90, y + 70)
    race.settled(version)
    handle = race.centre(race.handle)
    assert handle == pytest.approx((x - 90, y + 70), abs=3)


def test_the_race_on_the_surface_can_be_hidden_and_shown(race: RacePage) -> None:
    race.open(SHORT, size=ROOMY)
    race.page.keyboard.press("End")
    surface, below = race.page.locator("#surface"), race.page.locator("#map")
    expect(surface.locator("canvas").first).to_be_visible()
    race.shows("#surface canvas.layer", 0)
    shot = eventually(surface.screenshot, lambda seen: len(seen) > 10_000)
    assert len(set(shot)) > 100
    assert len(shot) > 10_000, "a blank picture would be smaller"
    race.page.get_by_role("button", name="Map", exact=True).click()
    expect(surface).to_be_hidden()
    expect(surface.locator(".figure canvas")).to_have_count(0)  # the scene is taken down
    race.page.get_by_role("button", name="3-D", exact=True).click()
    expect(surface).to_be_visible()
    expect(below).to_be_hidden()
    race.shows("#surface canvas.layer", 0)
    race.page.get_by_role("button", name="Both", exact=True).click()
    expect(below).to_be_visible()
    expect(surface).to_be_visible()

"""The player: buttons, keys, the track, speed and loop; and what is linked to it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import eventually, number
from tests.browser.race.race_page import RacePage

FRAGMENT = "surface=beale&start=1,1.6&steps=120&entrant=gd:lr=0.003&entrant=adam:lr=0.2"


def test_keys_drive_the_player(race: RacePage) -> None:
    race.open(FRAGMENT)
    race.page.locator("#main").focus()
    press = race.page.keyboard.press
    press("ArrowRight")
    press("ArrowRight")
    press("ArrowLeft")
    assert race.step == 1
    press("Shift+ArrowRight")
    assert race.step == 11
    press("End")
    assert race.step == 120
    press("ArrowRight")
    assert race.step == 120
    press("Home")
    assert race.step == 0
    press("Space")
    race.wait("({ playhead }) => playhead.get().playing && playhead.get().step > 3")
    press("Space")
    race.wait("({ playhead }) => !playhead.get().playing")
    held = race.step
    expect(race.part("player", "step")).to_have_text(f"step {held} / 120")


def test_keys_typed_into_a_field_are_not_the_players(race: RacePage) -> None:
    race.open(FRAGMENT)
    field = race.part("race-settings", "seed")
    field.click()
    race.page.keyboard.press("End")
    race.page.keyboard.press("Home")
    race.page.keyboard.press("ArrowRight")
    assert race.step == 0


def test_buttons_and_the_track_drive_the_player(race: RacePage) -> None:
    race.open(FRAGMENT)
    click = lambda name: race.part("player", name).click()  # noqa: E731
    click("forward")
    click("forward")
    click("back")
    assert race.step == 1
    race.drag_slider(race.part("player", "scrub"), 0.5)
    assert race.step == pytest.approx(60, abs=3)
    click("restart")
    race.wait("({ playhead }) => playhead.get().playing && playhead.get().step > 0")
    click("play")
    race.wait("({ playhead }) => !playhead.get().playing")
    expect(race.part("player", "play")).to_have_attribute("aria-label", "Play")


def test_speed_and_loop(race: RacePage) -> None:
    race.open(FRAGMENT)
    assert len(race.part("player", "speed").locator("option").all()) == 10
    race.part("player", "speed").select_option("64")
    race.part("player", "loop").click()
    assert race.get("playhead")["loop"] is True
    race.page.evaluate(
        """() => {
          window.seen = [];
          descentLab.state.playhead.subscribe(({ step }) => window.seen.push(step));
        }"""
    )
    race.part("player", "play").click()
    # From the end back to the start, all by itself.
    race.page.wait_for_function(
        "() => { const end = seen.indexOf(120); return end >= 0 && seen.slice(end).includes(0); }"
    )
    race.part("player", "speed").select_option("0.125")
    assert race.get("playhead")["speed"] == 0.125
    race.part("player", "loop").click()
    race.part("player", "speed").select_option("64")
    race.wait("({ playhead }) => !playhead.get().playing && playhead.get().step === 120")


def test_a_long_race_of_many_entrants_is_fetched_while_it_plays(race: RacePage) -> None:
    entrants = "&".join(f"entrant=adam:lr={0.001 * (1 + each)}" for each in range(12))
    race.open(f"surface=rosenbrock&start=-1.2,1&steps=10000&{entrants}", playing=True)
    race.pause()
    have = race.ask("({ run }) => run.get().have")
    assert have < 10_000, "no more is computed than the player has use for"
    race.page.locator("#main").focus()
    race.page.keyboard.press("End")
    race.wait("({ run, playhead }) => run.get().complete && playhead.get().step === 10000")
    race.page.keyboard.press("ArrowLeft")
    assert race.step == 9999


def test_the_loss_curve_scrubs(race: RacePage) -> None:
    race.open(FRAGMENT)
    curve = race.page.locator("#loss-curve")
    curve.scroll_into_view_if_needed()
    race.shows("#loss-curve canvas", 500)  # only then it knows where which step lies
    box = curve.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    race.page.mouse.move(box["x"] + 0.3 * box["width"], y)
    race.page.mouse.down()
    race.page.mouse.move(box["x"] + 0.6 * box["width"], y, steps=4)
    race.page.mouse.up()
    assert 50 < race.step < 90
    expect(race.part("player", "step")).to_have_text(f"step {race.step} / 120")


def test_standings_are_sorted_by_loss_and_live(race: RacePage) -> None:
    race.open()
    names = race.ask("({ run }) => run.get().names")
    rows = race.page.locator("#standings tr")

    def shown() -> list[float]:
        return [number(text) for text in rows.locator("[data-part='loss']").all_inner_texts() if text != "–"]

    for key in ("Home", "End"):
        race.page.keyboard.press(key)
        step = race.step
        losses = race.ask("({ run }, step) => run.get().losses.map((each) => each[step])", step)
        lowest = pytest.approx(sorted(losses), rel=2e-3)
        assert eventually(shown, lambda seen: seen == lowest) == lowest  # noqa: B023 - asked at once
        if step > 0:
            expect(rows.first.locator("[data-part='name']")).to_have_text(names[losses.index(min(losses))])
    reached = race.ask("({ run }) => run.get().reached")
    told = sorted("–" if each is None else str(each) for each in reached)
    cells = race.page.locator("#standings [data-part='goal']")
    assert eventually(lambda: sorted(cells.all_inner_texts()), lambda seen: seen == told) == told
    expect(race.page.locator("#goal")).to_have_text(re.compile("goal: loss below"))

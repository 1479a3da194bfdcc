"""The entrants: added, duplicated, hidden, tuned; the noise they share; one step of one of them explained."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import number
from tests.browser.race.race_page import RacePage

FRAGMENT = "surface=beale&start=1,1.6&steps=120&entrant=gd:lr=0.003&entrant=adam:lr=0.2"


def optimizers(race: RacePage) -> list[str]:
    return [each["optimizer"] for each in race.setup["entrants"]]


def test_an_optimizer_is_found_and_added(race: RacePage, base_url: str) -> None:
    race.open(FRAGMENT)
    race.part("entrants", "add").click()
    search = race.part("entrants", "search")
    expect(search).to_be_focused()
    search.press_sequentially("rmsp")
    expect(race.page.locator("#add-sheet .option:visible")).to_have_count(1)
    search.press("Enter")
    assert optimizers(race) == ["gd", "adam", "rmsprop"]
    expect(race.page.locator("#entrants li.entrant")).to_have_count(3)
    race.agrees(base_url)
    expect(race.part("entrants", "count")).to_have_text("3 racing")

    race.part("entrants", "add").click()
    search.fill("no such thing")
    expect(race.part("entrants", "empty")).to_be_visible()
    search.press("Escape")  # the first empties the field
    search.press("Escape")
    expect(race.page.locator("#add-sheet")).to_be_hidden()


def test_duplicate_remove_hide_and_solo(race: RacePage, base_url: str) -> None:
    race.open(FRAGMENT)
    race.page.keyboard.press("End")
    race.unfold(1)
    version = race.version()
    race.tool(1, "duplicate").click()
    assert optimizers(race) == ["gd", "adam", "adam"]
    race.settled(version)
    colours = race.get("colours")
    assert len(set(colours)) == 3, "two of a kind have colours of their own"
    race.number(2).fill("0.02")
    race.wait("({ setup }) => setup.get().entrants[2].knobs.lr === 0.02")
    paths = race.agrees(base_url)
    assert paths[2] != paths[1]

    rows = race.page.locator("#standings tr")
    race.tool(2, "hide").click()
    assert race.setup["entrants"][2]["hidden"] is True
    expect(race.tool(2, "hide")).to_have_attribute("aria-pressed", "true")
    expect(rows).to_have_count(2)
    race.tool(2, "hide").click()
    expect(rows).to_have_count(3)

    race.unfold(0)
    race.tool(0, "solo").click()
    assert race.get("view")["solo"] == 0
    expect(rows).to_have_count(1)
    race.tool(0, "solo").click()
    expect(rows).to_have_count(3)

    race.unfold(1)
    race.tool(1, "remove").click()
    assert optimizers(race) == ["gd", "adam"]
    assert race.setup["entrants"][1]["knobs"]["lr"] == 0.02
    race.agrees(base_url)
    race.unfold(0)
    race.tool(0, "remove").click()
    race.unfold(0)
    expect(race.tool(0, "remove")).to_be_disabled()


def test_colour_name_start_and_schedule_of_an_entrant(race: RacePage, base_url: str) -> None:
    race.open(FRAGMENT)
    row = race.unfold(0)
    race.tool(0, "colour").fill("#aa00cc")
    assert race.setup["entrants"][0]["color"] == "#aa00cc"
    race.wait("({ colours }) => colours.get()[0] === '#aa00cc'")
    dot = race.page.locator("#standings tr", has_text="GD").locator("[data-part='dot']")
    expect(dot).to_have_attribute("style", re.compile("#aa00cc"))

    row.locator("summary").click()
    race.tool(0, "own-name").fill("Slow & steady")
    expect(race.tool(0, "name")).to_have_text("Slow & steady")
    expect(race.page.locator("#standings")).to_contain_text("Slow & steady")
    race.tool(0, "offset-x").fill("0.25")
    race.wait("({ setup }) => setup.get().entrants[0].offset?.[0] === 0.25")
    race.tool(0, "schedule-kind").select_option("cosine")
    race.wait("({ setup }) => setup.get().entrants[0].schedule?.kind === 'cosine'")
    race.agrees(base_url)


def test_tuning_changes_the_rates_and_says_by_which_rule(race: RacePage, base_url: str) -> None:
    race.open(FRAGMENT + "&entrant=momentum:lr=0.0001,beta=0.5")
    before = race.setup["entrants"]
    race.part("entrants", "tune").click()
    tuned = race.part("entrants", "tuned")
    expect(tuned).not_to_be_empty(timeout=60_000)
    after = race.setup["entrants"]
    assert all(now["knobs"]["lr"] != then["knobs"]["lr"] for now, then in zip(after, before, strict=True))
    assert after[2]["knobs"]["beta"] != 0.5
    assert len(tuned.inner_text().split()) > 5
    race.agrees(base_url)


def test_a_tuning_is_ended_by_its_button_and_nothing_is_wrong_then(race: RacePage) -> None:
    race.open("surface=ackley&start=2,3&steps=3000&seed=0&entrant=adam:lr=0.1&entrant=momentum:lr=0.01")
    tune = race.part("entrants", "tune")
    tune.click()
    expect(tune).to_contain_text("Stop tuning")
    tune.click()
    expect(tune).to_have_text("Tune fairly")
    assert race.get("tuned") is None
    assert race.get("problem") is None
    assert [each["knobs"]["lr"] for each in race.setup["entrants"]] == [0.1, 0.01]
    tune.click()  # and begins anew
    expect(tune).to_contain_text("Stop tuning")
    tune.click()
    expect(tune).to_have_text("Tune fairly")


def test_noise_is_the_same_draw_for_everybody(race: RacePage, base_url: str) -> None:
    race.open("surface=beale&start=1,1.6&steps=60&entrant=gd:lr=0.003&entrant=gd:lr=0.003")
    calm = race.paths()
    race.part("race-settings", "noise").fill("3")
    race.wait("({ setup }) => setup.get().noise === 3")
    noisy = race.agrees(base_url)
    assert noisy[0] == noisy[1] != calm[0]
    seed = race.setup["seed"]
    race.part("race-settings", "dice").click()
    race.wait("({ setup }, seed) => setup.get().seed !== seed", seed)
    other = race.agrees(base_url)
    assert other[0] == other[1] != noisy[0]


def test_a_step_is_explained_with_its_numbers(race: RacePage) -> None:
    race.open(FRAGMENT)
    race.page.locator("#explain").scroll_into_view_if_needed()
    for _ in range(3):
        race.part("player", "forward").click()
    current = """({ explained, chosen, playhead }, entrant) => explained.get()?.step === playhead.get().step
      && chosen.get() === entrant && explained.get().entrant === entrant"""
    for entrant, name in [(1, "Adam"), (0, "GD")]:
        race.part("explain", "entrant").select_option(label=name)
        race.wait(current, entrant)
        explained = race.get("explained")
        assert explained["step"] == 3
        lines = race.page.locator("#explain .explain-line")
        expect(lines).to_have_count(len(explained["lines"]))
        expect(lines.last.locator(".explain-formula math")).to_be_visible()
        shown = lines.last.locator(".explain-numbers math").first.text_content()
        assert shown
        assert number(shown.rsplit("=", 1)[1]) == pytest.approx(explained["next"][0], rel=5e-3)
        points = race.ask("({ run }, i) => Array.from(run.get().points[i].slice(6, 10))", entrant)
        assert explained["point"] == points[:2]
        assert explained["next"] == pytest.approx(points[2:], rel=1e-12)
        expect(race.part("explain", "sentence")).to_have_text(explained["sentence"])
    race.part("explain", "arrows").uncheck()
    assert race.get("view")["arrows"] is False
    race.page.locator("#main").focus()
    race.page.keyboard.press("End")
    expect(race.part("explain", "over")).to_be_visible()

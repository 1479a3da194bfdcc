"""The page of searches: what comes in is shown, chosen, kept apart, cancelled, linked and refused."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.search.search_page import SMALL, SearchPage
from tests.strict import strict

VARIED = f"{SMALL}&search=lr:1e-3..1:log;hidden:4|8,8;tries:12"


@pytest.fixture
def lab(page: Page) -> SearchPage:
    """The page of searches, not yet opened."""
    return SearchPage(page)


def test_what_is_found_is_what_the_command_line_finds(lab: SearchPage) -> None:
    lab.open(VARIED)
    found = lab.search()
    command = [sys.executable, "-m", "descent_lab", "search", "--link", VARIED, "--json"]
    expected = strict(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert [(each["number"], each["loss"]) for each in found["tries"]] == [
        (each["number"], each["loss"]) for each in expected["tried"]
    ]
    assert (found["told"], found["best"]) == (expected["told"], expected["best"]["number"])
    expect(lab.rows).to_have_count(12)
    expect(lab.part("chosen", "title")).to_have_text(f"Try {found['best']}, the best")
    expect(lab.part("chosen", "told")).to_have_text(expected["told"])
    lab.shows("#parallel canvas", 2_000)
    lab.shows("#scatter canvas", 300)


def test_a_try_is_a_click_away_from_its_own_training(lab: SearchPage) -> None:
    lab.open(VARIED)
    found = lab.search()
    third = found["tries"][2]
    lab.rows.nth(2).click()
    expect(lab.part("chosen", "title")).to_have_text(f"Try {third['number']}")
    expect(lab.part("chosen", "train")).to_have_attribute("href", re.compile("/network#"))
    lab.part("chosen", "train").click()
    lab.wait("({ run }) => run.get().complete")
    setup = lab.setup
    assert setup["hidden"] == third["choices"]["hidden"]
    assert setup["entrants"][0]["knobs"]["lr"] == third["choices"]["lr"]
    lab.wait("({ run }) => run.get().measured.validation[0].length > 0")
    end = lab.ask("({ run }) => run.get().measured.validation[0][run.get().records.length - 1]")
    assert end == third["loss"]


def test_lines_are_pointed_at_chosen_and_kept(lab: SearchPage) -> None:
    lab.open(VARIED)
    found = lab.search()
    last, axis = found["tries"][-1], len(found["varied"])
    lab.page.mouse.move(*lab.corner(axis, last["number"]))
    expect(lab.part("parallel", "said")).to_contain_text(f"Try {last['number']}: lr ")
    lab.page.mouse.click(*lab.corner(axis, last["number"]))
    assert lab.get("chosen") == last["number"]

    # Along the axis of the loss, from below the best up to the third.
    left, bottom = lab.corner(axis, found["tries"][0]["number"])
    top = (
        lab.corner(axis, found["tries"][2]["number"])[1] + lab.corner(axis, found["tries"][3]["number"])[1]
    ) / 2
    lab.page.mouse.move(left, bottom + 6)
    lab.page.mouse.down()
    lab.page.mouse.move(left, bottom - 10)
    lab.page.mouse.move(left, top)
    lab.page.mouse.up()
    expect(lab.part("parallel", "count")).to_have_text("3 of 12 tries")
    lab.part("parallel", "plot").focus()
    lab.page.keyboard.press("End")
    assert lab.get("chosen") == found["tries"][2]["number"]
    lab.page.keyboard.press("ArrowLeft")
    assert lab.get("chosen") == found["tries"][1]["number"]
    lab.part("parallel", "clear").click()
    expect(lab.part("parallel", "count")).to_have_text("12 tries")


def test_tries_come_in_and_a_search_is_ended(lab: SearchPage) -> None:
    lab.open(
        "data=mnist&samples=2000&hidden=30&batch=16&steps=500&seed=0&entrant=adam"
        "&search=lr:1e-3..1:log;hidden:20|30;tries:100"
    )
    lab.button.click()
    lab.wait("({ results }) => results.get()?.tries.length > 0")
    assert lab.get("going")
    expect(lab.part("varied", "progress")).to_contain_text(re.compile(r"\d+ of 100 tries, the best"))
    lab.part("varied", "cancel").click()
    expect(lab.part("varied", "progress")).to_contain_text("Cancelled. It had come to: ")
    assert 0 < len(lab.results["tries"]) < 100
    lab.rows.first.click()
    expect(lab.part("chosen", "title")).to_contain_text("Try ")


def test_what_is_varied_is_chosen_typed_and_taken_out(lab: SearchPage) -> None:
    lab.open(SMALL)
    lines = lab.page.locator("#varied .axis")
    expect(lines).to_have_count(2)
    lab.part("varied", "add").click()
    expect(lines).to_have_count(3)
    lines.nth(2).locator("select").select_option("batch")
    expect(lines.nth(2).locator("input")).to_have_value("8..128:log")
    lines.nth(2).locator("input").fill("8,16")
    lines.nth(0).get_by_role("button", name="Do not vary lr").click()
    lab.part("varied", "grid").check()
    lab.part("varied", "epochs").fill("2")
    found = lab.search()
    assert (found["varied"], len(found["tries"])) == (["hidden", "batch"], 8)
    assert {(each["choices"]["batch"], each["steps"]) for each in found["tries"]} == {(8, 18), (16, 10)}
    expect(lab.part("tries", "heads")).to_have_text(re.compile("try.*validation.*hidden.*batch.*steps"))

    # The link begins it again.
    lab.page.wait_for_url(re.compile(r"search=hidden:4\|8.*;batch:8,16;grid:yes;epochs:2"))
    address = lab.page.url
    lab.page.goto("/healthz")
    lab.page.goto(address)
    lab.wait("({ connection }) => connection.get().state === 'open'")
    again = lab.search()
    assert [each["loss"] for each in again["tries"]] == [each["loss"] for each in found["tries"]]


def test_what_is_wrong_is_said_where_it_stands(lab: SearchPage) -> None:
    lab.open(VARIED)
    values = lab.page.locator("#varied .axis input")
    wrong = lab.page.locator("#varied .axis [data-part='wrong']")
    values.first.fill("1..")
    lab.button.click()
    expect(wrong.first).to_contain_text("must be a")
    expect(values.first).to_have_attribute("aria-invalid", "true")
    assert lab.get("results") is None
    values.first.fill("0.1..1")
    expect(wrong.first).to_have_text("")
    lab.part("varied", "grid").check()
    lab.button.click()
    expect(wrong.first).to_contain_text("lr is a range of fractions")
    lab.part("varied", "grid").uncheck()
    lab.part("varied", "tries").fill("5000")
    lab.button.click()
    expect(lab.part("varied", "error")).to_contain_text("tries must be from 1 to 2000")
    lab.part("varied", "tries").fill("3")
    assert len(lab.search()["tries"]) == 3


def test_pages_open_the_search_around_what_they_show(lab: SearchPage, page: Page) -> None:
    page.goto("/regression#preset=sine&degree=3&split=60,20,20&steps=100&entrant=adam:lr=0.05&entrant=gd")
    page.locator("#to-search").click()
    page.wait_for_url("**/search#**")
    lab.wait("({ connection }) => connection.get().state === 'open'")
    assert lab.get("wanted")["search"]["vary"][1:] == ["optimizer=adam,gd", "degree=1..9"]
    expect(lab.part("around", "what")).to_have_text("Sine")
    lab.part("varied", "tries").fill("6")
    found = lab.search()
    assert {each["choices"]["optimizer"] for each in found["tries"]} == {"adam", "gd"}
    expect(lab.part("chosen", "train")).to_have_attribute("href", re.compile("/regression#preset=sine"))
    lab.part("around", "open").click()
    page.wait_for_url("**/regression#**")


def test_links_that_cannot_be_searched_say_why(lab: SearchPage) -> None:
    lab.open("surface=beale&entrant=adam")
    expect(lab.page.locator("#link-faults")).to_contain_text("the link of a race")
    lab.open("data=moons&search=lr:never")
    expect(lab.page.locator("#link-faults")).to_contain_text("never")


def test_nothing_moves_for_who_wants_rest_and_all_is_reached_by_keyboard(lab: SearchPage) -> None:
    lab.open(VARIED)
    lab.page.keyboard.press("Tab")
    lab.button.focus()
    lab.page.keyboard.press("Enter")
    lab.wait("({ results }) => Boolean(results.get()?.told)")
    lab.rows.nth(3).get_by_role("button").focus()
    lab.page.keyboard.press("Enter")
    assert lab.get("chosen") == lab.results["tries"][3]["number"]


def test_a_search_is_asked_again_when_the_server_comes_back(
    lab: SearchPage, own_server: Server, complaints: list[str]
) -> None:
    lab.open(VARIED, base=own_server.url)
    before = lab.search()["tries"]
    own_server.kill()
    lab.wait("({ connection }) => connection.get().state === 'lost'")
    lab.button.click()
    assert lab.get("going")
    own_server.start()
    lab.wait("({ results, going }) => !going.get() && Boolean(results.get()?.told)", seconds=60)
    assert lab.results["tries"] == before
    complaints[:] = [each for each in complaints if "WebSocket" not in each]

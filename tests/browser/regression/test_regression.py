"""Points and error surface as two views of one thing: drawn, moved, removed, pasted, while it runs and before."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.lab_page import DESKTOP, NARROW, PHONE, eventually
from tests.browser.regression.regression_page import RegressionPage

SHORT = "preset=seven&steps=120&entrant=gd:lr=0.05&entrant=adam:lr=0.3"
EXACT = {"slope": "0.33559", "intercept": "0.80472", "Mean squared error": "0.018052"}  # of the seven points
SEVEN = [[2.4, 1.7], [2.8, 1.85], [3.2, 1.79], [3.6, 1.95], [4.0, 2.1], [4.2, 2.0], [5.0, 2.7]]


def test_the_page_opens_on_a_running_race_of_the_seven_points(
    regression: RegressionPage, base_url: str
) -> None:
    regression.open(size=DESKTOP, playing=True)
    regression.wait("({ playhead }) => playhead.get().step > 10")
    regression.fitted()
    regression.wait("({ map }) => map.get() !== null")
    assert regression.points == SEVEN
    assert eventually(regression.exact, lambda seen: seen == EXACT) == EXACT
    regression.shows("#map canvas.trails, #map canvas.heads", 500)
    regression.shows("#data-plane canvas", 500)
    expect(regression.page.locator("#standings tr")).to_have_count(4)
    expect(regression.page.locator("nav.tabs [aria-current='page']")).to_have_text("Regression")
    regression.agrees(base_url)


def test_a_click_draws_a_point_and_line_and_surface_follow(regression: RegressionPage, base_url: str) -> None:
    regression.open(SHORT)
    regression.fitted()
    regression.wait("({ map }) => map.get() !== null")
    before = regression.get("map")
    regression.page.mouse.click(*regression.pixel((2.6, 2.6)))
    regression.fitted()
    assert len(regression.points) == 8
    assert regression.points[-1] == pytest.approx([2.6, 2.6], abs=0.02)
    assert regression.setup["points"] == regression.points
    seen = eventually(regression.exact, lambda seen: seen != EXACT)
    assert seen.keys() == EXACT.keys()
    assert seen != EXACT
    regression.wait("({ map }, low) => map.get().minima[0].value !== low", before["minima"][0]["value"])
    regression.agrees(base_url)


def test_a_point_is_dragged_and_the_run_is_that_of_its_new_place(
    regression: RegressionPage, base_url: str
) -> None:
    regression.open(SHORT)
    regression.page.keyboard.press("End")
    regression.drag_point(3, 30, -40)
    moved = regression.points[3]
    assert moved[0] > 3.6
    assert moved[1] > 1.95
    assert regression.points[:3] + regression.points[4:] == SEVEN[:3] + SEVEN[4:]
    assert regression.setup["changes"] == []
    regression.agrees(base_url)
    assert regression.step == 120, "the playhead stays where it was"


def test_one_drag_is_undone_as_one_and_done_again(regression: RegressionPage) -> None:
    regression.open(SHORT)
    regression.drag_point(3, 30, -40)
    moved = regression.points
    undo, redo = regression.part("data-card", "undo"), regression.part("data-card", "redo")
    undo.click()
    assert regression.points == SEVEN
    assert regression.setup["preset"] == "seven"
    expect(undo).to_be_disabled()
    redo.click()
    assert regression.points == moved
    regression.plane.focus()
    regression.page.keyboard.press("Control+z")
    assert regression.points == SEVEN


def test_a_point_is_removed_by_delete_and_by_a_double_click(regression: RegressionPage) -> None:
    regression.open(SHORT)
    regression.page.mouse.click(*regression.pixel(SEVEN[6]))
    regression.page.keyboard.press("Delete")
    assert regression.points == SEVEN[:6]
    regression.double_click(*regression.pixel(SEVEN[0]))  # the lowest corner lies there in every window
    assert regression.points == SEVEN[1:6]
    regression.fitted()
    assert eventually(regression.exact, lambda seen: len(seen) == 3 and seen != EXACT) != EXACT


def test_points_are_pasted_and_a_bad_row_is_named_and_nothing_lost(regression: RegressionPage) -> None:
    regression.open(SHORT)
    regression.part("data-card", "paste").click()
    text = regression.page.locator("#table-text")
    text.fill("x,y\n1,2\n2,three\n3,4\n")
    expect(regression.page.locator("#table-error")).to_contain_text("Row 3")
    assert regression.points == SEVEN
    assert text.input_value() == "x,y\n1,2\n2,three\n3,4\n"
    text.fill(",x,y\n0,1,2\n1,2,3\n2,3,4.5\n")
    expect(regression.part("data-card", "notes")).to_contain_text("counts or names the rows")
    regression.part("data-card", "use").click()
    regression.wait("({ data }) => data.get().points.length === 3")
    expect(regression.page.locator("#table-sheet")).to_be_hidden()
    assert regression.points == [[1, 2], [2, 3], [3, 4.5]]
    regression.fitted()
    regression.part("data-card", "undo").click()
    assert regression.points == SEVEN


def test_a_point_dragged_while_it_runs_leaves_the_steps_before_alone(
    regression: RegressionPage, base_url: str
) -> None:
    regression.open(SHORT.replace("&steps=120", "&steps=1000"))  # it is long over before a slow hand is
    still = regression.paths()
    regression.part("player", "play").click()
    regression.wait("({ playhead }) => playhead.get().step > 20")
    regression.drag_point(3, 40, -60, moves=24)
    regression.pause()
    changes = regression.setup["changes"]
    first = changes[0]["at"]
    assert first > 20
    assert {change["point"] for change in changes} == {3}
    assert regression.setup["preset" if "preset" in regression.setup else "points"] in ("seven", SEVEN)
    paths = regression.agrees(base_url)
    assert regression.points[3] == changes[-1]["to"]
    for path, old in zip(paths, still, strict=True):
        assert path[: 2 * (first + 1)] == old[: 2 * (first + 1)]
        assert path != old
    regression.page.keyboard.press("Home")
    regression.wait("({ data }, y) => data.get().points[3][1] === y", SEVEN[3][1])


def test_the_line_is_dragged_by_its_handle_and_the_start_moves_on_the_map(regression: RegressionPage) -> None:
    regression.open(SHORT)
    regression.fitted()
    handle = regression.page.locator("#data-plane .line-handle").nth(1)
    on_map, version = regression.centre(regression.handle), regression.version()
    regression.drag(handle, 0, 50)
    regression.settled(version)
    assert regression.setup["start"] != [3.1, -4.5]
    assert regression.centre(regression.handle) != on_map
    before = regression.setup["start"]
    regression.drag(regression.handle, -30, -30)
    assert regression.setup["start"][0] < before[0]
    assert regression.setup["start"][1] > before[1]


def test_a_copied_link_has_points_and_changes(
    regression: RegressionPage, context: BrowserContext, base_url: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    regression.open(f"{SHORT}&data=40:3:2.5,2.9&data=60:0:&batch=2&l2=0.01&split=70,15,15&seed=4")
    regression.drag_point(1, 10, -30)
    paths = regression.agrees(base_url)
    regression.page.locator("#copy-link").click()
    expect(regression.page.locator("#toast")).to_contain_text("Link copied")
    link = regression.page.evaluate("() => navigator.clipboard.readText()")
    assert "data=40:3:2.5,2.9" in link
    second: Page = context.new_page()
    second.set_viewport_size(NARROW)
    other = RegressionPage(second)
    second.goto(link)
    other.fitted()
    assert other.setup == regression.setup
    assert other.agrees(base_url) == paths
    second.close()


def test_a_damaged_link_opens_the_seven_points_and_says_why(regression: RegressionPage) -> None:
    regression.open("preset=seven&degree=40", playing=True)
    regression.told("degree")
    regression.fitted()
    assert regression.points == SEVEN


def test_a_real_table_races_in_many_dimensions(regression: RegressionPage, base_url: str) -> None:
    regression.open(SHORT)
    regression.part("data-card", "preset").select_option("table:diabetes")
    regression.fitted()
    assert len(regression.setup["start"]) == 11
    expect(regression.part("data-card", "table")).to_be_visible()
    expect(regression.page.locator("#weights .bar-row")).to_have_count(11)
    regression.agrees(base_url)
    regression.part("data-card", "preset").select_option("seven")
    regression.fitted()
    assert regression.points == SEVEN


def test_what_was_drawn_outlives_a_reload(regression: RegressionPage) -> None:
    regression.open(SHORT)
    regression.page.mouse.click(*regression.pixel((2.6, 2.6)))
    regression.page.wait_for_url("**points=*")
    drawn = regression.points
    regression.page.reload()
    regression.wait("({ run }) => run.get().have >= 0")
    assert regression.points == drawn


def test_the_mini_batch_breathes_over_the_map(regression: RegressionPage) -> None:
    regression.open("preset=noisy&steps=60&entrant=gd:lr=0.05")
    box = regression.page.locator("#ghost")
    expect(box).to_be_visible()
    box.check()
    regression.wait("({ ghost }) => ghost.get() !== null")
    first = regression.ask("({ ghost }) => ghost.get().loss[0]")
    regression.part("player", "forward").click()
    regression.wait("({ ghost }, first) => ghost.get().loss[0] !== first", first)
    regression.shows("#map canvas.regression", 200)
    box.uncheck()
    regression.wait("({ ghost }) => ghost.get() === null")


def test_a_finger_draws_a_point_and_drags_it(browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    regression = RegressionPage(context.new_page())
    regression.open(SHORT, base=base_url, size=PHONE)
    regression.page.touchscreen.tap(*regression.pixel((2.7, 2.6)))
    regression.wait("({ data }) => data.get().points.length === 8")
    x, y = regression.pixel(SEVEN[3])
    wire = context.new_cdp_session(regression.page)
    for kind, touches in (
        ("touchStart", [{"x": x, "y": y}]),
        *(("touchMove", [{"x": x + 8 * k, "y": y - 8 * k}]) for k in range(1, 6)),
        ("touchEnd", []),
    ):
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    regression.wait("({ data }) => data.get().points[3][1] > 2")
    regression.fitted()
    context.close()

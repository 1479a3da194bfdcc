"""Tables of one's own on the page of regressions: the sheet that shows what is understood, and what is used of it."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_page import PHONE
from tests.browser.regression.regression_page import RegressionPage

HOUSES = """size;district;built;rooms;price
50,5;North;2001-05-06;2;1.210
72;Centre;1990-01-01;3;1.420
64;Centre;;3;1.350
80;South;1985-07-01;4;1.300
55;North;2011-02-03;NA;1.260
91;South;1999-12-31;4;1.380
88;South;1999-12-30;4;1.389
61;Centre;2003-03-03;2;1.333
47;North;1972-10-10;1;1.177
"""

PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


DROP = """(text) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], "table.csv", { type: "text/csv" }));
  document.getElementById("data-card").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
}"""


@pytest.fixture
def regression(page: Page) -> RegressionPage:
    return RegressionPage(page)


def paste(regression: RegressionPage, text: str) -> None:
    """Anywhere on the page."""
    regression.page.evaluate(PASTE, text)
    expect(regression.part("data-card", "understood")).to_be_visible()


def test_a_pasted_table_is_shown_as_it_is_understood_and_each_guess_is_changed_by_a_click(
    regression: RegressionPage, base_url: str
) -> None:
    regression.open("preset=seven&steps=60&entrant=gd:lr=0.02")
    paste(regression, HOUSES)
    sheet = regression.page.locator("#table-sheet")
    error, verdict = sheet.locator("[data-part='error']"), sheet.locator("[data-part='verdict']")

    def part(name: str) -> Any:
        return sheet.locator(f"[data-part='{name}']")

    expect(part("caption")).to_have_text("The first 8 of 9 rows, as they are understood")
    assert part("decimal").locator("[aria-pressed='true']").inner_text() == "1,5"
    assert part("heads").locator(".column").count() == 5
    assert part("rows").locator("tr").first.inner_text().split() == [
        *("2", "50.5", "50,5", "North", "2001-05-06", "2", "1210", "1.210"),
    ], "what is understood, and beside it what was written, where the two differ"
    expect(error).to_contain_text("Row 4: a value in column 3 was expected")
    expect(part("rows").locator("tr.is-fault th")).to_have_text("4")
    assert regression.setup["preset"] == "seven", "nothing is used before somebody says so"
    part("missing").get_by_text("leave out").click()
    expect(error).to_be_empty()
    expect(verdict).to_contain_text("7 rows: price, told from size, district=North")
    part("left").locator("summary").click()
    expect(part("left-rows").locator("li")).to_have_text(["row 4: built", "row 6: rooms"])
    part("heads").locator(".column").nth(2).locator("[data-part='input']").click()
    expect(verdict).to_contain_text("8 rows: price, told from size, district=North, district=South, rooms")
    part("decimal").get_by_text("1.5").click()
    expect(part("rows").locator("tr").first).to_contain_text("1.21")
    part("decimal").get_by_text("1,5").click()
    part("heads").locator(".column").nth(0).locator("[data-part='target']").click()
    expect(verdict).to_contain_text("8 rows: size, told from district=North, district=South, rooms, price")
    part("use").click()
    expect(sheet).to_be_hidden()
    regression.settled()
    reading = {
        "target": "size",
        "inputs": ["district", "rooms", "price"],
        "missing": "drop",
        "decimal": ",",
    }
    assert (regression.setup["table"], regression.setup["reading"]) == (HOUSES, reading)
    expect(regression.part("data-card", "size")).to_have_text(
        "8 rows of 4 inputs each, and what is predicted: size."
    )
    regression.agrees(base_url)
    regression.part("data-card", "paste").click()  # to be read in another way
    expect(verdict).to_contain_text("8 rows: size, told from district=North, district=South, rooms, price")
    part("heads").locator(".column").nth(3).locator("[data-part='input']").click()
    expect(verdict).to_contain_text("9 rows: size, told from district=North, district=South, price")
    part("use").click()
    regression.wait("({ setup }) => setup.get().reading.inputs.join() === 'district,price'")
    regression.settled()
    regression.page.wait_for_url("**reading=*")
    link = regression.page.url
    regression.page.goto("about:blank")
    regression.page.goto(link)
    regression.wait("({ setup }) => setup.get().reading?.target === 'size'")
    regression.agrees(base_url)


def test_one_column_of_numbers_is_points_and_a_table_gives_way_to_points(regression: RegressionPage) -> None:
    regression.open("preset=seven&steps=60&entrant=gd:lr=0.02")
    paste(regression, HOUSES)
    sheet = regression.page.locator("#table-sheet")
    sheet.get_by_text("leave out").click()
    for column in (1, 2, 3):
        sheet.locator(".column").nth(column).locator("[data-part='input']").click()
    expect(sheet.locator("[data-part='verdict']")).to_have_text("9 points: price over size.")
    sheet.locator("[data-part='use']").click()
    regression.wait("({ data }) => data.get().points.length === 9")
    assert (regression.points[0], regression.setup["standardise"]) == ([50.5, 1210], True)
    regression.settled()
    outcomes = [each["kind"] for each in regression.ask("({ run }) => run.get().outcomes")]
    assert "diverged" not in outcomes
    regression.part("data-card", "undo").click()
    assert len(regression.points) == 7


def test_a_large_table_comes_as_a_file_and_its_link_asks_for_it_where_it_is_not(
    regression: RegressionPage, base_url: str
) -> None:
    text = f"a,b {uuid4()},y\n" + "".join(
        f"{i % 97},{i % 89},{i % 97 + (i * 7) % 11}\n" for i in range(30_000)
    )
    name = hashlib.sha256(text.encode()).hexdigest()
    regression.page.goto(f"{regression.path}#table_file={name}&steps=40&seed=5&entrant=gd:lr=0.05")
    expect(regression.page.locator("#link-faults")).to_contain_text("bring it again, and the same link opens")
    regression.wait("({ run }) => run.get().have >= 0")
    regression.page.evaluate(DROP, text)
    regression.wait(f"({{ setup }}) => setup.get().table_file === '{name}'")
    assert (regression.setup["seed"], regression.setup["batch"]) == (5, 256)
    expect(regression.part("data-card", "size")).to_contain_text("30,000 rows of 2 inputs each")
    regression.pause()
    regression.agrees(base_url)


@pytest.mark.parametrize("size", [PHONE])
def test_the_sheet_is_worked_by_the_keyboard_and_on_a_phone(regression: RegressionPage, size: Any) -> None:
    regression.open("preset=seven&steps=60&entrant=gd:lr=0.02", size=size)
    regression.part("data-card", "paste").click()
    text = regression.page.locator("#table-text")
    text.fill("x,y\n1,2\n2,3\n3,4.5\n")
    text.press("Control+Enter")  # before anything has been said of it
    regression.wait("({ data }) => data.get().points.length === 3")
    expect(regression.page.locator("#table-sheet")).to_be_hidden()
    regression.part("data-card", "paste").click()
    assert text.input_value() == ""
    text.fill("a,b,c\n1,2,3\n3,4\n5,6,7\n")
    expect(regression.page.locator("#table-error")).to_contain_text("Row 3: 3 columns")
    assert regression.page.evaluate("document.documentElement.scrollWidth") <= 390

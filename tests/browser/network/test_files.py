"""Tables as files on the page of networks: large ones, other encodings, and links that ask for the file they lack."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.network.network_page import NetworkPage
from tests.tables.examples import EXAMPLES

LARGE = "x,y,day,kind\n" + "".join(
    f"{(i % 97) / 50},{(i % 89) / 40},2020-01-{1 + i % 28:02},{'in' if (i % 97) + (i % 89) < 93 else 'out'}\n"
    for i in range(20_000)
)


@pytest.fixture
def network(page: Page) -> NetworkPage:
    return NetworkPage(page)


def drop(network: NetworkPage, text: str, encoding: str = "utf-8") -> None:
    """Drops a file on the card of the data."""
    network.page.evaluate(
        """([text, encoding]) => {
          const latin = () => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
          const bytes = encoding === "latin" ? latin() : new TextEncoder().encode(text);
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([bytes], "table.csv", { type: "text/csv" }));
          const card = document.getElementById("data-card");
          card.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
        }""",
        [text, encoding],
    )


def test_a_large_table_comes_as_a_file_and_its_link_asks_for_it_where_it_is_not(network: NetworkPage) -> None:
    assert len(LARGE) > 262_144, "more than one message to the socket may have"
    network.open("data=moons&samples=40&hidden=3&steps=60&seed=7&entrant=adam:lr=0.02")
    drop(network, LARGE)
    expect(network.part("data-card", "verdict")).to_have_text(
        "20,000 rows: which of 2 classes, by kind, told from x, y, day."
    )
    network.part("data-card", "use").click()
    network.wait("({ setup }) => /^[0-9a-f]{64}$/.test(setup.get().file ?? '')")
    expect(network.part("data-card", "table-sheet")).to_be_hidden()
    expect(network.part("data-card", "watch")).to_contain_text("20000 rows, 3 inputs, 2 classes")
    network.wait("({ run }) => run.get().have > 0")
    network.page.wait_for_url("**file=*")
    link, name = network.page.url.partition("#")[2], network.setup["file"]
    # A file that is not there, as on another server.
    other = link.replace(name, name[:-1] + ("0" if name[-1] != "0" else "1"))
    network.page.goto("about:blank")
    network.page.goto(f"{network.path}#{other}")
    expect(network.page.locator("#link-faults")).to_contain_text("is not here, or no longer: bring it again")
    network.page.goto("about:blank")
    network.page.goto(f"{network.path}#{link}")
    network.wait(f"({{ setup }}) => setup.get().file === '{name}' && setup.get().seed === 7")


def test_a_link_is_opened_with_the_file_that_it_lacked(network: NetworkPage) -> None:
    text = LARGE.replace("in", f"in {uuid4()}")  # which nobody has brought before
    name = hashlib.sha256(text.encode()).hexdigest()
    network.page.goto(
        f"{network.path}#file={name}&hidden=5&steps=30&seed=11&split=60,20,20&entrant=adam:lr=0.03"
    )
    expect(network.page.locator("#link-faults")).to_contain_text("bring it again, and the same link opens")
    network.wait("({ run }) => run.get().have >= 0")
    drop(network, text)
    network.wait(f"({{ setup }}) => setup.get().file === '{name}'")
    assert (network.setup["seed"], network.setup["hidden"], network.setup["split"]) == (11, [5], [60, 20, 20])
    expect(network.page.locator("#link-faults")).to_be_hidden()


def test_a_small_file_in_another_encoding_is_a_text_of_the_setup(network: NetworkPage) -> None:
    network.open("data=moons&samples=40&hidden=3&steps=30&entrant=adam:lr=0.02")
    drop(network, "größe,y,art\n1,2,schön\n2,1,häßlich\n3,2,schön\n4,4,häßlich\n", "latin")
    expect(network.part("data-card", "encoding")).to_have_value("cp1252")
    expect(network.part("data-card", "encoding-label")).to_have_text("Written in (a guess)")
    network.part("data-card", "use").click()
    network.wait("({ setup }) => setup.get().csv?.startsWith('größe') === true")
    network.wait("({ samples }) => samples.get()?.classes.join() === 'häßlich,schön'")


def test_a_file_that_is_no_table_says_so(network: NetworkPage, complaints: list[str]) -> None:
    network.open("data=moons&samples=40&hidden=3&steps=30&entrant=adam:lr=0.02")
    before = network.setup
    drop(network, "PK\x03\x04 no text")
    expect(network.part("data-card", "table-sheet").locator("[data-part='error']")).to_contain_text(
        "save the table as CSV"
    )
    assert network.setup == before
    # Chromium says so of every refusal.
    assert all("422" in each and "api/files" in each for each in complaints)
    complaints.clear()


def test_the_sheet_reads_texts_as_all_interfaces_do(network: NetworkPage) -> None:
    """What it must be read as: tests/tables/examples.py."""
    network.open("data=moons&samples=40&hidden=3&steps=30&entrant=adam:lr=0.02")
    network.part("data-card", "paste").click()
    sheet = network.part("data-card", "table-sheet")
    for example in EXAMPLES:
        sheet.locator("[data-part='text']").fill(example.text)
        error, verdict = sheet.locator("[data-part='error']"), sheet.locator("[data-part='verdict']")
        if example.fault is None:
            expect(verdict).to_contain_text(
                f"of {len(example.classes)} classes" if example.classes else "told from"
            )
            expect(error).to_be_empty()
        else:
            expect(error).to_contain_text(example.fault)
        expect(sheet.locator("[data-part='notes']")).to_contain_text(example.note)
        for i, row in enumerate(example.values or []):
            cells = sheet.locator("[data-part='rows'] tr").nth(i).locator("td")
            for j, value in enumerate(row):
                shown = "–" if value is None else f"{value:g}" if isinstance(value, float | int) else value
                expect(cells.nth(j)).to_contain_text(shown)


def test_what_a_column_holds_is_changed_by_a_click(network: NetworkPage) -> None:
    network.open("data=moons&samples=40&hidden=3&steps=30&entrant=adam:lr=0.02")
    network.part("data-card", "paste").click()
    sheet = network.part("data-card", "table-sheet")
    rows = "".join(f"{i},{(10115, 20095)[i % 2]},{i % 3}\n" for i in range(30))
    sheet.locator("[data-part='text']").fill(f",zip,y\n{rows}")
    verdict, columns = sheet.locator("[data-part='verdict']"), sheet.locator(".column")
    expect(verdict).to_have_text("30 rows: which of 3 classes, by y, told from zip.")
    columns.nth(0).locator("[data-part='kind']").click()
    expect(verdict).to_have_text("30 rows: which of 3 classes, by y, told from zip=20095.")
    sheet.locator("[data-part='holds']").get_by_text("values").click()
    expect(verdict).to_have_text("30 rows: y, told from zip=20095.")
    sheet.locator("[data-part='index']").get_by_text("is one").click()
    expect(verdict).to_have_text("30 rows: which of 3 classes, by y, told from x1, zip.")
    columns.nth(1).locator("[data-part='kind']").click()
    sheet.locator("[data-part='holds']").get_by_text("values").click()
    expect(verdict).to_have_text("30 rows: y, told from x1, zip=20095.")
    sheet.locator("[data-part='use']").click()
    network.wait("({ facts }) => facts.get()?.classes.length === 0 && facts.get().dims[0] === 2")
    assert network.setup["reading"] == {"index": False, "words": ["zip"], "numbers": ["y"]}
    assert network.setup["loss"] == "mse"

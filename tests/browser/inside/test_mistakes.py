"""Mistakes, and a drawing, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.inside.test_inside import DIGITS, opened, part
from tests.browser.lab_page import number
from tests.browser.network.network_page import NetworkPage


def test_the_confusion_matrix_counts_every_sample_and_the_worst_mistakes_can_be_followed(
    network: NetworkPage,
) -> None:
    panel = opened(network, "confusion", DIGITS)
    right = part(panel, "right")
    expect(right).to_contain_text("right")
    rows = panel.locator(".confusion tbody tr")
    expect(rows).to_have_count(10)

    def counted() -> int:
        return sum(
            int(text.replace(",", "") or 0) for text in panel.locator(".confusion td").all_inner_texts()
        )

    test: int = network.get("facts")["sets"][2]
    assert counted() == test
    diagonal = sum(number(each) for each in panel.locator(".confusion .is-right").all_inner_texts())
    assert diagonal == number(right.inner_text().split()[0])
    accuracy: float = network.ask(
        "({ run }) => run.get().measured.test_accuracy[1][run.get().records.length - 1]"
    )
    assert diagonal / test == pytest.approx(accuracy)
    panel.locator("[data-set='training']").click()
    expect(right).to_contain_text(f"of {network.get('facts')['sets'][0]:,}")
    worst = panel.locator(".mistake").first
    row = worst.get_attribute("data-row")
    said = worst.locator("[data-part='wrong']").inner_text().split(", said ")
    worst.click()
    sample = network.page.locator("[data-panel='sample']")
    expect(part(sample, "row")).to_have_value(row or "")
    expect(part(sample, "target")).to_have_text(f"class {said[0]}")
    expect(part(sample, "said")).to_contain_text(f"{said[1]} (")


def test_a_drawn_digit_is_named_by_every_racer_at_every_stroke(network: NetworkPage) -> None:
    panel = opened(network, "digit", DIGITS)
    pad = part(panel, "pad")
    box = pad.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"]
    network.page.mouse.move(x, y + 40)
    network.page.mouse.down()
    network.page.mouse.move(x, y + box["height"] - 40, steps=8)
    racers = panel.locator(".digit-racer")
    expect(racers).to_have_count(2)  # the pen is still down
    network.page.mouse.up()
    expect(racers.nth(1).locator("[data-part='said']")).to_have_text("1")
    network.shows("[data-panel='digit'] [data-part='seen']", 100)
    part(panel, "wipe").click()
    expect(part(panel, "says")).to_be_hidden()


def test_a_digit_is_drawn_by_keys(network: NetworkPage) -> None:
    panel = opened(network, "digit", DIGITS)
    part(panel, "pad").focus()
    for key in ["ArrowUp"] * 8 + ["Space"] + ["ArrowDown"] * 16:
        network.page.keyboard.press(key)
    expect(panel.locator(".digit-racer")).to_have_count(2)
    network.page.keyboard.press("Delete")
    expect(part(panel, "says")).to_be_hidden()
    part(panel, "borrow").click()
    expect(panel.locator(".digit-racer").first).to_be_visible()

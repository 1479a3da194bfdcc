"""What the sheet "look inside" says in words: of mistakes, of pictures taken, of networks that have diverged."""

import pytest
from playwright.sync_api import expect

from tests.browser.inside.test_inside import DIGITS, PANELS, SHORT, opened, part
from tests.browser.lab_page import eventually
from tests.browser.network.network_page import NetworkPage

DYING = "data=moons&hidden=8,8&activation=relu&loss=mse&output=linear&steps=100&entrant=sgd:lr=10&entrant=adam:lr=0.02"

LISTS = ("[data-part='lost']", "[data-part='which']", "select[data-part='racer']")


BACKGROUND = "(cell) => getComputedStyle(cell).backgroundColor"
CLEAR = "rgba(0, 0, 0, 0)"


def test_a_confusion_matrix_says_what_goes_which_way_and_leaves_zeros_blank(network: NetworkPage) -> None:
    panel = opened(network, "confusion", DIGITS)
    expect(part(panel, "right")).to_contain_text("right")
    expect(panel.locator(".axis-across")).to_have_text("the network says")
    expect(panel.locator(".axis-up")).to_have_text("the digit is")
    cells = panel.locator(".confusion tbody td")
    expect(cells).to_have_count(100)
    wrong = panel.locator(".confusion .is-wrong").first
    expect(wrong).not_to_be_empty()
    assert wrong.evaluate(BACKGROUND) != CLEAR
    zero = panel.locator(".confusion tbody td:empty").first
    assert zero.evaluate(BACKGROUND) == CLEAR
    last = panel.locator(".confusion tbody tr").last.locator("td")
    expect(last).to_have_count(10)
    assert "taken for 9" in (last.last.get_attribute("title") or "")


def test_a_matrix_of_other_classes_speaks_of_classes(network: NetworkPage) -> None:
    panel = opened(network, "confusion", SHORT)
    expect(panel.locator(".axis-up")).to_have_text("the class is")


def test_a_picture_that_is_taken_says_which_digit_it_is_until_somebody_draws(network: NetworkPage) -> None:
    panel = opened(network, "digit", DIGITS)
    truth = part(panel, "truth")
    expect(truth).to_be_hidden()
    part(panel, "borrow").click()
    expect(truth).to_contain_text("and the digit is")
    words = truth.inner_text().rstrip(".").split()
    row, digit = int(words[3].rstrip(",")), int(words[-1])
    target: int = network.ask(
        "({ samples }, row) => samples.get().targets[samples.get().rows.indexOf(row)]", row
    )
    assert digit == target
    part(panel, "pad").click()
    expect(truth).to_be_hidden()


def test_of_a_network_that_has_diverged_that_is_said_first(network: NetworkPage) -> None:
    opened(network, "sample", DYING)
    sheet = network.page.locator("#inside-sheet")
    lost, which, racer = (sheet.locator(each) for each in LISTS)
    racer.select_option(label="SGD")
    expect(lost).to_contain_text("SGD diverged at step")
    which.select_option("sweep")
    expect(lost).to_be_hidden()
    which.select_option("confusion")
    expect(lost).to_be_visible()
    racer.select_option(label="Adam")
    expect(lost).to_be_hidden()
    racer.select_option(label="SGD")
    expect(lost).to_be_visible()
    network.go_to(0)
    expect(lost).to_be_hidden()


# Whether the words that a list shows have room in it.
FITS = """(list) => {
  const style = getComputedStyle(list), pen = document.createElement('canvas').getContext('2d');
  pen.font = style.font;
  const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return list.offsetWidth === 0 || pen.measureText(list.selectedOptions[0].text).width <= room + 0.5;
}"""


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_heads_of_the_sheet_are_not_cut(network: NetworkPage, width: int) -> None:
    opened(network, "sample", DIGITS + "&entrant=momentum:lr=0.05")
    network.page.set_viewport_size({"width": width, "height": 844})
    sheet = network.page.locator("#inside-sheet")
    which, racer = (sheet.locator(each) for each in LISTS[1:])
    for name in PANELS:
        which.select_option(name)
        for each in (which, racer):
            assert eventually(lambda each=each: each.evaluate(FITS), bool), name
    head, body = (sheet.locator(f".inside-{name}").bounding_box() for name in ("head", "body"))
    assert head is not None
    assert body is not None
    assert head["y"] + head["height"] <= body["y"] + 1
    close = part(sheet, "close").bounding_box()
    assert close is not None
    assert close["y"] < head["y"] + 48

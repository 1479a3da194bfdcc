"""One sample there and back: how its chain rule is set, and what its numbers are called."""

import pytest
from playwright.sync_api import expect

from tests.browser.inside.test_inside import DIGITS, opened, part
from tests.browser.lab_page import eventually, number
from tests.browser.network.network_page import NetworkPage

WIDE = "data=moons&samples=120&hidden=8,8&steps=200&seed=1&entrant=adam:lr=0.02"


# ---------------------------------------------------------------- the chain rule, as a browser sets it

# Of every minus before a number in brackets: the gaps to either side, in the number's height.
SIGNS = """(chain) => [...chain.querySelectorAll('mo[form=prefix] + mn')].flatMap((number) => {
  const sign = number.previousElementSibling, before = sign.previousElementSibling;
  if (before?.textContent !== '(') return [];
  const [left, middle, right] = [before, sign, number].map((each) => each.getBoundingClientRect());
  return [(middle.left - left.right) / right.height, (right.left - middle.right) / right.height];
})"""

# Of every prime: how far it begins below its letter, and to the right of it, in the letter's height.
PRIMES = """(chain) => [...chain.querySelectorAll('mi + mo[form=postfix]')].map((prime) => {
  const [mark, letter] = [prime, prime.previousElementSibling].map((each) => each.getBoundingClientRect());
  return [(mark.top - letter.top) / letter.height, (mark.left - letter.right) / letter.height];
})"""


def test_signs_stand_close_and_primes_beside_their_letter(network: NetworkPage) -> None:
    panel = opened(network, "sample", WIDE)
    chain = panel.locator(".chain")
    gaps: list[float] = eventually(lambda: chain.evaluate(SIGNS), lambda found: len(found) > 0)
    assert gaps
    assert max(gaps) < 0.06
    primes: list[list[float]] = chain.evaluate(PRIMES)
    assert len(primes) == 3
    assert all(abs(below) < 0.25 and abs(beside) < 0.25 for below, beside in primes), primes


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_long_lines_go_on_below(network: NetworkPage, width: int) -> None:
    panel = opened(network, "sample", WIDE)
    network.page.set_viewport_size({"width": width, "height": 844})
    chain = panel.locator(".chain")
    numbers = panel.locator(".explain-numbers")
    expect(numbers).to_have_count(6)
    beyond = eventually(
        lambda: chain.evaluate("(each) => each.scrollWidth - each.clientWidth"), lambda pixels: pixels <= 0
    )
    assert beyond <= 0
    heights: list[float] = numbers.evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert heights[4] > 1.6 * heights[5], "the sum over eight neurons takes several lines"


# ---------------------------------------------------------------- what its numbers are called


def test_the_one_output_of_two_classes_is_called_the_probability_of_the_second(network: NetworkPage) -> None:
    panel = opened(network, "sample", WIDE)
    phase, output = part(panel, "phase"), panel.locator(".flow-column").last.locator(".flow-cell")
    expect(part(panel, "loss")).not_to_be_empty()
    phase.fill("3")
    expect(output).to_have_attribute("data-label", "p(B)")
    expect(part(panel, "second")).to_have_text("p(B)")
    second, first = (number(each.split(" ")[-1]) for each in part(panel, "both").inner_text().split(", and "))
    assert second + first == pytest.approx(1, abs=0.002)
    assert number(output.inner_text()) == pytest.approx(second, abs=0.01)
    share = number(part(panel, "said").inner_text().split("(")[1].split()[0]) / 100
    assert share == pytest.approx(max(first, second), abs=0.002)
    phase.fill("5")
    expect(output).to_have_attribute("data-label", "p(B) − t")
    expect(part(panel, "phase-said")).to_contain_text("t is 1 for B and 0 for A")


def test_outputs_that_are_no_probabilities_are_not_written_as_shares(network: NetworkPage) -> None:
    panel = opened(network, "sample", WIDE + "&loss=mse&output=linear")
    expect(part(panel, "said")).to_contain_text("(output ")
    assert "%" not in part(panel, "said").inner_text()
    part(panel, "phase").fill("3")
    expect(panel.locator(".flow-column").last.locator(".flow-cell")).to_have_attribute("data-label", "output")
    expect(part(panel, "phase-said")).to_contain_text("above 0.5 it stands for B")
    network.page.locator("#inside-sheet [data-part='which']").select_option("confusion")
    confusion = network.page.locator("[data-panel='confusion']")
    confusion.locator("[data-set='training']").click()
    expect(part(confusion, "right")).to_contain_text("right")
    assert "%" not in part(confusion, "worst").inner_text()


def test_the_chosen_weight_comes_from_its_pixel(network: NetworkPage) -> None:
    panel = opened(network, "sample", DIGITS)
    part(panel, "weight-from").select_option(index=8 * 3 + 5)  # third row from above, of eight a row
    pixel, picture = panel.locator(".flow-pixel"), panel.locator(".flow-cell canvas")
    boxes = eventually(
        lambda: [each.bounding_box() for each in (pixel, picture)],
        lambda boxes: bool(boxes[0] and boxes[1] and boxes[0]["x"] > boxes[1]["x"] + 30),
    )
    mark, whole = boxes
    assert mark is not None
    assert whole is not None
    assert (mark["x"] - whole["x"]) / whole["width"] == pytest.approx(5.5 / 8, abs=0.03)
    assert (mark["y"] + 1 - whole["y"]) / whole["height"] == pytest.approx(3.5 / 8, abs=0.03)
    part(panel, "weight-from").select_option(label="bias")
    expect(pixel).to_have_count(0)

"""One sample there and back: how its chain rule is set, and what its numbers are called."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_page import eventually
from tests.browser.network_page import NetworkPage
from tests.browser.test_network_inside import opened

WIDE = "data=moons&samples=120&hidden=8,8&steps=200&seed=1&entrant=adam:lr=0.02"


@pytest.fixture
def network(page: Page) -> NetworkPage:
    page.emulate_media(reduced_motion="reduce")
    return NetworkPage(page)


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

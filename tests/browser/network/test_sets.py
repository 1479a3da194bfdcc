"""Of which set the numbers and lines of a training are, of how many samples, and of which step."""

from itertools import pairwise

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.lab_page import DESKTOP, PHONE
from tests.browser.network.network_page import NetworkPage

SHORT = "data=moons&samples=100&hidden=4&batch=8&steps=400&seed=3&entrant=sgd:lr=0.1&entrant=adam:lr=0.02"
DIGITS = "data=mnist&samples=20000&hidden=15&batch=64&steps=60&entrant=sgd:lr=0.1&entrant=adam:lr=0.001"


def test_everybody_on_one_set_or_one_racer_on_all(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    learning = network.page.locator("#learning")
    who, strokes = network.part("learning", "who"), network.part("learning", "strokes")
    expect(who).to_have_text("every racer, on the training set")
    for name in ("validation", "test"):
        learning.get_by_role("button", name=name, exact=True).click()
        assert network.get("curve")["set"] == name
        expect(who).to_have_text(f"every racer, on the {name} set")
        expect(strokes).to_be_hidden()
        network.shows("#loss-curve canvas", 2_000)
    learning.get_by_role("button", name="all of one racer").click()
    expect(who).to_have_text("Adam")
    expect(strokes).to_be_visible()
    network.page.locator("#standings tr", has_text="SGD").click()
    expect(who).to_have_text("SGD")


def test_a_set_without_samples_cannot_be_shown(network: NetworkPage) -> None:
    network.open(SHORT)
    test = network.page.locator("#learning [data-part='set'] [data-value='test']")
    test.click()
    network.part("data-card", "test").locator("input").fill("0")
    network.wait("({ facts }) => facts.get()?.sets[2] === 0")
    expect(test).to_be_hidden()
    assert network.get("curve")["set"] == "training"


def test_a_lesson_on_overfitting_shows_all_sets_of_one_racer(network: NetworkPage) -> None:
    network.open(SHORT)
    network.part("data-card", "scene").select_option("cure-l2")
    assert network.get("curve")["set"] == "three"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_where_some_samples_stand_for_all_it_is_said(network: NetworkPage, size: ViewportSize) -> None:
    network.open(DIGITS, size=size)
    facts = network.get("facts")
    said = [f"{some:,} of {every:,}" for some, every in zip(facts["measured"], facts["sets"], strict=True)]
    assert facts["measured"][0] < facts["sets"][0]
    below = network.page.locator(".standings .head-below")
    some = [
        text for text, few in zip(said, map(int.__lt__, facts["measured"], facts["sets"]), strict=True) if few
    ]
    assert [text for text in below.all_inner_texts() if text] == some
    expect(network.part("learning", "who")).to_contain_text(
        f"on {said[0].replace(' of ', ' of the ')} samples"
    )
    assert network.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_matrix_and_the_number_over_it_are_of_one_step(network: NetworkPage) -> None:
    network.open("data=iris&hidden=8&steps=300&entrant=sgd:lr=0.1&entrant=adam:lr=0.02", size=DESKTOP)
    for step in (120, 300):
        network.go_to(step)
        network.wait(
            "({ confused, facts }, step) => confused.get()?.step === step - (step % facts.get().every)", step
        )
        confused = network.get("confused")
        scores = network.page.locator("#regions .region-score")
        expect(scores).to_have_text([f"{100 * share:.1f}\u00a0%" for share in confused["accuracy"]])
        expect(network.part("regions-card", "matrix")).to_contain_text(f"at step {confused['step']}")


def test_a_test_set_that_comes_with_the_data_is_fixed(network: NetworkPage) -> None:
    network.open(DIGITS)
    sets = network.get("facts")["sets"]
    expect(network.part("data-card", "test")).to_be_hidden()
    expect(network.part("data-card", "fixed-count")).to_have_text(f"{sets[2]:,}")
    shown = [network.part("data-card", name) for name in ("training", "validation")]
    for line, count in zip(shown, sets, strict=False):
        expect(line.locator("[data-part='value']")).to_have_text(f"{count:,}")
    shown[0].locator("input").fill("18")  # 90 of 100
    network.wait("({ facts }, before) => facts.get()?.sets[0] > before", sets[0])
    now = network.get("facts")["sets"]
    assert now[2] == sets[2]
    assert now[0] == pytest.approx(0.9 * (now[0] + now[1]), abs=2)


def test_what_is_out_of_date_stands_back_until_the_next_training_has_come(network: NetworkPage) -> None:
    network.open(SHORT)
    network.page.evaluate(
        """() => {
          const main = document.getElementById("main");
          window.stood = false;
          new MutationObserver(() => (window.stood ||= main.classList.contains("is-stale")))
            .observe(main, { attributes: true, attributeFilter: ["class"] });
        }"""
    )
    network.part("data-card", "scene").select_option("blobs")
    network.wait("({ facts }) => window.stood && facts.get()?.dims[1] === 4")
    network.wait("() => !document.getElementById('main').classList.contains('is-stale')")


def test_two_racers_have_no_plane_through_three_and_it_is_said(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    few = network.part("loss-surface", "few")
    expect(few).to_be_visible()
    network.row(1).locator("[data-part='toggle']").click()
    network.tool(1, "duplicate").click()
    expect(few).to_be_hidden()
    expect(network.page.locator("[data-plane='three']")).to_be_enabled()


def test_ranks_rest_while_it_plays(network: NetworkPage) -> None:
    network.open(SHORT + "&noise=0.5")
    network.page.evaluate(
        """() => {
          window.moves = [];
          const moved = () => window.moves.push(performance.now());
          new MutationObserver(moved).observe(document.getElementById("standings"), { childList: true });
        }"""
    )
    network.part("player", "play").click()
    network.wait("({ playhead }) => playhead.get().step === 400 && !playhead.get().playing")
    moves: list[float] = network.page.evaluate("window.moves")
    gaps = [later - earlier for earlier, later in pairwise(moves[:-1])]  # the last is that of the end
    assert all(gap > 1000 for gap in gaps)

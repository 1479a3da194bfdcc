"""The loss surface that networks really walk on: planes through their weights, with the paths on them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_page import DESKTOP, eventually, number
from tests.browser.network.network_page import NetworkPage

SHORT = (
    "data=moons&samples=120&hidden=4,4&steps=300&seed=1"
    "&entrant=sgd:lr=0.3&entrant=momentum:lr=0.1&entrant=adam:lr=0.02"
)
FINE = "({ plane }) => plane.get() !== null && plane.get().size[0] >= 25"


@pytest.fixture
def network(page: Page) -> NetworkPage:
    return NetworkPage(page)


def losses(network: NetworkPage) -> list[list[float]]:
    """True loss and loss on the plane of every racer, as the card writes them."""
    rows = network.page.locator("#loss-surface tbody tr")
    return [[number(cell) for cell in row.locator("td").all_inner_texts()] for row in rows.all()]


def test_the_plane_holds_the_paths_and_tells_true_loss_and_plane_loss_apart(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait(FINE)
    plane = network.get("plane")
    assert plane["step"] == 300
    share = network.part("loss-surface", "share")
    assert number(share.inner_text().split()[1]) == pytest.approx(100 * sum(plane["explained"]), rel=2e-3)
    network.page.keyboard.press("End")
    network.wait("({ plane }) => plane.get().at === 300")
    network.shows("#map canvas.trails, #map canvas.heads", 500)
    measured: list[float] = network.ask(
        "({ run }) => run.get().measured.training.map((each) => each[run.get().records.length - 1])"
    )
    seen = eventually(
        lambda: losses(network), lambda seen: [row[0] for row in seen] == pytest.approx(measured, rel=5e-3)
    )
    assert [row[0] for row in seen] == pytest.approx(measured, rel=5e-3), (
        "all training samples, so the very loss"
    )
    assert [row[1] for row in seen] != [row[0] for row in seen]


def test_the_losses_follow_the_playhead_while_the_plane_stays(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait(FINE)
    window = network.get("plane")["window"]
    network.page.keyboard.press("End")
    network.wait("({ plane }) => plane.get().at === 300")
    assert network.get("plane")["window"] == window
    expect(network.part("loss-surface", "at")).to_have_text("step 300")


def test_random_directions_and_the_plane_through_three(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.page.locator("[data-plane='random']").click()
    network.wait(
        "({ plane }) => plane.get()?.axes[0] === 'first random direction' && plane.get().size[0] >= 25"
    )
    before = network.get("plane")["loss"][0]
    expect(network.part("loss-surface", "share")).to_contain_text("a slice through")
    network.part("loss-surface", "turn").click()
    network.wait("({ plane }, before) => plane.get().loss[0] !== before && plane.get().size[0] >= 25", before)
    network.part("loss-surface", "around").select_option(label="SGD")
    network.wait("({ plane }) => Math.abs(plane.get().paths.at(-1)) > 1e-9")
    network.page.locator("[data-plane='three']").click()
    network.wait("({ plane }) => plane.get().axes[0] === 'from Adam to SGD'")
    network.page.keyboard.press("End")
    network.wait("({ plane }) => plane.get().at === 300")
    rows = eventually(lambda: losses(network), lambda seen: all(a == b for a, b in seen))
    assert all(true == shown for true, shown in rows), "the three stand on the plane itself"
    network.part("loss-surface", "racer-0").select_option(label="Momentum")
    network.wait("({ plane }) => plane.get().axes[0] === 'from Momentum to SGD'")


def test_two_racers_have_no_plane_through_three(network: NetworkPage) -> None:
    network.open("data=moons&samples=60&hidden=4&steps=60&entrant=sgd&entrant=adam", size=DESKTOP)
    expect(network.page.locator("[data-plane='three']")).to_be_disabled()


def test_a_zoomed_map_is_asked_for_anew_and_given_back(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait(FINE)
    whole = network.get("plane")["window"]
    network.page.locator("#map [data-zoom='in']").click()
    network.wait("({ plane }, whole) => plane.get().window[0][0] > whole[0][0]", whole)
    network.page.locator("#map [data-zoom='all']").click()
    network.wait("({ plane }, whole) => plane.get().window[0][0] === whole[0][0]", whole)


def test_the_surface_turns_up_in_three_dimensions(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait(FINE)
    network.page.locator("[data-view='surface']").click()
    expect(network.page.locator("#surface .figure canvas").first).to_be_visible()
    network.page.keyboard.press("End")
    network.shows("#surface canvas.trails, #surface canvas.heads", 300)


def test_it_refreshes_while_it_trains(network: NetworkPage) -> None:
    # Large enough to be still in training, for seconds, when the first surface is there.
    large = "data=moons&samples=1000&hidden=64,64&steps=2000&seed=1&entrant=sgd:lr=0.3&entrant=adam:lr=0.02"
    network.open(large, size=DESKTOP, playing=True)
    network.wait("({ plane }) => plane.get() !== null")
    first = network.get("plane")["step"]
    network.wait("({ plane }, first) => plane.get().step > first", first)

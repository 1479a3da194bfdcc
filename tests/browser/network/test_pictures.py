"""What networks have learned, and the networks themselves, as they are drawn."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab_page import DESKTOP, eventually, number
from tests.browser.network.network_page import NetworkPage

SHORT = "data=moons&samples=120&hidden=4,3&steps=300&seed=1&entrant=sgd:lr=0.3&entrant=adam:lr=0.03"
LOOKED = "({ look, playhead }, step) => look.get()?.step === step && playhead.get().step === step"

# The colours of a region at the places of its grid, from above: the canvas is the picture.
GROUND = """([index, points]) => {
  const canvas = document.querySelectorAll("#regions .region-ground")[index];
  const c = canvas.getContext("2d");
  const at = (part, size) => Math.round(part * (size - 1));
  return points.map(([x, y]) => [...c.getImageData(at(x, canvas.width), at(y, canvas.height), 1, 1).data]);
}"""
SPOTS = r"""async () => {
  const base = document.querySelector("script[type=module]").src.replace(/pages\/network.*/, "views/network/");
  const { layoutOf } = await import(base + "layout.js");
  const { kindOf } = await import(base + "painting.js");
  const { networkNames } = await import(base + "names.js");
  const samples = descentLab.state.samples.get(), card = document.getElementById("network-drawing");
  const picture = card.querySelector("[data-part=picture]"), scroll = card.querySelector("[data-part=scroll]");
  const names = networkNames(picture.dataset, samples, samples.dims);
  const c = document.createElement("canvas").getContext("2d");
  const font = getComputedStyle(card).fontFamily;
  const beside = (layer) => {
    const widest = names.widest(c, { font }, layer);
    return widest > 0 ? 8 + Math.min(84, widest) + 6 : 16;
  };
  const shape = { picture: kindOf(samples) === "pictures", left: beside(0), right: beside(samples.dims.length - 1) };
  const { columns } = layoutOf(samples.dims, scroll.clientWidth, shape, scroll.clientHeight);
  const box = picture.getBoundingClientRect();
  return columns.map(({ size, spots }) => ({ size, spots: spots.map(({ left, top }) => [box.x + left, box.y + top]) }));
}"""


@pytest.fixture
def network(page: Page) -> NetworkPage:
    return NetworkPage(page)


def picture(network: NetworkPage, index: int = 0) -> Locator:
    return network.page.locator("#regions .region-picture").nth(index)


def ground(network: NetworkPage, index: int = 0, points: Any = None) -> list[list[int]]:
    """Colours of a region, at 5 x 5 places or at those given as parts of its width and height."""
    spread = [[x / 6, y / 6] for y in range(1, 6) for x in range(1, 6)]
    return network.page.evaluate(GROUND, [index, points or spread])


def looked(network: NetworkPage, key: str, step: int) -> None:
    network.page.keyboard.press(key)
    network.wait(LOOKED, step)


def weight(network: NetworkPage, layer: int, source: int, target: int) -> float:
    """The very number among those that the server sent."""
    return network.ask(
        """({ look, samples }, [layer, source, target]) => {
          const { dims } = samples.get();
          let first = 0;
          for (let k = 0; k < layer; k++) first += (dims[k] + 1) * dims[k + 1];
          return look.get().weights[first + source * dims[layer + 1] + target];
        }""",
        [layer, source, target],
    )


def columns(network: NetworkPage) -> list[Any]:
    """Where the neurons stand on the screen."""
    part = network.part("network-drawing", "picture")
    part.scroll_into_view_if_needed()
    return network.page.evaluate(SPOTS)


def test_regions_change_as_the_networks_learn(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait(LOOKED, 0)
    both = lambda: [ground(network, i) for i in (0, 1)]  # noqa: E731
    before = eventually(both, lambda seen: seen[0] == seen[1] and seen[0][0][3] == 255)
    assert before[0] == before[1], "all start from the same weights"
    looked(network, "End", 300)
    after = [eventually(lambda i=i: ground(network, i), lambda seen, i=i: seen != before[i]) for i in (0, 1)]
    assert after[0] != before[0]
    assert after[0] != after[1]


def test_a_region_is_blue_where_the_network_says_a_and_orange_where_it_says_b(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    looked(network, "End", 300)
    said: list[float] = network.ask(
        """({ look }) => {
          const { regions, shapes } = look.get();
          const [, , ny, nx] = shapes.regions;
          const points = [[4, 4], [44, 4], [4, 44], [44, 44], [25, 25]];
          return points.map(([x, y]) => regions[nx * ny + (ny - 1 - y) * nx + x]);
        }"""
    )
    points = [[x / 49, y / 49] for x, y in ((4, 4), (44, 4), (4, 44), (44, 44), (25, 25))]
    fits = lambda seen: all(  # noqa: E731
        abs(share - 0.5) < 0.1 or (red > blue) == (share > 0.5)
        for share, (red, _, blue, _) in zip(said, seen, strict=True)
    )
    assert fits(eventually(lambda: ground(network, 1, points), fits)), said
    assert min(said) < 0.4 < 0.6 < max(said)


def test_samples_lie_where_they_are(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait("({ samples }) => samples.get() !== null")
    look = lambda: network.page.evaluate(  # noqa: E731
        """() => {
          const { inputs, targets, sets, window: [[x0, x1], [y0, y1]] } = descentLab.state.samples.get();
          const canvas = document.querySelector("#regions .region-marks");
          const style = getComputedStyle(document.documentElement);
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          const missed = [];
          for (let i = 0; i < targets.length; i++) {
            const x = Math.round((inputs[2 * i] - x0) / (x1 - x0) * canvas.width);
            const y = Math.round((y1 - inputs[2 * i + 1]) / (y1 - y0) * canvas.height);
            if (data[4 * (y * canvas.width + x) + 3] === 0) missed.push(i);
          }
          return { missed, painted: data.filter((value, i) => i % 4 === 3 && value > 0).length / (data.length / 4) };
        }"""
    )
    far = eventually(look, lambda seen: seen["missed"] == [])
    assert far["missed"] == []
    assert 0.01 < far["painted"] < 0.3


def test_accuracies_stand_over_the_regions(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    looked(network, "End", 300)
    shares: list[float] = network.ask(
        "({ run }) => run.get().measured.validation_accuracy.map((each) => 100 * each[run.get().records.length - 1])"
    )
    scores = network.page.locator("#regions .region-score")
    seen = eventually(
        lambda: [number(text.split()[0]) for text in scores.all_inner_texts()],
        lambda seen: seen == pytest.approx(shares, abs=0.06),
    )
    assert seen == pytest.approx(shares, abs=0.06)
    expect(network.page.locator("#regions-card .pill")).to_have_text("right answers on the validation set")


LONGEST = ["sgd", "momentum", "nesterov", "cg", "random_search", "adabelief", "adabelief"]
NAMES = """() => [...document.querySelectorAll("#regions .region")].map((region) => {
  const box = (selector) => region.querySelector(selector).getBoundingClientRect();
  const [name, score, head, picture] = ["name", "score", "head", "picture"].map((part) => box(`.region-${part}`));
  const { scrollWidth, clientWidth } = region.querySelector(".region-name");
  return { whole: scrollWidth <= clientWidth && name.right <= head.right && score.right <= head.right,
    apart: name.right <= score.left || name.bottom <= score.top, top: picture.top, height: head.height };
})"""


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_every_name_stands_whole_over_its_region_and_does_not_jump(network: NetworkPage, width: int) -> None:
    entrants = "".join(f"&entrant={key}" for key in LONGEST)
    network.open(
        f"data=moons&samples=120&hidden=4&steps=60{entrants}&entrant=adam;label=A%20name%20of%20one's%20own",
        size={"width": width, "height": 900},
    )
    looked(network, "Home", 0)
    network.wait(
        "() => [...document.querySelectorAll('#regions .region-score')].every((each) => each.textContent)"
    )
    first = network.page.evaluate(NAMES)
    assert len(first) == 8
    assert all(each["whole"] and each["apart"] for each in first)
    columns = network.page.evaluate(
        "() => +document.querySelector('.region-cells').style.getPropertyValue('--columns')"
    )
    assert len({each["top"] for each in first}) == -(-8 // columns), (
        "the pictures of a row begin at one height"
    )
    looked(network, "End", 60)
    assert network.page.evaluate(NAMES) == first, "whatever the numbers are"


def test_a_click_with_a_pen_adds_a_sample_and_one_on_it_takes_it_away(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait("({ samples }) => samples.get() !== null")
    network.page.locator("#pens .pen").nth(2).click()
    network.page.evaluate("scrollTo(0, 0)")
    box = picture(network).bounding_box()
    assert box is not None
    x, y = box["x"] + 0.9 * box["width"], box["y"] + 0.1 * box["height"]
    network.page.mouse.click(x, y)
    network.wait(
        "({ samples }) => samples.get().targets.length === 121 && samples.get().classes.length === 3"
    )
    assert network.setup["drawn"][-1] == pytest.approx([1.68, 1.68, 2], abs=0.03)
    assert "data" not in network.setup
    network.wait("({ run, look }) => run.get().complete && look.get()?.shapes.regions[1] === 3")
    assert network.ask("({ look }) => look.get().shapes.regions.slice(0, 2)") == [2, 3]
    network.page.mouse.click(x, y)
    network.wait(
        "({ samples }) => samples.get().targets.length === 120 && samples.get().classes.length === 2"
    )


def test_keys_draw_too(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.wait("({ samples }) => samples.get() !== null")
    expect(picture(network)).to_have_attribute("role", "img")
    network.page.locator("#pens .pen").nth(1).press("Enter")
    expect(picture(network)).to_have_attribute("role", "application")
    picture(network).focus()
    for key in ("Shift+ArrowUp", "Shift+ArrowUp", "ArrowRight", "Enter"):
        network.page.keyboard.press(key)
    network.wait("({ samples }) => samples.get().targets.length === 121")
    assert network.setup["drawn"][-1] == pytest.approx([0.042, 0.672, 1], abs=0.02)
    expect(network.part("regions", "said")).to_contain_text("Sample added")


def test_without_a_pen_a_click_picks_the_entrant(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    looked(network, "End", 300)
    picture(network, 0).click()
    assert network.get("chosen") == 0
    network.wait("({ look }) => look.get().entrant === 0")
    expect(network.part("network-drawing", "owner")).to_have_text("SGD")
    network.page.locator("#regions .region-head").nth(1).click()
    expect(network.part("network-drawing", "owner")).to_have_text("Adam")
    assert "drawn" not in network.setup


def test_a_curve_is_drawn_for_each_through_the_samples(network: NetworkPage) -> None:
    network.open(
        "data=curve&samples=80&hidden=6&steps=200&entrant=sgd:lr=0.05&entrant=adam:lr=0.02", size=DESKTOP
    )
    looked(network, "End", 200)
    network.shows("#regions .region-marks", 3000)
    network.shows("#network-drawing .network-ground", 3000)
    expect(network.page.locator("#pens")).to_be_hidden()


def test_of_pictures_the_first_layer_is_shown_as_pictures(network: NetworkPage) -> None:
    network.open("data=digits&hidden=6&steps=200&entrant=sgd:lr=0.1&entrant=adam:lr=0.02", size=DESKTOP)
    looked(network, "End", 200)
    shown = network.part("network-drawing", "number")
    _, first, _ = columns(network)
    x, y = first["spots"][2]
    side = first["size"]
    network.page.mouse.move(x - side / 2 + 5.5 * side / 8, y - side / 2 + 2.5 * side / 8)
    expect(shown).to_contain_text("pixel 3, 6 → layer 1, neuron 3")
    assert number(shown.inner_text().split(": ")[1]) == pytest.approx(
        weight(network, 0, 2 * 8 + 5, 2), rel=1e-3
    )
    network.wait("({ confused }, step) => confused.get()?.step === step", 200)
    total: int = network.ask("({ confused }) => confused.get().counts.reduce((sum, each) => sum + each, 0)")
    assert total == 2 * network.ask("({ facts }) => facts.get().sets[1]")
    network.shows("#regions .region-ground", 3000)


def test_the_whole_of_mnist_has_fifteen_pictures(network: NetworkPage) -> None:
    network.open("data=mnist&hidden=15&steps=20&entrant=adam:lr=0.005", size=DESKTOP)
    looked(network, "End", 20)
    expect(network.part("network-drawing", "size")).to_have_text("784-15-10 · 11,935 weights")
    _, first, _ = columns(network)
    assert len(first["spots"]) == 15
    assert first["size"] >= 40
    expect(picture(network)).to_have_attribute("aria-label", "How Adam takes classes for one another")


def test_who_ran_away_says_so(network: NetworkPage) -> None:
    network.open(
        "data=moons&samples=60&hidden=4&loss=mse&activation=relu&steps=200&entrant=sgd:lr=1e6&entrant=adam:lr=0.01",
        size=DESKTOP,
    )
    looked(network, "End", 200)
    step = network.ask("({ run }) => run.get().outcomes[0].step")
    expect(network.page.locator("#regions .region-fate").first).to_have_text(f"diverged at step {step}")


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_six_layers_of_sixty_four_fit(network: NetworkPage, width: int) -> None:
    network.open(
        "data=circles&samples=60&hidden=64,64,64,64,64,64&steps=20&entrant=adam:lr=0.001",
        size={"width": width, "height": 900},
    )
    looked(network, "End", 20)
    network.shows("#network-drawing .network-ground", 20_000)
    assert network.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = columns(network)
    assert len(shown) == 8
    assert all(column["size"] >= 4 for column in shown)

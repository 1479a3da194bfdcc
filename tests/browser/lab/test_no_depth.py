"""A browser without WebGL: the map alone, and our own words for why."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_page import DESKTOP, PHONE, LabPage
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage

# No context at all; or one for who asks first, as where a graphics driver has crashed, and none for Plotly.
NONE = "{ held: 0 }"
ONE = "{ held: 1 }"
STUB = """(() => {
  const left = %s;
  const own = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    if (!/webgl/.test(kind)) return own.call(this, kind, ...rest);
    return left.held-- > 0 ? own.call(this, kind, ...rest) : null;
  };
})()"""


@pytest.fixture
def bare(page: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab of its own, whose canvases have as many contexts of WebGL as the test says."""
    own = page.context.new_page()
    own.on("pageerror", lambda error: pytest.fail(str(error)))
    own.add_init_script(STUB % request.param)
    yield own
    own.close()


@pytest.mark.parametrize("bare", [NONE, ONE], indirect=True, ids=["none", "none for Plotly"])
@pytest.mark.parametrize("kind", [RacePage, RegressionPage, NetworkPage], ids=lambda kind: kind.__name__)
def test_without_webgl_the_map_stands_alone_and_says_why(
    bare: Page, base_url: str, kind: type[LabPage], request: pytest.FixtureRequest
) -> None:
    lab = kind(bare)
    lab.open(size=DESKTOP, base=base_url, playing=True)
    if "Plotly" in request.node.callspec.id:  # what is missing comes out when it is asked for
        bare.locator("#surface").evaluate(
            "() => document.querySelector('#view-switch [data-view=surface]').click()"
        )
    expect(bare.locator("#views [data-part='depth-note']")).to_contain_text("does not draw in 3-D")
    expect(bare.locator("#map")).to_be_visible()
    expect(bare.locator("#surface")).to_be_hidden()
    expect(bare.locator("#view-switch [data-view='surface']")).to_be_disabled()
    expect(bare.locator("body")).not_to_contain_text("webgl.org")


@pytest.mark.parametrize("bare", [NONE], indirect=True)
def test_a_phone_without_webgl_says_so_too(bare: Page, base_url: str) -> None:
    RacePage(bare).open(size=PHONE, base=base_url, playing=True)
    expect(bare.locator("#views [data-part='depth-note']")).to_be_visible()


def test_with_webgl_nothing_is_said(race: RacePage) -> None:
    race.open(size=DESKTOP)
    expect(race.page.locator("#surface .figure canvas").first).to_be_visible()
    expect(race.page.locator("#views [data-part='depth-note']")).to_be_hidden()

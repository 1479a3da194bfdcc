"""Trails stand out from what is beside them: their casing, which is opaque, on whatever ground."""

import re

import pytest

from tests.browser.state.conftest import STATIC, Run

SHEETS = {"light": "css/tokens.css", "dark": "css/dark.css"}


@pytest.mark.parametrize("scheme", SHEETS)
def test_every_trail_has_a_contrast_of_three_to_its_casing(run: Run, scheme: str) -> None:
    sheet = (STATIC / SHEETS[scheme]).read_text()
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", sheet))
    named = [value for name, value in tokens.items() if name.startswith(("opt-", "spare-"))]
    ground = [
        value for name, value in tokens.items() if name.startswith("map-")
    ]  # colours that people may choose
    given = {"colours": [*named, *ground, "#ffffff", "#000000", "#ffff00", "#777777"], **tokens}
    worst = run(
        """const { casingOf, contrast } = await import("http://modules.test/views/canvas/casing.js");
           return Math.min(...argument.colours.map((each) => contrast(each, casingOf(each, argument))));""",
        given,
    )
    assert worst >= 3

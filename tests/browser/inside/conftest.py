"""The page of networks without its animations: what is looked at is there at once."""

import pytest
from playwright.sync_api import Page

from tests.browser.network.network_page import NetworkPage


@pytest.fixture
def network(page: Page) -> NetworkPage:
    page.emulate_media(reduced_motion="reduce")
    return NetworkPage(page)

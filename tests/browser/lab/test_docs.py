"""The API's documentation, from this machine alone."""

from playwright.sync_api import Page, expect


def test_the_documentation_renders_and_asks_no_other_host(page: Page, base_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/docs")
    expect(page.locator(".swagger-ui .info .title")).to_contain_text("Descent Lab")
    assert not [url for url in asked if not url.startswith((base_url, "data:"))]


def test_a_missing_page_leads_back(page: Page, complaints: list[str]) -> None:
    page.goto("/nothing-here")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing here")
    expect(page.get_by_role("link", name="To the race", exact=True)).to_have_attribute("href", "/")
    assert all("404" in complaint for complaint in complaints)
    complaints.clear()

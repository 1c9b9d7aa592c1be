"""The reports in Chromium: plots are drawn, and no other page loads what draws them."""

from playwright.sync_api import Request, expect

from tests.browser.conftest import OpenWindow


def test_plots_are_drawn_and_loaded_on_this_page_alone(window: OpenWindow) -> None:
    joanna = window("coordinator")
    asked: list[str] = []

    def hear(request: Request) -> None:
        if "echart" in request.url:
            asked.append(request.url)

    joanna.page.context.on("request", hear)
    for path in ("/review", "/review/events", "/events", "/ce"):
        joanna.open(path)
    assert asked == []
    joanna.open("/review/reports")
    expect(
        joanna.page.get_by_role("img", name="credits in 2026, by month").locator("canvas, svg").first
    ).to_be_visible()
    assert asked

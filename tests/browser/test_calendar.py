"""The calendar in a browser of another zone: found by a form, its times told in both zones."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import Server
from tests.browser.windows import Window


@pytest.mark.parametrize(("zone", "differs"), [("America/Denver", False), ("America/New_York", True)])
def test_times_are_told_in_the_readers_zone_where_it_differs(
    chromium: Browser, server: Server, zone: str, differs: bool
) -> None:
    window = Window(chromium.new_context(timezone_id=zone, locale="en-US").new_page(), server)
    window.open("/events")
    window.field("Find").fill("board")
    window.button("Find").click()
    expect(window.page).to_have_url(re.compile(r"/events\?q=board"))
    window.ready()
    window.page.locator(".event-title a").first.click()
    expect(window.page.get_by_role("heading", level=1)).not_to_have_text("Calendar")
    mine = window.page.get_by_text("in your time")
    expect(mine).to_have_count(1 if differs else 0)
    assert window.unexpected() == []
    window.page.context.close()

"""The attendance list under fingers and keys: a bouncing finger takes nothing back, a second press does."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.server import Server, beside
from tests.pages import calendar_records

TABLET = (768, 1024)


def test_pressed_twice_by_a_bouncing_finger_and_taken_back_on_purpose(window: OpenWindow, server: Server) -> None:
    with beside(server):
        number = calendar_records.in_the_demo()["held"]
    joanna = window("coordinator", size=TABLET)
    joanna.open(f"/events/{number}/attendance")
    first = joanna.page.locator(".att-row").first.get_by_role("button", name="Present")
    expect(first).to_be_visible()
    first.dblclick()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(joanna.page.get_by_text("1 present, 0 absent")).to_be_visible()
    joanna.page.wait_for_timeout(800)
    first.focus()
    joanna.page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(joanna.page.get_by_text("0 present, 0 absent")).to_be_visible()
    absent = joanna.page.locator(".att-row").first.get_by_role("button", name="Absent")
    joanna.page.keyboard.press("Tab")
    joanna.page.keyboard.press("Tab")
    expect(absent).to_be_focused()
    joanna.page.keyboard.press("Enter")
    expect(absent).to_have_attribute("aria-pressed", "true")


def test_minutes_out_of_the_event_are_not_taken(window: OpenWindow, server: Server) -> None:
    with beside(server):
        number = calendar_records.in_the_demo()["held"]
    joanna = window("coordinator", size=TABLET)
    joanna.open(f"/events/{number}/attendance")
    row = joanna.page.locator(".att-row").last
    row.get_by_role("button", name="Partly").click()
    minutes = row.get_by_role("spinbutton")
    minutes.fill("9999")
    minutes.press("Tab")
    expect(minutes).to_have_value("")
    minutes.fill("20")
    minutes.press("Tab")
    expect(row.get_by_role("button", name="Partly")).to_have_attribute("aria-pressed", "true")
    expect(joanna.page.get_by_text("1 present").first).to_be_visible()


def test_a_long_list_is_searched_without_accents_and_shows_a_mark_made_meanwhile(
    window: OpenWindow, server: Server
) -> None:
    with beside(server):
        number = calendar_records.in_the_demo()["held"]
    joanna = window("coordinator", size=TABLET)
    joanna.open(f"/events/{number}/attendance")
    rows = joanna.page.locator(".att-row")
    expect(rows).to_have_count(14)
    joanna.field("Find in the list").fill("nunez")
    expect(rows).to_have_count(1)
    joanna.page.keyboard.press("Tab")
    expect(rows.get_by_role("button", name="Present")).to_be_focused()
    joanna.page.keyboard.press("Enter")
    expect(rows.get_by_role("button", name="Present")).to_have_attribute("aria-pressed", "true")
    joanna.field("Find in the list").fill("")
    expect(rows).to_have_count(14)

"""States of the calendar's pages: registering, attendance, what runs an event."""

from playwright.sync_api import expect

from tests.browser.windows import Window
from tests.screenshots.studio import Studio

CSV = (
    "title,begins,ends,time_zone,sponsor,presenter,category,credits,location,online,source\n"
    "Mending Books for Patient People,2027-01-12 10:00,2027-01-12 12:00,America/Denver,Montana State Library,Pat Lowe,"
    "Technology,2,Helena,no,shot 1\n"
)


def forget_questions(window: Window, _studio: Studio) -> None:
    window.button("Save the draft").click()
    expect(window.page.get_by_text("Enter the title of the event.").last).to_be_visible()


def mark_some(window: Window, _studio: Studio) -> None:
    """One was there, one for a part, one not at all; pressed again, a mark would be taken back."""
    rows = window.page.locator(".att-row")
    expect(rows.first).to_be_visible()
    for place, name in ((0, "Present"), (1, "Partly"), (2, "Absent")):
        one = rows.nth(place).get_by_role("button", name=name)
        if one.get_attribute("aria-pressed") == "false":
            one.click()
            if name == "Partly":
                rows.nth(place).get_by_role("spinbutton").fill("30")
                rows.nth(place).get_by_role("spinbutton").press("Tab")
        expect(one).to_have_attribute("aria-pressed", "true")


def correct(window: Window, _studio: Studio) -> None:
    window.page.get_by_role("button", name="Correct: ").first.click()
    expect(window.page.get_by_role("dialog")).to_be_visible()
    window.page.get_by_role("dialog").get_by_role("button", name="Correct").click()
    expect(window.page.get_by_text("Say why: the person reads it in a letter.").last).to_be_visible()


def ask_to_cancel(window: Window, _studio: Studio) -> None:
    window.button("Cancel the event").click()
    expect(window.page.get_by_role("dialog")).to_be_visible()


def choose_a_file(window: Window, _studio: Studio) -> None:
    file = {"name": "events.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    window.page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    expect(window.page.get_by_text("1 new.")).to_be_visible()


def choose_a_bad_file(window: Window, _studio: Studio) -> None:
    file = {"name": "events.csv", "mimeType": "text/csv", "buffer": b"title,begins\nx,y\n"}
    window.page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    expect(window.page.get_by_text("the column ends is missing").first).to_be_visible()


def make_an_address(window: Window, _studio: Studio) -> None:
    window.button("Make an address").click()
    expect(window.page.get_by_text("Address to subscribe to")).to_be_visible()
    window.page.locator("#calendar").scroll_into_view_if_needed()


def find_somebody(window: Window, _studio: Studio) -> None:
    window.page.get_by_label("Person").fill("library")
    window.button("Find the person").click()
    expect(window.page.get_by_role("button", name="Add: ").first).to_be_visible()
    window.page.get_by_role("button", name="Add: ").first.scroll_into_view_if_needed()


def find_in_the_list(window: Window, _studio: Studio) -> None:
    window.page.get_by_label("Find in the list").fill("zzz")
    expect(window.page.get_by_text("Nobody in the list is called that.")).to_be_visible()


def repeat_it(window: Window, _studio: Studio) -> None:
    """Again at each size: what its series has already is not made twice."""
    window.page.get_by_label("How many more times").fill("2")
    window.button("Repeat").click()
    expect(window.page.get_by_role("heading", name="Other dates")).to_be_visible()

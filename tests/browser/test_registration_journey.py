"""Journey 3: an event is published, people register and wait, attendance is taken on a tablet, credit is there."""

from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.audit import overflow, small_targets
from tests.browser.conftest import OpenWindow
from tests.browser.mail import letters_to
from tests.browser.windows import Window
from tests.services.postman import Postman

PHONE, TABLET = (390, 844), (768, 1024)
TITLE = "Mending Books for Patient People"
TODAY = "2026-11-23"
EVENT = {
    "Event Title": TITLE, "Begin Date": TODAY, "Begin Time": "10:00", "End Date": TODAY, "End Time": "14:00",
    "Location": "Lewis & Clark Library, Helena", "Seats": "2", "Questions to those who register": "Which meal? *",
    "Technology": "2",
}  # fmt: skip


def publish(joanna: Window) -> None:
    joanna.open("/review")
    joanna.page.locator(".tabs").get_by_role("link", name="Calendar").click()
    joanna.page.get_by_role("link", name="Add an event").click()
    for label, value in EVENT.items():
        joanna.field(label).fill(value)
    joanna.button("Save the draft").click()
    joanna.button("Publish").dblclick()
    expect(joanna.page.get_by_text("0 of 2 seats taken.")).to_be_visible()
    expect(joanna.page.get_by_text("published already")).to_have_count(0)


def find(window: Window) -> None:
    """From the calendar to the event's page, as anybody finds it."""
    window.open("/events")
    window.field("Find").fill("mending")
    window.button("Find").click()
    window.page.get_by_role("link", name=TITLE).click()
    expect(window.page.get_by_role("heading", name=TITLE)).to_be_visible()


def test_from_publishing_to_the_credit_in_the_list(window: OpenWindow, postman: Postman) -> None:
    joanna, maria, ruth = window("coordinator", size=TABLET), window("participant", size=PHONE), window("director")
    admin = window("administrator")
    publish(joanna)

    find(maria)
    maria.button("Register").click()
    expect(maria.page.get_by_text("Please answer this: the event needs it.").first).to_be_visible()
    maria.field("Which meal?").fill("Soup")
    maria.button("Register").focus()
    maria.page.keyboard.press("Enter")
    expect(maria.page.get_by_text("Registered", exact=True)).to_be_visible()
    expect(maria.page.get_by_role("group", name="Registration")).to_be_focused()
    expect(maria.page.get_by_text("Soup")).to_be_visible()
    assert [*overflow(maria.page), *small_targets(maria.page)] == []

    find(ruth)
    ruth.field("Who").select_option(label="Bridget Tierney")
    ruth.field("Which meal?").fill("Bread")
    ruth.button("Register").click()
    expect(ruth.page.get_by_text("2 of 2 seats taken.")).to_be_visible()
    find(admin)
    admin.field("Which meal?").fill("Salad")
    admin.button("Join the waiting list").click()
    expect(admin.page.get_by_text("You are number 1 on the waiting list.")).to_be_visible()
    ruth.button("Cancel the registration of Bridget Tierney").click()
    ruth.page.get_by_role("dialog").get_by_role("button", name="Give it back").click()
    expect(admin.page.get_by_text("Cancel my registration")).to_be_visible()

    _attendance(joanna, window("coordinator", size=TABLET))
    maria.open("/ce/credits")
    row = maria.page.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text("APPROVED")
    admin.open("/ce/credits")
    expect(admin.page.get_by_role("row").filter(has_text=TITLE)).to_contain_text("1")

    letters = letters_to("maria.delgado@example.org", maria.server, postman)
    assert [one["Subject"] for one in letters] == [f"You are registered: {TITLE}", f"Credit for {TITLE}"]
    (attached,) = letters[0].iter_attachments()
    (entry,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert (str(entry["summary"]), str(entry["location"])) == (TITLE, "Lewis & Clark Library, Helena")


def _attendance(joanna: Window, door: Window) -> None:
    """Marked at the desk and at the door, closed once the event is over."""
    address = joanna.page.url.partition("/events/")[2]
    for one in (joanna, door):
        one.open(f"/events/{address}/attendance")
        expect(one.page.get_by_text("2 without a mark")).to_be_visible()
    door.button("Present: Delgado, Maria").click()
    expect(joanna.button("Present: Delgado, Maria")).to_have_attribute("aria-pressed", "true")
    partly = joanna.page.get_by_role("button", name="Partly:").last
    other = (partly.get_attribute("aria-label") or "").removeprefix("Partly: ")
    joanna.button(f"Partly: {other}").focus()
    joanna.page.keyboard.press("Enter")
    minutes = joanna.page.get_by_role("spinbutton", name=f"Minutes: {other}")
    expect(minutes).to_be_focused()
    minutes.fill("60")
    minutes.press("Tab")
    expect(door.page.get_by_text("2 present, 0 absent, 0 without a mark")).to_be_visible()
    expect(door.button("Close attendance")).to_be_disabled()
    assert [*overflow(door.page), *small_targets(door.page)] == []
    joanna.open(f"/events/{address}/edit")
    joanna.field("End Time").fill("12:00")
    joanna.button("Save").click()
    expect(joanna.page.get_by_role("link", name="Attendance")).to_be_visible()
    door.button("Close attendance").click()
    door.page.get_by_role("dialog").get_by_role("button", name="Close attendance").click()
    expect(door.page.get_by_text("Attendance is closed.")).to_be_visible()

"""Each journey once by keyboard alone."""

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.forms import day, dialog, enter, reason
from tests.browser.keyboard import Keyboard
from tests.browser.windows import save

DESK = (1280, 800)


def test_a_past_event_is_claimed_by_keyboard(window: OpenWindow) -> None:
    librarian = window()
    keyboard = Keyboard(librarian)
    librarian.open("/login")
    keyboard.activate(librarian.button("Participant"))
    librarian.arrives("/ce")
    librarian.ready()

    events = librarian.page.get_by_role("combobox", name="Event", exact=True)
    keyboard.to(events)
    keyboard.type("budget")
    expect(librarian.page.get_by_role("listbox").get_by_role("option").first).to_contain_text("udget")
    keyboard.press("ArrowDown", "Enter")
    expect(librarian.page.get_by_role("listbox")).to_have_count(0)
    chosen = events.input_value()
    assert "udget" in chosen

    keyboard.activate(librarian.button("Go!"))
    expect(librarian.page.get_by_role("heading", level=1, name=chosen, exact=True)).to_be_focused()
    keyboard.activate(librarian.button("SAVE"))
    expect(librarian.page.get_by_role("heading", level=1, name="Edit CE Credits")).to_be_focused()
    expect(librarian.row(chosen, "PENDING")).to_be_visible()


def test_an_event_is_created_by_keyboard(window: OpenWindow) -> None:
    librarian = window("participant")
    keyboard = Keyboard(librarian)
    librarian.open("/ce")
    keyboard.activate(librarian.link("Create New Independent Learning Event"))
    expect(librarian.page.get_by_role("heading", level=1)).to_be_focused()

    keyboard.activate(librarian.button("SAVE"))
    summary = librarian.page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    keyboard.activate(librarian.link("Enter the title of the event."))
    expect(librarian.field("Event Title")).to_be_focused()
    keyboard.type("Knots and Bindings")
    for label, keys in FIELDS.items():
        keyboard.fill(label, keys)
    keyboard.activate(librarian.field("Email on Assigned Credit"), key="Space")
    keyboard.activate(librarian.button("SAVE"), key="Space")

    expect(librarian.row("Knots and Bindings", "PENDING")).to_be_visible()
    expect(librarian.page.get_by_role("heading", level=1, name="Edit CE Credits")).to_be_focused()


def test_a_declined_event_is_corrected_and_resubmitted_by_keyboard(window: OpenWindow) -> None:
    librarian = window("participant")
    keyboard = Keyboard(librarian)
    librarian.open("/ce/credits")
    keyboard.activate(librarian.link("Chair Yoga for the Reference Desk"))
    expect(librarian.page.get_by_role("heading", level=1)).to_be_focused()

    keyboard.to(librarian.field("Description"))
    keyboard.type("How to sit through eight hours of questions.")
    keyboard.activate(librarian.button("Correct and resubmit"))

    expect(librarian.row("Chair Yoga for the Reference Desk", "PENDING")).to_be_visible()


def test_credits_are_filtered_and_exported_by_keyboard(window: OpenWindow, tmp_path: Path) -> None:
    director = window("director")
    keyboard = Keyboard(director)
    director.open("/ce")
    keyboard.activate(director.link("Edit CE Credits"))
    expect(director.page.get_by_role("heading", level=1)).to_be_focused()

    keyboard.choose(director.field("Approval status"), "PENDING")
    expect(director.rows("APPROVED")).to_have_count(0)
    expect(director.field("Approval status")).to_be_focused()
    keyboard.choose(director.field("Period"), "Not")
    expect(director.field("Period")).to_have_value("none")
    with director.page.expect_download() as download:
        keyboard.activate(director.link("Export CE Credits to Excel"))

    assert load_workbook(save(download.value, tmp_path)).sheetnames == ["Credits", "Totals"]


def test_the_queue_is_worked_by_tab_and_enter(window: OpenWindow) -> None:
    owner = window("board_chair")
    enter(owner, "Left as It Is", **day(2))
    enter(owner, "Trustees and Open Records", **day(3))
    coordinator = window("coordinator", size=DESK)
    keyboard = Keyboard(coordinator)
    coordinator.open("/review")

    keyboard.activate(coordinator.button("Decline: Left as It Is, Thomas Old Elk"))
    expect(reason(coordinator)).to_be_focused()
    keyboard.press("Escape")
    expect(coordinator.button("Decline: Left as It Is, Thomas Old Elk")).to_be_focused()
    keyboard.activate(coordinator.button("Decline: Trustees and Open Records, Thomas Old Elk"), back=True)
    expect(reason(coordinator)).to_be_focused()
    keyboard.type("Which records?")
    keyboard.activate(dialog(coordinator).get_by_role("button", name="Decline", exact=True))

    expect(coordinator.row("Trustees and Open Records", "DECLINED")).to_be_visible()
    expect(coordinator.link("Trustees and Open Records")).to_be_focused()
    keyboard.activate(coordinator.button("Undo"), back=True)
    expect(coordinator.row("Trustees and Open Records", "PENDING")).to_be_visible()


def test_the_queue_is_worked_by_its_own_keys(window: OpenWindow) -> None:
    owner = window("board_chair")
    for number, title in enumerate(("First in the Row", "Second in the Row", "Third in the Row"), 4):
        enter(owner, title, **day(number))
    coordinator = window("coordinator", size=DESK)
    keyboard = Keyboard(coordinator)
    coordinator.open("/review")

    keyboard.press("j")
    expect(coordinator.field("Select: Third in the Row, Thomas Old Elk")).to_be_focused()
    keyboard.press("j", "a")
    expect(coordinator.row("Second in the Row", "APPROVED")).to_be_visible()
    expect(coordinator.link("Second in the Row")).to_be_focused()
    keyboard.press("u")
    expect(coordinator.row("Second in the Row", "PENDING")).to_be_visible()

    keyboard.press("x", "j", "x")
    expect(coordinator.page.get_by_text("2 selected")).to_be_visible()
    keyboard.activate(coordinator.button("Approve selected"), back=True)
    expect(coordinator.rows("in the Row", "APPROVED")).to_have_count(2)

    keyboard.press("/")
    expect(coordinator.field("Find")).to_be_focused()
    keyboard.type("jaxd")
    expect(coordinator.page.get_by_text("Nothing waits here.")).to_be_visible()
    expect(coordinator.field("Find")).to_have_value("jaxd")


def test_a_letter_typed_into_a_reason_is_no_shortcut(window: OpenWindow) -> None:
    enter(window("board_chair"), "Keys in a Dialog", **day(10))
    coordinator = window("coordinator", size=DESK)
    keyboard = Keyboard(coordinator)
    coordinator.open("/review")

    keyboard.press("j", "d")
    expect(reason(coordinator)).to_be_focused()
    keyboard.type("a dad's jaded axe / u")

    expect(reason(coordinator)).to_have_value("a dad's jaded axe / u")
    keyboard.press("Escape")
    expect(dialog(coordinator)).to_have_count(0)
    expect(coordinator.row("Keys in a Dialog", "PENDING")).to_be_visible()


FIELDS = {
    "Begin Date": "11152026",
    "Begin Time": "0900AM",
    "End Date": "11152026",
    "End Time": "1100AM",
    "Sponsor": "Wyoming State Library",
    "Trainer/Presenter Name": "Kim Lee",
    "CE Category": "Collection",
    "Credit Value": "2",
}
"""What is typed at the form's fields."""

"""The form of an independent event, filled as a person fills it, and the queue's controls for an entry."""

from playwright.sync_api import Locator, expect

from tests.browser.windows import Window

REQUIRED = {
    "Event Title": "Story Hours in Small Places",
    "Begin Date": "2026-11-20",
    "Begin Time": "09:00",
    "End Date": "2026-11-20",
    "End Time": "11:00",
    "Sponsor": "Wyoming State Library",
    "Trainer/Presenter Name": "Kim Lee",
    "CE Category": "Library Services to the Public",
    "Credit Value": "2",
}
NEW = "/ce/events/new"


def fill(window: Window, **changed: str) -> None:
    """Every required field; `changed` by label with `_` for a blank, as in Event_Title."""
    values = REQUIRED | {label.replace("_", " "): value for label, value in changed.items()}
    for label, value in values.items():
        control = window.field(label)
        if label == "CE Category":
            control.select_option(label=value)
        else:
            control.fill(value)


def day(number: int) -> dict[str, str]:
    """A day of November for the event: entries at the same time would look like duplicates."""
    return dict.fromkeys(("Begin_Date", "End_Date"), f"2026-11-{number:02}")


def enter(window: Window, title: str, **changed: str) -> None:
    """A new independent event, saved."""
    window.open(NEW)
    window.field("What was it?").select_option(label="I attended it")  # whatever the draft says
    fill(window, Event_Title=title, **changed)
    window.button("SAVE").click()
    expect(
        window.page.get_by_role("status").filter(has_text=f"“{title}” stands in your list as PENDING")
    ).to_be_visible()


def deed(window: Window, name: str, title: str, person: str) -> Locator:
    """A button of an entry in the queue, by its whole name."""
    return window.button(f"{name}: {title}, {person}")


def dialog(window: Window) -> Locator:
    """The open dialog."""
    return window.page.get_by_role("dialog")


def reason(window: Window) -> Locator:
    return dialog(window).get_by_role("textbox", name="Reason", exact=True)


def press_in_dialog(window: Window, name: str) -> None:
    dialog(window).get_by_role("button", name=name, exact=True).click()

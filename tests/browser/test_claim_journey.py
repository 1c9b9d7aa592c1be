"""Journey 1: a librarian claims a past event, a coordinator decides on it, the list and the workbook show it."""

from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenWindow
from tests.browser.forms import deed
from tests.browser.windows import Window, save

DESK = (1280, 800)
TODAY = "Nov 23, 2026"


def test_a_claim_is_seen_decided_and_exported_without_reload(window: OpenWindow, tmp_path: Path) -> None:
    coordinator, librarian = window("coordinator", size=DESK), window()
    coordinator.open("/review")
    librarian.open("/login")
    librarian.button("Participant").click()
    librarian.arrives("/ce")
    librarian.ready()

    title = claim_the_newest(librarian)
    expect(librarian.row(title, TODAY, "PENDING")).to_be_visible()

    expect(coordinator.row(title, TODAY, "Maria Delgado", "PENDING")).to_be_visible()
    deed(coordinator, "Approve", title, "Maria Delgado").click()

    expect(coordinator.row(title, TODAY, "Maria Delgado", "APPROVED")).to_be_visible()
    expect(librarian.row(title, TODAY, "APPROVED")).to_be_visible()
    assert exported(librarian, tmp_path)[title, date(2026, 11, 23)] == "APPROVED"


def test_two_presses_lead_from_the_control_panel_to_a_saved_claim(window: OpenWindow) -> None:
    director = window("director")
    director.open("/ce")
    presses = Presses(director)

    presses.on(director.button("Go!"))
    presses.on(director.button("SAVE"))

    expect(director.page.get_by_role("status").filter(has_text="Saved:")).to_be_visible()
    assert presses.number == 2


def test_the_newest_event_is_chosen_and_typing_finds_an_older_one(window: OpenWindow) -> None:
    chair = window("board_chair")
    chair.open("/ce")
    events = chair.page.get_by_role("combobox", name="Event", exact=True)
    newest = events.input_value()
    assert newest

    events.fill("catalog")
    found = chair.page.get_by_role("listbox").get_by_role("option").filter(has_text="Catalog").first
    chosen = found.locator(".event-title").inner_text()
    found.click()

    expect(events).to_have_value(chosen)
    assert chosen != newest
    chair.button("Go!").click()
    expect(chair.page.get_by_role("heading", level=1, name=chosen, exact=True)).to_be_visible()


def test_save_pressed_in_two_tabs_makes_one_credit(window: OpenWindow) -> None:
    first = window("administrator")
    first.open("/ce")
    first.button("Go!").click()
    expect(first.button("SAVE")).to_be_visible()
    second = first.another()
    second.open(first.page.url.removeprefix(first.server.origin))
    title = first.page.get_by_role("heading", level=1).inner_text()

    first.button("SAVE").dblclick()
    second.button("SAVE").click()

    expect(first.row(title)).to_be_visible()
    expect(second.row(title)).to_have_count(1)


def test_an_event_that_stands_in_the_list_offers_no_second_save(window: OpenWindow) -> None:
    librarian = window("coordinator")
    librarian.open("/ce")
    title = claim_the_newest(librarian)

    librarian.link("Control Panel").click()
    events = librarian.page.get_by_role("combobox", name="Event", exact=True)
    expect(events).not_to_have_value(title)
    librarian.page.go_back()
    librarian.page.go_back()

    expect(librarian.page.get_by_text("This event is in your list already.")).to_be_visible()
    expect(librarian.button("SAVE")).to_have_count(0)


def claim_the_newest(window: Window) -> str:
    """From the Control Panel to the list with the new credit; returns the event's title."""
    title = window.page.get_by_role("combobox", name="Event", exact=True).input_value()
    window.button("Go!").click()
    expect(window.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
    window.button("SAVE").click()
    expect(window.page.get_by_role("heading", level=1, name="Edit CE Credits")).to_be_visible()
    expect(
        window.page.get_by_role("status").filter(has_text=f"“{title}” stands in your list as PENDING")
    ).to_be_visible()
    return title


def exported(window: Window, folder: Path) -> dict[tuple[str, date], str]:
    """The status of each credit in the workbook that the link brings, by title and day."""
    with window.page.expect_download() as download:
        window.link("Export CE Credits to Excel").click()
    sheet = load_workbook(save(download.value, folder))["Credits"]
    head, *rows = sheet.iter_rows(values_only=True)
    found = {}
    for row in rows:
        of = dict(zip(head, row, strict=True))
        assert isinstance(of["Begin"], datetime)
        found[str(of["Event Title"]), of["Begin"].date()] = str(of["Status"])
    return found


class Presses:
    """Counts what a person presses."""

    def __init__(self, window: Window) -> None:
        self.window, self.number = window, 0

    def on(self, control: Locator) -> None:
        self.number += 1
        control.click()

"""The queue by itself: what arrives, many at once, filters, order, and reopening."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from models.people import Person
from services import db, independent_events
from services.access import Actor
from tests import make
from tests.browser.conftest import OpenWindow
from tests.browser.forms import day, deed, dialog, enter, press_in_dialog, reason
from tests.browser.server import Server, beside
from tests.browser.windows import Window

DESK = (1280, 800)


@pytest.fixture(scope="module", autouse=True)
def _more_than_a_page(server: Server) -> Iterator[None]:
    """Entries of a librarian without a button, so that the queue has two pages."""
    with beside(server):
        with db.reading() as session:
            found = session.exec(select(Person).where(Person.last_name == "Pruitt")).one()
        wade = Actor(found.id or 0, "Wade", found.name, frozenset())
        for number in range(1, 41):
            values = make.entry(f"Board Evening {number}", begin_time=f"{6 + number % 12:02}:00", end_time="20:00")
            independent_events.save(wade, values, different=True)
    yield


@pytest.fixture
def coordinator(window: OpenWindow) -> Window:
    opened = window("coordinator", size=DESK)
    opened.open("/review")
    expect(opened.field("Order")).to_have_value("")
    return opened


def test_a_new_entry_appears_on_top_without_reload(window: OpenWindow, coordinator: Window) -> None:
    enter(window("board_chair"), "Minutes That Say Something")

    expect(coordinator.row("Minutes That Say Something", "Thomas Old Elk", "PENDING")).to_be_visible()
    expect(coordinator.page.locator("a.q-title").first).to_have_text("Minutes That Say Something")


def test_an_entry_that_belongs_on_another_page_is_told_as_new(window: OpenWindow, coordinator: Window) -> None:
    coordinator.button("Next page").click()
    expect(coordinator.page.get_by_text("Page 2 of 2")).to_be_visible()

    enter(window("board_chair"), "Reading the Balance Sheet", **day(17))
    expect(coordinator.row("Reading the Balance Sheet")).to_have_count(0)
    coordinator.button("1 new").click()

    expect(coordinator.row("Reading the Balance Sheet", "PENDING")).to_be_visible()
    expect(coordinator.page.get_by_text("Page 1 of 2")).to_be_visible()


def test_a_filtered_list_stays_as_it_is_while_the_counts_change(window: OpenWindow, coordinator: Window) -> None:
    coordinator.field("Find").fill("Wade Pruitt")
    expect(coordinator.page.locator("a.q-title")).to_have_count(40)
    before = coordinator.waiting().inner_text()

    enter(window("board_chair"), "Open Meetings, Open Doors", **day(18))

    expect(coordinator.waiting()).not_to_have_text(before)
    expect(coordinator.row("Open Meetings, Open Doors")).to_have_count(0)


def test_kind_category_and_library_narrow_the_list(coordinator: Window) -> None:
    coordinator.page.get_by_role("button", name="Credits").click()
    expect(coordinator.page.locator(".q-kind").filter(has_text="Event")).to_have_count(0)
    coordinator.field("Category").select_option(label="Technology")
    expect(coordinator.rows("Library Administration ·")).to_have_count(0)
    coordinator.field("Category").select_option("")
    coordinator.field("Library").select_option(label="Montana State Library")
    expect(coordinator.rows("Joanna Birdsong")).to_be_visible()
    coordinator.field("Find").fill("nothing is called this")
    expect(coordinator.page.get_by_text("Nothing waits here.")).to_be_visible()


def test_the_order_is_remembered(coordinator: Window) -> None:
    newest = coordinator.page.locator("a.q-title").first.inner_text()
    coordinator.field("Order").select_option(label="Longest waiting first")
    expect(coordinator.page.locator("a.q-title").first).not_to_have_text(newest)

    coordinator.reload()
    expect(coordinator.field("Order")).to_have_value("oldest")
    expect(coordinator.page.locator("a.q-title").first).not_to_have_text(newest)

    coordinator.field("Order").select_option(label="Newest first")
    expect(coordinator.page.locator("a.q-title").first).to_have_text(newest)


def test_many_are_approved_at_once_and_taken_back(coordinator: Window) -> None:
    for number in (40, 39, 38):
        coordinator.field(f"Select: Board Evening {number}, Wade Pruitt").check()
    coordinator.button("Approve selected").click()
    for number in (40, 39, 38):
        expect(coordinator.row(f"Board Evening {number}", "APPROVED")).to_contain_text("Approved just now by you")

    coordinator.button("Undo").click()

    for number in (40, 39, 38):
        expect(deed(coordinator, "Approve", f"Board Evening {number}", "Wade Pruitt")).to_be_visible()


def test_all_of_a_page_are_selected_but_ones_own(window: OpenWindow, coordinator: Window) -> None:
    enter(window("administrator"), "Letters to the Legislature")
    coordinator.field("Library").select_option(label="Montana State Library")
    expect(coordinator.rows("Joanna Birdsong", "Your own entry.")).to_have_count(1)

    coordinator.field("Select all on this page").check()

    expect(coordinator.field("Select: Letters to the Legislature, Ken Sorensen")).to_be_checked()
    expect(coordinator.page.get_by_text("1 selected")).to_be_visible()


def test_a_decided_entry_is_reopened_with_a_reason(coordinator: Window) -> None:
    deed(coordinator, "Approve", "Board Evening 37", "Wade Pruitt").click()

    deed(coordinator, "Reopen", "Board Evening 37", "Wade Pruitt").click()
    press_in_dialog(coordinator, "Reopen")
    expect(reason(coordinator)).to_have_accessible_description("Enter a reason.")
    reason(coordinator).fill("Approved the wrong evening.")
    press_in_dialog(coordinator, "Reopen")

    expect(dialog(coordinator)).to_have_count(0)
    expect(coordinator.row("Board Evening 37", "PENDING")).to_be_visible()


def test_a_decided_entry_is_found_under_decided_after_a_reload(coordinator: Window) -> None:
    deed(coordinator, "Decline", "Board Evening 36", "Wade Pruitt").click()
    reason(coordinator).fill("An evening, but no training.")
    press_in_dialog(coordinator, "Decline")
    expect(coordinator.row("Board Evening 36", "DECLINED")).to_be_visible()

    coordinator.reload()
    expect(coordinator.row("Board Evening 36")).to_have_count(0)
    coordinator.button("Decided").click()

    expect(coordinator.row("Board Evening 36", "DECLINED")).to_contain_text("by you")


def test_the_person_beside_an_entry_leads_to_the_whole_record(coordinator: Window) -> None:
    coordinator.row("Board Evening 35").get_by_role("link", name="Wade Pruitt").click()

    expect(coordinator.page.get_by_role("heading", level=1)).to_have_text("Wade Pruitt")
    expect(coordinator.row("Board Evening 35", "PENDING")).to_be_visible()
    expect(coordinator.page.get_by_role("heading", name="History")).to_be_visible()

"""Journey 2: an independent event is entered, declined with a reason, corrected and back in the queue."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.forms import NEW, REQUIRED, day, deed, dialog, enter, fill, press_in_dialog, reason
from tests.browser.windows import Window

DESK = (1280, 800)


def test_a_declined_event_is_corrected_and_comes_back_to_the_queue(window: OpenWindow) -> None:
    owner, coordinator, passer_by = window("participant"), window("coordinator", size=DESK), window("administrator")
    enter(owner, "Grant Writing at the Kitchen Table")
    coordinator.open("/review")
    row = coordinator.row("Grant Writing at the Kitchen Table", "Maria Delgado")
    waiting = coordinator.waiting().inner_text()

    deed(coordinator, "Decline", "Grant Writing at the Kitchen Table", "Maria Delgado").click()
    reason(coordinator).press_sequentially("Two credits for")
    enter(passer_by, "Mending Books by Hand")
    expect(coordinator.waiting()).not_to_have_text(waiting)
    expect(reason(coordinator)).to_have_value("Two credits for")
    expect(reason(coordinator)).to_be_focused()
    reason(coordinator).press_sequentially(" one hour: say how long it was.")
    press_in_dialog(coordinator, "Decline")

    expect(row.get_by_text("DECLINED", exact=True)).to_be_visible()
    mine = owner.row("Grant Writing at the Kitchen Table")
    expect(mine).to_contain_text("DECLINED")
    expect(mine).to_contain_text("Two credits for one hour: say how long it was.")

    mine.get_by_role("link", name="Grant Writing at the Kitchen Table").click()
    expect(owner.page.get_by_text("Two credits for one hour: say how long it was.")).to_be_visible()
    owner.field("Credit Value").fill("1")
    owner.button("Correct and resubmit").click()
    expect(owner.row("Grant Writing at the Kitchen Table", "PENDING")).to_be_visible()
    expect(row.get_by_text("PENDING", exact=True)).to_be_visible()
    expect(deed(coordinator, "Approve", "Grant Writing at the Kitchen Table", "Maria Delgado")).to_be_enabled()


def test_an_empty_form_tells_every_required_field_and_takes_the_focus(window: OpenWindow) -> None:
    owner = window("participant")
    owner.open(NEW)

    owner.button("SAVE").click()

    summary = owner.page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(len(REQUIRED))
    for label in REQUIRED:
        expect(owner.field(label)).to_have_attribute("aria-invalid", "true")
        expect(owner.field(label)).to_have_accessible_description(re.compile(r"(Enter|Choose) "))
    expect(owner.field("Location")).not_to_have_attribute("aria-invalid", "true")


def test_a_problem_in_the_summary_leads_to_its_field(window: OpenWindow) -> None:
    owner = window("participant")
    owner.open(NEW)
    owner.button("SAVE").click()
    owner.link("Enter who offered it.").click()
    expect(owner.field("Sponsor")).to_be_focused()


@pytest.mark.parametrize(
    ("label", "typed", "told"),
    [
        ("Credit Value", "1.3", "must be a multiple of .5"),
        ("Credit Value", "two", "is a number"),
        ("End Time", "08:00", "ends before it begins"),
        ("End Date", "2026-11-30", "has not ended yet"),
        ("Link", "msl.example.org", "begins with https://"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_kept(window: OpenWindow, label: str, typed: str, told: str) -> None:
    owner = window("participant")
    owner.open(NEW)
    fill(owner)
    owner.field(label).fill(typed)

    owner.button("SAVE").click()

    expect(owner.page.get_by_role("alert").get_by_text(told)).to_be_visible()
    expect(owner.field(label)).to_have_accessible_description(re.compile(re.escape(told)))
    assert values(owner) == REQUIRED | ({label: typed} if label in REQUIRED else {})
    expect(owner.field(label)).to_have_value(typed)


def test_a_likely_duplicate_is_told_before_it_is_saved_all_the_same(window: OpenWindow) -> None:
    owner = window("director")
    enter(owner, "Weeding with Care")
    owner.open(NEW)
    fill(owner, Event_Title="Weeding, with care", Credit_Value="1.5")

    owner.button("SAVE").click()
    expect(owner.page.get_by_role("alert").filter(has_text="This looks like a duplicate")).to_be_focused()
    owner.field("It is a different event. Save it as well.").check()
    owner.button("SAVE").click()

    expect(owner.row("Weeding, with care", "PENDING")).to_be_visible()
    expect(owner.row("Weeding with Care", "PENDING")).to_be_visible()


def test_the_duplicate_is_not_saved_until_its_box_is_checked(window: OpenWindow) -> None:
    owner = window("board_chair")
    enter(owner, "Boards That Work", **day(9))
    owner.open(NEW)
    fill(owner, Event_Title="Boards that work!", **day(9))
    owner.button("SAVE").click()
    expect(owner.page.get_by_text("This looks like a duplicate", exact=True)).to_be_visible()

    owner.button("SAVE").click()
    expect(owner.button("SAVE")).to_be_enabled()

    owner.open("/ce/credits")
    expect(owner.rows("Boards")).to_have_count(1)


def test_a_saved_event_leaves_nothing_typed_behind(window: OpenWindow) -> None:
    owner = window("coordinator")
    enter(owner, "Saved and Done", **day(16))

    owner.open(NEW)

    assert values(owner) == dict.fromkeys(REQUIRED, "") | {"CE Category": "Choose a category"}


def test_what_was_typed_is_there_again_after_a_reload(window: OpenWindow) -> None:
    owner = window("administrator")
    owner.open(NEW)
    fill(owner, Credit_Value="5")
    owner.field("Credit Value").press("Tab")
    expect(owner.page.get_by_text("5 credits is more than the event is long (2 hours).")).to_be_visible()

    owner.reload()

    expect(owner.page.get_by_text("What you typed before is here again.")).to_be_visible()
    assert values(owner) == REQUIRED | {"Credit Value": "5"}
    owner.button("Start with an empty form").click()
    expect(owner.field("Event Title")).to_have_value("")
    owner.reload()
    expect(owner.field("Event Title")).to_have_value("")


def test_a_pending_event_is_changed_by_its_owner_and_the_queue_shows_it(window: OpenWindow) -> None:
    owner, coordinator = window("board_chair"), window("coordinator", size=DESK)
    enter(owner, "Budgets for Begginers", **day(11))
    coordinator.open("/review")
    expect(coordinator.row("Budgets for Begginers")).to_be_visible()

    owner.link("Budgets for Begginers").click()
    owner.field("Event Title").fill("Budgets for Beginners")
    owner.button("SAVE").click()

    expect(owner.row("Budgets for Beginners", "PENDING")).to_be_visible()
    expect(coordinator.row("Budgets for Beginners", "Thomas Old Elk")).to_be_visible()
    expect(coordinator.row("Budgets for Begginers")).to_have_count(0)


def test_a_pending_event_is_withdrawn_after_a_question(window: OpenWindow) -> None:
    owner, coordinator = window("board_chair"), window("coordinator", size=DESK)
    enter(owner, "Entered by Mistake", **day(13))
    coordinator.open("/review")
    owner.link("Entered by Mistake").click()

    owner.button("Withdraw").click()
    expect(dialog(owner)).to_have_accessible_name("Withdraw this credit?")
    press_in_dialog(owner, "Withdraw")

    expect(owner.page.get_by_role("heading", level=1, name="Edit CE Credits")).to_be_visible()
    expect(owner.row("Entered by Mistake")).to_have_count(0)
    expect(coordinator.row("Entered by Mistake", "WITHDRAWN")).to_be_visible()


def values(window: Window) -> dict[str, str]:
    """What stands in the required fields, the category by its name."""
    found = {label: window.field(label).input_value() for label in REQUIRED}
    chosen = window.field("CE Category").locator("option:checked").inner_text()
    return found | {"CE Category": chosen}

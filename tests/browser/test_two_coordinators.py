"""Two coordinators at one queue: who was first is told, and nobody loses her place."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.forms import deed, dialog, press_in_dialog, reason
from tests.browser.server import Server, token_of
from tests.browser.windows import Window

DESK = (1280, 800)
COLLEAGUE = "Marta Lindqvist"


@pytest.fixture
def joanna(window: OpenWindow) -> Window:
    opened = window("coordinator", size=DESK)
    opened.open("/review")
    return opened


@pytest.fixture
def marta(window: OpenWindow, server: Server) -> Window:
    opened = window(token=token_of(server, COLLEAGUE), size=DESK)
    opened.open("/review")
    return opened


def test_the_second_is_told_who_decided_and_keeps_what_she_typed(joanna: Window, marta: Window) -> None:
    title, person = entry(joanna, 0)
    deed(joanna, "Decline", title, person).click()
    reason(joanna).press_sequentially("This is not about")

    deed(marta, "Approve", title, person).click()

    expect(dialog(joanna)).to_contain_text("Approved just now by Marta Lindqvist. What you typed is kept.")
    expect(reason(joanna)).to_have_value("This is not about")
    expect(reason(joanna)).to_be_focused()
    press_in_dialog(joanna, "Decline")
    expect(dialog(joanna)).to_contain_text("Marta Lindqvist already approved this on Mon, Nov 23, 2026, 12:00 PM.")
    expect(reason(joanna)).to_have_value("This is not about")
    press_in_dialog(joanna, "Cancel")
    expect(joanna.row(title, person, "APPROVED")).to_contain_text("Approved just now by Marta Lindqvist")


def test_a_decided_row_greys_in_place_and_everything_else_stays(joanna: Window, marta: Window) -> None:
    order = titles(joanna)
    decided, kept, held = entry(joanna, 2), entry(joanna, 3), entry(joanna, 12)
    select(joanna, kept)
    checkbox = joanna.page.get_by_label(f"Select: {held[0]}, {held[1]}", exact=True)
    checkbox.focus()
    assert joanna.page.evaluate("scrollY") > 0
    place = checkbox.bounding_box()
    assert place is not None

    deed(marta, "Approve", *decided).click()

    expect(joanna.row(*decided)).to_contain_text("Approved just now by Marta Lindqvist")
    expect(joanna.row(*decided).get_by_role("button", name="Approve")).to_have_count(0)
    assert titles(joanna) == order
    assert checkbox.bounding_box() == pytest.approx(place, abs=1)
    expect(checkbox).to_be_focused()
    expect(joanna.page.get_by_label(f"Select: {kept[0]}, {kept[1]}", exact=True)).to_be_checked()
    expect(joanna.page.get_by_text("1 selected")).to_be_visible()


def test_an_entry_that_a_colleague_decides_leaves_the_selection(joanna: Window, marta: Window) -> None:
    first, second = entry(joanna, 0), entry(joanna, 1)
    select(joanna, first)
    select(joanna, second)
    expect(joanna.page.get_by_text("2 selected")).to_be_visible()

    deed(marta, "Approve", *first).click()

    expect(joanna.page.get_by_text("1 selected")).to_be_visible()
    expect(joanna.page.get_by_label(f"Select: {second[0]}, {second[1]}", exact=True)).to_be_checked()


def test_a_decision_taken_back_is_taken_back_in_both_windows(joanna: Window, marta: Window) -> None:
    title, person = entry(joanna, 0)
    deed(joanna, "Approve", title, person).click()
    expect(marta.row(title, person)).to_contain_text("Approved just now by Joanna Birdsong")

    joanna.button("Undo").click()

    joanna.toast("Taken back")
    expect(deed(joanna, "Approve", title, person)).to_be_visible()
    expect(deed(marta, "Approve", title, person)).to_be_visible()


def test_nobody_decides_on_her_own_entry_but_a_colleague_does(joanna: Window, marta: Window) -> None:
    own = joanna.rows("Joanna Birdsong", "PENDING")
    expect(own).to_contain_text("Your own entry. A colleague decides.")
    expect(own.get_by_role("button")).to_have_count(0)
    expect(own.get_by_role("checkbox")).to_have_count(0)

    forge(joanna, "approve", int(own.get_attribute("data-id") or 0))
    joanna.toast("This is your own credit. A colleague decides on it.")
    expect(own).to_contain_text("PENDING")

    marta.rows("Joanna Birdsong", "PENDING").get_by_role("button", name="Approve: ").click()
    expect(joanna.rows("Joanna Birdsong", "APPROVED")).to_contain_text("by Marta Lindqvist")


def entry(window: Window, number: int) -> tuple[str, str]:
    """Title and person of an entry that can be decided, counted from the top."""
    button = window.page.get_by_role("button", name="Approve: ").nth(number)
    name = button.get_attribute("aria-label") or ""
    title, _, person = name.removeprefix("Approve: ").rpartition(", ")
    return title, person


def titles(window: Window) -> list[str]:
    return window.page.locator("a.q-title").all_inner_texts()


def select(window: Window, chosen: tuple[str, str]) -> None:
    window.page.get_by_label(f"Select: {chosen[0]}, {chosen[1]}", exact=True).check()


def forge(window: Window, what: str, claim_id: int) -> None:
    """Sends the deed as the list would, without the button that is not there."""
    window.page.evaluate(
        "([what, id]) => getElement(document.querySelector('.queue').id.slice(1)).$emit(what, id)", [what, claim_id]
    )

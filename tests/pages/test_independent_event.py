"""Create New Independent Learning Event."""

import asyncio
import functools
import time
from collections.abc import Callable
from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User

from services import credits, drafts
from services.independent_events import FORM
from tests import make
from tests.pages import records
from tests.pages.hands import SOON, field, fill, press, until
from ui.form import Summary

SignIn = Callable[[str], None]
REQUIRED = (
    "title", "begin_date", "begin_time", "end_date", "end_time", "sponsor", "presenter", "category", "credits",
)  # fmt: skip


def problem_of(visitor: User, name: str) -> object:
    props = field(visitor, name).props
    return props["error-message"] or props["shared-error"]


def titles() -> list[str]:
    return [one.row.title for one in credits.listing(records.actor("participant")).listed]


def told(visitor: User) -> list[str]:
    """The problems in the summary over the form, in its order."""
    (summary,) = visitor.find(Summary).elements
    return [item["text"] for item in summary.props["items"]]


async def test_the_seven_facts_make_an_event_and_a_pending_credit(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    await visitor.open("/ce/events/new")
    fill(visitor, **make.entry())
    press(visitor, "SAVE")
    await visitor.should_see("Saved: “Story Hours in Small Places” stands in your list as PENDING.", retries=SOON)
    (only,) = credits.listing(records.actor("administrator")).listed
    assert (only.row.title, str(only.row.credits), only.row.status) == ("Story Hours in Small Places", "2.0", "PENDING")


async def test_a_field_that_is_left_on_the_way_to_save_leaves_no_draft_behind(
    visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = drafts.keep

    @functools.wraps(keep)
    def dawdle(*args: Any) -> None:
        time.sleep(0.05)
        keep(*args)

    monkeypatch.setattr(drafts, "keep", dawdle)
    sign_in("administrator")
    await visitor.open("/ce/events/new")
    fill(visitor, **make.entry())
    press(visitor, "SAVE")
    await visitor.should_see("stands in your list as PENDING.", retries=SOON)
    await asyncio.sleep(1)
    assert drafts.kept(records.actor("administrator"), FORM) == {}


async def test_an_empty_form_tells_every_required_field(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open("/ce/events/new")
    press(visitor, "SAVE")
    await until(lambda: told(visitor))
    assert [name for name in REQUIRED if not problem_of(visitor, name)] == []
    assert not problem_of(visitor, "description")


async def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open("/ce/events/new")
    fill(visitor, **make.entry(credits="1.25", link="nowhere"))
    press(visitor, "SAVE")
    await until(lambda: told(visitor))
    assert problem_of(visitor, "credits")
    assert problem_of(visitor, "link")
    assert not problem_of(visitor, "title")
    assert field(visitor, "credits").value == "1.25"


async def test_a_likely_duplicate_is_shown_before_saving_with_a_way_on(visitor: User, sign_in: SignIn) -> None:
    ken = records.actor("administrator")
    first = make.own_entry(ken)
    sign_in("administrator")
    await visitor.open("/ce/events/new")
    fill(visitor, **make.entry("Story hours in small places"))
    press(visitor, "SAVE")
    await visitor.should_see("This looks like a duplicate", retries=SOON)
    await visitor.should_see(f"/ce/credits/{first}")
    assert len(credits.listing(ken).listed) == 1
    fill(visitor, different=True)
    press(visitor, "SAVE")
    await visitor.should_see("Saved: “Story hours in small places”", retries=SOON)
    assert len(credits.listing(ken).listed) == 2


async def test_more_credit_than_hours_is_a_warning_and_no_refusal(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    await visitor.open("/ce/events/new")
    fill(visitor, **make.entry(credits="5"))
    await visitor.should_see("notice--dup", retries=SOON)
    press(visitor, "SAVE")
    await visitor.should_see("Saved: “Story Hours in Small Places”", retries=SOON)


async def test_each_field_is_kept_on_leaving_it_and_is_there_again_later(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    maria = records.actor("participant")
    await visitor.open("/ce/events/new")
    await visitor.should_not_see("What you typed before is here again.")
    fill(visitor, title="Half a Title", email=True)
    await until(lambda: len(drafts.kept(maria, FORM)) == 2)
    await visitor.open("/ce/events/new")
    await visitor.should_see("What you typed before is here again.")
    inside_markup = [one for one in visitor.find(ui.html).elements if one.default_slot.children]
    assert inside_markup == [], "a browser shows the content of ui.html, not what is put into it"
    assert (field(visitor, "title").value, field(visitor, "email").value) == ("Half a Title", True)
    press(visitor, "Start with an empty form")
    await visitor.should_not_see("What you typed before is here again.", retries=SOON)
    assert drafts.kept(maria, FORM) == {}


async def test_a_college_course_is_computed_and_needs_its_transcript(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open("/ce/events/new")
    await visitor.should_not_see("Hours or college credits")
    fill(visitor, **make.entry("Cataloging 101", credits=""))
    fill(visitor, conversion="SEMESTER", quantity="3")
    await visitor.should_see("Credit Value: 12 credits = 3 semester credits × 4.")
    press(visitor, "SAVE")
    await visitor.should_see("Choose the file with your transcript.")
    assert field(visitor, "quantity").value == "3"


async def test_a_workshop_names_its_topic(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    await visitor.open("/ce/events/new")
    fill(visitor, **make.entry("Budgets in Small Places", credits=""))
    fill(visitor, conversion="PRESENTING", quantity="1.5", topic="Budgets")
    await visitor.should_see("A topic counts at most 2 times in 4 years.")
    press(visitor, "SAVE")
    await until(lambda: "Budgets in Small Places" in titles())

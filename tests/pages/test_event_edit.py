"""The form of an event of the calendar: mistakes at their field, drafts kept, a session with its conference's day."""

from collections.abc import Callable

from nicegui.testing import User

from models.events import Event
from services import drafts, event_changes, event_copies, event_forms
from tests import certified, registered
from tests.pages import calendar_records, records
from tests.pages.hands import SOON, answer, field, fill, give_reason, press

SignIn = Callable[[str], None]


def titled(title: str) -> Event:
    return next(one for one in certified.rows(Event) if one.title == title)


async def test_a_new_event_is_typed_with_a_mistake_first_and_saved_as_a_draft(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open("/review/events/new")
    press(visitor, "Save the draft")
    await visitor.should_see("Enter the title of the event.", retries=SOON)
    typed = {name: value for name, value in registered.typed("Mending").items() if value}
    fill(visitor, **typed)
    press(visitor, "Save the draft")
    await visitor.should_see("Publish", retries=SOON)
    assert str(titled("Mending").state) == "DRAFT"


async def test_what_was_typed_is_here_again(visitor: User, sign_in: SignIn) -> None:
    drafts.keep(records.actor("coordinator"), event_forms.form_of(None), "title", "Half an event")
    sign_in("coordinator")
    await visitor.open("/review/events/new")
    await visitor.should_see("What you typed before is here again.", retries=SOON)
    assert field(visitor, "title").value == "Half an event"
    press(visitor, "Start anew")
    await visitor.should_not_see("What you typed before is here again.", retries=SOON)


async def test_a_change_says_how_many_get_a_letter(visitor: User, sign_in: SignIn) -> None:
    number = calendar_records.registrable()
    calendar_records.registration_of("participant")
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/edit")
    await visitor.should_see("1 registered: they get a letter when time or place changes.", retries=SOON)
    fill(visitor, location="Butte")
    press(visitor, "Save")
    await visitor.should_see("Saved. 1 letter goes out to those who are registered or wait.", retries=SOON)
    assert titled("Registrable").location == "Butte"


async def test_a_session_begins_on_the_day_of_its_conference(visitor: User, sign_in: SignIn) -> None:
    number = calendar_records.registrable()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/sessions/new")
    assert (
        field(visitor, "begin_date").value
        == event_forms.show(records.actor("coordinator"), number).values["begin_date"]
    )
    fill(visitor, title="Session", begin_time="10:00", end_time="11:00")
    press(visitor, "Save the draft")
    await visitor.should_see("Publish", retries=SOON)
    assert titled("Session").parent_id == number


async def test_the_later_ones_of_a_series_are_changed_cancelled_and_listed(visitor: User, sign_in: SignIn) -> None:
    who, number = records.actor("coordinator"), calendar_records.registrable()
    event_copies.repeat(who, number, {"every": "week", "times": "2"})
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/edit")
    fill(visitor, location="Butte", later=True)
    press(visitor, "Save")
    await visitor.should_see("Other dates", retries=SOON)
    assert [one.location for one in certified.rows(Event) if one.series] == ["Butte"] * 3
    press(visitor, "Cancel it and 2 later ones")
    await visitor.should_see("Cancel this event and 2 later ones?", retries=SOON)
    give_reason(visitor, "Snow.")
    answer(visitor, "Cancel it and 2 later ones")
    await visitor.should_see("This event was cancelled.", retries=SOON)
    assert {str(one.state) for one in certified.rows(Event) if one.series} == {"CANCELLED"}


async def test_the_same_field_changed_meanwhile_is_asked_about_once(visitor: User, sign_in: SignIn) -> None:
    who, number = records.actor("coordinator"), calendar_records.registrable()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/edit")
    event_changes.change(who, number, {**event_forms.show(who, number).values, "location": "Great Falls"})
    fill(visitor, location="Butte")
    press(visitor, "Save")
    await visitor.should_see("Somebody made this “Great Falls” meanwhile. Save again if yours is right.", retries=SOON)
    assert titled("Registrable").location == "Great Falls"
    press(visitor, "Save")
    await visitor.should_see("Saved.", retries=SOON)
    assert titled("Registrable").location == "Butte"

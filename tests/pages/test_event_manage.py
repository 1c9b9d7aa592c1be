"""The page of who runs an event: publish, copy, repeat, cancel, people and resources."""

from collections.abc import Callable

from nicegui.testing import User

from models.events import Event
from services import event_changes, event_pages
from tests import certified, registered
from tests.pages import calendar_records, records
from tests.pages.hands import SOON, fill, give_reason, press
from tests.pages.hands import answer as answered

SignIn = Callable[[str], None]


def state(number: int) -> str:
    return next(str(one.state) for one in certified.rows(Event) if one.id == number)


async def test_a_draft_is_published_or_discarded(visitor: User, sign_in: SignIn) -> None:
    who = records.actor("coordinator")
    first, second = (event_changes.add(who, registered.typed(title)) for title in ("First", "Second"))
    sign_in("coordinator")
    await visitor.open(f"/events/{first}/manage")
    press(visitor, "Publish")
    await visitor.should_see("Add to my calendar", retries=SOON)
    assert state(first) == "PUBLISHED"
    await visitor.open(f"/events/{second}/manage")
    press(visitor, "Discard the draft")
    await visitor.should_see("Discard this draft?", retries=SOON)
    answered(visitor, "Discard")
    await visitor.should_see("Add an event", retries=SOON)


async def test_it_is_repeated_and_cancelled_with_a_reason(visitor: User, sign_in: SignIn) -> None:
    number = calendar_records.registrable()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/manage")
    fill(visitor, times="many")
    press(visitor, "Repeat")
    await visitor.should_see("A whole number from 1 to 60.", retries=SOON)
    fill(visitor, times="2")
    press(visitor, "Repeat")
    await visitor.should_see("2 more were added.", retries=SOON)
    await visitor.should_see("Other dates")
    press(visitor, "Cancel the event")
    await visitor.should_see("Cancel this event?", retries=SOON)
    give_reason(visitor, "Snow.")
    answered(visitor, "Cancel the event")
    await visitor.should_see("This event was cancelled.", retries=SOON)
    assert state(number) == "CANCELLED"


async def test_people_and_resources_are_added_and_removed(visitor: User, sign_in: SignIn) -> None:
    number = calendar_records.registrable()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/manage")
    press(visitor, "Add the resource")
    await visitor.should_see("Say in a few words what it is.", retries=SOON)
    fill(visitor, title="Slides", resource_link="https://example.org/slides")
    press(visitor, "Add the resource")
    await visitor.should_see("<strong>Slides</strong>", retries=SOON)
    assert [one.title for one in event_pages.page(number).resources] == ["Slides"]
    fill(visitor, email="nobody@example.org")
    press(visitor, "Add the person")
    await visitor.should_see("Nobody here has this e-mail address.", retries=SOON)


async def test_a_copy_is_opened_to_be_changed(visitor: User, sign_in: SignIn) -> None:
    number = calendar_records.registrable()
    sign_in("coordinator")
    await visitor.open(f"/events/{number}/manage")
    press(visitor, "Copy")
    await visitor.should_see("Edit the event", retries=SOON)

"""The coordinator's events: by state, with their numbers."""

from collections.abc import Callable

from nicegui.testing import User

from services import event_changes
from tests import registered
from tests.pages import calendar_records, records
from tests.pages.hands import SOON, fill

SignIn = Callable[[str], None]


async def test_coming_events_drafts_and_words_to_find(visitor: User, sign_in: SignIn) -> None:
    calendar_records.registration_of("participant")
    event_changes.add(records.actor("coordinator"), registered.typed("Only a Draft"))
    sign_in("coordinator")
    await visitor.open("/review/events")
    await visitor.should_not_see("Only a Draft")
    fill(visitor, find="registrable")
    await visitor.should_see('data-label="Registered">1<', retries=SOON)
    fill(visitor, find="zeppelin")
    await visitor.should_see("No event here.", retries=SOON)
    await visitor.open("/review/events?show=drafts")
    await visitor.should_see("Only a Draft", retries=SOON)

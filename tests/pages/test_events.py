"""The calendar, its file, and one event; for everybody."""

from collections.abc import Callable

from icalendar import Calendar
from nicegui.testing import User

from services import events
from tests import make
from tests.pages import records
from tests.pages.hands import SOON


async def test_coming_events_are_seen_by_everybody_with_day_and_credit(visitor: User) -> None:
    first = events.coming().events[0].event
    await visitor.open("/events")
    await visitor.should_see(f'<a href="/events/{first.id}">')
    await visitor.should_see("Claim credits, follow your track.")
    await visitor.open("/events?show=past")
    await visitor.should_see(f'<a href="/events/{events.past().events[0].event.id}">')


async def test_the_pages_of_the_past_lead_to_one_another(visitor: User) -> None:
    await visitor.open("/events?show=past")
    await visitor.should_see('href="/events?show=past&amp;page=2">Next page</a>')
    await visitor.should_not_see("Previous page")
    for number in ("2", "0", "-1", "x", "99999999999999999999"):
        await visitor.open(f"/events?show=past&page={number}")
        await visitor.should_see("Calendar")


async def test_a_past_event_can_be_claimed_from_its_page(visitor: User, sign_in: Callable[[str], None]) -> None:
    event_id = make.event("Weeding without Tears")
    await visitor.open(f"/events/{event_id}")
    await visitor.should_see(f'href="/login?next=/ce/claim/{event_id}">Sign in to claim it</a>')
    sign_in("participant")
    await visitor.open(f"/events/{event_id}")
    await visitor.should_see(f'href="/ce/claim/{event_id}">Claim this event</a>', retries=SOON)
    make.claims.claim_event(records.actor("participant"), event_id)
    await visitor.open(f"/events/{event_id}")
    await visitor.should_see("It is in your list.", retries=SOON)


async def test_a_coming_event_and_one_without_credit_say_so(visitor: User) -> None:
    await visitor.open(f"/events/{records.sponsored(ended=False)}")
    await visitor.should_see("Registration comes later.")
    await visitor.open(f"/events/{make.event(credits={})}")
    await visitor.should_see("This event gave no credit.")


async def test_markup_in_an_event_is_shown_as_it_was_typed(visitor: User) -> None:
    await visitor.open(f"/events/{make.event('<script>alert(1)</script> & more', sponsor='<b>Bold</b>')}")
    await visitor.should_see("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")
    await visitor.should_not_see("<b>Bold")


async def test_the_calendar_file_holds_the_coming_events(visitor: User) -> None:
    response = await visitor.http_client.get("/events.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    titles = {str(part["summary"]) for part in Calendar.from_ical(response.content).walk("VEVENT")}
    assert {view.event.title for view in events.coming().events} <= titles

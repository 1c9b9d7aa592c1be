"""One event of the calendar, for everybody, and what is told of it where its address is shared."""

import json
from collections.abc import Callable

from icalendar import Calendar
from nicegui.testing import User

from services import (
    event_changes,
    event_resources,
    event_states,
    registrations,
)
from tests import make, registered
from tests.pages import records
from tests.pages.hands import SOON, fill, press


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
    await visitor.should_see("Registration is not necessary.")
    await visitor.open(f"/events/{make.event(credits={})}")
    await visitor.should_see("This event gave no credit.")


async def test_markup_in_an_event_is_shown_as_it_was_typed(visitor: User) -> None:
    await visitor.open(f"/events/{make.event('<script>alert(1)</script> & more', sponsor='<b>Bold</b>')}")
    await visitor.should_see("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")
    await visitor.should_not_see("<b>Bold")


async def test_shared_it_tells_what_it_is(visitor: User) -> None:
    event_id = make.event("Boards & Budgets", sponsor="</script><b>State Library</b>")
    page = (await visitor.http_client.get(f"/events/{event_id}")).text
    assert '<meta property="og:title" content="Boards &amp; Budgets">' in page
    data = page.partition('type="application/ld+json">')[2].partition("</script>")[0]
    told = json.loads(data)
    assert (told["@type"], told["name"]) == ("EducationEvent", "Boards & Budgets")
    assert told["organizer"]["name"] == "</script><b>State Library</b>"
    assert told["startDate"] == "2026-11-23T17:00:00+00:00"


async def test_a_coming_event_is_put_into_ones_own_calendar(visitor: User) -> None:
    event_id = records.sponsored(ended=False)
    await visitor.open(f"/events/{event_id}")
    await visitor.should_see(f'href="/events/{event_id}.ics">Add to my calendar</a>')
    response = await visitor.http_client.get(f"/events/{event_id}.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 1


async def test_registered_moved_up_live_and_given_back(
    visitor: User, sign_in: Callable[[str], None], said: list[str]
) -> None:
    cem, ann = records.actor("coordinator"), records.actor("participant")
    number = registered.event(cem, "Mending", capacity="1", questions="Which meal? *")
    registrations.register(cem, number, {"answer_1": "Soup"})
    await visitor.open(f"/events/{number}")
    await visitor.should_see("Sign in to wait for a seat")
    sign_in("participant")
    await visitor.open(f"/events/{number}")
    registrations.cancel(cem, registered.of(cem, number).id or 0)
    await visitor.should_see("0 of 1 seats taken.", retries=SOON)
    await visitor.should_not_see("Join the waiting list", retries=SOON)
    registrations.register(cem, number, {"answer_1": "Soup"})
    await visitor.should_see("Join the waiting list", retries=SOON)
    press(visitor, "Join the waiting list")
    await visitor.should_see("Please answer this: the event needs it.", retries=SOON)
    fill(visitor, answer_1="Bread")
    press(visitor, "Join the waiting list")
    await visitor.should_see("You are number 1 on the waiting list.", retries=SOON)
    registrations.cancel(cem, registered.of(cem, number).id or 0)
    await visitor.should_see("Cancel my registration", retries=SOON)
    assert "A seat became free: you have it now." in said
    assert str(registered.of(ann, number).state) == "REGISTERED"
    press(visitor, "Cancel my registration")
    await visitor.should_see("the seat goes to whoever waits first", retries=SOON)
    press(visitor, "Give it back")
    await visitor.should_see("0 of 1 seats taken.", retries=SOON)


async def test_a_director_registers_one_of_her_staff(visitor: User, sign_in: Callable[[str], None]) -> None:
    director = records.actor("director")
    number = registered.event(records.actor("coordinator"), "Mending")
    staff = registrations.colleagues(director, number)
    sign_in("director")
    await visitor.open(f"/events/{number}")
    fill(visitor, who=str(staff[0].person_id))
    press(visitor, "Register")
    await visitor.should_see(f"<strong>{staff[0].name}</strong>", retries=SOON)


async def test_sessions_people_resources_and_that_it_was_cancelled(visitor: User) -> None:
    cem = records.actor("coordinator")
    number = registered.event(cem, "Conference", registration="elsewhere", registration_link="https://example.org/f")
    session = event_changes.add(cem, registered.typed("Session"), number)
    event_states.publish(cem, session)
    event_resources.add(cem, number, {"title": "Map", "resource_link": "https://example.org/map"})
    await visitor.open(f"/events/{number}")
    await visitor.should_see('href="https://example.org/f"')
    await visitor.should_see(f'href="/events/{session}"')
    await visitor.should_see('href="https://example.org/map"')
    event_states.cancel(cem, number, "Snow.")
    await visitor.open(f"/events/{session}")
    await visitor.should_see("This event was cancelled.")
    await visitor.should_see("Snow.")

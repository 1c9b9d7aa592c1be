"""The calendar as a list and a month, what is found on it, and its file; for everybody."""

from collections.abc import Callable
from datetime import timedelta

from icalendar import Calendar
from nicegui.testing import User

from models.people import Person
from services import event_changes, event_people, events, registrations
from tests import certified, make, registered
from tests.pages import records

SignIn = Callable[[str], None]


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


async def test_the_calendar_file_holds_the_coming_events(visitor: User) -> None:
    response = await visitor.http_client.get("/events.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    titles = {str(part["summary"]) for part in Calendar.from_ical(response.content).walk("VEVENT")}
    assert {view.event.title for view in events.coming().events} <= titles


async def test_what_is_looked_for_stands_in_the_address(visitor: User) -> None:
    make.event("Zeppelins for Beginners", ended=-timedelta(days=3))
    await visitor.open("/events?q=zeppelins&category=999999999999&place=moon&since=x")
    await visitor.should_see("1 event.")
    await visitor.should_see("Zeppelins for Beginners")
    await visitor.should_see('value="zeppelins"')
    await visitor.should_see('href="/events?q=zeppelins&amp;show=month&amp;month=2026-11"')
    await visitor.open("/events?q=zeppelins&place=online")
    await visitor.should_see("No event fits.")


async def test_a_place_is_looked_for_by_its_words_and_room_by_a_tick(visitor: User, sign_in: SignIn) -> None:
    who = records.actor("coordinator")
    registered.event(who, "Zeppelins in Butte", location="Public Library, 226 W. Broadway, Butte", capacity="1")
    full = registered.event(who, "Butte and Zeppelins in Helena", location="Helena", capacity="1")
    registrations.register(records.actor("participant"), full, {})
    await visitor.open("/events?q=zeppelins")
    await visitor.should_see("1 seat left")
    await visitor.should_see("Full: waiting list")
    await visitor.open("/events?q=zeppelins&near=butte+library")
    await visitor.should_see("1 event.")
    await visitor.should_see("Zeppelins in Butte</a>")
    await visitor.should_see('value="butte library"')
    await visitor.open("/events?q=zeppelins&room=1&show=month&month=2026-11")
    await visitor.should_see("Zeppelins in Butte</a>")
    await visitor.should_not_see("Butte and Zeppelins in Helena")
    sign_in("participant")
    await visitor.open("/events?show=mine&q=zeppelins")
    await visitor.should_see("Registered</span>")


async def test_what_one_may_run_stands_among_ones_own_drafts_too(visitor: User, sign_in: SignIn) -> None:
    draft = event_changes.add(records.actor("coordinator"), registered.typed("Only a Draft"))
    sign_in("director")
    await visitor.open("/events?show=mine")
    await visitor.should_not_see("Events you run")
    email = next(one.email for one in certified.rows(Person) if one.demo_key == "director")
    event_people.add(records.actor("coordinator"), draft, email, "editor")
    await visitor.open("/events?show=mine")
    await visitor.should_see("Events you run")
    await visitor.should_see(f'<a href="/events/{draft}/manage">Only a Draft</a>')


async def test_a_month_names_three_events_a_day_and_counts_the_rest(visitor: User) -> None:
    for number in range(5):
        make.event(f"Zeppelin {number}", ended=-timedelta(days=9, minutes=number))
    await visitor.open("/events?show=month&month=2026-12&q=zeppelin")
    await visitor.should_see("December 2026")
    await visitor.should_see("Zeppelin 2")
    await visitor.should_not_see("Zeppelin 3")
    await visitor.should_see('href="/events?q=zeppelin&amp;since=2026-12-02" aria-label="2 more on Wed, Dec 2, 2026"')
    await visitor.should_see('href="/events?q=zeppelin&amp;show=month&amp;month=2027-01">Next month')
    for month in ("", "2026-13", "0000-01", "x"):
        await visitor.open(f"/events?show=month&month={month}")
        await visitor.should_see("November 2026")
    await visitor.open("/events?show=month&month=2031-05")
    await visitor.should_see("No events in May 2031.")

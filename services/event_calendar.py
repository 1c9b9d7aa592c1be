"""The calendar as an iCalendar file, which other calendars read."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent
from sqlmodel import col, select

from models.events import Event, EventKind
from services import clock, db, events, programs


def calendar(base_url: str) -> bytes:
    """The sponsored events from a year ago on, as an iCalendar file."""
    program = programs.current()
    now = clock.now()
    with db.reading() as session:
        rows = session.exec(
            select(Event)
            .where(Event.kind == EventKind.SPONSORED, col(Event.ends_at) > now - timedelta(days=365))
            .order_by(col(Event.begins_at))
        ).all()
    return _written(rows, base_url, f"{program.name}: continuing education")


def of_one(base_url: str, event_id: int) -> bytes:
    """One sponsored event as an iCalendar file, to be put into one's own calendar. Raises NotFound."""
    return _written([events.one(event_id).event], base_url)


def _written(rows: Sequence[Event], base_url: str, name: str = "") -> bytes:
    now = clock.now()
    made = Calendar()
    made.add("prodid", "-//ASPeN Continuing Education//EN")
    made.add("version", "2.0")
    if name:
        made.add("x-wr-calname", name)
    for event in rows:
        made.add_component(_calendar_event(event, base_url, now))
    return bytes(made.to_ical())


def _calendar_event(event: Event, base_url: str, now: datetime) -> CalendarEvent:
    part = CalendarEvent()
    part.add("uid", f"event-{event.id}@{base_url.rsplit('//', maxsplit=1)[-1].split(':', maxsplit=1)[0]}")
    part.add("dtstamp", now)
    part.add("dtstart", event.begins_at)
    part.add("dtend", event.ends_at)
    part.add("summary", event.title)
    part.add("url", f"{base_url}/events/{event.id}")
    for name, value in (("description", event.description), ("location", event.location)):
        if value:
            part.add(name, value)
    return part

"""The events on the calendar, for everybody: coming, past, one of them, and as iCalendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from icalendar import Calendar
from icalendar import Event as CalendarEvent
from sqlmodel import Session, col, func, select

from models.errors import NotFound
from models.events import Event, EventCreditLine, EventKind
from services import clock, db, programs

PAGE = 60


@dataclass(frozen=True)
class EventView:
    """An event with its credits by category name."""

    event: Event
    credits: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class EventsPage:
    events: list[EventView]
    total: int


def coming(number: int = 0, limit: int = PAGE) -> EventsPage:
    """Sponsored events that have not ended, the next first."""
    now = clock.now()
    with db.reading() as session:
        chosen = select(Event).where(Event.kind == EventKind.SPONSORED, col(Event.ends_at) > now)
        total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
        rows = session.exec(chosen.order_by(col(Event.begins_at)).offset(number * limit).limit(limit)).all()
        return EventsPage(_with_credits(session, list(rows)), total)


def past(number: int = 0, limit: int = PAGE) -> EventsPage:
    """Sponsored events that have ended, the newest first."""
    now = clock.now()
    with db.reading() as session:
        chosen = select(Event).where(Event.kind == EventKind.SPONSORED, col(Event.ends_at) <= now)
        total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
        rows = session.exec(chosen.order_by(col(Event.ends_at).desc()).offset(number * limit).limit(limit)).all()
        return EventsPage(_with_credits(session, list(rows)), total)


def one(event_id: int) -> EventView:
    """A sponsored event; independent ones are nobody else's business. Raises NotFound."""
    with db.reading() as session:
        event = session.get(Event, event_id)
        if event is None or event.kind != EventKind.SPONSORED:
            raise NotFound
        return _with_credits(session, [event])[0]


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
    made = Calendar()
    made.add("prodid", "-//ASPeN Continuing Education//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{program.name}: continuing education")
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


def _with_credits(session: Session, events: list[Event]) -> list[EventView]:
    categories = programs.current().categories
    credits: dict[int, list[tuple[str, Decimal]]] = {}
    lines = select(EventCreditLine).where(col(EventCreditLine.event_id).in_([event.id for event in events]))
    for line in session.exec(lines.order_by(col(EventCreditLine.id))):
        credits.setdefault(line.event_id, []).append((categories[line.category_id].name, line.credits))
    return [EventView(event, tuple(credits.get(event.id or 0, ()))) for event in events]

"""Events as files bring them, CSV or iCalendar: read, and written to an event."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session

from models.events import Event, EventKind, EventState
from models.file_events import FileEvent
from services import clock, event_credits, event_ics
from services.csv_rows import BadFile, rows_of
from services.event_rows import COLUMNS, from_row

FACTS = ("sponsor", "presenter", "description", "location", "online", "link")
FIELDS = ("title", "begins_at", "ends_at", "time_zone", *FACTS)


def read(file: str, text: str) -> list[FileEvent]:
    """A CSV file, or an iCalendar file if it begins like one. Raises BadFile."""
    text = text.removeprefix("\ufeff")
    found: dict[str, FileEvent] = {}
    for one in event_ics.entries(file, text) if "BEGIN:VCALENDAR" in text[:200].upper() else _csv(file, text):
        found[one.key] = _joined(file, found[one.key], one) if one.key in found else one
    if not found:
        raise BadFile(f"{file}: there is no event in it.")
    return list(found.values())


def add(session: Session, told: FileEvent, state: EventState) -> Event:
    """A new sponsored event, with its credit lines."""
    event = Event(
        kind=EventKind.SPONSORED,
        title=told.title,
        begins_at=told.begins_at,
        ends_at=told.ends_at,
        time_zone=told.time_zone,
        source_key=told.key,
        series=told.series,
        state=state,
        created_at=clock.now(),
    )
    session.add(event)
    session.flush()
    write(session, event, told)
    return event


def write(session: Session, event: Event, told: FileEvent) -> None:
    """What the file says of it otherwise. Raises WrongState for credits that people have already."""
    for name in changed(event, told):
        setattr(event, name, getattr(told, name))
    session.flush()
    if told.credits is not None:
        event_credits.change(session, event, told.credits)


def changed(event: Event, told: FileEvent) -> list[str]:
    """The names of what the file says otherwise, but for its credits."""
    found = {name: getattr(told, name) for name in FIELDS}
    return [name for name, value in found.items() if value is not None and getattr(event, name) != value]


def _csv(file: str, text: str) -> Iterator[FileEvent]:
    return (from_row(row) for row in rows_of(file, text, COLUMNS))


def _joined(file: str, first: FileEvent, second: FileEvent) -> FileEvent:
    """One event whose credits stand in two rows."""
    one, other = first.credits or {}, second.credits or {}
    if not one or not other or one.keys() & other.keys() or replace(second, credits=one) != replace(first, credits=one):
        raise BadFile(f"{file}: “{second.title}” is in it twice.")
    return replace(first, credits={**one, **other})

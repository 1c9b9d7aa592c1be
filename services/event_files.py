"""Events as files bring them: CSV by its columns, or iCalendar; read, checked, and written to an event."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from icalendar import Calendar
from sqlmodel import Session

from models.base import HALF
from models.entries import LONGEST_TEXT, LONGEST_TITLE, MOST_CREDITS, leads_to_the_web
from models.events import Event, EventKind, EventState
from models.times import from_local, is_zone
from services import clock, event_credits, installation, programs
from services.csv_rows import BadFile, Row, rows_of

FACTS = ("sponsor", "presenter", "description", "location", "online", "link")
COLUMNS = (
    *("title", "begins", "ends", "time_zone", "sponsor", "presenter", "category", "credits", "location", "online"),
    "source",
)
FIELDS = ("title", "begins_at", "ends_at", "time_zone", *FACTS)


@dataclass(frozen=True)
class FileEvent:
    """An event of a file; moments in UTC. `key` tells it again; None where the file says nothing.

    `credits` by category: two rows of a CSV file with the same key are one event with two credit lines.
    """

    key: str
    title: str
    begins_at: datetime
    ends_at: datetime
    time_zone: str
    sponsor: str | None = None
    presenter: str | None = None
    description: str | None = None
    location: str | None = None
    online: bool | None = None
    link: str | None = None
    credits: dict[int, Decimal] | None = None
    cancelled: bool = False


def read(file: str, text: str) -> list[FileEvent]:
    """A CSV file, or an iCalendar file if it begins like one. Raises BadFile."""
    text = text.removeprefix("\ufeff")
    found: dict[str, FileEvent] = {}
    for one in _entries(file, text) if "BEGIN:VCALENDAR" in text[:200].upper() else _csv(file, text):
        found[one.key] = _joined(file, found[one.key], one) if one.key in found else one
    if not found:
        raise BadFile(f"{file}: there is no event in it.")
    return list(found.values())


def from_row(row: Row) -> FileEvent:
    """Times are local; the key is `source`, else title and begins. Raises BadFile."""
    title, zone = row.required("title"), row.required("time_zone")
    if not is_zone(zone):
        raise row.bad("time_zone", f"{zone} is not a time zone such as America/Denver.")
    begins, ends = _moment(row, "begins", zone), _moment(row, "ends", zone)
    if ends <= begins:
        raise row.bad("ends", "the event ends before it begins.")
    if row["online"].lower() not in {"yes", "no", ""}:
        raise row.bad("online", "write yes or no.")
    return FileEvent(
        key=row["source"] or f"{title} {row['begins']}",
        title=title,
        begins_at=begins,
        ends_at=ends,
        time_zone=zone,
        sponsor=row["sponsor"],
        presenter=row["presenter"],
        location=row["location"],
        online=row["online"].lower() == "yes",
        credits=_credits(row),
    )


def add(session: Session, told: FileEvent, state: EventState) -> Event:
    """A new sponsored event, with its credit line."""
    event = Event(
        kind=EventKind.SPONSORED,
        title=told.title,
        begins_at=told.begins_at,
        ends_at=told.ends_at,
        time_zone=told.time_zone,
        source_key=told.key,
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


def _joined(file: str, first: FileEvent, second: FileEvent) -> FileEvent:
    """One event whose credits stand in two rows."""
    one, other = first.credits or {}, second.credits or {}
    if not one or not other or one.keys() & other.keys() or replace(second, credits=one) != replace(first, credits=one):
        raise BadFile(f"{file}: “{second.title}” is in it twice.")
    return replace(first, credits={**one, **other})


def _csv(file: str, text: str) -> Iterator[FileEvent]:
    return (from_row(row) for row in rows_of(file, text, COLUMNS))


def _entries(file: str, text: str) -> Iterator[FileEvent]:
    try:
        calendar = Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError) as error:
        raise BadFile(f"{file} is not an iCalendar file that can be read.") from error
    for number, entry in enumerate(calendar.walk("VEVENT"), start=1):
        yield _entry(f"{file}, event {number}", entry)


def _entry(where: str, entry: Any) -> FileEvent:
    uid, title = str(entry.get("uid", "")), str(entry.get("summary", "")).strip()
    if not uid or not title:
        raise BadFile(f"{where}: it has no {'UID' if title else 'SUMMARY'}.")
    if "rrule" in entry or "rdate" in entry:
        raise BadFile(f"{where}, “{title}”: it recurs. Export its days one by one, or add it here and repeat it.")
    try:
        begins, zone = _start(entry["dtstart"].dt, entry["dtstart"].params.get("TZID", ""))
        ends, _ = _start(entry.end, zone)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadFile(f"{where}, “{title}”: its begin or end cannot be read.") from error
    if ends <= begins:
        raise BadFile(f"{where}, “{title}”: it ends before it begins.")
    link, location = str(entry.get("url", "")).strip(), str(entry.get("location", "")).strip()
    own = f"{installation.settings().base_url.rstrip('/')}/events/"
    return FileEvent(
        key=f"ics {uid}",
        title=title[:LONGEST_TITLE],
        begins_at=begins,
        ends_at=ends,
        time_zone=zone,
        description=str(entry.get("description", "")).strip()[:LONGEST_TEXT],
        location=location[:LONGEST_TITLE],
        online=leads_to_the_web(location) or None,
        link=link if leads_to_the_web(link) and not link.startswith(own) else None,
        cancelled=str(entry.get("status", "")).upper() == "CANCELLED",
    )


def _start(value: date | datetime, zone: str) -> tuple[datetime, str]:
    """The moment and its zone; whole days and floating times are those of the program."""
    zone = zone if zone and is_zone(zone) else programs.current().time_zone
    if not isinstance(value, datetime):
        return from_local(value, time(), zone), zone
    if value.tzinfo is None:
        return from_local(value.date(), value.time(), zone), zone
    return value.astimezone(UTC), zone


def _credits(row: Row) -> dict[int, Decimal]:
    if not row["category"] or not row["credits"]:
        return {}
    names = {category.name.lower(): category.id for category in programs.current().categories.values()}
    category_id = names.get(row["category"].lower())
    if category_id is None:
        raise row.bad("category", f"{row['category']} is not a category of this program.")
    try:
        value = Decimal(row["credits"])
    except InvalidOperation as error:
        raise row.bad("credits", f"{row['credits']} is not a number.") from error
    if not value.is_finite() or not 0 < value <= MOST_CREDITS or value % HALF:
        raise row.bad("credits", f"must be a positive multiple of .5, at most {MOST_CREDITS}.")
    return {category_id: value}


def _moment(row: Row, column: str, zone: str) -> datetime:
    try:
        local = datetime.fromisoformat(row.required(column))
        if local.tzinfo is not None:
            raise ValueError("an offset beside the time zone")
        return from_local(local.date(), local.time(), zone)
    except ValueError as error:
        raise row.bad(column, f"{row[column]} is not a local time such as 2026-09-17 10:00.") from error

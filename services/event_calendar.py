"""The calendar, and single events, as iCalendar, which other calendars read; checked with its own library."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vCalAddress, vText
from icalendar import Event as CalendarEvent
from sqlmodel import col, select

from models.events import Event, EventKind, EventState
from models.registrations import SEATED
from models.times import local_time
from services import clock, db, events, installation, programs, seats
from services.access import Actor

PRODUCT = "-//ASPeN Continuing Education//EN"
ZONE_FROM, ZONE_UNTIL = date(2020, 1, 1), date(2038, 1, 1)


def calendar(base_url: str) -> bytes:
    """The sponsored events from a year ago on, as an iCalendar file; cancelled ones say so."""
    program = programs.current()
    with db.reading() as session:
        rows = session.exec(
            select(Event)
            .where(Event.kind == EventKind.SPONSORED, Event.state != EventState.DRAFT)
            .where(col(Event.ends_at) > clock.now() - timedelta(days=365))
            .order_by(col(Event.begins_at), col(Event.id))
        ).all()
    frame = written([], {one.time_zone for one in rows}, name=f"{program.name}: continuing education")
    parts = b"".join(_part(_told(event), base_url) for event in rows)
    return frame.replace(END, parts + END)


def of_one(base_url: str, event_id: int, actor: Actor | None = None) -> bytes:
    """One sponsored event as an iCalendar file, for one's own calendar; with the link to the meeting for who has a
    seat. Raises NotFound.
    """
    event = events.one(event_id).event
    with db.reading() as session:
        mine = seats.live_one(session, event_id, actor.person_id) if actor else None
    return entry(event, base_url, with_meeting=mine is not None and mine.state in SEATED).encode()


def entry(event: Event, base_url: str, *, with_meeting: bool = False, withdrawn: bool = False) -> str:
    """One event; for who is registered `with_meeting`, and `withdrawn` for who is not any more: it goes away."""
    made = _entry(_told(event), base_url, with_meeting, withdrawn, clock.now().date())
    stamp = f"DTSTAMP:{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"  # of this moment: the later of two entries counts
    return re.sub(r"DTSTAMP:\w+", stamp, made, count=1)


def calendar_event(
    event: Event, base_url: str, *, with_meeting: bool = False, gone: bool = False, stamp: datetime | None = None
) -> CalendarEvent:
    """Times in the event's own zone; SEQUENCE and LAST-MODIFIED tell calendars that something changed.

    `stamp` is when it was last revised, now if it is not given.
    """
    part = CalendarEvent()
    part.add("uid", uid(f"event-{event.id}", base_url))
    part.add("dtstamp", stamp or clock.now())
    part.add("created", event.created_at)
    part.add("last-modified", event.changed_at or event.created_at)
    part.add("sequence", event.sequence)
    part.add("dtstart", local_time(event.begins_at, event.time_zone))
    part.add("dtend", local_time(event.ends_at, event.time_zone))
    part.add("summary", event.title)
    part.add("organizer", _organizer())
    part.add("status", "CANCELLED" if gone or event.state == EventState.CANCELLED else "CONFIRMED")
    part.add("url", f"{base_url.rstrip('/')}/events/{event.id}")
    part.add("categories", [str(event.type)])
    meeting = event.meeting_link if with_meeting else ""
    described = "\n\n".join(part for part in (event.description, meeting) if part)
    for name, value in (("description", described), ("location", event.location or meeting)):
        if value:
            part.add(name, value)
    return part


def uid(name: str, base_url: str) -> str:
    """The same for good, so that calendars know it again."""
    return f"{name}@{base_url.rsplit('//', maxsplit=1)[-1].split(':', maxsplit=1)[0].strip('/')}"


def number_of(name: str, base_url: str) -> int | None:
    """The number of the event whose entry this UID names; None for entries that are not ours."""
    own = re.fullmatch(rf"event-(\d{{1,9}}){re.escape(uid('', base_url))}", name)
    return int(own[1]) if own else None


def written(parts: Sequence[CalendarEvent], zones: set[str], *, name: str = "", method: str = "") -> bytes:
    """The file, with what is to be known of the zones in it."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    if method:
        made.add("method", method)
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)
        made.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    for zone in sorted(zones):
        made.add_component(_zone(zone))
    for part in parts:
        made.add_component(part)
    return bytes(made.to_ical())


def _organizer() -> vCalAddress:
    """Whoever the installation's letters are from: entries that are sent out must name one."""
    settings = installation.settings()
    address = parseaddr(settings.mail_from or "")[1] or uid("no-reply", settings.base_url)
    found = vCalAddress(f"mailto:{address}")
    found.params["cn"] = vText(programs.current().name)
    return found


@lru_cache(maxsize=64)
def _zone(name: str) -> Timezone:
    """Made once: looking for every change of the clocks takes longer than all the rest."""
    return Timezone.from_tzinfo(ZoneInfo(name), name, ZONE_FROM, ZONE_UNTIL)


def _told(event: Event) -> tuple[Any, ...]:
    return tuple(getattr(event, name) for name in TOLD)


@lru_cache(maxsize=5000)
def _part(told: tuple[Any, ...], base_url: str) -> bytes:
    """Made once for each change of an event: thousands of them take seconds."""
    event = Event(**dict(zip(TOLD, told, strict=True)))
    return bytes(calendar_event(event, base_url, stamp=event.changed_at or event.created_at).to_ical())


@lru_cache(maxsize=500)
def _entry(told: tuple[Any, ...], base_url: str, with_meeting: object, withdrawn: object, _day: date) -> str:
    """Made once a day for each change of an event: hundreds register within minutes."""
    event = Event(**dict(zip(TOLD, told, strict=True)))
    gone = withdrawn or event.state == EventState.CANCELLED
    part = calendar_event(event, base_url, with_meeting=bool(with_meeting), gone=bool(gone))
    return written([part], {event.time_zone}, method="CANCEL" if gone else "PUBLISH").decode()


END = b"END:VCALENDAR\r\n"
TOLD = (
    *("id", "title", "begins_at", "ends_at", "time_zone", "description", "location", "meeting_link", "type", "state"),
    *("sequence", "created_at", "changed_at"),
)
"""What of an event stands in its entry."""

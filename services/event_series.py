"""Events that recur: what is changed of one is carried to those that come after it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models.calendar_entries import CalendarEntry
from models.events import Event, EventCreditLine, EventState
from models.times import from_wall, local_time
from services import clock, events, programs
from services.access import Actor
from services.event_access import may_run

TIMES = ("begins_at", "ends_at", "registration_closes_at")


def later(session: Session, actor: Actor, event: Event, *, lock: bool = False) -> list[Event]:
    """Those of its series that begin after it, have not ended, take place, and that this person may run."""
    if not event.series:
        return []
    chosen = (
        select(Event)
        .where(Event.series == event.series, Event.state != EventState.CANCELLED)
        .where(col(Event.begins_at) > event.begins_at, col(Event.ends_at) > clock.now())
        .order_by(col(Event.id))
    )
    rows = session.exec(chosen.with_for_update() if lock else chosen).all()
    return [one for one in rows if may_run(session, actor, one)]


def dates(session: Session, event: Event) -> list[Event]:
    """The others of its series that everybody sees and that have not ended, the next first."""
    if not event.series:
        return []
    chosen = (
        select(Event)
        .where(Event.series == event.series, Event.state == EventState.PUBLISHED, Event.id != event.id)
        .where(col(Event.ends_at) > clock.now())
    )
    return list(session.exec(chosen.order_by(col(Event.begins_at), col(Event.id))))


def carried(
    session: Session, event: Event, entry: CalendarEntry, others: Sequence[Event]
) -> list[tuple[Event, CalendarEntry]]:
    """For each of the others what it is when only that changes which `entry` says otherwise than the event is now.

    Another time moves each by as many days and hours on its own clock.
    """
    lines = events.lines_of(session, [event, *others])
    before = as_entry(event, lines[event.id or 0])
    told = {one.name: getattr(entry, one.name) for one in fields(CalendarEntry)}
    changed = {name: value for name, value in told.items() if value != getattr(before, name)}
    return [(one, _carry(before, entry, changed, as_entry(one, lines[one.id or 0]))) for one in others]


def as_entry(event: Event, lines: Sequence[EventCreditLine]) -> CalendarEntry:
    """An event as if it had just been typed."""
    keys = {one.id: one.key for one in programs.current().categories.values()}
    same = {one.name: getattr(event, one.name) for one in fields(CalendarEntry) if one.name != "credits"}
    return CalendarEntry(**same, credits={keys[line.category_id]: line.credits for line in lines})


def _carry(
    before: CalendarEntry, entry: CalendarEntry, changed: Mapping[str, Any], other: CalendarEntry
) -> CalendarEntry:
    made = replace(other, **{name: value for name, value in changed.items() if name not in TIMES})
    moved = _wall(entry.begins_at, entry.time_zone) - _wall(before.begins_at, before.time_zone)
    begins = from_wall(_wall(other.begins_at, other.time_zone) + moved, made.time_zone)
    longer = (entry.ends_at - entry.begins_at) - (before.ends_at - before.begins_at)
    closes = other.registration_closes_at
    if "registration_closes_at" in changed and entry.registration_closes_at is not None:
        closes = begins - (entry.begins_at - entry.registration_closes_at)
    elif "registration_closes_at" in changed or closes is None:
        closes = None
    else:
        closes = begins - (other.begins_at - closes)
    ends = begins + max(other.ends_at - other.begins_at + longer, SHORTEST)
    return replace(made, begins_at=begins, ends_at=ends, registration_closes_at=min(closes, ends) if closes else None)


def _wall(moment: datetime, zone: str) -> datetime:
    return local_time(moment, zone).replace(tzinfo=None)


SHORTEST = timedelta(minutes=5)

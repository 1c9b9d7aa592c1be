"""The form of an event of the calendar: what it shows, and what was typed into it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from models.calendar_entries import CREDITS, CalendarEntry, read_calendar_entry
from models.credits import shown_credits
from models.errors import Overtaken
from models.events import Event, EventCreditLine
from models.texts import typed
from models.times import local_time
from services import db, event_credits, event_series, events, programs
from services.access import Actor
from services.event_access import load_event

SAME = (
    "title", "time_zone", "sponsor", "presenter", "description", "location", "online", "link", "meeting_link",
    "registration_link",
)  # fmt: skip
"""What a field holds as the event does."""


@dataclass(frozen=True)
class EventForm:
    """An event as the form's fields hold it, in its own zone; `locked` says why its credits are not changed here.

    `later`: how many of its series come after it.
    """

    event: Event
    values: dict[str, Any]
    locked: str
    later: int


def show(actor: Actor, event_id: int) -> EventForm:
    """For the form that changes it. Raises NotFound."""
    with db.reading() as session:
        event = load_event(session, actor, event_id)
        lines = events.lines_of(session, [event])[event_id]
        locked, later = event_credits.why_locked(session, lines), event_series.later(session, actor, event)
        return EventForm(event, values_of(event, lines), locked, len(later))


def form_of(event_id: int | None, parent_id: int | None = None) -> str:
    """The name under which a draft of the form is kept."""
    return f"event-{event_id}" if event_id else f"event-new-{parent_id or ''}"


def read(values: Mapping[str, object]) -> CalendarEntry:
    """By this program's categories. Raises Problems."""
    program = programs.current()
    names = {one.key: one.name for one in program.categories.values()}
    return read_calendar_entry(values, categories=names, smallest=Decimal(program.settings["smallest_credit"]))


def values_of(event: Event, lines: list[EventCreditLine]) -> dict[str, Any]:
    """An event as the form's fields hold it."""
    keys = {one.id: one.key for one in programs.current().categories.values()}
    moments = {"begin": event.begins_at, "end": event.ends_at, "closes": event.registration_closes_at}
    local = {name: local_time(moment, event.time_zone) for name, moment in moments.items() if moment}
    return {
        **{name: getattr(event, name) for name in SAME},
        **{f"{name}_date": moment.date().isoformat() for name, moment in local.items()},
        **{f"{name}_time": moment.strftime("%H:%M") for name, moment in local.items()},
        "type": str(event.type),
        "registration": str(event.registration),
        "capacity": str(event.capacity or ""),
        "questions": "\n".join(f"{one['label']}{' *' if one['required'] else ''}" for one in event.questions),
        **{CREDITS + keys[line.category_id]: shown_credits(line.credits) for line in lines},
    }


def merged(
    session: Session, event: Event, values: Mapping[str, object], was: Mapping[str, object] | None
) -> Mapping[str, object]:
    """What was typed over what the event is by now; `was` is what the form was filled with, or None.

    Raises Overtaken where somebody else typed something else into the same field.
    """
    if was is None:
        return values
    now = values_of(event, events.lines_of(session, [event])[event.id or 0])
    typed_anew = {name: value for name, value in values.items() if typed(value) != typed(was.get(name))}
    overtaken = {
        name: f"Somebody made this “{typed(now.get(name)) or 'empty'}” meanwhile. Save again if yours is right."
        for name, value in typed_anew.items()
        if typed(now.get(name)) not in {typed(was.get(name)), typed(value)}
    }
    if overtaken:
        raise Overtaken(overtaken, now)
    return {**values, **now, **dict.fromkeys((name for name in values if name not in now), ""), **typed_anew}


def same_minutes(event: Event, entry: CalendarEntry) -> CalendarEntry:
    """A form shows minutes, and not which of two hours in autumn has a name: what it shows alike is not another."""
    kept = {
        name: getattr(event, name)
        for name in ("begins_at", "ends_at", "registration_closes_at")
        if _shown(getattr(event, name), event.time_zone) == _shown(getattr(entry, name), entry.time_zone)
    }
    return replace(entry, **kept)


def _shown(moment: datetime | None, zone: str) -> str:
    return f"{local_time(moment, zone):%Y-%m-%d %H:%M} {zone}" if moment else ""

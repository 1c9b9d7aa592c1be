"""Events of the calendar: added as drafts, changed, published, cancelled; those who are registered are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, delete, select

from models.calendar_entries import CREDITS, CalendarEntry, read_calendar_entry
from models.credits import shown_credits
from models.errors import WrongState
from models.events import Event, EventCreditLine, EventKind, EventPerson, EventResource, EventState
from models.times import local_time
from services import audit, clock, db, drafts, event_credits, event_news, event_series, events, programs
from services.access import Actor, require_coordinator
from services.event_access import load_event


@dataclass(frozen=True)
class EventForm:
    """An event as the form's fields hold it, in its own zone; `locked` says why its credits are not changed here.

    `later`: how many of its series come after it.
    """

    event: Event
    values: dict[str, Any]
    locked: str
    later: int


def add(actor: Actor, values: Mapping[str, object], parent_id: int | None = None) -> int:
    """A draft; `parent_id` makes it a session of that conference. Field names as in read_calendar_entry.

    Raises NotFound (to all but coordinators, and for sessions those who run the conference), WrongState, Problems.
    """
    with db.writing() as session:
        if parent_id is None:
            require_coordinator(actor)
        elif load_event(session, actor, parent_id).parent_id is not None:
            raise WrongState("A session of a conference has no sessions of its own.")
        event = new(session, read(values), parent_id)
        drafts.drop(session, actor.person_id, form_of(None, parent_id))
        audit.record(session, actor.person_id, "event:added", event.id or 0, title=event.title)
        return event.id or 0


def change(actor: Actor, event_id: int, values: Mapping[str, object], *, later: bool = False) -> int:
    """Changes it, and with `later` in the same way those of its series that come after it; when time or place is
    another one, all who are registered or wait are told. Returns how many.

    Raises NotFound, WrongState (cancelled, or credits that people have already), Problems.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if event.state == EventState.CANCELLED:
            raise WrongState("This event was cancelled. Copy it to hold it after all.")
        entry = read(values)
        others = event_series.later(session, actor, event, lock=True) if later else []
        to_do = [(event, entry), *event_series.carried(session, event, entry, others)]
        drafts.drop(session, actor.person_id, form_of(event_id))
        return sum(_change(session, actor, one, its) for one, its in to_do)


def publish(actor: Actor, event_id: int, *, later: bool = False) -> int:
    """From now on everybody sees it, and with `later` the drafts of its series that come after it, too.

    Returns how many were published. Raises NotFound, WrongState.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        others = event_series.later(session, actor, event, lock=True) if later else []
        drafts_of_it = [event, *(one for one in others if one.state == EventState.DRAFT)]
        for one in drafts_of_it:
            one.publish(clock.now())
            audit.record(session, actor.person_id, "event:published", one.id or 0, title=one.title)
        return len(drafts_of_it)


def cancel(actor: Actor, event_id: int, reason: str, *, later: bool = False) -> int:
    """It does not take place, nor do its sessions, nor with `later` those of its series that come after it; all who
    are registered or wait get a letter. Returns how many.

    Raises NotFound, WrongState, Problems without a reason.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        others = event_series.later(session, actor, event, lock=True) if later else []
        told = cancel_within(session, actor, event, reason)
        return told + sum(
            cancel_within(session, actor, one, reason) for one in others if one.state == EventState.PUBLISHED
        )


def cancel_within(session: Session, actor: Actor, event: Event, reason: str) -> int:
    """The same within somebody's deed. Raises WrongState, Problems."""
    event.cancel(clock.now(), reason)
    told = event_news.cancelled(session, event)
    sessions = select(Event).where(Event.parent_id == event.id, Event.state == EventState.PUBLISHED)
    for one in session.exec(sessions.order_by(col(Event.id)).with_for_update()).all():
        if not one.has_ended(clock.now()):
            told += cancel_within(session, actor, one, reason)
    audit.record(
        session, actor.person_id, "event:cancelled", event.id or 0, title=event.title, reason=event.cancel_reason
    )
    return told


def discard(actor: Actor, event_id: int) -> None:
    """A draft is gone for good. Raises NotFound, WrongState (published, or with sessions)."""
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if event.state != EventState.DRAFT:
            raise WrongState("Only a draft can be discarded. Cancel the event: those who are registered are told.")
        if session.exec(select(Event.id).where(Event.parent_id == event_id)).first() is not None:
            raise WrongState("This draft has sessions. Discard them first.")
        for table in (EventCreditLine, EventPerson, EventResource):
            session.exec(delete(table).where(col(table.event_id) == event_id))
        audit.record(session, actor.person_id, "event:discarded", event_id, title=event.title)
        session.delete(event)


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


def new(session: Session, entry: CalendarEntry, parent_id: int | None = None, series: str = "") -> Event:
    """A draft of it within somebody's deed."""
    event = Event(
        kind=EventKind.SPONSORED,
        title=entry.title,
        begins_at=entry.begins_at,
        ends_at=entry.ends_at,
        time_zone=entry.time_zone,
        created_at=clock.now(),
        state=EventState.DRAFT,
        parent_id=parent_id,
        series=series,
    )
    session.add(event)
    session.flush()
    apply(session, event, entry)
    return event


def apply(session: Session, event: Event, entry: CalendarEntry) -> set[str]:
    """Makes the event what was typed; returns the names of what changed. Raises WrongState for what people have."""
    changed = {name for name in FIELDS if getattr(event, name) != getattr(entry, name)}
    if changed & MOVES and (why := event_credits.why_fixed(session, event)):
        raise WrongState(why)
    for name in changed:
        setattr(event, name, getattr(entry, name))
    session.add(event)
    session.flush()
    categories = programs.current().categories.values()
    if event_credits.change(
        session, event, {one.id or 0: entry.credits[one.key] for one in categories if one.key in entry.credits}
    ):
        changed.add("credits")
    return {SHOWN.get(name, name.replace("_", " ")) for name in changed}


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


def _change(session: Session, actor: Actor, event: Event, entry: CalendarEntry) -> int:
    before = event_news.essentials(event)
    what = apply(session, event, entry)
    if not what:
        return 0
    event.note_change(clock.now())
    told = ", ".join(sorted(what)) + "."
    audit.record(session, actor.person_id, "event:changed", event.id or 0, title=event.title, what=told)
    return event_news.changed(session, event, before)


SAME = (
    "title", "time_zone", "sponsor", "presenter", "description", "location", "online", "link", "meeting_link",
    "registration_link",
)  # fmt: skip
FIELDS = (*SAME, "type", "begins_at", "ends_at", "registration", "registration_closes_at", "capacity", "questions")
MOVES = {"begins_at", "ends_at", "time_zone"}
SHOWN = {"begins_at": "begin", "ends_at": "end", "registration_closes_at": "end of registration", "capacity": "seats"}

"""Events of the calendar: added as drafts, changed, published, cancelled; those who are registered are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, delete, select

from models.calendar_entries import CREDITS, CalendarEntry, read_calendar_entry
from models.credits import Credit, shown_credits
from models.errors import WrongState
from models.events import Event, EventCreditLine, EventKind, EventPerson, EventResource, EventState
from models.registrations import Registration, RegistrationState
from models.times import local_time
from services import audit, clock, db, drafts, events, programs, registration_letters, registrations
from services.access import Actor, require_coordinator
from services.event_access import load_event


@dataclass(frozen=True)
class EventForm:
    """An event as the form's fields hold it, in its own zone; `locked` says why its credits are not changed here."""

    event: Event
    values: dict[str, Any]
    locked: str


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


def change(actor: Actor, event_id: int, values: Mapping[str, object]) -> int:
    """Changes it; when time or place is another one, all who are registered or wait are told. Returns how many.

    Raises NotFound, WrongState (cancelled, or credits that people have already), Problems.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if event.state == EventState.CANCELLED:
            raise WrongState("This event was cancelled. Copy it to hold it after all.")
        before = what_matters(event)
        what = apply(session, event, read(values))
        drafts.drop(session, actor.person_id, form_of(event_id))
        if not what:
            return 0
        event.note_change(clock.now())
        audit.record(
            session, actor.person_id, "event:changed", event_id, title=event.title, what=", ".join(sorted(what)) + "."
        )
        registrations.move_up(session, event)
        registrations.news(session, event_id)
        if event.state == EventState.PUBLISHED and what_matters(event) != before and not event.has_ended(clock.now()):
            return tell_all(session, event, registration_letters.event_changed)
        return 0


def publish(actor: Actor, event_id: int) -> None:
    """From now on everybody sees it. Raises NotFound, WrongState."""
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        event.publish(clock.now())
        audit.record(session, actor.person_id, "event:published", event_id, title=event.title)


def cancel(actor: Actor, event_id: int, reason: str) -> int:
    """It does not take place, nor do its sessions; all who are registered or wait get a letter. Returns how many.

    Raises NotFound, WrongState, Problems without a reason.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        event.cancel(clock.now(), reason)
        told = tell_all(session, event, registration_letters.event_cancelled)
        sessions = select(Event).where(Event.parent_id == event_id, Event.state == EventState.PUBLISHED)
        for one in session.exec(sessions.with_for_update()).all():
            if not one.has_ended(clock.now()):
                one.cancel(clock.now(), reason)
                told += tell_all(session, one, registration_letters.event_cancelled)
                registrations.news(session, one.id or 0)
        audit.record(
            session, actor.person_id, "event:cancelled", event_id, title=event.title, reason=event.cancel_reason
        )
        registrations.news(session, event_id)
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
        return EventForm(event, values_of(event, lines), _why_locked(session, lines))


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
    """Makes the event what was typed; returns the names of what changed. Raises WrongState for credits people have."""
    changed = {name for name in FIELDS if getattr(event, name) != getattr(entry, name)}
    for name in changed:
        setattr(event, name, getattr(entry, name))
    lines = events.lines_of(session, [event])[event.id or 0]
    program = programs.current()
    wanted = {one.id or 0: entry.credits[one.key] for one in program.categories.values() if one.key in entry.credits}
    if {line.category_id: line.credits for line in lines} != wanted:
        if why := _why_locked(session, lines):
            raise WrongState(why)
        for line in lines:
            session.delete(line)
        session.flush()
        for category_id, value in wanted.items():
            session.add(EventCreditLine(event_id=event.id or 0, category_id=category_id, credits=value))
        changed.add("credits")
    session.add(event)
    session.flush()
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


def tell_all(session: Session, event: Event, write: Any) -> int:
    """A letter to everybody who has a seat or waits; returns how many."""
    chosen = select(Registration).where(
        Registration.event_id == event.id,
        col(Registration.state).in_((RegistrationState.REGISTERED, RegistrationState.WAITING)),
    )
    rows = session.exec(chosen.order_by(col(Registration.id))).all()
    for row in rows:
        write(session, row, event)
    return len(rows)


def what_matters(event: Event) -> tuple[object, ...]:
    """Time and place: whoever is registered is told when they are others."""
    return event.begins_at, event.ends_at, event.location, event.online, event.meeting_link


def _why_locked(session: Session, lines: list[EventCreditLine]) -> str:
    ids = [line.id for line in lines]
    if session.exec(select(Credit.id).where(col(Credit.line_id).in_(ids))).first() is None:
        return ""
    return "Somebody has credits of this event already: its credits are not changed any more."


SAME = (
    "title", "time_zone", "sponsor", "presenter", "description", "location", "online", "link", "meeting_link",
    "registration_link",
)  # fmt: skip
FIELDS = (*SAME, "type", "begins_at", "ends_at", "registration", "registration_closes_at", "capacity", "questions")
SHOWN = {"begins_at": "begin", "ends_at": "end", "registration_closes_at": "end of registration", "capacity": "seats"}

"""The coordinator's events: drafts, coming, past ones, each with who is registered, waits, came, and the credits."""

from datetime import datetime
from typing import Any

from sqlmodel import and_, col, func, or_, select

from models.events import Event, EventKind, EventPerson, EventRole, EventState, RegistrationMode
from services import clock, db, search
from services.access import Actor, require_coordinator
from services.event_numbers import EventNumbers, numbers_of

PAGE = 60
SHOWN = ("coming", "drafts", "attendance", "past")


def listing(actor: Actor, shown: str = "coming", text: str = "", number: int = 0) -> tuple[list[EventNumbers], int]:
    """A page of the events that this person runs: all of them for a coordinator; and how many there are.

    `attendance`: ended, with registration here, and still open.
    """
    now = clock.now()
    chosen = select(Event).where(Event.kind == EventKind.SPONSORED)
    if not actor.is_coordinator:
        mine = select(EventPerson.event_id).where(
            EventPerson.person_id == actor.person_id, EventPerson.role == EventRole.EDITOR
        )
        chosen = chosen.where(col(Event.id).in_(mine))
    if shown == "drafts":
        chosen = chosen.where(Event.state == EventState.DRAFT)
    elif shown == "attendance":
        chosen = chosen.where(_attendance_is_open(now))
    else:
        ended = col(Event.ends_at) <= now
        chosen = chosen.where(Event.state != EventState.DRAFT, ended if shown == "past" else ~ended)
    for word in search.words_of(text):
        chosen = chosen.where(search.contains(word, Event.title, Event.sponsor, Event.presenter, Event.location))
    order = col(Event.begins_at) if shown in {"coming", "drafts"} else col(Event.begins_at).desc()
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
        rows = session.exec(chosen.order_by(order, col(Event.id)).offset(number * PAGE).limit(PAGE)).all()
        return numbers_of(session, rows), total


def open_attendance(actor: Actor) -> int:
    """How many events wait for their attendance list to be closed. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    with db.reading() as session:
        counted = select(func.count()).select_from(Event).where(Event.kind == EventKind.SPONSORED)
        return session.exec(counted.where(_attendance_is_open(clock.now()))).one()


def editable(actor: Actor) -> list[Event]:
    """What a coordinator allowed this person to edit, drafts included, until it is over and its attendance closed."""
    mine = select(EventPerson.event_id).where(
        EventPerson.person_id == actor.person_id, EventPerson.role == EventRole.EDITOR
    )
    held = and_(Event.registration == RegistrationMode.HERE, col(Event.attendance_closed_at).is_(None))
    chosen = select(Event).where(col(Event.id).in_(mine), Event.state != EventState.CANCELLED)
    chosen = chosen.where(or_(Event.state == EventState.DRAFT, col(Event.ends_at) > clock.now(), held))
    with db.reading() as session:
        return list(session.exec(chosen.order_by(col(Event.begins_at), col(Event.id)).limit(PAGE)))


def _attendance_is_open(now: datetime) -> Any:
    return and_(
        Event.state == EventState.PUBLISHED,
        Event.registration == RegistrationMode.HERE,
        col(Event.attendance_closed_at).is_(None),
        col(Event.begins_at) <= now,
    )

"""Seats in a merge: at an event where both records have one, the better stays, and the other goes to who waits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.events import Event
from models.registrations import Registration, RegistrationState
from services import waiting_list

RANK = {
    RegistrationState.WAITING: 0,
    RegistrationState.REGISTERED: 1,
    RegistrationState.ABSENT: 2,
    RegistrationState.ATTENDED: 3,
}


def lock_events(session: Session, people: Sequence[int]) -> None:
    """Events are locked before people, as by who registers, so that nobody waits for the other for ever."""
    theirs = select(Registration.event_id).where(col(Registration.person_id).in_(people))
    session.exec(select(Event.id).where(col(Event.id).in_(theirs)).order_by(col(Event.id)).with_for_update()).all()


def twice(session: Session, kept_id: int, merged_id: int) -> list[tuple[Registration, str]]:
    """The lesser of two seats at one event, with its title."""
    rows = session.exec(
        select(Registration, Event.title)
        .join(Event, col(Event.id) == Registration.event_id)
        .where(col(Registration.person_id).in_((kept_id, merged_id)))
        .where(Registration.state != RegistrationState.CANCELLED)
    ).all()
    mine = {row.event_id: row for row, _ in rows if row.person_id == kept_id}
    both = [
        (mine[row.event_id], row, title) for row, title in rows if row.person_id == merged_id and row.event_id in mine
    ]
    return [(a if RANK[b.state] > RANK[a.state] else b, title) for a, b, title in both]


def set_aside(session: Session, ids: Iterable[int], now: datetime) -> list[dict[str, Any]]:
    """Gives these up; returns what the way back needs."""
    told = []
    for row in [session.get_one(Registration, one) for one in ids]:
        told.append({"id": row.id, "state": str(row.state), "minutes": row.minutes})
        row.state, row.minutes, row.cancelled_at = RegistrationState.CANCELLED, None, now
    return told


def fill(session: Session, ids: Iterable[int]) -> None:
    """Who waits gets the seats that were given up."""
    events = select(Registration.event_id).where(col(Registration.id).in_(list(ids))).distinct()
    for event in session.exec(select(Event).where(col(Event.id).in_(events)).order_by(col(Event.id))).all():
        waiting_list.move_up(session, event)


def take_back(session: Session, told: Iterable[dict[str, Any]]) -> None:
    """Each has her seat again, however full the event is by now."""
    for one in told:
        row = session.get_one(Registration, one["id"])
        row.state, row.minutes, row.cancelled_at = RegistrationState(one["state"]), one["minutes"], None


def states(session: Session, ids: Iterable[int]) -> list[list[Any]]:
    """What must not have changed for a way back: each seat, and whether its attendance is closed."""
    rows = session.exec(
        select(Registration.id, Registration.state, Event.attendance_closed_at)
        .join(Event, col(Event.id) == Registration.event_id)
        .where(col(Registration.id).in_(list(ids)))
        .order_by(col(Registration.id))
    )
    return [[number, str(state), closed is not None] for number, state, closed in rows]

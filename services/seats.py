"""Seats at events as other subjects ask for them: who has one, how many are taken, and what that means for a claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from models.errors import NotFound, WrongState
from models.events import Event, RegistrationMode
from models.registrations import SEATED, Registration, RegistrationState
from services import db


@dataclass(frozen=True)
class Room:
    """How many have a seat and how many wait; `left` is None where there is no limit."""

    seated: int
    waiting: int
    left: int | None


def room(event_id: int) -> Room:
    """Of a public event. Raises NotFound."""
    with db.reading() as session:
        event = session.get(Event, event_id)
        if event is None or not event.is_public:
            raise NotFound
        return room_of(session, event)


def room_of(session: Session, event: Event) -> Room:
    """One statement."""
    session.flush()
    return _room(event, {state: count for state, count in session.connection().execute(_COUNTS, {"event": event.id})})


def _room(event: Event, counts: Mapping[Any, int]) -> Room:
    seated = sum(counts.get(state, 0) for state in SEATED)
    left = None if event.capacity is None else max(0, event.capacity - seated)
    return Room(seated, counts.get(RegistrationState.WAITING, 0), left)


def rooms_of(session: Session, events: Sequence[Event]) -> dict[int, Room]:
    """Of those with registration here; one statement."""
    chosen = {one.id or 0: one for one in events if one.registration == RegistrationMode.HERE}
    counts: dict[tuple[int, str], int] = {}
    for event_id, state, count in session.exec(
        select(Registration.event_id, Registration.state, func.count())
        .where(col(Registration.event_id).in_([*chosen]))
        .group_by(col(Registration.event_id), col(Registration.state))
    ):
        counts[event_id, state] = count
    return {
        id_: _room(one, {state: counts.get((id_, state), 0) for state in RegistrationState})
        for id_, one in chosen.items()
    }


def states_of(session: Session, person_id: int, events: Sequence[Event]) -> dict[int, str]:
    """This person's own registrations that stand, by event; none for nobody."""
    if not person_id:
        return {}
    rows = session.exec(
        select(Registration.event_id, Registration.state)
        .where(Registration.person_id == person_id, Registration.state != RegistrationState.CANCELLED)
        .where(col(Registration.event_id).in_([one.id for one in events]))
    )
    return {event_id: str(state) for event_id, state in rows}


def live_one(session: Session, event_id: int, person_id: int) -> Registration | None:
    """The registration of this person that stands."""
    session.flush()
    found = session.connection().execute(_LIVE, {"event": event_id, "person": person_id}).scalar()
    return session.get(Registration, found) if found else None


def refuse_claim(session: Session, person_id: int, event: Event) -> None:
    """Raises WrongState to her who has a seat while attendance is still open: her credit comes by itself."""
    if event.registration != RegistrationMode.HERE or event.attendance_closed_at is not None:
        return
    mine = live_one(session, event.id or 0, person_id)
    if mine is not None and mine.state in SEATED:
        raise WrongState(
            f"You are registered for “{event.title}”, and attendance is still being recorded. "
            "Your credit comes by itself when that is done."
        )


def note_on_claim(session: Session, person_id: int, event: Event) -> str:
    """What the coordinator should know of a claim by somebody who was registered; empty for everybody else."""
    if event.registration != RegistrationMode.HERE:
        return ""
    mine = live_one(session, event.id or 0, person_id)
    return note_of(mine) if mine else ""


def note_of(row: Registration) -> str:
    """What its attendance list says of somebody who claims an event herself."""
    return _NOTES.get(row.state, "")


def whose_attendance_is_open(person_id: int) -> Any:
    """For a query over events: this person has a seat there and attendance is not closed."""
    return (
        sa.select(col(Registration.id))
        .where(
            col(Registration.event_id) == Event.id,
            col(Registration.person_id) == person_id,
            col(Registration.state).in_(SEATED),
            col(Event.attendance_closed_at).is_(None),
        )
        .correlate(Event)
    )


def with_room(now: datetime) -> Any:
    """For a query over events: one can register here now, and a seat is free."""
    taken: SelectOfScalar[int] = (
        select(func.count())
        .where(Registration.event_id == Event.id, col(Registration.state).in_(SEATED))
        .correlate(Event)
    )
    free = sa.or_(col(Event.capacity).is_(None), col(Event.capacity) > taken.scalar_subquery())
    closes = col(Event.registration_closes_at)
    return sa.and_(col(Event.registration) == RegistrationMode.HERE, sa.or_(closes.is_(None), closes > now), free)


# Built once: SQLAlchemy takes longer to build these than SQLite to answer them.
_COUNTS = (
    sa.select(col(Registration.state), func.count())
    .where(col(Registration.event_id) == sa.bindparam("event"))
    .group_by(col(Registration.state))
)
_LIVE = sa.select(col(Registration.id)).where(
    col(Registration.event_id) == sa.bindparam("event"),
    col(Registration.person_id) == sa.bindparam("person"),
    col(Registration.state) != RegistrationState.CANCELLED,
)
_NOTES = {
    RegistrationState.ABSENT: "The attendance list says that this person was absent.",
    RegistrationState.ATTENDED: "The attendance list says that this person came, for too short a time for credit.",
    RegistrationState.WAITING: "This person was on the waiting list.",
    RegistrationState.REGISTERED: "This person was registered; nobody recorded who came.",
}

"""The attendance list of an event as whoever keeps it sees it: who has a seat, what is known, and what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, func, select

from models.events import Event, EventPerson, EventRole
from models.people import Person
from models.registrations import SEATED, Registration, RegistrationState
from services import (
    attendance,
    attendance_credits,
    attendance_worth,
    db,
    people,
)
from services.access import Actor
from services.event_access import load_event


@dataclass(frozen=True)
class AttendanceRow:
    """One seat: who, and what is known. `credits` are in her list; `due` would be by the mark, where they differ.

    `why` tells why a presenter gets nothing; `length` is the event's, in minutes.
    """

    registration: Registration
    name: str
    library: str
    credits: Decimal
    due: Decimal
    is_own: bool
    length: int
    why: str

    @property
    def differs(self) -> bool:
        return self.credits != self.due


@dataclass(frozen=True)
class AttendanceCounts:
    """How many are marked how; `why_not_closed` says what stands in the way, or nothing."""

    present: int
    absent: int
    without_mark: int
    waiting: int
    is_closed: bool
    why_not_closed: str


@dataclass(frozen=True)
class Trainer:
    """Somebody who is named as a trainer and has no seat."""

    person_id: int
    name: str


@dataclass(frozen=True)
class AttendanceSheet:
    """Everybody with a seat, by name; `gives` is what the whole event gives, in credits."""

    event: Event
    rows: list[AttendanceRow]
    counts: AttendanceCounts
    trainers: list[Trainer]
    gives: Decimal


def sheet(actor: Actor, event_id: int) -> AttendanceSheet:
    """Raises NotFound to all but those who run the event."""
    with db.reading() as session:
        event = load_event(session, actor, event_id)
        seated = session.exec(
            select(Registration, Person)
            .join(Person, col(Person.id) == Registration.person_id)
            .where(Registration.event_id == event_id, col(Registration.state).in_(SEATED))
            .order_by(col(Person.last_name), col(Person.first_name), col(Registration.id))
        ).all()
        there = {person.id for _, person in seated}
        trainers = [one for one in _trainers(session, event_id) if one.person_id not in there]
        gives = sum(attendance_worth.lines_of(session, event_id).values(), Decimal(0))
        return AttendanceSheet(event, _rows(session, actor, event, seated), _counts(session, event), trainers, gives)


def line(actor: Actor, registration_id: int) -> tuple[AttendanceRow, AttendanceCounts]:
    """One line after a change, and how many there are of each. Raises NotFound."""
    with db.reading() as session:
        registration, event = attendance.load_seat(session, actor, registration_id)
        person = session.get_one(Person, registration.person_id)
        return _rows(session, actor, event, [(registration, person)])[0], _counts(session, event)


def differs(session: Session, row: Registration, event: Event) -> bool:
    """Whether what she has is not what the mark gives."""
    given = attendance_credits.given(session, event.id or 0, [row.person_id])
    lines = attendance_worth.lines_of(session, event.id or 0)
    return given.get(row.person_id, Decimal(0)) != attendance_worth.due(session, row, event, lines)


def _rows(
    session: Session, actor: Actor, event: Event, seated: Sequence[tuple[Registration, Person]]
) -> list[AttendanceRow]:
    ids = [person.id or 0 for _, person in seated]
    libraries = people.libraries_of(session, ids)
    given = attendance_credits.given(session, event.id or 0, ids)
    lines = attendance_worth.lines_of(session, event.id or 0)

    def row(one: Registration, person: Person) -> AttendanceRow:
        has = given.get(person.id or 0, Decimal(0))
        return AttendanceRow(
            registration=one,
            name=f"{person.last_name}, {person.first_name}",
            library=libraries.get(person.id or 0, ""),
            credits=has,
            due=attendance_worth.due(session, one, event, lines) if event.attendance_closed_at is not None else has,
            is_own=person.id == actor.person_id,
            length=event.minutes,
            why=attendance_worth.why_nothing(session, one, event),
        )

    return [row(one, person) for one, person in seated]


def _counts(session: Session, event: Event) -> AttendanceCounts:
    found: dict[str, int] = {
        state: count
        for state, count in session.exec(
            select(Registration.state, func.count())
            .where(Registration.event_id == event.id)
            .group_by(col(Registration.state))
        )
    }
    left = found.get(RegistrationState.REGISTERED, 0)
    return AttendanceCounts(
        found.get(RegistrationState.ATTENDED, 0),
        found.get(RegistrationState.ABSENT, 0),
        left,
        found.get(RegistrationState.WAITING, 0),
        event.attendance_closed_at is not None,
        attendance.why_not_closed(event, left),
    )


def _trainers(session: Session, event_id: int) -> list[Trainer]:
    rows = session.exec(
        select(Person)
        .join(EventPerson, col(EventPerson.person_id) == Person.id)
        .where(EventPerson.event_id == event_id, EventPerson.role == EventRole.TRAINER)
        .where(col(Person.deactivated_at).is_(None))
        .order_by(col(Person.last_name), col(Person.first_name))
    )
    return [Trainer(one.id or 0, one.name) for one in rows]

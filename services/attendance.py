"""Attendance: marks that every open window sees, and the end of it, which gives the credits."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from models.errors import NotFound, Problems, WrongState
from models.events import Event
from models.people import Person
from models.registrations import SEATED, Registration, RegistrationState
from models.texts import typed
from services import attendance_credits, audit, clock, db, people, registrations
from services.access import Actor, refuse_editors
from services.event_access import load_event

MOST_MINUTES = 60 * 24 * 14


@dataclass(frozen=True)
class Mark:
    """`present`, `absent`, or nothing; minutes for who was there for a part, else None for the whole event."""

    what: str
    minutes: int | None = None
    presenter: bool = False


@dataclass(frozen=True)
class AttendanceRow:
    """One seat: who, and what is known. `credits` are in her list; `due` would be by the mark, where they differ."""

    registration: Registration
    name: str
    library: str
    credits: Decimal
    due: Decimal
    is_own: bool
    length: int
    """Of the event, in minutes."""

    @property
    def differs(self) -> bool:
        return self.credits != self.due


@dataclass(frozen=True)
class AttendanceSheet:
    """Everybody with a seat, by name; `may_close` says why not, or nothing."""

    event: Event
    rows: list[AttendanceRow]
    waiting: int
    why_not_closed: str


def sheet(actor: Actor, event_id: int) -> AttendanceSheet:
    """Raises NotFound to all but those who run the event."""
    with db.reading() as session:
        event = load_event(session, actor, event_id)
        found = session.exec(
            select(Registration, Person)
            .join(Person, col(Person.id) == Registration.person_id)
            .where(Registration.event_id == event_id, Registration.state != RegistrationState.CANCELLED)
            .order_by(col(Person.last_name), col(Person.first_name), col(Registration.id))
        ).all()
        seated = [(row, person) for row, person in found if row.state in SEATED]
        rows = _rows(session, actor, event, seated)
        waiting = len(found) - len(seated)
        return AttendanceSheet(event, rows, waiting, _why_not_closed(event, [row for row, _ in seated]))


def row(actor: Actor, registration_id: int) -> AttendanceRow:
    """One line of the sheet, after a change. Raises NotFound."""
    with db.reading() as session:
        registration, event = load_seat(session, actor, registration_id)
        person = session.get_one(Person, registration.person_id)
        return _rows(session, actor, event, [(registration, person)])[0]


def mark(actor: Actor, registration_id: int, told: Mark) -> None:
    """Says who came, while attendance is open. Raises NotFound, WrongState, NotAllowed (her own), Problems."""
    with db.writing() as session:
        registration, event = load_seat(session, actor, registration_id, lock=True)
        if event.attendance_closed_at is not None:
            raise WrongState("Attendance is closed. Correct it with a reason, which the person reads.")
        if clock.now() < event.begins_at:
            raise WrongState("The event has not begun yet.")
        apply_mark(registration, event, actor, told)
        registrations.note(session, actor, f"registration:{_DEEDS[registration.state]}", registration, event)


def mark_rest(actor: Actor, event_id: int, what: str) -> int:
    """Everybody without a mark is `present` or `absent`; returns how many. One's own is left to a colleague.

    Raises NotFound, WrongState.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if event.attendance_closed_at is not None:
            raise WrongState("Attendance is closed.")
        if clock.now() < event.begins_at:
            raise WrongState("The event has not begun yet.")
        rest = [one for one in _unmarked(session, event_id) if one.person_id != actor.person_id]
        for registration in rest:
            apply_mark(registration, event, actor, Mark(what))
            registrations.note(session, actor, f"registration:{_DEEDS[registration.state]}", registration, event)
        return len(rest)


def close(actor: Actor, event_id: int) -> int:
    """Attendance is complete: credits are there, APPROVED, and those who have them are told. Returns to how many.

    Raises NotFound, NotAllowed (only a coordinator does), WrongState (not ended, somebody without a mark, closed).
    """
    return db.once_more(lambda: _close(actor, event_id))


def _close(actor: Actor, event_id: int) -> int:
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        refuse_editors(actor)
        found = session.exec(
            select(Registration).where(Registration.event_id == event_id, col(Registration.state).in_(SEATED))
        ).all()
        if why := _why_not_closed(event, found):
            raise WrongState(why)
        event.attendance_closed_at = clock.now()
        given = sum(
            attendance_credits.give(session, one, event) for one in found if one.state == RegistrationState.ATTENDED
        )
        audit.record(session, actor.person_id, "event:attendance_closed", event_id, title=event.title)
        registrations.news(session, event_id)
        return given


def add_walk_in(actor: Actor, event_id: int, email: str) -> None:
    """Somebody came without a seat: found by the e-mail address, and seated. Raises NotFound, WrongState, Problems."""
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if event.attendance_closed_at is not None:
            raise WrongState("Attendance is closed. Enter the credit for the person on her own page.")
        person = people.with_email(session, typed(email))
        if person is None:
            raise Problems({"email": "Nobody here has this e-mail address. Ask for the one used to sign in."})
        registrations.seat(session, actor, event, person.id or 0)


def apply_mark(registration: Registration, event: Event, actor: Actor, told: Mark) -> None:
    """Within a deed. Raises WrongState, NotAllowed (her own), Problems."""
    if told.what == "":
        registration.unmark(actor.person_id)
    elif told.what == "absent":
        registration.be_absent(actor.person_id, clock.now())
    elif told.what == "present":
        minutes = event.minutes if told.minutes is None else told.minutes
        if minutes > MOST_MINUTES:
            raise Problems({"minutes": "That is longer than any event."})
        registration.attend(actor.person_id, clock.now(), minutes, presenter=told.presenter)
    else:
        raise Problems({"what": "Say whether the person was present or absent."})


def _rows(
    session: Session, actor: Actor, event: Event, seated: Sequence[tuple[Registration, Person]]
) -> list[AttendanceRow]:
    ids = [person.id or 0 for _, person in seated]
    libraries = people.libraries_of(session, ids)
    given = attendance_credits.given(session, event.id or 0, ids)
    lines = attendance_credits.lines_of(session, event.id or 0)
    closed = event.attendance_closed_at is not None
    return [
        AttendanceRow(
            one,
            f"{person.last_name}, {person.first_name}",
            libraries.get(person.id or 0, ""),
            given.get(person.id or 0, Decimal(0)),
            attendance_credits.due(one, event, lines) if closed else given.get(person.id or 0, Decimal(0)),
            person.id == actor.person_id,
            event.minutes,
        )
        for one, person in seated
    ]


def _why_not_closed(event: Event, rows: Sequence[Registration]) -> str:
    if event.attendance_closed_at is not None:
        return "Attendance is closed already."
    if not event.takes_place:
        return "This event does not take place."
    if not event.has_ended(clock.now()):
        return "The event has not ended yet."
    left = sum(one.state == RegistrationState.REGISTERED for one in rows)
    if left:
        return f"{left} {'person is' if left == 1 else 'people are'} neither present nor absent yet."
    return ""


def _unmarked(session: Session, event_id: int) -> list[Registration]:
    chosen = select(Registration).where(
        Registration.event_id == event_id, Registration.state == RegistrationState.REGISTERED
    )
    return list(session.exec(chosen.order_by(col(Registration.id))))


def load_seat(
    session: Session, actor: Actor, registration_id: int, *, lock: bool = False
) -> tuple[Registration, Event]:
    """A registration that stands, with its event, for who runs it. Raises NotFound."""
    registration = session.get(Registration, registration_id)
    if registration is None or registration.state == RegistrationState.CANCELLED:
        raise NotFound
    event = load_event(session, actor, registration.event_id, lock=lock)
    if lock:
        session.refresh(registration)
    return registration, event


_DEEDS = {
    RegistrationState.ATTENDED: "attended",
    RegistrationState.ABSENT: "absent",
    RegistrationState.REGISTERED: "unmarked",
}

"""Attendance: marks that every open window sees, and the end of it, which gives the credits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.errors import NotFound, Problems, WrongState
from models.events import Event
from models.registrations import SEATED, Registration, RegistrationState
from services import (
    attendance_credits,
    audit,
    clock,
    db,
    registration_records,
)
from services.access import Actor, refuse_editors
from services.event_access import load_event

AT_THE_DOOR = timedelta(hours=1)
MOST_MINUTES = 60 * 24 * 14


@dataclass(frozen=True)
class Mark:
    """`present`, `absent`, or nothing; minutes for who was there for a part, else None for the whole event."""

    what: str
    minutes: int | None = None
    presenter: bool = False


def mark(actor: Actor, registration_id: int, told: Mark) -> None:
    """Says who came, while attendance is open. Raises NotFound, WrongState, NotAllowed (her own), Problems."""
    with db.writing() as session:
        registration, event = load_seat(session, actor, registration_id, lock=True)
        _refuse_marks(event)
        mark_within(session, actor, registration, event, told)


def mark_rest(actor: Actor, event_id: int, what: str) -> int:
    """Everybody without a mark is `present` or `absent`; returns how many. One's own is left to a colleague.

    Raises NotFound, WrongState.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        _refuse_marks(event)
        rest = [one for one in _unmarked(session, event_id) if one.person_id != actor.person_id]
        for row in rest:
            apply_mark(row, event, actor, Mark(what))
            registration_records.record(session, actor, f"registration:{_DEEDS[row.state]}", row, event)
        registration_records.news(session, event_id)
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
        if why := why_not_closed(event, sum(one.state == RegistrationState.REGISTERED for one in found)):
            raise WrongState(why)
        event.attendance_closed_at = clock.now()
        given = attendance_credits.give_all(session, found, event)
        audit.record(session, actor.person_id, "event:attendance_closed", event_id, title=event.title)
        registration_records.news(session, event_id)
        return given


def mark_within(session: Session, actor: Actor, row: Registration, event: Event, told: Mark) -> None:
    """A mark with its audit line and news, within somebody's deed. Raises WrongState, NotAllowed, Problems."""
    apply_mark(row, event, actor, told)
    registration_records.note(session, actor, f"registration:{_DEEDS[row.state]}", row, event)


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


def why_not_closed(event: Event, without_mark: int) -> str:
    """A sentence, or nothing when it can be closed."""
    if event.attendance_closed_at is not None:
        return "Attendance is closed already."
    if not event.takes_place:
        return "This event does not take place."
    if not event.has_ended(clock.now()):
        return "The event has not ended yet."
    if without_mark:
        return f"{without_mark} {'person is' if without_mark == 1 else 'people are'} neither present nor absent yet."
    return ""


def too_early(event: Event, now: datetime) -> bool:
    """People are at the door before an event begins, but not a day before."""
    return now < event.begins_at - AT_THE_DOOR


def _refuse_marks(event: Event) -> None:
    if event.attendance_closed_at is not None:
        raise WrongState("Attendance is closed. Correct it with a reason, which the person reads.")
    if not event.takes_place:
        raise WrongState("This event does not take place.")
    if too_early(event, clock.now()):
        raise WrongState("The event has not begun yet. Marks can be made from an hour before.")


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

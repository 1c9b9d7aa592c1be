"""Seats that are given back, and taken by who waits first; within the deed of somebody who holds the event's lock."""

from sqlmodel import Session, col, select

from models.events import Event
from models.people import Person
from models.registrations import Registration, RegistrationState
from services import clock, db, registration_letters, seats
from services.access import Actor
from services.registration_records import note

OPEN = (RegistrationState.REGISTERED, RegistrationState.WAITING)


def move_up(session: Session, event: Event) -> None:
    """Gives free seats to those who wait, in their order, and tells them; nobody moves up once it has ended."""
    if event.has_ended(clock.now()) or not event.takes_place:
        return
    session.flush()
    left = seats.room_of(session, event).left
    waiting = (
        select(Registration)
        .join(Person, col(Person.id) == Registration.person_id)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.WAITING)
        .where(col(Person.deactivated_at).is_(None))
        .order_by(col(Registration.id))
    )
    for row in session.exec(waiting if left is None else waiting.limit(left)).all():
        row.move_up(clock.now())
        registration_letters.moved_up(session, row, event)
        note(session, None, "registration:moved_up", row, event)


def give_back(session: Session, actor: Actor, row: Registration, event: Event) -> None:
    """A seat or a place in the list; its holder is told, and the first who waits moves up. Raises WrongState."""
    row.cancel(clock.now())
    session.add(row)
    registration_letters.cancelled(session, row, event)
    note(session, actor, "registration:cancelled", row, event)
    move_up(session, event)


def give_back_all(session: Session, actor: Actor, person_id: int) -> None:
    """Her record is closed: others get her seats at what is still to come."""
    chosen = (
        select(Registration.event_id)
        .join(Event, col(Event.id) == Registration.event_id)
        .where(Registration.person_id == person_id, col(Registration.state).in_(OPEN))
        .where(col(Event.ends_at) > clock.now())
    )
    for event_id in session.exec(chosen.order_by(col(Registration.event_id))).all():
        event = session.get_one(Event, event_id, with_for_update=True)
        row = seats.live_one(session, event_id, person_id)
        if row is not None and row.state in OPEN:
            give_back(session, actor, row, event)


def seat(session: Session, actor: Actor, event: Event, person_id: int) -> None:
    """Somebody came without a registration, or from the waiting list: she has a seat now, however full it is."""
    row = seats.live_one(session, event.id or 0, person_id)
    if row is None:
        now, by = clock.now(), actor.person_id
        row = Registration(event_id=event.id or 0, person_id=person_id, registered_at=now, registered_by_id=by)
        row.id = db.insert_now(session, row)
    elif row.state == RegistrationState.WAITING:
        row.move_up(clock.now())
    note(session, actor, "registration:seated", row, event)

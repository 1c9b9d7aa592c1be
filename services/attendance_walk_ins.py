"""Who came to an event without a seat: added to its attendance list."""

from sqlmodel import Session

from models.errors import NotFound, Problems, WrongState
from models.events import Event, EventPerson, EventRole
from models.people import Person
from models.texts import typed
from services import (
    attendance,
    clock,
    db,
    people,
    seats,
    waiting_list,
)
from services.access import Actor, require_coordinator
from services.attendance import Mark
from services.event_access import load_event


def add_by_email(actor: Actor, event_id: int, email: str) -> None:
    """The person with this address has a seat now, however full it is. Raises NotFound, WrongState, Problems."""
    with db.writing() as session:
        event = _open_event(session, actor, event_id)
        person = people.with_email(session, typed(email))
        if person is None:
            raise Problems({"email": "Nobody here has this e-mail address. Ask for the one used to sign in."})
        waiting_list.seat(session, actor, event, person.id or 0)


def add_person(actor: Actor, event_id: int, person_id: int) -> str:
    """The same for whom a coordinator found in the directory; returns the name. Raises NotFound, WrongState."""
    require_coordinator(actor)
    with db.writing() as session:
        event = _open_event(session, actor, event_id)
        person = session.get(Person, person_id)
        if person is None or person.deactivated_at is not None:
            raise NotFound
        waiting_list.seat(session, actor, event, person_id)
        return person.name


def add_trainer(actor: Actor, event_id: int, person_id: int) -> None:
    """A trainer who is named on the event gets a seat and is marked as presenter; one's own mark a colleague makes.

    Raises NotFound, WrongState.
    """
    with db.writing() as session:
        event = _open_event(session, actor, event_id)
        if session.get(EventPerson, (event_id, person_id, EventRole.TRAINER)) is None:
            raise NotFound
        waiting_list.seat(session, actor, event, person_id)
        row = seats.live_one(session, event_id, person_id)
        if row is not None and person_id != actor.person_id:
            attendance.mark_within(session, actor, row, event, Mark("present", presenter=True))


def _open_event(session: Session, actor: Actor, event_id: int) -> Event:
    event = load_event(session, actor, event_id, lock=True)
    if event.attendance_closed_at is not None:
        raise WrongState("Attendance is closed. Enter the credit for the person on her own page.")
    if not event.takes_place:
        raise WrongState("This event does not take place.")
    if attendance.too_early(event, clock.now()):
        raise WrongState("The event has not begun yet. From an hour before, whoever comes can be added.")
    return event

"""Who is named on an event: trainers, contacts, and those whom a coordinator allows to edit it."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.errors import NotFound, Problems
from models.events import EventPerson, EventRole
from models.people import Person
from models.texts import typed
from services import audit, db, people
from services.access import Actor
from services.event_access import load_event


@dataclass(frozen=True)
class Named:
    """`position` is the library of today, empty for who holds none."""

    person_id: int
    name: str
    library: str
    role: EventRole


def add(actor: Actor, event_id: int, email: str, role: str) -> None:
    """Names the person with this address; who may edit the event, only a coordinator says.

    Raises NotFound, Problems.
    """
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        if role not in set(EventRole):
            raise Problems({"role": "Choose one of the list."})
        if role == EventRole.EDITOR and not actor.is_coordinator:
            raise Problems({"role": "Only a coordinator says who may edit this event."})
        person = people.with_email(session, typed(email))
        if person is None:
            raise Problems({"email": "Nobody here has this e-mail address."})
        if db.insert_unless_there(
            session, EventPerson(event_id=event_id, person_id=person.id or 0, role=EventRole(role))
        ):
            what = f"{person.name}, {role}."
            audit.record(session, actor.person_id, "event:named", event_id, title=event.title, what=what)


def remove(actor: Actor, event_id: int, person_id: int, role: str) -> None:
    """Raises NotFound."""
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        row = session.get(EventPerson, (event_id, person_id, role))
        if row is None or (role == EventRole.EDITOR and not actor.is_coordinator):
            raise NotFound
        session.delete(row)
        what = f"{session.get_one(Person, person_id).name}, {role}."
        audit.record(session, actor.person_id, "event:unnamed", event_id, title=event.title, what=what)


def of_event(session: Session, event_id: int) -> list[Named]:
    """By role and name."""
    rows = session.exec(
        select(EventPerson, Person)
        .join(Person, col(Person.id) == EventPerson.person_id)
        .where(EventPerson.event_id == event_id)
        .order_by(col(EventPerson.role), col(Person.last_name), col(Person.first_name))
    ).all()
    libraries = people.libraries_of(session, [person.id or 0 for _, person in rows]) if rows else {}
    return [Named(one.person_id, who.name, libraries.get(who.id or 0, ""), EventRole(one.role)) for one, who in rows]

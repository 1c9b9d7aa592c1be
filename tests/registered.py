"""Events with registration, and people who register, for tests."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from models.events import Event
from models.registrations import Registration
from models.times import local_time
from services import (
    clock,
    db,
    event_changes,
    event_states,
    registrations,
)
from services.access import Actor
from tests import make

ZONE = "America/Denver"


def typed(
    title: str = "Story Hours", *, starts: timedelta = timedelta(days=7), hours: float = 2, **changed: Any
) -> dict[str, Any]:
    """What a coordinator types for an event with registration that begins in so long."""
    begins = local_time(clock.now() + starts, ZONE)
    ends = begins + timedelta(hours=hours)
    return {
        "type": "Continuing Education", "title": title, "begin_date": begins.date().isoformat(),
        "begin_time": begins.strftime("%H:%M"), "end_date": ends.date().isoformat(),
        "end_time": ends.strftime("%H:%M"), "time_zone": ZONE, "sponsor": "Montana State Library",
        "presenter": "Pat Presenter", "description": "Songs, rhymes and silence.", "location": "Helena",
        "online": False, "link": "", "meeting_link": "", "registration": "here", "registration_link": "",
        "closes_date": "", "closes_time": "", "capacity": "", "questions": "", "credits_public_services": "2",
        **changed,
    }  # fmt: skip


def event(cem: Actor, title: str = "Story Hours", **changed: Any) -> int:
    """Added and published by this coordinator."""
    number = event_changes.add(cem, typed(title, **changed))
    event_states.publish(cem, number)
    return number


def people(count: int) -> list[Actor]:
    return [make.person(f"Person{number:02} Reader", email=f"p{number}@example.org") for number in range(count)]


def rows(event_id: int) -> list[Registration]:
    """All registrations for an event, cancelled ones too, in their order."""
    with db.reading() as session:
        chosen = select(Registration).where(Registration.event_id == event_id)
        return list(session.exec(chosen.order_by(col(Registration.id))))


def of(person: Actor, event_id: int) -> Registration:
    """The newest registration of this person."""
    return [one for one in rows(event_id) if one.person_id == person.person_id][-1]


def register(person: Actor, event_id: int) -> int:
    """Registers, and returns the id of the registration."""
    registrations.register(person, event_id, {})
    return of(person, event_id).id or 0


def over(event_id: int) -> None:
    """The clock moves on until the event has ended."""
    with db.reading() as session:
        ends = session.get_one(Event, event_id).ends_at
    clock.fix(ends + timedelta(minutes=5))

"""Registrations, resources and calendars of the demo's people, found or made for a test."""

from sqlmodel import select

from models.events import Event, EventResource, EventState, RegistrationMode
from services import clock, db, documents, event_resources, personal_calendar, seats
from tests import registered
from tests.handed_in import picture
from tests.pages import records


def registrable() -> int:
    """A coming event with registration, the same at every call."""
    with db.reading() as session:
        known = session.exec(select(Event.id).where(Event.title == "Registrable")).first()
    return known or registered.event(records.actor("coordinator"), "Registrable")


def registration_of(key: str) -> int:
    """The registration of one of the five for a coming event."""
    return registered.register(records.actor(key), registrable())


def feed() -> str:
    """The secret part of the address of a calendar."""
    return personal_calendar.make(records.actor("participant")).rpartition("/")[2].removesuffix(".ics")


def resource() -> int:
    """A file that is handed out with the event that `records.sponsored` finds."""
    who, number = records.actor("coordinator"), records.sponsored()
    with db.reading() as session:
        known = session.exec(select(EventResource.id).where(EventResource.event_id == number)).first()
    if known is None:
        file = documents.keep(who, who.person_id, "resource", "Slides.jpg", picture())
        event_resources.add(who, number, {"title": "Slides", "file": str(file.id)})
        return resource()
    return known


def in_the_demo() -> dict[str, int | str]:
    """Events of the demo: with a free seat, full, with attendance open or closed, and a draft."""
    with db.reading() as session:
        rows = session.exec(select(Event).where(Event.registration == RegistrationMode.HERE)).all()
        draft = session.exec(select(Event.id).where(Event.state == EventState.DRAFT)).first() or 0
        room = {one.id: seats.room_of(session, one) for one in rows}
    now = clock.now()
    coming = [one for one in rows if one.begins_at > now and room[one.id].seated]
    return {
        "seats_left": next(one.id or 0 for one in coming if room[one.id].left),
        "full": next(one.id or 0 for one in coming if not room[one.id].left),
        "held": next(one.id or 0 for one in rows if one.ends_at <= now and one.attendance_closed_at is None),
        "closed": next(one.id or 0 for one in rows if one.attendance_closed_at is not None),
        "draft": draft,
    }

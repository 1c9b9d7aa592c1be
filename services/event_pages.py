"""An event as its own page shows it: with the people on it, what is handed out, its sessions, and the room left."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from models.errors import NotFound
from models.events import Event, EventResource, EventState
from services import db, event_people, event_resources, event_series, events, seats
from services.access import Actor
from services.event_access import load_event
from services.event_people import Named
from services.events import EventView
from services.seats import Room


@dataclass(frozen=True)
class EventPage:
    """`parent` is the conference that it is a session of; `sessions` are its own, in their order.

    `dates` are the coming ones of its series, the next first; `later` are those that may be changed with it.
    """

    view: EventView
    people: list[Named]
    resources: list[EventResource]
    sessions: list[Event]
    parent: Event | None
    room: Room
    dates: list[Event]
    later: int = 0


def page(event_id: int) -> EventPage:
    """What everybody may see. Raises NotFound for drafts, too."""
    with db.reading() as session:
        event = session.get(Event, event_id)
        if event is None or not event.is_public:
            raise NotFound
        return _page(session, event, drafts=False)


def desk(actor: Actor, event_id: int) -> EventPage:
    """The same for who runs it, drafts included. Raises NotFound."""
    with db.reading() as session:
        event = load_event(session, actor, event_id)
        found = _page(session, event, drafts=True)
        return replace(found, later=len(event_series.later(session, actor, event)))


def _page(session: Session, event: Event, *, drafts: bool) -> EventPage:
    number = event.id or 0
    chosen = select(Event).where(Event.parent_id == number)
    if not drafts:
        chosen = chosen.where(Event.state != EventState.DRAFT)
    parent = session.get(Event, event.parent_id) if event.parent_id else None
    return EventPage(
        events.with_credits(session, [event])[0],
        event_people.of_event(session, number),
        event_resources.of_event(session, number),
        list(session.exec(chosen.order_by(col(Event.begins_at), col(Event.id)))),
        parent if parent and (drafts or parent.is_public) else None,
        seats.room_of(session, event),
        event_series.dates(session, event),
    )

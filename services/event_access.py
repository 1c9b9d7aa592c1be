"""Who may run an event: coordinators, and the people whom they allow for this one."""

from sqlmodel import Session, col, select

from models.errors import NotFound
from models.events import Event, EventKind, EventPerson, EventRole
from services import db
from services.access import Actor


def load_event(session: Session, actor: Actor, event_id: int, *, lock: bool = False) -> Event:
    """A sponsored event that this person may run; `lock` before a deed on it. Raises NotFound."""
    event = session.get(Event, event_id, with_for_update=lock)
    if event is None or event.kind != EventKind.SPONSORED or not may_run(session, actor, event):
        raise NotFound
    return event


def may_run(session: Session, actor: Actor, event: Event) -> bool:
    """Whoever may edit a conference may edit its sessions."""
    if actor.is_coordinator:
        return True
    ids = [one for one in (event.id, event.parent_id) if one is not None]
    allowed = select(EventPerson.event_id).where(
        col(EventPerson.event_id).in_(ids),
        EventPerson.person_id == actor.person_id,
        EventPerson.role == EventRole.EDITOR,
    )
    return session.exec(allowed).first() is not None


def runs(actor: Actor, event_id: int) -> bool:
    """Whether this person may run it; False for what is missing, too."""
    with db.reading() as session:
        event = session.get(Event, event_id)
        return event is not None and event.kind == EventKind.SPONSORED and may_run(session, actor, event)

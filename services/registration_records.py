"""What is written down of a registration, and told to open windows."""

from functools import partial
from typing import Any

from sqlmodel import Session

from models.events import Event
from models.registrations import Registration
from services import audit, db, live
from services.access import Actor


def note(session: Session, actor: Actor | None, action: str, row: Registration, event: Event, **more: Any) -> None:
    """The audit line, and the news after the commit."""
    record(session, actor, action, row, event, **more)
    db.tell(session, partial(live.registrations_changed.publish, row.id, key=row.event_id))
    db.tell(session, partial(live.record_changed.publish, key=row.person_id))


def record(session: Session, actor: Actor | None, action: str, row: Registration, event: Event, **more: Any) -> None:
    """The audit line alone, where a deed on many tells its news once."""
    who = actor.person_id if actor else None
    audit.record(session, who, action, row.id or 0, person_id=row.person_id, title=event.title, **more)


def news(session: Session, event_id: int) -> None:
    """Open windows look at the whole event again, after the commit."""
    db.tell(session, partial(live.registrations_changed.publish, 0, key=event_id))

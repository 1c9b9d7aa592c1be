"""What those who are registered for an event, or wait, are told when it changes or does not take place."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from models.events import Event, EventState
from models.registrations import Registration
from services import (
    clock,
    registration_letters,
    registration_records,
    waiting_list,
)


def changed(session: Session, event: Event, before: tuple[object, ...]) -> int:
    """Who waits moves up if seats became free; all get a letter if time or place were others, and are reminded anew
    of another time. `before` is what `essentials` said. Returns how many letters.
    """
    waiting_list.move_up(session, event)
    registration_records.news(session, event.id or 0)
    after = essentials(event)
    if event.state != EventState.PUBLISHED or event.has_ended(clock.now()) or after == before:
        return 0
    if after[0] != before[0]:
        for row in _with_a_place(session, event):
            row.reminded_at = None
    return _tell(session, event, registration_letters.event_changed)


def cancelled(session: Session, event: Event) -> int:
    """Returns how many letters."""
    registration_records.news(session, event.id or 0)
    return _tell(session, event, registration_letters.event_cancelled)


def essentials(event: Event) -> tuple[object, ...]:
    """Time, then place: what nobody who is registered should have to look up again."""
    return event.begins_at, event.ends_at, event.location, event.online, event.meeting_link


def _tell(session: Session, event: Event, write: Callable[[Session, Registration, Event], None]) -> int:
    rows = _with_a_place(session, event)
    for row in rows:
        write(session, row, event)
    return len(rows)


def _with_a_place(session: Session, event: Event) -> list[Registration]:
    chosen = select(Registration).where(
        Registration.event_id == event.id,
        col(Registration.state).in_(waiting_list.OPEN),
    )
    return list(session.exec(chosen.order_by(col(Registration.id))))

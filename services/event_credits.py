"""The credits that an event gives: they change until somebody has them; its time, until something stands on those."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlmodel import Session, col, select

from models.credits import Credit
from models.errors import WrongState
from models.events import Event, EventCreditLine
from services import events, frozen


def change(session: Session, event: Event, wanted: Mapping[int, Decimal]) -> bool:
    """Its credits by category from now on; True if they were others. Raises WrongState when somebody has them."""
    lines = events.lines_of(session, [event])[event.id or 0]
    if by_category(lines) == wanted:
        return False
    if why := why_locked(session, lines):
        raise WrongState(why)
    for line in lines:
        session.delete(line)
    session.flush()
    for category_id, value in wanted.items():
        session.add(EventCreditLine(event_id=event.id or 0, category_id=category_id, credits=value))
    session.flush()
    return True


def by_category(lines: Sequence[EventCreditLine]) -> dict[int, Decimal]:
    return {line.category_id: line.credits for line in lines}


def why_locked(session: Session, lines: Sequence[EventCreditLine]) -> str:
    """A sentence if anybody has, or claims, one of these credits; else nothing."""
    if session.exec(select(Credit.id).where(col(Credit.line_id).in_(_ids(lines)))).first() is None:
        return ""
    return "Somebody has credits of this event already: its credits are not changed any more."


def why_fixed(session: Session, event: Event) -> str:
    """A sentence if its time stays: attendance gave credit by it, or a credit of it is verified or counted."""
    if event.attendance_closed_at is not None:
        return "Attendance of this event is closed: its time is not changed any more."
    lines = events.lines_of(session, [event])[event.id or 0]
    credits = session.exec(select(Credit).where(col(Credit.line_id).in_(_ids(lines)))).all()
    try:
        frozen.refuse_bound(session, credits)
    except WrongState as refusal:
        return f"The time stays: somebody has credit for it. {refusal}"
    return ""


def _ids(lines: Sequence[EventCreditLine]) -> list[int]:
    return [line.id or 0 for line in lines]

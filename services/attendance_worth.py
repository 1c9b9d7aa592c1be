"""What attendance is worth to somebody: by credit line, in words, and why a presenter gets nothing."""

from decimal import Decimal

from sqlmodel import Session, col, select

from models.attendance import AttendanceRule, credits_for
from models.credits import CreditSource, counted_credits
from models.events import Event, EventCreditLine
from models.registrations import Registration, RegistrationState
from services import conversions, programs

ZERO = Decimal(0)


def by_line(
    session: Session, row: Registration, event: Event, lines: dict[int, Decimal], source: CreditSource
) -> dict[int, Decimal]:
    """Credits by credit line; nothing for who was absent, and the whole where a seat at the end is enough."""
    if source == CreditSource.REGISTRATION and row.state == RegistrationState.REGISTERED:
        return lines if (row.moved_up_at or row.registered_at) < event.ends_at else dict.fromkeys(lines, ZERO)
    if row.state != RegistrationState.ATTENDED or why_nothing(session, row, event):
        return dict.fromkeys(lines, ZERO)
    rule = _rule()
    return {
        line_id: credits_for(value, event.minutes, row.minutes or 0, rule, presenter=row.presenter)
        for line_id, value in lines.items()
    }


def due(session: Session, row: Registration, event: Event, lines: dict[int, Decimal]) -> Decimal:
    """What the mark of this person gives."""
    source = CreditSource.REGISTRATION if row.state == RegistrationState.REGISTERED else CreditSource.ATTENDANCE
    return sum(by_line(session, row, event, lines, source).values(), ZERO)


def in_words(session: Session, row: Registration, event: Event, kept: str = "") -> str:
    """What is said of this person now, and what it gives; or why the credit stays as it was."""
    absent = row.state == RegistrationState.ABSENT
    part = f"you were there for {row.minutes} minutes"
    part = "you were absent" if absent else "you presented it" if row.presenter else part
    if kept:
        return f"{part}. {kept}"
    worth = due(session, row, event, lines_of(session, event.id or 0))
    gives = counted_credits(worth) if worth else "no credit"
    return f"{part}, which gives {gives}. {why_nothing(session, row, event)}".strip()


def why_nothing(session: Session, row: Registration, event: Event) -> str:
    """A sentence if a presenter gets nothing, since she presented this too often; else nothing."""
    if not row.presenter or not _rule().presenting_factor:
        return ""
    return conversions.why_too_often(session, row.person_id, event, event.title)


def lines_of(session: Session, event_id: int) -> dict[int, Decimal]:
    """Credits by credit line."""
    rows = select(EventCreditLine).where(EventCreditLine.event_id == event_id).order_by(col(EventCreditLine.id))
    return {one.id or 0: one.credits for one in session.exec(rows)}


def _rule() -> AttendanceRule:
    settings = programs.current().settings
    return AttendanceRule(
        bool(settings["partial_credit"]), Decimal(settings["smallest_credit"]), int(settings["presenting_factor"])
    )

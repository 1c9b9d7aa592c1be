"""What became of events in numbers: registered, waiting, present, absent, and the credits they gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, func, select

from models.credits import Credit, CreditStatus
from models.events import Event, EventCreditLine
from models.registrations import SEATED, Registration, RegistrationState


@dataclass(frozen=True)
class EventNumbers:
    """People, and approved credits."""

    event: Event
    registered: int
    waiting: int
    came: int
    absent: int
    credits: Decimal


def numbers_of(session: Session, events: Sequence[Event]) -> list[EventNumbers]:
    """In the order given; two statements."""
    ids = [one.id or 0 for one in events]
    counts: dict[tuple[int, str], int] = {}
    for event_id, state, count in session.exec(
        select(Registration.event_id, Registration.state, func.count())
        .where(col(Registration.event_id).in_(ids))
        .group_by(col(Registration.event_id), col(Registration.state))
    ):
        counts[event_id, state] = count
    given = session.exec(
        select(EventCreditLine.event_id, func.sum(Credit.credits))
        .join(Credit, col(Credit.line_id) == EventCreditLine.id)
        .where(col(EventCreditLine.event_id).in_(ids), Credit.status == CreditStatus.APPROVED)
        .group_by(col(EventCreditLine.event_id))
    )
    credits = {event_id: Decimal(value) for event_id, value in given}

    def of(event: Event, *states: RegistrationState) -> int:
        return sum(counts.get((event.id or 0, state), 0) for state in states)

    return [
        EventNumbers(
            one,
            of(one, *SEATED),
            of(one, RegistrationState.WAITING),
            of(one, RegistrationState.ATTENDED),
            of(one, RegistrationState.ABSENT),
            credits.get(one.id or 0, Decimal(0)),
        )
        for one in events
    ]

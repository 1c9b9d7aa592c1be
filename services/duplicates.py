"""Duplicates: which claims of a person look like one another, whole lists of them and one before it is saved."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from models.base import Moment
from models.credits import Credit, CreditStatus
from models.duplicates import Attended, Likeness, find_duplicates, mark_duplicates
from models.events import Event, EventCreditLine
from models.times import local_day
from services.records import CreditRow


def duplicates_in(rows: Iterable[CreditRow]) -> dict[int, Likeness]:
    """By claim id, which earlier claim a later one looks like; withdrawn and declined ones are left out."""
    return mark_duplicates(_attended(row) for row in _one_each(rows))


def alike(session: Session, person_id: int, one: Attended) -> list[Likeness]:
    """Which of this person's pending and approved claims `one` may be a second entry of."""
    span = {"person": person_id, "since": one.begins_at - NEAR, "until": one.begins_at + NEAR}
    rows = session.connection().execute(_NEAR_CLAIMS, span)
    others = (
        Attended(claim_id or 0, event_id, title, begins, ends, local_day(begins, zone))
        for claim_id, event_id, title, begins, ends, zone in rows
    )
    return find_duplicates(one, others)


def as_attended(event: Event, claim_id: int = 0) -> Attended:
    """An event as a claim of it is compared; a claim that is not there yet has the id 0."""
    day = local_day(event.begins_at, event.time_zone)
    return Attended(claim_id, event.id, event.title, event.begins_at, event.ends_at, day)


def _attended(row: CreditRow) -> Attended:
    return Attended(
        row.claim_id or 0,
        row.event_id,
        row.title,
        row.begins_at,
        row.ends_at,
        local_day(row.begins_at, row.time_zone),
    )


def _one_each(rows: Iterable[CreditRow]) -> Iterable[CreditRow]:
    """One row of every pending or approved claim."""
    live = {CreditStatus.PENDING, CreditStatus.APPROVED}
    return {row.claim_id: row for row in rows if row.claim_id is not None and row.status in live}.values()


NEAR = timedelta(days=3)
"""Titles are alike within a day and times overlap for events of less than a day: nothing farther off is a duplicate."""

_NEAR_CLAIMS = (
    select(
        col(Credit.claim_id),
        col(Event.id),
        col(Event.title),
        col(Event.begins_at),
        col(Event.ends_at),
        col(Event.time_zone),
    )
    .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
    .join(Event, col(Event.id) == EventCreditLine.event_id)
    .where(
        col(Credit.person_id) == bindparam("person"),
        col(Credit.claim_id).is_not(None),
        col(Credit.status).in_([CreditStatus.PENDING, CreditStatus.APPROVED]),
        col(Event.begins_at).between(bindparam("since", type_=Moment), bindparam("until", type_=Moment)),
    )
    .distinct()
    .order_by(col(Credit.claim_id))
)

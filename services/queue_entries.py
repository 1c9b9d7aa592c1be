"""Entries of the coordinator's queue: a claim with all that the list tells about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.claims import Claim
from models.conversions import Conversion, in_words
from models.credits import BY_ITSELF, Credit, CreditStatus, shown_credits
from models.events import Event, EventCreditLine
from models.libraries import Library
from models.people import Person, Position
from services import programs


@dataclass(frozen=True)
class Entry:
    """One entry of the queue: a claim with its event, person and status; credits summed over its lines."""

    claim_id: int
    kind: str
    title: str
    sponsor: str
    ends_at: datetime
    time_zone: str
    begins_at: datetime
    category_ids: tuple[int, ...]
    credits: Decimal
    person_id: int
    person: str
    library_ids: tuple[int, ...]
    libraries: tuple[str, ...]
    waiting_since: datetime
    status: str
    reason: str
    decided_at: datetime | None
    decided_by: str
    duplicate: str
    note: str
    record: str
    computed: str


def entries_of(session: Session, claim_ids: Sequence[int]) -> dict[int, Entry]:
    """The entries of these claims in three statements, in no order."""
    rows = session.execute(_statement(claim_ids)).all()
    people = {person.id or 0 for _, _, person, *_ in rows}
    libraries, sums = _libraries(session, people), _sums(session, people)
    entries: dict[int, Entry] = {}
    for claim, event, person, credit, category_id, decided_by, duplicate_id, conversion in rows:
        known = entries.get(claim.id or 0)
        entries[claim.id or 0] = Entry(
            claim_id=claim.id or 0,
            kind=event.kind,
            title=event.title,
            sponsor=event.sponsor,
            ends_at=event.ends_at,
            time_zone=event.time_zone,
            begins_at=event.begins_at,
            category_ids=((*known.category_ids, category_id) if known else (category_id,)),
            credits=credit.credits + (known.credits if known else 0),
            person_id=claim.person_id,
            person=person.name,
            library_ids=tuple(id_ for id_, _ in libraries.get(claim.person_id, ())),
            libraries=tuple(name for _, name in libraries.get(claim.person_id, ())),
            waiting_since=claim.waiting_since,
            status=credit.status,
            reason=credit.reason,
            decided_at=credit.decided_at,
            decided_by=decided_by.name if decided_by else credit.source if credit.source in BY_ITSELF else "",
            duplicate=claim.duplicate_why if duplicate_id else "",
            note=claim.note,
            record=sums.get(claim.person_id, ""),
            computed=in_words(conversion) if conversion else "",
        )
    return entries


def _statement(
    claim_ids: Sequence[int],
) -> sa.Select[Claim, Event, Person, Credit, int, Person | None, int | None, Conversion | None]:
    """A row for each credit of these claims, with who decided it and the live claim that it may repeat."""
    other, decider, how = aliased(Claim), aliased(Person), aliased(Conversion)
    return (
        sa.select(Claim, Event, Person, Credit, col(EventCreditLine.category_id), decider, col(other.id), how)
        .join(Event, col(Event.id) == Claim.event_id)
        .join(Person, col(Person.id) == Claim.person_id)
        .join(Credit, col(Credit.claim_id) == Claim.id)
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .outerjoin(how, col(how.event_id) == Event.id)
        .outerjoin(decider, col(decider.id) == Credit.decided_by_id)
        .outerjoin(other, (col(other.id) == Claim.duplicate_of_id) & exists(_live_credit(other)))
        .where(col(Claim.id).in_(claim_ids))
        .order_by(col(Credit.id))
    )


def _sums(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Each person's record in short: `48 approved, 2 pending`."""
    found: dict[int, list[str]] = {}
    for person_id, status, credits in session.exec(
        select(Credit.person_id, Credit.status, func.sum(Credit.credits))
        .where(col(Credit.person_id).in_(list(people)), Credit.status != CreditStatus.WITHDRAWN)
        .group_by(col(Credit.person_id), Credit.status)
        .order_by(Credit.status)
    ):
        found.setdefault(person_id, []).append(f"{shown_credits(credits)} {status.lower()}")
    return {person_id: ", ".join(parts) for person_id, parts in found.items()}


def _live_credit(other: type[Claim]) -> SelectOfScalar[int | None]:
    live = (CreditStatus.PENDING, CreditStatus.APPROVED)
    return select(col(Credit.id)).where(col(Credit.claim_id) == other.id, col(Credit.status).in_(live)).correlate(other)


def _libraries(session: Session, people: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Where these people work today, by person."""
    today = programs.current().today()
    found: dict[int, list[tuple[int, str]]] = {}
    for person_id, library_id, name in session.exec(
        select(Position.person_id, Library.id, Library.name)
        .join(Library, col(Library.id) == Position.library_id)
        .where(col(Position.person_id).in_(list(people)), col(Position.begins_on) <= today)
        .where(or_(col(Position.ends_on).is_(None), col(Position.ends_on) >= today))
        .order_by(col(Position.begins_on).desc())
    ):
        found.setdefault(person_id, []).append((library_id or 0, name))
    return found

"""A person's credits with their events, as plain rows: what every list, total, export and evaluation reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session, col

from models.base import Moment
from models.certificates import BoundCredit, Certificate, CertificateStatus
from models.claims import Claim
from models.credits import Credit, CreditStatus, expires_on
from models.duplicates import Attended, Likeness, find_duplicates, mark_duplicates
from models.evaluation import Evaluation, Record, RecordCredit, evaluate
from models.events import Event, EventCreditLine
from models.participations import Participation
from models.times import local_day
from models.verifications import SubmittedCredit, Verification, VerificationResult
from services.programs import ProgramView


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One credit of one person; value in credits, moments in UTC."""

    id: int
    claim_id: int | None
    credits: Decimal
    status: str
    source: str
    decided_at: datetime | None
    decided_by_id: int | None
    reason: str
    category_id: int
    event_id: int
    title: str
    begins_at: datetime
    ends_at: datetime
    time_zone: str
    sponsor: str
    presenter: str
    kind: str
    claimed_at: datetime | None
    entered_reason: str | None
    bound_participation_id: int | None
    bound_number: str | None

    @property
    def ended_on(self) -> date:
        return local_day(self.ends_at, self.time_zone)


_COLUMNS: tuple[Any, ...] = (
    Credit.id,
    Credit.claim_id,
    Credit.credits,
    Credit.status,
    Credit.source,
    Credit.decided_at,
    Credit.decided_by_id,
    Credit.reason,
    EventCreditLine.category_id,
    Event.id,
    Event.title,
    Event.begins_at,
    Event.ends_at,
    Event.time_zone,
    Event.sponsor,
    Event.presenter,
    Event.kind,
    Claim.claimed_at,
    Claim.entered_reason,
    BoundCredit.participation_id,
    Certificate.number,
)


def credits_of(session: Session, person_id: int) -> list[CreditRow]:
    """Every credit of the person, the newest event first; one statement."""
    return [CreditRow(*row) for row in session.execute(_CREDITS.where(col(Credit.person_id) == person_id))]


def credits_of_many(session: Session, person_ids: Iterable[int]) -> dict[int, list[CreditRow]]:
    """The same for many people at once, by person; one statement."""
    found: dict[int, list[CreditRow]] = {person_id: [] for person_id in person_ids}
    for person_id, *row in session.execute(_CREDITS_WITH_OWNER.where(col(Credit.person_id).in_([*found]))):
        found[person_id].append(CreditRow(*row))
    return found


def _credits(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Credit)
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .join(Event, col(Event.id) == EventCreditLine.event_id)
        .outerjoin(Claim, col(Claim.id) == Credit.claim_id)
        .outerjoin(BoundCredit, col(BoundCredit.credit_id) == Credit.id)
        .outerjoin(
            Certificate,
            (col(Certificate.participation_id) == BoundCredit.participation_id)
            & (col(Certificate.status) != CertificateStatus.SUPERSEDED),
        )
        .order_by(col(Event.ends_at).desc(), col(Credit.id).desc())
    )


_CREDITS, _CREDITS_WITH_OWNER = _credits(*_COLUMNS), _credits(Credit.person_id, *_COLUMNS)


@dataclass(frozen=True)
class Frozen:
    """The list of a submitted record, and what its supervisor did not confirm."""

    submitted: frozenset[int]
    not_confirmed: Mapping[int, str] = field(default_factory=dict)


def frozen_lists(session: Session, person_id: int) -> dict[int, Frozen]:
    """The frozen lists of a person's submitted and issued participations, by participation; one statement."""
    rows = session.execute(
        select(
            col(Participation.id), col(SubmittedCredit.credit_id), col(Verification.result), col(Verification.reason)
        )
        .join(SubmittedCredit, col(SubmittedCredit.participation_id) == Participation.id)
        .outerjoin(
            Verification,
            (col(Verification.participation_id) == Participation.id)
            & (col(Verification.submission) == Participation.submission)
            & (col(Verification.credit_id) == SubmittedCredit.credit_id),
        )
        .where(col(Participation.person_id) == person_id)
    )
    found: dict[int, list[tuple[int, str | None, str | None]]] = {}
    for participation_id, credit_id, result, reason in rows:
        found.setdefault(participation_id or 0, []).append((credit_id, result, reason))
    return {
        participation_id: Frozen(
            frozenset(credit_id for credit_id, _, _ in listed),
            {
                credit_id: reason or ""
                for credit_id, result, reason in listed
                if result == VerificationResult.NOT_CONFIRMED
            },
        )
        for participation_id, listed in found.items()
    }


def evaluated(
    participation: Participation, rows: Iterable[CreditRow], program: ProgramView, frozen: Frozen | None = None
) -> Evaluation:
    """This participation's requirements against those credits: today, or once submitted on that day."""
    version = program.versions[participation.track_version_id]
    credits = [
        RecordCredit(
            row.id,
            program.categories[row.category_id].key,
            row.credits,
            row.status,
            row.ends_at,
            row.ended_on,
            "" if row.bound_participation_id in {None, participation.id} else row.bound_number or "",
        )
        for row in rows
        if row.status != CreditStatus.WITHDRAWN
    ]
    record = Record(
        credits,
        participation.counts_after,
        frozen.submitted if frozen else None,
        frozen.not_confirmed if frozen else {},
        participation.waived,
        participation.degree,
    )
    submitted = participation.submitted_at
    day = local_day(submitted, program.time_zone) if submitted else program.today()
    return evaluate(version.rules(renewal=participation.renewal), record, day)


def duplicates_in(rows: Iterable[CreditRow]) -> dict[int, Likeness]:
    """By claim id, which earlier claim a later one looks like; withdrawn and declined ones are left out."""
    return mark_duplicates(attended(row) for row in _one_each(rows))


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


def attended(row: CreditRow) -> Attended:
    return Attended(
        row.claim_id or 0,
        row.event_id,
        row.title,
        row.begins_at,
        row.ends_at,
        local_day(row.begins_at, row.time_zone),
    )


def expiration(row: CreditRow, program: ProgramView) -> date:
    return expires_on(row.ended_on, int(program.settings["look_back_years"]))


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

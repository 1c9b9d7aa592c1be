"""A person's credits with their events, as plain rows: what every list, total, export and evaluation reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from models.certificates import BoundCredit, Certificate, CertificateStatus
from models.claims import Claim
from models.credits import Credit, CreditStatus, expires_on
from models.evaluation import Evaluation, Record, RecordCredit, evaluate
from models.events import Event, EventCreditLine
from models.evidence import EvidenceRequest, EvidenceState
from models.participations import Participation
from models.times import local_day
from models.verifications import SubmittedCredit, Verification, VerificationResult
from services.programs import ProgramView


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One credit of one person; value in credits, moments in UTC; `evidence_due` while evidence is missing."""

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
    evidence_id: int | None
    evidence_due: date | None

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
    EvidenceRequest.id,
    EvidenceRequest.due_on,
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
        .outerjoin(
            EvidenceRequest,
            (col(EvidenceRequest.credit_id) == Credit.id) & (col(EvidenceRequest.state) == EvidenceState.ASKED),
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
    participation: Participation,
    rows: Iterable[CreditRow],
    program: ProgramView,
    frozen: Frozen | None = None,
    *,
    planned: Sequence[RecordCredit] = (),
) -> Evaluation:
    """This participation's requirements against those credits: today, or once submitted on that day.

    With `planned` credits, as it would be on the day of the last of them.
    """
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
        [*credits, *planned],
        participation.counts_after,
        frozen.submitted if frozen else None,
        frozen.not_confirmed if frozen else {},
        participation.waived,
        participation.degree,
    )
    submitted = participation.submitted_at
    day = local_day(submitted, program.time_zone) if submitted else program.today()
    day = max(day, *(one.ended_on for one in planned)) if planned else day
    return evaluate(version.rules(renewal=participation.renewal), record, day)


def expiration(row: CreditRow, program: ProgramView) -> date:
    return expires_on(row.ended_on, int(program.settings["look_back_years"]))

"""Decisions on evidence: accepted, refused or excused by a coordinator, each one by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.errors import NotFound
from models.evidence import EvidenceRequest
from models.people import Person
from services import clock, db, evidence, letters
from services.access import Actor, require_coordinator
from services.evidence import AskedEvidence


@dataclass(frozen=True)
class EvidenceSheet:
    """One credit with its evidence; `following` is the next of the sample that waits for a decision."""

    asked: AskedEvidence
    person: Person
    decided_by: str
    following: int | None
    is_own: bool


def accept(actor: Actor, evidence_id: int) -> None:
    """The evidence will do. Raises NotFound, NotAllowed (her own), WrongState (nothing came, or decided)."""
    _decide(actor, evidence_id, "accepted", EvidenceRequest.accept)


def refuse(actor: Actor, evidence_id: int, reason: str) -> None:
    """It will not do, or nothing came. Raises NotFound, NotAllowed (her own), WrongState, Problems without a reason.

    The credit stays as it is: to take it out, the coordinator reopens and declines it.
    """
    _decide(actor, evidence_id, "refused", EvidenceRequest.refuse, reason[: evidence.LONGEST])


def excuse(actor: Actor, evidence_id: int, reason: str) -> None:
    """No evidence is needed. Raises NotFound, NotAllowed (her own), WrongState, Problems without a reason."""
    _decide(actor, evidence_id, "excused", EvidenceRequest.excuse, reason[: evidence.LONGEST])


def sheet(actor: Actor, evidence_id: int) -> EvidenceSheet:
    """Raises NotFound, to all but coordinators too."""
    require_coordinator(actor)
    with db.reading() as session:
        request = _load(session, evidence_id)
        decider = session.get(Person, request.decided_by_id) if request.decided_by_id else None
        return EvidenceSheet(
            evidence.asked_of(session, request),
            session.get_one(Person, request.person_id),
            decider.name if decider else "",
            _following(session, actor, request),
            request.person_id == actor.person_id,
        )


def _load(session: Session, evidence_id: int, *, lock: bool = False) -> EvidenceRequest:
    request = session.get(EvidenceRequest, evidence_id, with_for_update=lock)
    if request is None:
        raise NotFound
    return request


def _following(session: Session, actor: Actor, request: EvidenceRequest) -> int | None:
    return session.exec(
        select(EvidenceRequest.id)
        .where(EvidenceRequest.sample_id == request.sample_id, EvidenceRequest.id != request.id)
        .where(col(EvidenceRequest.document_id).is_not(None), col(EvidenceRequest.decided_at).is_(None))
        .where(EvidenceRequest.person_id != actor.person_id)
        .order_by(col(EvidenceRequest.received_at), col(EvidenceRequest.id))
    ).first()


def _decide(actor: Actor, evidence_id: int, deed: str, verb: Callable[..., None], *reason: str) -> None:
    """`verb` is that of the row, `deed` what letter and audit line call it."""
    require_coordinator(actor)
    with db.writing() as session:
        request = _load(session, evidence_id, lock=True)
        verb(request, actor.person_id, clock.now(), *reason)
        title = evidence.credit_of(session, request)[1].title
        why = {"reason": request.reason} if request.reason else {}
        letters.write(session, request.person_id, f"evidence {deed}", {"title": title, **why})
        evidence.tell(session, actor, f"evidence:{deed}", request, title, **why)

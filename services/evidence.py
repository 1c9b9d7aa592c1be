"""Evidence: what the random audit asks of a person, and how it is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from models.credits import Credit
from models.documents import Document
from models.errors import NotFound, Problems
from models.events import Event, EventCreditLine
from models.evidence import EvidenceRequest
from models.texts import typed
from services import audit, clock, db, documents, drafts, live
from services.access import Actor

PURPOSE = "proof"
LONGEST = 2000


@dataclass(frozen=True)
class AskedEvidence:
    """One credit whose evidence is asked for; `file` is what was handed in last."""

    request: EvidenceRequest
    title: str
    ended_on: date
    credits: Decimal
    category_id: int
    file: Document | None


@dataclass(frozen=True)
class EvidencePage:
    """The form for it, with what was typed before."""

    asked: AskedEvidence
    draft: dict[str, object]
    draft_file: Document | None


def hand_in(actor: Actor, evidence_id: int, values: Mapping[str, object]) -> None:
    """Hands in `file` (a document's id) and `answer`, a few words if one likes; again until it is decided.

    Raises NotFound, Problems by field, WrongState (decided).
    """
    answer = typed(values.get("answer"))
    with db.writing() as session:
        request = _own(session, actor, evidence_id, lock=True)
        file = documents.chosen(session, actor.person_id, PURPOSE, values.get("file"))
        if file is None:
            raise Problems({"file": "Choose the file: a certificate, a letter, or a picture of it."})
        if len(answer) > LONGEST:
            raise Problems({"answer": f"At most {LONGEST} characters, please."})
        request.receive(file.id or 0, answer, clock.now())
        drafts.drop(session, actor.person_id, form_of(evidence_id))
        tell(session, actor, "evidence:received", request, credit_of(session, request)[1].title)


def asked(actor: Actor) -> list[AskedEvidence]:
    """All that a person was ever asked for, the newest first."""
    with db.reading() as session:
        mine = EvidenceRequest.person_id == actor.person_id
        rows = session.exec(select(EvidenceRequest).where(mine).order_by(col(EvidenceRequest.id).desc())).all()
        return [asked_of(session, one) for one in rows[:MOST]]


def show(actor: Actor, evidence_id: int) -> EvidencePage:
    """One of one's own, with what was typed. Raises NotFound."""
    typed_before = drafts.kept(actor, form_of(evidence_id))
    with db.reading() as session:
        request = _own(session, actor, evidence_id)
        file = documents.chosen(session, actor.person_id, PURPOSE, typed_before.get("file"))
        return EvidencePage(asked_of(session, request), typed_before, file)


def form_of(evidence_id: int) -> str:
    """The name under which a draft of it is kept."""
    return f"evidence-{evidence_id}"


def asked_of(session: Session, request: EvidenceRequest) -> AskedEvidence:
    """The request with its credit and its file."""
    credit, event, category_id = credit_of(session, request)
    file = session.get(Document, request.document_id) if request.document_id else None
    return AskedEvidence(request, event.title, event.ended_on, credit.credits, category_id, file)


def credit_of(session: Session, request: EvidenceRequest) -> tuple[Credit, Event, int]:
    """The credit that is asked about, its event and its category's id."""
    return session.exec(
        select(Credit, Event, EventCreditLine.category_id)
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .join(Event, col(Event.id) == EventCreditLine.event_id)
        .where(Credit.id == request.credit_id)
    ).one()


def tell(session: Session, actor: Actor, action: str, request: EvidenceRequest, title: str, **more: str) -> None:
    """The audit line with the title of the event, and the news after the commit."""
    person_id, sample_id = request.person_id, request.sample_id
    audit.record(session, actor.person_id, action, request.id or 0, person_id=person_id, title=title, **more)
    db.tell(session, lambda: live.record_changed.publish(key=person_id))
    db.tell(session, lambda: live.evidence_changed.publish(key=sample_id))


def _own(session: Session, actor: Actor, evidence_id: int, *, lock: bool = False) -> EvidenceRequest:
    request = session.get(EvidenceRequest, evidence_id, with_for_update=lock)
    if request is None or request.person_id != actor.person_id:
        raise NotFound
    return request


MOST = 100

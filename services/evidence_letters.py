"""Letters that ask for evidence: one to each person, with all the credits that were drawn."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from models.credits import counted_credits
from models.errors import WrongState
from models.evidence import EvidenceRequest, EvidenceState
from models.times import shown_day
from services import audit, db, evidence, evidence_samples, installation, letters, programs
from services.access import Actor, require_coordinator


def remind(actor: Actor, sample_id: int) -> int:
    """Writes again to those who have not answered, at most once a day; returns to how many.

    Raises NotFound, WrongState when nobody is left to be written to.
    """
    require_coordinator(actor)
    with db.writing() as session:
        sample = evidence_samples.load(session, sample_id)
        waiting = select(EvidenceRequest).where(
            EvidenceRequest.sample_id == sample_id, EvidenceRequest.state == EvidenceState.ASKED
        )
        day = programs.current().today().isoformat()
        written = sum(
            write(session, "evidence reminder", person_id, requests, key=f"evidence:{sample_id}:{person_id}:{day}")
            for person_id, requests in by_person(session.exec(waiting.order_by(col(EvidenceRequest.id)))).items()
        )
        if not written:
            raise WrongState("Nobody is left to be reminded today: all have answered, or were reminded already.")
        title = f"{written}"
        audit.record(session, actor.person_id, "evidence_sample:reminded", sample.id or 0, title=title)
        return written


def write(session: Session, kind: str, person_id: int, requests: list[EvidenceRequest], key: str | None = None) -> bool:
    """Whether it was written: not to somebody without an address, nor twice with the same `key`."""
    told = {
        "credits": "\n".join(f"· {_in_words(session, one)}" for one in requests),
        "due": shown_day(requests[0].due_on),
        "link": f"{installation.settings().base_url.rstrip('/')}/ce/evidence",
    }
    return letters.write(session, person_id, kind, told, key=key)


def by_person(requests: Iterable[EvidenceRequest]) -> dict[int, list[EvidenceRequest]]:
    """In the order given."""
    found: dict[int, list[EvidenceRequest]] = {}
    for one in requests:
        found.setdefault(one.person_id, []).append(one)
    return found


def _in_words(session: Session, request: EvidenceRequest) -> str:
    credit, event, _ = evidence.credit_of(session, request)
    return f"“{event.title}”, {shown_day(event.ended_on)}, {counted_credits(credit.credits)}"

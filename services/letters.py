"""Letters about a decision: written into the outbox in the same transaction, held back while it can be undone."""

from datetime import timedelta

from sqlmodel import Session, col, select, update

from models.claims import Claim
from models.letters import Letter, LetterState
from models.people import Person
from services import clock, programs

UNDO = timedelta(seconds=65)
"""How long a decision can be taken back: 60 s of the longest toast and some for the way."""
APPROVED, DECLINED = "credit approved", "credit declined"


def approved(session: Session, claim: Claim, title: str, credits: str) -> None:
    """Only to those who asked with *Email on Assigned Credit*."""
    if claim.email_on_assigned:
        _queue(
            session,
            APPROVED,
            claim,
            f"Approved: {title}",
            f"Your credit for “{title}” was approved: {credits}. It counts from now on.",
        )


def declined(session: Session, claim: Claim, title: str, reason: str) -> None:
    _queue(
        session,
        DECLINED,
        claim,
        f"Declined: {title}",
        f"Your credit for “{title}” was declined.\n\nThe reason: {reason}\n\n"
        "Open Edit CE Credits to correct and resubmit it.",
    )


def reopened(session: Session, claim: Claim, title: str, reason: str) -> None:
    _queue(
        session,
        "credit reopened",
        claim,
        f"Looked at again: {title}",
        f"The decision on “{title}” was reopened; the credit is PENDING again.\n\nThe reason: {reason}",
    )


def entered(session: Session, claim: Claim, title: str, reason: str, by: str) -> None:
    _queue(
        session,
        "credit entered",
        claim,
        f"Entered for you: {title}",
        f"{by} entered or corrected “{title}” in your record.\n\nThe reason: {reason}",
    )


def about_record(session: Session, person_id: int, kind: str, *, subject: str, sentences: str) -> None:
    """About a person's participation or certificate."""
    _write(session, kind, person_id, subject=subject, sentences=sentences)


def to_address(session: Session, person_id: int, kind: str, *, address: str, subject: str, sentences: str) -> None:
    """To an address that is not the person's yet."""
    _write(session, kind, person_id, subject=subject, sentences=sentences, address=address, at_once=True)


def cancel(session: Session, claim_id: int) -> None:
    """Take back what still waits about the decision on this claim; letters about other deeds stay."""
    session.exec(
        update(Letter)
        .where(col(Letter.claim_id) == claim_id, col(Letter.state) == LetterState.WAITING)
        .where(col(Letter.kind).in_((APPROVED, DECLINED)))
        .values(state=LetterState.CANCELLED)
    )


def waiting(session: Session) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.state == LetterState.WAITING)))


def _queue(session: Session, kind: str, claim: Claim, subject: str, sentences: str) -> None:
    _write(session, kind, claim.person_id, subject=subject, sentences=sentences, claim_id=claim.id)


def _write(
    session: Session,
    kind: str,
    person_id: int,
    *,
    subject: str,
    sentences: str,
    claim_id: int | None = None,
    address: str = "",
    at_once: bool = False,
) -> None:
    person = session.get_one(Person, person_id)
    address = address or person.email or ""
    if not address:
        return
    program = programs.current()
    now = clock.now()
    session.add(
        Letter(
            kind=kind,
            person_id=person_id,
            address=address,
            subject=subject,
            body=f"Hello {person.first_name},\n\n{sentences}\n\n{program.settings['contact_name']}\n{program.name}",
            claim_id=claim_id,
            created_at=now,
            send_after=now if at_once else now + UNDO,
        )
    )

"""Letters: written into the outbox in the transaction of the deed they tell of, held back while it can be undone."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select, update

from models.claims import Claim
from models.letters import Letter, LetterState, LetterTemplate, Unsubscribed
from models.people import Person, Role, RoleGrant
from services import clock, db, letter_words, programs
from services.letter_kinds import LetterKind, kind_called
from services.letter_words import Words

UNDO = timedelta(seconds=65)
"""How long a decision can be taken back: 60 s of the longest toast and some for the way."""
APPROVED, DECLINED = "credit approved", "credit declined"


def approved(session: Session, claim: Claim, title: str, credits: str) -> None:
    """Only to those who asked with *Email on Assigned Credit*."""
    if claim.email_on_assigned:
        _about_claim(session, APPROVED, claim, title=title, credits=credits)


def declined(session: Session, claim: Claim, title: str, reason: str) -> None:
    _about_claim(session, DECLINED, claim, title=title, reason=reason)


def reopened(session: Session, claim: Claim, title: str, reason: str) -> None:
    _about_claim(session, "credit reopened", claim, title=title, reason=reason)


def entered(session: Session, claim: Claim, title: str, reason: str, by: str) -> None:
    _about_claim(session, "credit entered", claim, title=title, reason=reason, by=by)


def write(
    session: Session,
    person_id: int,
    kind: str,
    values: Mapping[str, str],
    *,
    address: str = "",
    claim_id: int | None = None,
    key: str | None = None,
    at_once: bool = False,
    calendar: str = "",
) -> bool:
    """Puts one letter of this kind into the outbox; `values` are those of the kind's own placeholders.

    None is written, and the answer is False, to a person without an address, to one who is deactivated or wants no
    letters of this kind, and for a `key` that has its letter already. It goes to the person's address, or to
    `address` when that is not hers yet. `calendar` is an entry (iCalendar) to be attached.
    """
    session.flush()
    person = session.connection().execute(_PERSON, {"person": person_id}).one()
    known, to = kind_called(kind), address or person.email or ""
    if not to or person.deactivated_at is not None or _is_unwanted(session, person_id, known):
        return False
    words = letter_words.fill(known, words_of(session, known), {**_of_everywhere(person.first_name), **values})
    now = clock.now()
    letter: dict[str, Any] = {
        **{"kind": kind, "person_id": person_id, "address": to, "subject": words.subject, "body": words.body},
        **{"claim_id": claim_id, "key": key, "created_at": now, "send_after": now if at_once else now + UNDO},
        "calendar": calendar,
    }
    if key is not None:
        return db.insert_unless_there(session, Letter(**letter))
    db.insert_values(session, Letter, letter)
    return True


def about_record(
    session: Session, person_id: int, kind: str, *, subject: str, sentences: str, key: str | None = None
) -> None:
    """A letter of a kind whose words are made where it is written: `{subject}` and `{sentences}`."""
    write(session, person_id, kind, {"subject": subject, "sentences": sentences}, key=key)


def to_administrators(
    session: Session, kind: str, *, subject: str, sentences: str, key: str | None = None, at_once: bool = True
) -> None:
    """To every administrator; with a `key`, once each."""
    for person_id in session.exec(select(RoleGrant.person_id).where(RoleGrant.role == Role.ADMINISTRATOR)).all():
        own_key = f"{key} {person_id}" if key else None
        told = {"subject": subject, "sentences": sentences}
        write(session, person_id, kind, told, key=own_key, at_once=at_once)


def words_of(session: Session, kind: LetterKind) -> Words:
    """The administrator's own words, unless they lack what the kind asks for today; else the program's."""
    own = session.connection().execute(_OWN_WORDS, {"kind": kind.key}).first()
    words = Words(own.subject, own.body) if own else None
    return words if words and letter_words.still_fit(kind, words) else letter_words.default(kind)


def cancel(session: Session, claim_id: int) -> None:
    """Take back what still waits about the decision on this claim; letters about other deeds stay."""
    session.exec(
        update(Letter)
        .where(col(Letter.claim_id) == claim_id, col(Letter.state) == LetterState.WAITING)
        .where(col(Letter.kind).in_((APPROVED, DECLINED)))
        .values(state=LetterState.CANCELLED)
    )


def cancel_kind(session: Session, person_id: int, kind: str) -> None:
    """Take back all letters of this kind that still wait for the person."""
    session.exec(
        update(Letter)
        .where(col(Letter.person_id) == person_id, col(Letter.kind) == kind)
        .where(col(Letter.state) == LetterState.WAITING)
        .values(state=LetterState.CANCELLED)
    )


def waiting(session: Session) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.state == LetterState.WAITING)))


def _about_claim(session: Session, kind: str, claim: Claim, **values: str) -> None:
    write(session, claim.person_id, kind, values, claim_id=claim.id)


def _is_unwanted(session: Session, person_id: int, kind: LetterKind) -> bool:
    return not kind.mandatory and session.get(Unsubscribed, (person_id, kind.key)) is not None


def _of_everywhere(first_name: str) -> dict[str, str]:
    program = programs.current()
    return {
        "first_name": first_name,
        "contact_name": str(program.settings["contact_name"]),
        "program": program.name,
    }


# Built once: SQLAlchemy takes longer to build these than SQLite to answer them.
_PERSON = sa.select(col(Person.email), col(Person.first_name), col(Person.deactivated_at)).where(
    col(Person.id) == sa.bindparam("person")
)
_OWN_WORDS = sa.select(col(LetterTemplate.subject), col(LetterTemplate.body)).where(
    col(LetterTemplate.kind) == sa.bindparam("kind")
)

"""Records on their way to a certificate, for tests: complete, submitted, reviewed, verified, issued."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel, col, select

from models.audit import AuditLine
from models.certificates import Certificate
from models.credits import Credit
from models.events import Event, EventCreditLine
from models.letters import Letter
from models.participations import Participation
from models.programs import Program
from models.verifications import SubmittedCredit
from services import db, participations, programs, review, submissions, verifications
from services.access import Actor
from services.verifications import Recorded, Told
from tests import make

TRUSTEE = {"Budgets": {"administration": "10"}, "Websites": {"technology": "5"}}
"""Two claims that meet the trustee track of 2023: 10 in administration and 5 in any category."""
SPARE = {"Weeding": {"collections": "5"}}
STAFF = {
    "Budgets": {"administration": "10"},
    "Story hours": {"public_services": "10"},
    "Repairs": {"collections": "10"},
    "Websites": {"technology": "30"},
}


def approved(person: Actor, title: str, *, by: Actor, **event_parts: Any) -> int:
    """A claim that this coordinator approved; returns its id."""
    claim_id = make.claim(person, title, **event_parts)
    review.approve(by, [claim_id])
    return claim_id


def full_record(
    person: Actor,
    *,
    by: Actor | None,
    events: dict[str, dict[str, str]] = TRUSTEE,
    key: str = "trustee",
    ended: timedelta = timedelta(days=30),
) -> int:
    """Takes up the track with these claims, approved by the coordinator or left PENDING; returns its id."""
    participation_id = participations.add(person, make.track(key))
    for title, credits in events.items():
        claim_id = make.claim(person, title, ended=ended, credits=credits)
        if by is not None:
            review.approve(by, [claim_id])
    return participation_id


def submitted(person: Actor, *, by: Actor, **parts: Any) -> int:
    """A full record that was handed in."""
    participation_id = full_record(person, by=by, **parts)
    submissions.submit(person, participation_id)
    return participation_id


def reviewed(person: Actor, *, by: Actor, **parts: Any) -> int:
    """A full record that the coordinator approved."""
    participation_id = submitted(person, by=by, **parts)
    assert submissions.approve(by, participation_id).certificate is None
    return participation_id


def verify(by: Actor, participation_id: int, *, without: Collection[str] = (), **changed: Any) -> Recorded:
    """Bea Board confirmed by letter all that is on the list, but for these titles."""
    return verifications.record(by, participation_id, told(participation_id, without=without, **changed))


def told(participation_id: int, *, without: Collection[str] = (), **changed: Any) -> Told:
    confirmed = [credit_id for title, credit_id in listed(participation_id).items() if title not in without]
    return Told(**{"verifier_name": "Bea Board", "how": "letter", "verified_on": "2026-11-20", "confirmed": confirmed,
                   **changed})  # fmt: skip


def issued(person: Actor, *, by: Actor, **parts: Any) -> str:
    """The number of a certificate that went all the way."""
    number = verify(by, reviewed(person, by=by, **parts)).certificate
    assert number is not None
    return number


def listed(participation_id: int) -> dict[str, int]:
    """The frozen list: ids of credits by the title of their event."""
    with db.reading() as session:
        rows = session.exec(
            select(Event.title, Credit.id)
            .join(EventCreditLine, col(EventCreditLine.event_id) == Event.id)
            .join(Credit, col(Credit.line_id) == EventCreditLine.id)
            .join(SubmittedCredit, col(SubmittedCredit.credit_id) == Credit.id)
            .where(SubmittedCredit.participation_id == participation_id)
            .order_by(col(Credit.id))
        )
        return {title: credit_id or 0 for title, credit_id in rows}


def participation(participation_id: int) -> Participation:
    """As the database has it now."""
    with db.reading() as session:
        return session.get_one(Participation, participation_id)


def certificate(number: str) -> Certificate:
    """As the database has it now."""
    with db.reading() as session:
        return session.exec(select(Certificate).where(Certificate.number == number)).one()


def open_ones(person: Actor) -> list[Participation]:
    """The person's open participations, the oldest first."""
    with db.reading() as session:
        found = session.exec(select(Participation).where(Participation.person_id == person.person_id))
        return [one for one in found if one.is_open]


def rows(table: type[SQLModel]) -> list[Any]:
    """All rows of a table."""
    with db.reading() as session:
        return list(session.exec(select(table)))


def letters_to(person: Actor) -> list[Letter]:
    """The outbox rows for this person, in the order they were written."""
    with db.reading() as session:
        return list(session.exec(select(Letter).where(Letter.person_id == person.person_id).order_by(col(Letter.id))))


def deeds(person: Actor, subject: str) -> list[AuditLine]:
    """The audit lines about `participation`, `certificate` or `person` of this person, in their order."""
    chosen = select(AuditLine).where(AuditLine.subject == subject, AuditLine.person_id == person.person_id)
    with db.reading() as session:
        return list(session.exec(chosen.order_by(col(AuditLine.id))))


def set_program(**changed: Any) -> None:
    """Settings of this test's program, such as `steps` or `claims`."""
    with db.writing() as session:
        program = session.exec(select(Program)).one()
        program.settings = {**program.settings, **changed}
    programs.forget()

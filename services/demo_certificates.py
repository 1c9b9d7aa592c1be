"""The demo's certificates: earlier years of the Director, trustees of this year, and one record that waits."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from models.credits import Credit, CreditStatus
from models.events import Event, EventCreditLine
from models.participations import Participation
from models.people import Person
from models.times import from_local
from models.verifications import SubmittedCredit, Verification, VerificationResult, VerifiedBy
from services import certificates, clock, programs, submitted
from services.demo_records import Records

NEEDED = {
    "trustee": {"administration": Decimal(11), "public_services": Decimal(4)},
    "staff": {
        "administration": Decimal(14),
        "public_services": Decimal(26),
        "collections": Decimal(10),
        "technology": Decimal(10),
    },
}
POSITIONS = {"trustee": "Trustee", "staff": "Library assistant"}


def issued(records: Records, participation: Participation, on: date) -> Participation:
    """Submits, reviews, verifies and issues as of that day; returns the renewal that it opened."""
    session, zone = records.session, programs.current().time_zone
    signer = session.get_one(Person, records.coordinator_id)
    at = from_local(on, time(10, 30), zone)
    hand_in(session, participation, at - timedelta(days=20))
    participation.review(records.coordinator_id, at - timedelta(days=6))
    _verify(records, participation, at)
    participation.verify(records.coordinator_id, at)
    session.add(participation)
    found = submitted.evaluation(session, participation)
    certificates.write(session, participation, found, certificates.Issue(signer.id or 0, signer.name, at))
    return (
        session.exec(
            select(Participation)
            .where(Participation.person_id == participation.person_id)
            .order_by(col(Participation.id).desc())
        ).first()
        or participation
    )


def hand_in(session: Session, participation: Participation, at: datetime) -> None:
    """Submits with all that the person had by then."""
    participation.submit(at)
    session.add(participation)
    session.flush()
    bound = select(SubmittedCredit.credit_id)
    credits = session.exec(
        select(Credit)
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .join(Event, col(Event.id) == EventCreditLine.event_id)
        .where(Credit.person_id == participation.person_id, Event.ends_at < at, col(Credit.id).not_in(bound))
        .where(col(Credit.status).in_([CreditStatus.APPROVED, CreditStatus.PENDING]))
    ).all()
    for credit in credits:
        session.add(SubmittedCredit(participation_id=participation.id or 0, credit_id=credit.id or 0))
    session.flush()


def write_certified(records: Records, people: list[tuple[Person, str]]) -> None:
    """Twenty people with a certificate of the last months, by track; the first trustee's record is handed in only."""
    today = programs.current().today()
    for number, (person, track) in enumerate(people):
        begun = records.participation(
            person,
            track,
            3.4,
            verifier_name="Dana Whitcomb",
            position=POSITIONS[track],
            library_id=records.library_of(person),
        )
        records.earlier(person, NEEDED[track], 3.3)
        person.named_publicly = number % 3 > 0
        if number:
            issued(records, begun, today - timedelta(days=3 + (len(people) - number) * 9))
        else:
            hand_in(records.session, begun, clock.now() - timedelta(days=2))


def _verify(records: Records, participation: Participation, at: datetime) -> None:
    for credit in submitted.listed_credits(records.session, participation):
        records.session.add(
            Verification(
                participation_id=participation.id or 0,
                submission=participation.submission,
                credit_id=credit.id or 0,
                result=VerificationResult.CONFIRMED,
                verifier_name=participation.verifier_name or "Board chair",
                how=VerifiedBy.LETTER,
                verified_on=programs.current().day_of(at),
                recorded_by_id=records.coordinator_id,
                recorded_at=at,
            )
        )
    records.session.flush()

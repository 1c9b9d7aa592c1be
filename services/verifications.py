"""The supervisor's verification, recorded by a coordinator: who, when, how it came, and which credits."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from models.credits import Credit, CreditStatus, counted_credits
from models.errors import Problems
from models.events import Event, EventCreditLine
from models.participations import Participation
from models.people import Person
from models.times import shown_day
from models.verifications import Verification, VerificationResult, VerifiedBy
from services import certificates, clock, db, programs, submissions, submitted
from services.access import Actor, load_participation, require_coordinator


@dataclass(frozen=True)
class Told:
    """What the supervisor said, as the coordinator wrote it down. `confirmed` are ids of credits."""

    verifier_name: str
    how: str
    verified_on: str
    confirmed: Collection[int]


@dataclass(frozen=True)
class Recorded:
    """What came of it: a certificate, a record returned with this note, or neither while review is to come."""

    certificate: str | None = None
    returned: str = ""


def record(actor: Actor, participation_id: int, told: Told) -> Recorded:
    """Records the verification. What is not confirmed drops out; if the rest does not suffice, the record is returned.

    As the last step of the program it issues the certificate, in this transaction. Raises NotFound, NotAllowed (her
    own), WrongState, Problems (verifier_name, how, verified_on, confirmed).
    """
    require_coordinator(actor)
    with db.writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        participation.verify(actor.person_id, clock.now())
        submissions.require_earlier_step(participation, "verification")
        credits = [one for one in submitted.listed_credits(session, participation) if one.status in _LIVE]
        told = replace(
            told,
            verifier_name=" ".join(told.verifier_name.split()),
            confirmed={one.id or 0 for one in credits} & set(told.confirmed),
        )
        verified_on = _read(told, session.get_one(Person, participation.person_id))
        _write(session, actor, participation, told, verified_on=verified_on, credits=credits)
        submitted.record(
            session,
            actor,
            "participation:verified",
            participation,
            verifier=told.verifier_name,
            how=told.how,
            verified_on=verified_on.isoformat(),
        )
        return _go_on(session, actor, participation, [one for one in credits if one.id not in told.confirmed])


def _go_on(session: Session, actor: Actor, participation: Participation, refused: list[Credit]) -> Recorded:
    """Issue, wait for the review, or return what no longer suffices."""
    found = submitted.evaluation(session, participation)
    if found.is_met or (found.can_be_submitted and participation.reviewed_at is None):
        return Recorded(certificates.issue_if_complete(session, actor, participation))
    left_out = _named(session, refused)
    note = " ".join(
        [
            f"Your supervisor did not confirm {left_out}, and the rest is not enough."
            if left_out
            else "What is approved does not meet the track.",
            *submitted.missing(found),
        ]
    )
    submitted.return_within(session, actor, participation, note)
    return Recorded(returned=note)


def _named(session: Session, refused: list[Credit]) -> str:
    """How many credits, and of which events; empty if there are none."""
    if not refused:
        return ""
    titles = session.exec(
        select(Event.title)
        .join(EventCreditLine, col(EventCreditLine.event_id) == Event.id)
        .join(Credit, col(Credit.line_id) == EventCreditLine.id)
        .where(col(Credit.id).in_([one.id for one in refused]))
        .order_by(col(Credit.id))
    )
    listed = ", ".join(f"“{title}”" for title in dict.fromkeys(titles))
    return f"{counted_credits(sum((one.credits for one in refused[1:]), refused[0].credits))} ({listed})"


def _read(told: Told, person: Person) -> date:
    """The day of the verification. Raises Problems."""
    problems: dict[str, str] = {}
    if not told.verifier_name:
        problems["verifier_name"] = "Enter who verified the credits."
    elif len(told.verifier_name) > LONGEST_NAME:
        problems["verifier_name"] = f"At most {LONGEST_NAME} characters, please."
    elif told.verifier_name.casefold() == " ".join(person.name.split()).casefold():
        problems["verifier_name"] = "Nobody verifies her own record. Enter the supervisor’s name."
    if told.how not in set(VerifiedBy):
        problems["how"] = "Choose how the verification came."
    today = programs.current().today()
    try:
        day = date.fromisoformat(told.verified_on)
    except ValueError:
        day = today
        problems["verified_on"] = "Enter the day of the verification."
    if day.year < FIRST_YEAR:
        problems["verified_on"] = "Check the year."
    elif day > today:
        problems["verified_on"] = f"The day lies in the future; today is {shown_day(today)}."
    if not told.confirmed:
        problems["confirmed"] = "Check at least one credit. If none was confirmed, return the record with a note."
    if problems:
        raise Problems(problems)
    return day


def _write(
    session: Session,
    actor: Actor,
    participation: Participation,
    told: Told,
    *,
    verified_on: date,
    credits: list[Credit],
) -> None:
    for credit in credits:
        confirmed = credit.id in told.confirmed
        session.add(
            Verification(
                participation_id=participation.id or 0,
                submission=participation.submission,
                credit_id=credit.id or 0,
                result=VerificationResult.CONFIRMED if confirmed else VerificationResult.NOT_CONFIRMED,
                verifier_name=told.verifier_name,
                how=VerifiedBy(told.how),
                verified_on=verified_on,
                recorded_by_id=actor.person_id,
                recorded_at=clock.now(),
            )
        )


LONGEST_NAME = 200
FIRST_YEAR = 1990
_LIVE = {CreditStatus.APPROVED, CreditStatus.PENDING}

"""A verification inside the transaction of a deed: its rows, credit by credit, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.credits import Credit, counted_credits
from models.events import Event, EventCreditLine
from models.participations import Participation
from models.verifications import InterimVerification, Verification, VerificationResult, VerifiedBy
from services import certificates, clock, frozen, records, submitted, supervision_sheets
from services.access import Actor, holder_of_link
from services.supervision_sheets import LIVE


@dataclass(frozen=True)
class Recorded:
    """What came of it: a certificate, a record returned with this note, or neither while review is to come."""

    certificate: str | None = None
    returned: str = ""


@dataclass(frozen=True)
class Said:
    """What a supervisor said: who, how, on which day, and of which credits (by id) she does not say it, with why."""

    verifier_name: str
    how: VerifiedBy
    verified_on: date
    refused: Mapping[int, str]
    request_id: int | None = None


def record(session: Session, actor: Actor, participation: Participation, said: Said) -> Recorded:
    """Verifies the record: what is refused drops out, unless an earlier supervisor verified it already.

    If the rest does not suffice, the record is returned; as the last step it issues. Raises NotAllowed, WrongState.
    """
    participation.verify(actor.person_id, clock.now())
    refused = _write(session, actor, participation, said)
    return _go_on(session, actor, participation, refused)


def complete_by_interim(session: Session, participation: Participation) -> bool:
    """Verified at once when earlier supervisors verified every credit on the list; whether it was."""
    credits = live_credits(session, participation)
    verified = interim_of(session, participation)
    if not credits or any(one.id not in verified for one in credits):
        return False
    newest = max(verified.values(), key=lambda one: (one.verified_on, one.id or 0))
    said = Said(newest.verifier_name, VerifiedBy(newest.how), newest.verified_on, {})
    doer = holder_of_link(newest.verifier_name)
    participation.verify(doer.person_id, clock.now())
    _write(session, doer, participation, said)
    return True


def live_credits(session: Session, participation: Participation) -> list[Credit]:
    """What is on the list and not declined, locked."""
    return [one for one in submitted.listed_credits(session, participation) if one.status in LIVE]


def interim_of(session: Session, participation: Participation) -> dict[int, InterimVerification]:
    """The credits on the list that an earlier supervisor verified when the person left her library."""
    listed = records.frozen_lists(session, participation.person_id).get(participation.id or 0)
    rows = records.credits_of(session, participation.person_id)
    return supervision_sheets.interim(session, [row for row in rows if listed and row.id in listed.submitted])


def _write(session: Session, actor: Actor, participation: Participation, said: Said) -> list[Credit]:
    """The rows and the audit line; returns the credits that were refused."""
    credits = live_credits(session, participation)
    verified = interim_of(session, participation)
    for credit in credits:
        session.add(_row(actor, participation, said, credit, verified.get(credit.id or 0)))
    submitted.record(
        session,
        actor,
        "participation:verified",
        participation,
        verifier=said.verifier_name,
        how=said.how,
        verified_on=said.verified_on.isoformat(),
    )
    frozen.end_requests(session, participation)
    return [one for one in credits if one.id in said.refused and one.id not in verified]


def _row(
    actor: Actor, participation: Participation, said: Said, credit: Credit, earlier: InterimVerification | None
) -> Verification:
    refused = earlier is None and credit.id in said.refused
    return Verification(
        participation_id=participation.id or 0,
        submission=participation.submission,
        credit_id=credit.id or 0,
        result=VerificationResult.NOT_CONFIRMED if refused else VerificationResult.CONFIRMED,
        reason=said.refused[credit.id or 0] if refused else "",
        verifier_name=earlier.verifier_name if earlier else said.verifier_name,
        how=VerifiedBy(earlier.how) if earlier else said.how,
        verified_on=earlier.verified_on if earlier else said.verified_on,
        request_id=earlier.request_id if earlier else said.request_id,
        recorded_by_id=actor.audited_id,
        recorded_at=clock.now(),
    )


def _go_on(session: Session, actor: Actor, participation: Participation, refused: Sequence[Credit]) -> Recorded:
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


def _named(session: Session, refused: Sequence[Credit]) -> str:
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

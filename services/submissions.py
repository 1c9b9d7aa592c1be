"""Submissions: hand a record in, review it, return it with a note."""

from dataclasses import dataclass

from sqlmodel import Session

from models.claims import Claim
from models.credits import Credit, CreditStatus
from models.errors import NotFound, WrongState
from models.events import Event
from models.participations import Participation
from models.verifications import SubmittedCredit
from services import (
    certificates,
    claims,
    clock,
    db,
    programs,
    records,
    review,
    submitted,
    supervision,
    verification_rows,
)
from services.access import Actor, load_participation, require_coordinator


def submit(actor: Actor, participation_id: int) -> None:
    """Hands the record in and freezes its list. Raises NotFound, WrongState (with what is missing)."""
    program = programs.current()
    with db.writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        if participation.person_id != actor.person_id:
            raise NotFound
        rows = records.credits_of(session, actor.person_id)
        found = records.evaluated(participation, rows, program)
        participation.submit(clock.now())
        if not found.can_be_submitted:
            raise WrongState(" ".join(["It cannot be submitted yet.", *submitted.missing(found)]))
        for credit_id, counted in found.credits.items():
            if not counted.left_out:
                session.add(SubmittedCredit(participation_id=participation_id, credit_id=credit_id))
        submitted.record(session, actor, "participation:submitted", participation)
        session.flush()
        _ask_supervisor(session, actor, participation)


@dataclass(frozen=True)
class Reviewed:
    """What approving a record came to: the certificate's number, if it was the last step."""

    certificate: str | None


def approve(actor: Actor, participation_id: int) -> Reviewed:
    """Approves a submitted record; under `claims = at_submission` its pending credits with it.

    Raises NotFound, NotAllowed (her own), WrongState (a credit is still PENDING; not enough; verification comes first).
    """
    require_coordinator(actor)
    with db.writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        participation.review(actor.person_id, clock.now())
        require_earlier_step(participation, "review")
        if programs.current().settings["claims"] == "at_submission":
            _approve_pending(session, actor, participation)
        found = submitted.evaluation(session, participation)
        submitted.require_decided(session, participation)
        if not found.is_met:
            raise WrongState(" ".join(["What is approved does not meet the track.", *submitted.missing(found)]))
        submitted.record(session, actor, "participation:reviewed", participation)
        _ask_supervisor(session, actor, participation)
        return Reviewed(certificates.issue_if_complete(session, actor, participation))


def send_back(actor: Actor, participation_id: int, note: str) -> None:
    """Returns a submitted record with a note. Raises NotFound, NotAllowed (her own), WrongState, Problems."""
    require_coordinator(actor)
    with db.writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        submitted.return_within(session, actor, participation, note[:LONGEST_NOTE])


def require_earlier_step(participation: Participation, step: str) -> None:
    """The steps come in the order that the program says. Raises WrongState."""
    first = programs.current().settings["steps"][0]
    if step != first and first == "review" and participation.reviewed_at is None:
        raise WrongState(
            "In this program the coordinator's review comes before the verification. Approve the record first."
        )
    if step != first and first == "verification" and participation.verified_at is None:
        raise WrongState("In this program the verification comes before the review. Record it first.")


def _ask_supervisor(session: Session, actor: Actor, participation: Participation) -> None:
    """When it is her turn, and unless earlier ones have verified everything."""
    if supervision.is_due(participation) and not verification_rows.complete_by_interim(session, participation):
        supervision.ask_within(session, participation, actor.person_id)


def _approve_pending(session: Session, actor: Actor, participation: Participation) -> None:
    by_claim: dict[int, list[Credit]] = {}
    for credit in submitted.listed_credits(session, participation):
        if credit.status == CreditStatus.PENDING and credit.claim_id is not None:
            by_claim.setdefault(credit.claim_id, []).append(credit)
    approved = []
    for claim_id, credits in by_claim.items():
        claim = session.get_one(Claim, claim_id)
        review.approve_within(session, actor, claim, session.get_one(Event, claim.event_id), credits)
        approved.append(claim)
    claims.announce(session, *approved)


LONGEST_NOTE = 2000

"""What may no longer be changed: credits on a submitted record, and credits that a certificate counts."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, delete, select

from models.certificates import BoundCredit, Certificate, CertificateStatus
from models.credits import Credit
from models.errors import WrongState
from models.participations import Participation, ParticipationStatus
from models.supervision import RequestState, VerificationRequest
from models.verifications import SubmittedCredit
from services import clock, db, live


def refuse_bound(session: Session, credits: Sequence[Credit]) -> None:
    """Raises WrongState if a certificate counts one of them, or its record is verified."""
    number = session.exec(
        select(Certificate.number)
        .join(BoundCredit, col(BoundCredit.participation_id) == Certificate.participation_id)
        .where(col(BoundCredit.credit_id).in_(_ids(credits)), Certificate.status != CertificateStatus.SUPERSEDED)
    ).first()
    if number is not None:
        raise WrongState(f"It counted for the certificate {number}, so it cannot be changed any more.")
    if any(one.verified_at for one in _submitted_with(session, credits)):
        raise WrongState("The supervisor has verified the record that it is on. Return the record first.")


def refuse_submitted(session: Session, credits: Sequence[Credit]) -> None:
    """Raises WrongState if one of them is on a submitted record: that list is frozen for its owner."""
    if _submitted_with(session, credits):
        raise WrongState("It is on the record that you submitted, which cannot change until it is decided or returned.")


def thaw(session: Session, participation: Participation) -> None:
    """The record is handed in no more: its list is gone, and its credits are their owner's again."""
    session.exec(delete(SubmittedCredit).where(col(SubmittedCredit.participation_id) == participation.id))
    end_requests(session, participation)


def end_requests(session: Session, participation: Participation) -> None:
    """Nobody is asked to verify it any more: links in letters answer nothing."""
    asked = select(VerificationRequest).where(VerificationRequest.participation_id == participation.id)
    for request in session.exec(asked.where(VerificationRequest.state == RequestState.OPEN).with_for_update()):
        request.replace(clock.now())
    session.flush()


def take_reviews_back(session: Session, credits: Sequence[Credit]) -> None:
    """A decision on one of them was reopened: records that were reviewed with it are to be reviewed again."""
    for participation in _submitted_with(session, credits):
        participation.take_review_back()
        end_requests(session, participation)
        tell(session, participation)


def tell(session: Session, participation: Participation) -> None:
    """Announce a change of this participation to its page and to the queue of records."""
    db.tell(session, lambda: live.record_changed.publish(key=participation.person_id))
    db.tell(session, lambda: live.submissions_changed.publish((participation.id or 0,)))


def _submitted_with(session: Session, credits: Sequence[Credit]) -> list[Participation]:
    showing = select(SubmittedCredit.participation_id).where(col(SubmittedCredit.credit_id).in_(_ids(credits)))
    return list(
        session.exec(
            select(Participation)
            .where(Participation.status == ParticipationStatus.SUBMITTED)
            .where(col(Participation.id).in_(showing))
        )
    )


def _ids(credits: Iterable[Credit]) -> list[int]:
    return [credit.id or 0 for credit in credits]

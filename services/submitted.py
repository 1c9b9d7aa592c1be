"""A submitted record inside the transaction of a deed: its list, its evaluation, its return."""

from sqlmodel import Session, col, select

from models.credits import Credit, CreditStatus, counted_credits, shown_credits
from models.errors import WrongState
from models.evaluation import Evaluation
from models.participations import Participation
from models.verifications import SubmittedCredit
from services import audit, clock, frozen, letters, programs, records
from services.access import Actor


def return_within(session: Session, actor: Actor, participation: Participation, note: str) -> None:
    """Returns a record inside the transaction of another deed; its list thaws, a letter tells the note."""
    participation.send_back(actor.person_id, clock.now(), note)
    frozen.thaw(session, participation)
    record(session, actor, "participation:returned", participation, reason=participation.returned_note)
    name = programs.current().versions[participation.track_version_id].track_name
    told = {"track": name, "note": participation.returned_note}
    letters.write(session, participation.person_id, "record returned", told)


def evaluation(session: Session, participation: Participation) -> Evaluation:
    """The frozen record as it stands inside this transaction."""
    session.flush()
    rows = records.credits_of(session, participation.person_id)
    listed = records.frozen_lists(session, participation.person_id).get(participation.id or 0)
    return records.evaluated(participation, rows, programs.current(), listed)


def missing(found: Evaluation) -> list[str]:
    """One sentence for each requirement that earned and pending credits do not meet."""
    return [
        f"{met.requirement.label}: {counted_credits(met.missing)} missing of {shown_credits(met.needed)}."
        for met in found.requirements
        if met.missing > 0
    ]


def require_decided(session: Session, participation: Participation) -> None:
    """No credit on the list may be PENDING. Raises WrongState."""
    pending = len(
        [credit for credit in listed_credits(session, participation) if credit.status == CreditStatus.PENDING]
    )
    if pending:
        some = "1 credit on this record is" if pending == 1 else f"{pending} credits on this record are"
        raise WrongState(f"{some} still PENDING. Decide first.")


def listed_credits(session: Session, participation: Participation) -> list[Credit]:
    """The credits on the frozen list, in the order of their ids, locked against decisions meanwhile."""
    return list(
        session.exec(
            select(Credit)
            .join(SubmittedCredit, col(SubmittedCredit.credit_id) == Credit.id)
            .where(SubmittedCredit.participation_id == participation.id)
            .order_by(col(Credit.id))
            .with_for_update(of=Credit)
        )
    )


def record(session: Session, actor: Actor, action: str, participation: Participation, **more: str) -> None:
    """The audit line of a deed on a participation, and its news."""
    title = programs.current().versions[participation.track_version_id].track_name
    audit.record(
        session,
        actor.audited_id,
        action,
        participation.id or 0,
        person_id=participation.person_id,
        title=title,
        **more,
    )
    frozen.tell(session, participation)

"""The coordinator's queue: what waits, and the deeds on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session, col, select

from models.claims import Claim
from models.credits import Credit, CreditStatus, counted_credits
from models.errors import NotAllowed, Problems, Refusal, WrongState
from models.events import Event
from models.people import Person
from models.texts import typed
from models.times import shown
from services import audit, clock, db, frozen, letters, programs
from services.access import Actor, load_claim, require_coordinator
from services.claims import announce


@dataclass(frozen=True)
class Decided:
    """What a deed on several entries came to: those done, and a sentence for each that was refused."""

    done: tuple[int, ...]
    refused: dict[int, str]
    titles: tuple[str, ...]


def approve(actor: Actor, claim_ids: Sequence[int]) -> Decided:
    """Approves the entries in one transaction; a single entry's refusal is raised.

    Raises NotFound, WrongState (already decided, by whom and when), NotAllowed (her own).
    """
    return _decide(actor, claim_ids, CreditStatus.APPROVED, "")


def decline(actor: Actor, claim_ids: Sequence[int], reason: str) -> Decided:
    """Declines with a reason that is mailed and shown. Raises as approve, and Problems without a reason."""
    if not typed(reason):
        raise Problems({"reason": "Say why, so that the person can correct it."})
    return _decide(actor, claim_ids, CreditStatus.DECLINED, typed(reason)[:LONGEST_REASON])


def undo(actor: Actor, claim_ids: Sequence[int]) -> Decided:
    """Takes one's own decision back within a minute; its letters are cancelled. Raises WrongState, NotFound."""
    return _back_to_pending(actor, claim_ids, "", undone=True)


def reopen(actor: Actor, claim_id: int, reason: str) -> Decided:
    """Puts a decided entry back to PENDING, with a reason. Raises WrongState, NotAllowed, NotFound, Problems."""
    if not typed(reason):
        raise Problems({"reason": "Say why: the person reads it."})
    return _back_to_pending(actor, (claim_id,), typed(reason)[:LONGEST_REASON], undone=False)


def _decide(actor: Actor, claim_ids: Sequence[int], status: CreditStatus, reason: str) -> Decided:
    require_coordinator(actor)
    now = clock.now()

    def deed(session: Session, claim: Claim, event: Event, credits: list[Credit]) -> None:
        _refuse_decided(session, credits)
        if status == CreditStatus.APPROVED:
            approve_within(session, actor, claim, event, credits)
        else:
            for credit in credits:
                credit.decline(actor.person_id, now, reason)
            _record(session, actor, "claim:declined", claim, event, reason=reason)
            letters.declined(session, claim, event.title, reason)

    return _each(actor, claim_ids, deed)


def approve_within(session: Session, actor: Actor, claim: Claim, event: Event, credits: Sequence[Credit]) -> None:
    """Approves one entry inside the transaction of another deed. Raises WrongState, NotAllowed (her own)."""
    for credit in credits:
        credit.approve(actor.person_id, clock.now())
    _record(session, actor, "claim:approved", claim, event)
    total = counted_credits(sum((credit.credits for credit in credits[1:]), credits[0].credits))
    letters.approved(session, claim, event.title, total)


def _back_to_pending(actor: Actor, claim_ids: Sequence[int], reason: str, *, undone: bool) -> Decided:
    require_coordinator(actor)

    def deed(session: Session, claim: Claim, event: Event, credits: list[Credit]) -> None:
        if undone:
            _refuse_late_undo(actor, credits)
        frozen.refuse_bound(session, credits)
        for credit in credits:
            credit.reopen(actor.person_id)
        frozen.take_reviews_back(session, credits)
        letters.cancel(session, claim.id or 0)
        _record(session, actor, "claim:undone" if undone else "claim:reopened", claim, event, reason=reason)
        if not undone:
            letters.reopened(session, claim, event.title, reason)

    return _each(actor, claim_ids, deed)


def _each(actor: Actor, claim_ids: Sequence[int], deed: "Deed") -> Decided:
    """One transaction for all. Of several entries the refused ones are told, the others done."""
    done: list[Claim] = []
    titles: list[str] = []
    refused: dict[int, str] = {}
    with db.writing() as session:
        for claim_id in sorted(set(claim_ids)):  # in one order, so that two colleagues never wait for each other
            try:
                claim = load_claim(session, actor, claim_id, lock=True)
                event = session.get_one(Event, claim.event_id)
                deed(session, claim, event, _credits(session, claim_id))
            except Refusal as refusal:
                if len(claim_ids) == 1:
                    raise
                refused[claim_id] = str(refusal)
            else:
                done.append(claim)
                titles.append(event.title)
        announce(session, *done)
    return Decided(tuple(claim.id or 0 for claim in done), refused, tuple(titles))


def _record(session: Session, actor: Actor, action: str, claim: Claim, event: Event, *, reason: str = "") -> None:
    told = {"reason": reason} if reason else {}
    audit.record(session, actor.person_id, action, claim.id or 0, person_id=claim.person_id, title=event.title, **told)


class Deed(Protocol):
    """What is done to one entry of the queue."""

    def __call__(self, session: Session, claim: Claim, event: Event, credits: list[Credit]) -> None: ...


def _credits(session: Session, claim_id: int) -> list[Credit]:
    return list(session.exec(select(Credit).where(Credit.claim_id == claim_id).order_by(col(Credit.id))))


def _refuse_decided(session: Session, credits: list[Credit]) -> None:
    """Says who was first and when."""
    credit = credits[0]
    if credit.status == CreditStatus.WITHDRAWN:
        raise WrongState("Its owner withdrew this entry.")
    if credit.status != CreditStatus.PENDING and credit.decided_at and credit.decided_by_id:
        who = session.get_one(Person, credit.decided_by_id).name
        when = shown(credit.decided_at, programs.current().time_zone)
        raise WrongState(f"{who} already {credit.status.lower()} this on {when}.")


def _refuse_late_undo(actor: Actor, credits: list[Credit]) -> None:
    credit = credits[0]
    if credit.decided_at is None:
        raise WrongState("There is no decision to take back.")
    if credit.decided_by_id != actor.person_id:
        raise NotAllowed("A colleague decided this; use Reopen.")
    if clock.now() - credit.decided_at > letters.UNDO:
        raise WrongState("A minute has passed; use Reopen.")


LONGEST_REASON = 2000

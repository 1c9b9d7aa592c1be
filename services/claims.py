"""Claiming a past sponsored event: which ones can be claimed, and the deed itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

import sqlalchemy as sa
from sqlalchemy import bindparam, exists, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.claims import Claim
from models.credits import Credit, CreditSource, CreditStatus
from models.duplicates import Likeness
from models.errors import NotFound, WrongState
from models.events import Event, EventCreditLine, EventKind, EventState
from models.times import shown
from services import audit, clock, db, duplicates, live, programs, search, seats
from services.access import Actor

HITS = 50
LIVE = (CreditStatus.PENDING, CreditStatus.APPROVED, CreditStatus.DECLINED)


@dataclass(frozen=True)
class Claimable:
    """A past event with the sum of its credits."""

    event_id: int
    title: str
    ends_at: datetime
    time_zone: str
    sponsor: str
    credits: Decimal


@dataclass(frozen=True)
class Claimed:
    claim_id: int
    event_title: str
    is_new: bool


@dataclass(frozen=True)
class Outlook:
    """Before a claim: the one that stands, one sentence on why not, and what it looks like a second entry of."""

    standing: int | None
    why_not: str
    alike: tuple[Likeness, ...]


def claim_event(actor: Actor, event_id: int) -> Claimed:
    """Takes all credit lines of a past event; asked again, it answers with the claim that stands.

    Raises NotFound, WrongState (not ended, too long ago, without credit).
    """
    try:
        with db.writing() as session:
            event = _sponsored(session, event_id)
            if standing := _standing(session, actor.person_id, event_id):
                return Claimed(standing, event.title, is_new=False)
            lines = _lines(session, event_id)
            _refuse_unclaimable(event, lines)
            seats.refuse_claim(session, actor.person_id, event)
            return Claimed(_save(session, actor, event, lines), event.title, is_new=True)
    except IntegrityError:  # another process saved the same claim first (PostgreSQL)
        with db.reading() as session:
            standing = _standing(session, actor.person_id, event_id)
            if standing is None:
                raise
            return Claimed(standing, _sponsored(session, event_id).title, is_new=False)


def claimable(session: Session, person_id: int, text: str = "") -> list[Claimable]:
    """Ended within the program's window, with credit, not yet claimed by this person; newest first, 50 at most."""
    now = clock.now()
    window = timedelta(days=int(programs.current().settings["claim_window_days"]))
    total = (
        select(func.sum(EventCreditLine.credits))
        .where(EventCreditLine.event_id == Event.id)
        .correlate(Event)
        .scalar_subquery()
    )
    taken = (
        select(Credit.id)
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .where(EventCreditLine.event_id == Event.id, Credit.person_id == person_id, col(Credit.status).in_(LIVE))
        .correlate(Event)
    )
    query = (
        sa.select(col(Event.id), col(Event.title), col(Event.ends_at), col(Event.time_zone), col(Event.sponsor), total)
        .where(col(Event.kind) == EventKind.SPONSORED, col(Event.state) == EventState.PUBLISHED)
        .where(col(Event.ends_at) <= now, col(Event.ends_at) >= now - window)
        .where(~exists(seats.whose_attendance_is_open(person_id)))
        .where(exists().where(col(EventCreditLine.event_id) == Event.id), ~exists(taken))
        .order_by(col(Event.ends_at).desc(), col(Event.id).desc())
        .limit(HITS)
    )
    for word in search.words_of(text):
        query = query.where(search.contains(word, Event.title, Event.sponsor, Event.presenter))
    return [
        Claimable(id_ or 0, title, ends, zone, sponsor, halves or Decimal(0))
        for id_, title, ends, zone, sponsor, halves in session.execute(query)
    ]


def search_claimable(actor: Actor, text: str) -> list[Claimable]:
    """What the drop-down offers for these words."""
    with db.reading() as session:
        return claimable(session, actor.person_id, text)


def outlook(actor: Actor, event_id: int) -> Outlook:
    """What SAVE would meet: a claim that stands, a refusal, or likely duplicates. Raises NotFound."""
    with db.reading() as session:
        event = _sponsored(session, event_id)
        standing = _standing(session, actor.person_id, event_id)
        alike = () if standing else tuple(duplicates.alike(session, actor.person_id, duplicates.as_attended(event)))
        try:
            _refuse_unclaimable(event, _lines(session, event_id))
            seats.refuse_claim(session, actor.person_id, event)
        except WrongState as refusal:
            return Outlook(standing, str(refusal), alike)
    return Outlook(standing, "", alike)


def _sponsored(session: Session, event_id: int) -> Event:
    event = session.get(Event, event_id)
    if event is None or not event.is_public:
        raise NotFound
    return event


def _standing(session: Session, person_id: int, event_id: int) -> int | None:
    return session.connection().execute(_STANDING, {"event": event_id, "person": person_id}).scalar()


def _lines(session: Session, event_id: int) -> list[tuple[int, Decimal]]:
    return [(line_id or 0, value) for line_id, value in session.connection().execute(_LINES, {"event": event_id})]


def _refuse_unclaimable(event: Event, lines: list[tuple[int, Decimal]]) -> None:
    now = clock.now()
    if not event.takes_place:
        raise WrongState(f"“{event.title}” was cancelled.")
    if not event.has_ended(now):
        raise WrongState(
            f"“{event.title}” ends on {shown(event.ends_at, event.time_zone)}. Credits cannot be claimed in advance."
        )
    window = int(programs.current().settings["claim_window_days"])
    if event.ends_at < now - timedelta(days=window):
        raise WrongState(f"“{event.title}” ended more than {window} days ago. Ask the CE coordinator to enter it.")
    if not lines:
        raise WrongState(f"“{event.title}” gives no credit.")


def _save(session: Session, actor: Actor, event: Event, lines: list[tuple[int, Decimal]]) -> int:
    assert event.id is not None  # noqa: S101 -- read from the database
    now = clock.now()
    claim = Claim(person_id=actor.person_id, event_id=event.id, claimed_at=now, waiting_since=now)
    claim.note = seats.note_on_claim(session, actor.person_id, event)
    note_duplicate(session, claim, event)
    claim.id = db.insert_now(session, claim)
    for line_id, value in lines:
        credit = Credit(
            person_id=actor.person_id,
            line_id=line_id,
            claim_id=claim.id,
            credits=value,
            source=CreditSource.CLAIM,
            created_at=now,
        )
        db.insert_now(session, credit)
    audit.record(session, actor.person_id, "claim:saved", claim.id, person_id=actor.person_id, title=event.title)
    announce(session, claim)
    return claim.id


def note_duplicate(session: Session, claim: Claim, event: Event) -> None:
    """Keeps beside the claim what it looks like, for the coordinator."""
    found = duplicates.alike(session, claim.person_id, duplicates.as_attended(event, claim.id or 0))
    claim.duplicate_of_id = found[0].claim_id if found else None
    claim.duplicate_why = found[0].why if found else ""


def announce(session: Session, *claims: Claim) -> None:
    """Tell open queues and the owners' pages, after the commit."""
    ids = tuple(claim.id or 0 for claim in claims)
    people = {claim.person_id for claim in claims}
    db.tell(session, lambda: live.claims_changed.publish(ids))
    for person_id in people:
        db.tell(session, partial(live.record_changed.publish, key=person_id))


# Built once: SQLAlchemy takes longer to build these than SQLite to answer them.
_STANDING = (
    sa.select(col(Credit.claim_id))
    .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
    .where(
        col(EventCreditLine.event_id) == bindparam("event"),
        col(Credit.person_id) == bindparam("person"),
        col(Credit.status).in_(LIVE),
    )
    .limit(1)
)
_LINES = (
    sa.select(col(EventCreditLine.id), col(EventCreditLine.credits))
    .where(col(EventCreditLine.event_id) == bindparam("event"))
    .order_by(col(EventCreditLine.id))
)

"""What the coordinator's queue shows: entries by filter, 60 a page by the query, and counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, exists, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from models.claims import Claim
from models.credits import Credit, CreditStatus
from models.events import Event, EventCreditLine, EventKind
from models.libraries import Library
from models.people import Person, Position, Role, RoleGrant
from models.sessions import ABSOLUTE, SignInSession
from services import clock, db, programs, search
from services.access import Actor, require_coordinator
from services.queue_entries import Entry, entries_of

PAGE = 60
DECIDED = (CreditStatus.APPROVED, CreditStatus.DECLINED)


@dataclass(frozen=True)
class QueueFilter:
    """What a window shows. `kind` is an EventKind or empty; `category` and `library_id` 0 for all."""

    kind: str = ""
    category_id: int = 0
    library_id: int = 0
    text: str = ""
    decided: bool = False
    oldest_first: bool = False

    def fits(self, entry: Entry) -> bool:
        """Would this entry be in the list, its status aside?"""
        words = self.text.lower().split()
        found = f"{entry.title} {entry.person} {' '.join(entry.libraries)}".lower()
        return (
            (not self.kind or entry.kind == self.kind)
            and (not self.category_id or self.category_id in entry.category_ids)
            and (not self.library_id or self.library_id in entry.library_ids)
            and all(word in found for word in words)
        )


@dataclass(frozen=True)
class Counts:
    """Pending entries by kind."""

    events: int
    credits: int

    @property
    def all(self) -> int:
        return self.events + self.credits


@dataclass(frozen=True)
class QueuePage:
    entries: list[Entry]
    total: int
    counts: Counts


@dataclass(frozen=True)
class Change:
    """The entries that changed, the counts after it, and the sessions that may see them."""

    entries: dict[int, Entry]
    counts: Counts
    allowed: frozenset[str]


def page(actor: Actor, wanted: QueueFilter, number: int = 0) -> QueuePage:
    """One page of the queue, numbered from 0. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    with db.reading() as session:
        matching = _matching(wanted)
        order = col(Credit.decided_at) if wanted.decided else col(Claim.waiting_since)
        ordering = (order, col(Claim.id)) if wanted.oldest_first else (order.desc(), col(Claim.id).desc())
        counts = _counts(session)
        by_kind = {"": counts.all, EventKind.INDEPENDENT: counts.events, EventKind.SPONSORED: counts.credits}
        total = by_kind.get(wanted.kind, 0)
        counted = wanted == QueueFilter(kind=wanted.kind, oldest_first=wanted.oldest_first)
        asked = matching if counted else matching.add_columns(func.count().over())
        rows = session.execute(asked.order_by(*ordering).limit(PAGE).offset(number * PAGE)).all()
        if not counted:  # on the way, so that a search through thousands of titles is done once
            total = rows[0][-1] if rows else 0
        claim_ids = [row[0] for row in rows]
        entries = entries_of(session, claim_ids)
    return QueuePage([entries[claim_id] for claim_id in claim_ids], total, counts)


def changes(claim_ids: Iterable[int]) -> Change:
    """What open windows need to know about these claims: loaded once for all of them."""
    with db.reading() as session:
        entries = entries_of(session, list(claim_ids))
        return Change(entries, _counts(session), _coordinators_sessions(session))


def entry(actor: Actor, claim_id: int) -> Entry | None:
    """One entry as the queue shows it."""
    require_coordinator(actor)
    with db.reading() as session:
        return entries_of(session, [claim_id]).get(claim_id)


def library_names(actor: Actor) -> dict[int, str]:
    """For the filter."""
    require_coordinator(actor)
    with db.reading() as session:
        return {library.id or 0: library.name for library in session.exec(select(Library).order_by(Library.name))}


def _coordinators_sessions(session: Session) -> frozenset[str]:
    now = clock.now()
    return frozenset(
        found.token_hash
        for found in session.exec(
            select(SignInSession)
            .join(RoleGrant, col(RoleGrant.person_id) == SignInSession.person_id)
            .join(Person, col(Person.id) == SignInSession.person_id)
            .where(RoleGrant.role == Role.COORDINATOR, col(Person.deactivated_at).is_(None))
            .where(col(SignInSession.ended_at).is_(None), col(SignInSession.created_at) > now - ABSOLUTE)
        )
        if found.is_valid(now)
    )


def _matching(wanted: QueueFilter) -> Select[int | None, datetime]:
    status = col(Credit.status).in_(DECIDED) if wanted.decided else Credit.status == CreditStatus.PENDING
    query = (
        select(col(Claim.id), col(Claim.waiting_since))
        .join(Credit, col(Credit.claim_id) == Claim.id)
        .where(status)
        .group_by(col(Claim.id), col(Credit.decided_at))
    )
    if wanted.kind or wanted.text:
        query = query.join(Event, col(Event.id) == Claim.event_id)
    if wanted.kind:
        query = query.where(Event.kind == wanted.kind)
    if wanted.category_id:
        query = query.join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id).where(
            EventCreditLine.category_id == wanted.category_id
        )
    if wanted.library_id:
        query = query.where(_holds_position(col(Position.library_id) == wanted.library_id))
    if wanted.text:
        query = query.join(Person, col(Person.id) == Claim.person_id)
        for word in search.words_of(wanted.text):
            query = query.where(_contains(word))
    return query


def _holds_position(condition: ColumnElement[bool]) -> Exists:
    today = programs.current().today()
    return (
        exists()
        .where(col(Position.person_id) == Claim.person_id, col(Position.begins_on) <= today)
        .where(or_(col(Position.ends_on).is_(None), col(Position.ends_on) >= today))
        .where(condition)
        .correlate(Claim)
    )


def _contains(word: str) -> ColumnElement[bool]:
    library = select(col(Library.id)).where(search.contains(word, Library.name))
    return or_(
        search.contains(word, Event.title, Person.first_name, Person.last_name),
        _holds_position(col(Position.library_id).in_(library)),
    )


def _counts(session: Session) -> Counts:
    pending = select(Credit.claim_id).where(Credit.status == CreditStatus.PENDING, col(Credit.claim_id).is_not(None))
    rows = session.exec(
        select(Event.kind, func.count())
        .select_from(Claim)
        .join(Event, col(Event.id) == Claim.event_id)
        .where(col(Claim.id).in_(pending))
        .group_by(Event.kind)
    )
    by_kind = {str(kind): number for kind, number in rows}
    return Counts(by_kind.get(EventKind.INDEPENDENT, 0), by_kind.get(EventKind.SPONSORED, 0))

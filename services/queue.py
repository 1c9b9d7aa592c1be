"""What the coordinator's queue shows: entries by filter, 60 a page by the query, and counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.claims import Claim
from models.credits import Credit, CreditStatus, shown_credits
from models.events import Event, EventCreditLine, EventKind
from models.libraries import Library
from models.people import Person, Position, Role, RoleGrant
from models.sessions import SignInSession
from services import db, programs
from services.access import Actor, require_coordinator

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

    def fits(self, entry: "Entry") -> bool:
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
class Entry:
    """One entry of the queue: a claim with its event, person and status; credits summed over its lines."""

    claim_id: int
    kind: str
    title: str
    sponsor: str
    ends_at: datetime
    time_zone: str
    begins_at: datetime
    category_ids: tuple[int, ...]
    credits: Decimal
    person_id: int
    person: str
    library_ids: tuple[int, ...]
    libraries: tuple[str, ...]
    waiting_since: datetime
    status: str
    reason: str
    decided_at: datetime | None
    decided_by: str
    duplicate: str
    note: str
    record: str


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
        ids = session.exec(matching.order_by(*ordering).limit(PAGE).offset(number * PAGE)).all()
        counts = _counts(session)
        if wanted == QueueFilter(kind=wanted.kind, oldest_first=wanted.oldest_first):
            by_kind = {"": counts.all, EventKind.INDEPENDENT: counts.events, EventKind.SPONSORED: counts.credits}
            total = by_kind[wanted.kind]
        else:
            total = session.exec(select(func.count()).select_from(matching.order_by(None).subquery())).one()
        entries = _entries(session, [claim_id for claim_id, *_ in ids])
    return QueuePage([entries[claim_id] for claim_id, *_ in ids], total, counts)


def changes(claim_ids: Iterable[int]) -> Change:
    """What open windows need to know about these claims: loaded once for all of them."""
    with db.reading() as session:
        entries = _entries(session, list(claim_ids))
        tokens = session.exec(
            select(SignInSession.token_hash)
            .join(RoleGrant, col(RoleGrant.person_id) == SignInSession.person_id)
            .where(RoleGrant.role == Role.COORDINATOR, col(SignInSession.ended_at).is_(None))
        )
        return Change(entries, _counts(session), frozenset(tokens))


def entry(actor: Actor, claim_id: int) -> Entry | None:
    """One entry as the queue shows it."""
    require_coordinator(actor)
    with db.reading() as session:
        return _entries(session, [claim_id]).get(claim_id)


def library_names(actor: Actor) -> dict[int, str]:
    """For the filter."""
    require_coordinator(actor)
    with db.reading() as session:
        return {library.id or 0: library.name for library in session.exec(select(Library).order_by(Library.name))}


def _matching(wanted: QueueFilter) -> Select[tuple[int, datetime]]:
    status = col(Credit.status).in_(DECIDED) if wanted.decided else Credit.status == CreditStatus.PENDING
    query = (
        select(Claim.id, Claim.waiting_since)
        .join(Credit, col(Credit.claim_id) == Claim.id)
        .where(status)
        .group_by(col(Claim.id))
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
        query = query.where(_holds_position(Position.library_id == wanted.library_id))
    if wanted.text:
        query = query.join(Person, col(Person.id) == Claim.person_id)
        for word in wanted.text.lower().split()[:6]:
            query = query.where(_contains(word))
    return query


def _holds_position(condition: object) -> object:
    today = programs.current().today()
    return (
        exists()
        .where(col(Position.person_id) == Claim.person_id, col(Position.begins_on) <= today)
        .where(or_(col(Position.ends_on).is_(None), col(Position.ends_on) >= today))
        .where(condition)
        .correlate(Claim)
    )


def _contains(word: str) -> object:
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    name = func.lower(col(Person.first_name) + " " + col(Person.last_name))
    library = select(Library.id).where(func.lower(Library.name).like(pattern, escape="\\"))
    return or_(
        func.lower(Event.title).like(pattern, escape="\\"),
        name.like(pattern, escape="\\"),
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


def _entries(session: Session, claim_ids: Sequence[int]) -> dict[int, Entry]:
    """The entries of these claims in three statements, in no order."""
    other, decider = aliased(Claim), aliased(Person)
    rows = session.exec(
        select(Claim, Event, Person, Credit, EventCreditLine.category_id, decider, other.id)
        .join(Event, col(Event.id) == Claim.event_id)
        .join(Person, col(Person.id) == Claim.person_id)
        .join(Credit, col(Credit.claim_id) == Claim.id)
        .join(EventCreditLine, col(EventCreditLine.id) == Credit.line_id)
        .outerjoin(decider, decider.id == Credit.decided_by_id)
        .outerjoin(other, (other.id == Claim.duplicate_of_id) & exists(_live_credit(other)))
        .where(col(Claim.id).in_(claim_ids))
        .order_by(col(Credit.id))
    ).all()
    people = {person.id or 0 for _, _, person, *_ in rows}
    libraries, sums = _libraries(session, people), _sums(session, people)
    entries: dict[int, Entry] = {}
    for claim, event, person, credit, category_id, decided_by, duplicate_id in rows:
        before = entries.get(claim.id or 0)
        entries[claim.id or 0] = Entry(
            claim_id=claim.id or 0, kind=event.kind, title=event.title, sponsor=event.sponsor, ends_at=event.ends_at,
            time_zone=event.time_zone, begins_at=event.begins_at,
            category_ids=((*before.category_ids, category_id) if before else (category_id,)),
            credits=credit.credits + (before.credits if before else 0), person_id=claim.person_id, person=person.name,
            library_ids=tuple(id_ for id_, _ in libraries.get(claim.person_id, ())),
            libraries=tuple(name for _, name in libraries.get(claim.person_id, ())), waiting_since=claim.waiting_since,
            status=credit.status, reason=credit.reason, decided_at=credit.decided_at,
            decided_by=decided_by.name if decided_by else "", duplicate=claim.duplicate_why if duplicate_id else "",
            note=claim.note, record=sums.get(claim.person_id, ""),
        )  # fmt: skip
    return entries


def _sums(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Each person's record in short: `48 approved, 2 pending`."""
    found: dict[int, list[str]] = {}
    for person_id, status, credits in session.exec(
        select(Credit.person_id, Credit.status, func.sum(Credit.credits))
        .where(col(Credit.person_id).in_(list(people)), Credit.status != CreditStatus.WITHDRAWN)
        .group_by(col(Credit.person_id), Credit.status)
        .order_by(Credit.status)
    ):
        found.setdefault(person_id, []).append(f"{shown_credits(credits)} {status.lower()}")
    return {person_id: ", ".join(parts) for person_id, parts in found.items()}


def _live_credit(other: type[Claim]) -> Select[tuple[int | None]]:
    live = (CreditStatus.PENDING, CreditStatus.APPROVED)
    return select(Credit.id).where(col(Credit.claim_id) == other.id, col(Credit.status).in_(live)).correlate(other)


def _libraries(session: Session, people: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Where these people work today, by person."""
    today = programs.current().today()
    found: dict[int, list[tuple[int, str]]] = {}
    for person_id, library_id, name in session.exec(
        select(Position.person_id, Library.id, Library.name)
        .join(Library, col(Library.id) == Position.library_id)
        .where(col(Position.person_id).in_(list(people)), col(Position.begins_on) <= today)
        .where(or_(col(Position.ends_on).is_(None), col(Position.ends_on) >= today))
        .order_by(col(Position.begins_on).desc())
    ):
        found.setdefault(person_id, []).append((library_id or 0, name))
    return found

"""People, events and deeds for tests, with sensible defaults."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from models.audit import AuditLine
from models.credits import Credit
from models.events import Event, EventCreditLine, EventKind
from models.letters import Letter
from models.libraries import Library
from models.participations import Participation, ParticipationStatus
from models.people import Person, Position, PositionKind, Role, RoleGrant
from services import claims, clock, db, independent_events, programs, sign_in
from services.access import Actor

NOON = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
"""Noon in Denver on Monday, 23 November 2026."""


def person(name: str = "Ann Ames", *, roles: tuple[Role, ...] = (), library: str = "", email: str = "") -> Actor:
    """A person who can act; `library` gives her a staff position there since 2020."""
    first, _, last = name.partition(" ")
    with db.writing() as session:
        address = email or f"{name.replace(' ', '.').lower()}@example.org"
        row = Person(first_name=first, last_name=last, email=address, created_at=clock.now())
        session.add(row)
        session.flush()
        for role in roles:
            session.add(RoleGrant(person_id=row.id or 0, role=role, granted_at=clock.now()))
        if library:
            found = session.exec(select(Library).where(Library.name == library)).first() or Library(name=library)
            session.add(found)
            session.flush()
            session.add(Position(person_id=row.id or 0, library_id=found.id or 0, kind=PositionKind.STAFF,
                                 begins_on=date(2020, 1, 1)))  # fmt: skip
        return Actor(row.id or 0, first, name, frozenset(roles))


def coordinator(name: str = "Cem Coole") -> Actor:
    return person(name, roles=(Role.COORDINATOR,))


def event(
    title: str = "Open Meetings",
    *,
    ended: timedelta = timedelta(hours=1),
    hours: float = 1,
    credits: dict[str, str] | None = None,
    zone: str = "America/Denver",
    sponsor: str = "State Library",
) -> int:
    """A sponsored event that ended that long ago, with credit lines by category key; returns its id."""
    keys = {category.key: category.id or 0 for category in programs.current().categories.values()}
    ends = clock.now() - ended
    with db.writing() as session:
        row = Event(kind=EventKind.SPONSORED, title=title, begins_at=ends - timedelta(hours=hours), ends_at=ends,
                    time_zone=zone, sponsor=sponsor, presenter="Pat Presenter", created_at=clock.now())  # fmt: skip
        session.add(row)
        session.flush()
        for key, value in ({"administration": "1"} if credits is None else credits).items():
            session.add(EventCreditLine(event_id=row.id or 0, category_id=keys[key], credits=Decimal(value)))
        return row.id or 0


def entry(title: str = "Story Hours in Small Places", **changed: Any) -> dict[str, object]:
    """What a person types for an independent event of yesterday, two hours long."""
    return {
        "title": title, "begin_date": "2026-11-20", "begin_time": "09:00", "end_date": "2026-11-20",
        "end_time": "11:00", "sponsor": "Wyoming State Library", "presenter": "Kim Lee", "category": "public_services",
        "credits": "2", "description": "", "location": "", "link": "", "email": False, **changed,
    }  # fmt: skip


def credits_of(claim_id: int) -> list[Credit]:
    """The credit rows of a claim, as the database has them now."""
    with db.reading() as session:
        return list(session.exec(select(Credit).where(Credit.claim_id == claim_id)))


def token_for(actor: Actor) -> str:
    """A session of this person, as the cookie would hold it."""
    return sign_in.begin(actor.person_id)


def status_of(claim_id: int) -> str:
    """The one status that all credits of a claim have."""
    (status,) = {str(row.status) for row in credits_of(claim_id)}
    return status


def own_entry(actor: Actor, title: str = "Story Hours in Small Places", **changed: Any) -> int:
    """An independent event as this person saves it; returns the claim's id."""
    return independent_events.save(actor, entry(title, **changed), different=True)


def claim(actor: Actor, title: str = "Open Meetings", **event_parts: Any) -> int:
    """This person's claim of a past sponsored event made for it; returns the claim's id."""
    return claims.claim_event(actor, event(title, **event_parts)).claim_id


def letters_about(claim_id: int) -> list[Letter]:
    """The outbox rows about a claim, in the order they were written."""
    with db.reading() as session:
        return list(session.exec(select(Letter).where(Letter.claim_id == claim_id).order_by(col(Letter.id))))


def deeds_on(claim_id: int) -> list[AuditLine]:
    """The audit lines about a claim, in their order."""
    chosen = select(AuditLine).where(AuditLine.subject == "claim", AuditLine.subject_id == claim_id)
    with db.reading() as session:
        return list(session.exec(chosen.order_by(col(AuditLine.id))))


def later(**span: float) -> datetime:
    """Moves the clock of this test on; returns the new moment."""
    moment = clock.now() + timedelta(**span)
    clock.fix(moment)
    return moment


def track(key: str = "staff") -> int:
    """The id of a track of the program."""
    return next(id_ for id_, one in programs.current().tracks.items() if one.key == key)


def issued(actor: Actor, key: str, *, begins_on: date, **parts: Any) -> int:
    """A participation that ended with a certificate; returns its id."""
    track_id = track(key)
    version = next(v for v in programs.current().versions.values() if v.track_id == track_id and v.published)
    with db.writing() as session:
        row = Participation(
            person_id=actor.person_id,
            track_id=track_id,
            track_version_id=version.id,
            status=ParticipationStatus.ISSUED,
            begins_on=begins_on,
            created_at=clock.now(),
            **parts,
        )
        session.add(row)
        session.flush()
        return row.id or 0


def position(
    actor: Actor,
    library: str,
    *,
    begins_on: date,
    ends_on: date | None = None,
    kind: PositionKind = PositionKind.TRUSTEE,
) -> int:
    """A position at a library, which is made if it is not there; returns the library's id."""
    with db.writing() as session:
        found = session.exec(select(Library).where(Library.name == library)).first() or Library(name=library)
        session.add(found)
        session.flush()
        session.add(Position(person_id=actor.person_id, library_id=found.id or 0, kind=kind, begins_on=begins_on,
                             ends_on=ends_on))  # fmt: skip
        return found.id or 0

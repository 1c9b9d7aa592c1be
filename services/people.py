"""People: the welcome box, the user page, and for coordinators the whole record of one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from models.duplicates import Likeness
from models.evaluation import Evaluation
from models.libraries import Library
from models.participations import Participation
from models.people import Person, Position
from services import audit, certificate_lists, db, duplicates, participations, programs, records
from services.access import Actor, load_person, require_coordinator
from services.certificate_lists import CertificateLine


@dataclass(frozen=True)
class PositionView:
    library: str
    kind: str
    title: str
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True)
class UserPage:
    person: Person
    positions: list[PositionView]
    certificates: list[CertificateLine]


@dataclass(frozen=True)
class WholeRecord:
    """Everything about one person's certification, for a coordinator."""

    person: Person
    positions: list[PositionView]
    participations: list[tuple[Participation, Evaluation]]
    rows: list[records.CreditRow]
    duplicates: dict[int, Likeness]
    certificates: list[CertificateLine]
    history: list[audit.Told]
    is_own: bool


def user_page(actor: Actor) -> UserPage:
    """The grey box of the signed-in person."""
    with db.reading() as session:
        return UserPage(
            session.get_one(Person, actor.person_id),
            positions_of(session, actor.person_id),
            certificate_lists.of_person(session, actor.person_id),
        )


def whole_record(actor: Actor, person_id: int) -> WholeRecord:
    """Raises NotFound to all but coordinators, and for nobody."""
    require_coordinator(actor)
    program = programs.current()
    with db.reading() as session:
        person = load_person(session, actor, person_id)
        rows = records.credits_of(session, person_id)
        taken_up = participations.of_person(session, person_id)
        listed = records.frozen_lists(session, person_id)
        return WholeRecord(
            person,
            positions_of(session, person_id),
            [(one, records.evaluated(one, rows, program, listed.get(one.id or 0))) for one in taken_up],
            rows,
            duplicates.duplicates_in(rows),
            certificate_lists.of_person(session, person_id),
            audit.history(session, person_id),
            person_id == actor.person_id,
        )


def short_record(actor: Actor, person_id: int) -> str:
    """The record in one line, beside an entry of the queue."""
    require_coordinator(actor)
    program = programs.current()
    with db.reading() as session:
        taken_up = [one for one in participations.of_person(session, person_id) if one.is_open]
        rows = records.credits_of(session, person_id)
        listed = records.frozen_lists(session, person_id)
    if not taken_up:
        return f"No open track; {len(rows)} credits in all."
    parts = []
    for one in taken_up:
        found = records.evaluated(one, rows, program, listed.get(one.id or 0))
        name = program.versions[one.track_version_id].track_name
        parts.append(
            f"{name}: {found.earned.normalize():f} of {found.needed.normalize():f} earned, "
            f"{found.pending.normalize():f} pending"
        )
    return "; ".join(parts)


def positions_of(session: Session, person_id: int) -> list[PositionView]:
    rows = session.exec(
        select(Position, Library.name)
        .join(Library, col(Library.id) == Position.library_id)
        .where(Position.person_id == person_id)
        .order_by(col(Position.begins_on).desc())
    )
    return [PositionView(name, at.kind, at.title, at.begins_on, at.ends_on) for at, name in rows]


def libraries_of(session: Session, people: Iterable[int]) -> dict[int, str]:
    """The library where each of them holds the newest position of today, by person; one statement."""
    today = programs.current().today()
    rows = session.exec(
        select(Position, Library.name)
        .join(Library, col(Library.id) == Position.library_id)
        .where(col(Position.person_id).in_([*people]))
        .order_by(col(Position.begins_on))
    )
    return {at.person_id: name for at, name in rows if at.held_on(today)}


def with_email(session: Session, address: str) -> Person | None:
    """Whose address this is, in either case; nobody whose record is closed."""
    chosen = select(Person).where(func.lower(Person.email) == address.lower(), col(Person.deactivated_at).is_(None))
    return session.exec(chosen).first()

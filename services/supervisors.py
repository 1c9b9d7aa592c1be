"""Who verifies a person's credits: proposed from Positions, corrected by the participant and the coordinator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from models.participations import Participation
from models.people import Person, Position, PositionKind
from services import programs

FIRST = (PositionKind.BOARD_CHAIR, PositionKind.DIRECTOR, PositionKind.TRUSTEE, PositionKind.STAFF)
ASKED = {
    PositionKind.STAFF: (PositionKind.DIRECTOR, PositionKind.BOARD_CHAIR),
    PositionKind.DIRECTOR: (PositionKind.BOARD_CHAIR,),
    PositionKind.TRUSTEE: (PositionKind.BOARD_CHAIR,),
    PositionKind.BOARD_CHAIR: (PositionKind.TRUSTEE,),
}
"""Who verifies whom: a director her staff, the board chair directors and trustees, another member the chair.

Staff of a library without a director turn to the board chair.
"""
ASKING = frozenset(kind for kinds in ASKED.values() for kind in kinds)
WORDS = {
    PositionKind.DIRECTOR: "director",
    PositionKind.BOARD_CHAIR: "board chair",
    PositionKind.TRUSTEE: "board member",
    PositionKind.STAFF: "head of department",
}


@dataclass(frozen=True)
class Supervisor:
    """`relation` in a word, such as director; empty when somebody else was named."""

    name: str
    email: str
    person_id: int | None = None
    relation: str = ""


def of(session: Session, participation: Participation) -> Supervisor | None:
    """Whom the participant or a coordinator named, else whom the positions propose."""
    if participation.verifier_name or participation.verifier_email:
        known = known_by(session, participation.verifier_email, participation.person_id)
        name = participation.verifier_name or (known.name if known else participation.verifier_email)
        return Supervisor(name, participation.verifier_email, known.id if known else participation.verifier_id)
    return proposed(session, participation.person_id, programs.current().today(), participation.library_id)


def proposed(session: Session, person_id: int, day: date, library_id: int | None = None) -> Supervisor | None:
    """By the person's position on that day, at that library if she holds one there."""
    return _proposed(_near(session, [person_id]), person_id, day, library_id)


def known_by(session: Session, email: str, not_person_id: int) -> Person | None:
    """The one active person who has this address."""
    if not email:
        return None
    found = session.exec(select(Person).where(func.lower(Person.email) == email.lower())).first()
    return found if found and found.deactivated_at is None and found.id != not_person_id else None


def staff_of(session: Session, person_id: int, day: date) -> list[int]:
    """Ids of the people whom this person supervises on that day by their positions; four statements at most."""
    mine = [one for one in _positions(session, Position.person_id == person_id) if one.held_on(day)]
    libraries = [one.library_id for one in mine if one.kind in ASKING]
    close = or_(col(Position.library_id).in_(libraries), col(Position.supervisor_id) == person_id)
    others = dict.fromkeys(
        one.person_id for one in _positions(session, close) if one.held_on(day) and one.person_id != person_id
    )
    if not others:
        return []
    near = _near(session, [*others])
    found = {one: _proposed(near, one, day) for one in others}
    return [one for one, supervisor in found.items() if supervisor and supervisor.person_id == person_id]


def supervises(session: Session, person_id: int, other_id: int) -> bool:
    """Whether by today's positions this person supervises the other."""
    found = proposed(session, other_id, programs.current().today()) if person_id != other_id else None
    return found is not None and found.person_id == person_id


@dataclass(frozen=True)
class _Near:
    """All positions of some people, and of whoever is or was at their libraries, the newest first; with the people."""

    held: dict[int, list[Position]]
    at_library: dict[int, list[Position]]
    people: dict[int, Person]


def _near(session: Session, ids: Sequence[int]) -> _Near:
    held: dict[int, list[Position]] = {}
    for one in _positions(session, col(Position.person_id).in_(ids)):
        held.setdefault(one.person_id, []).append(one)
    mine = [one for rows in held.values() for one in rows]
    at_library: dict[int, list[Position]] = {}
    nearby = select(Position).where(col(Position.library_id).in_({one.library_id for one in mine}))
    for one in session.exec(nearby.order_by(col(Position.begins_on).desc(), col(Position.id))):
        at_library.setdefault(one.library_id, []).append(one)
    wanted = {one.person_id for rows in at_library.values() for one in rows} | {one.supervisor_id for one in mine}
    people = session.exec(select(Person).where(col(Person.id).in_(wanted), col(Person.deactivated_at).is_(None)))
    return _Near(held, at_library, {one.id or 0: one for one in people})


def _proposed(near: _Near, person_id: int, day: date, library_id: int | None = None) -> Supervisor | None:
    held = [one for one in near.held.get(person_id, []) if one.held_on(day)]
    there = [one for one in held if one.library_id == library_id] or held
    if not there:
        return None
    position = min(there, key=lambda one: FIRST.index(PositionKind(one.kind)))
    if position.supervisor_id != person_id and (head := near.people.get(position.supervisor_id or 0)):
        return _as_supervisor(head, WORDS[PositionKind.STAFF])
    return _at_library(near, position, day)


def _at_library(near: _Near, position: Position, day: date) -> Supervisor | None:
    others = near.at_library.get(position.library_id, [])
    colleagues = [
        (one, near.people[one.person_id])
        for one in others
        if one.person_id != position.person_id and one.person_id in near.people
    ]
    for kind in ASKED[PositionKind(position.kind)]:
        for one, person in _reachable_first(colleagues):
            if one.kind == kind and one.held_on(day):
                return _as_supervisor(person, WORDS[kind])
    return None


def _reachable_first(rows: Iterable[tuple[Position, Person]]) -> list[tuple[Position, Person]]:
    return sorted(rows, key=lambda row: not row[1].email)


def _as_supervisor(person: Person, relation: str) -> Supervisor:
    return Supervisor(person.name, person.email or "", person.id, relation)


def _positions(session: Session, where: ColumnElement[bool] | bool) -> Sequence[Position]:
    return session.exec(select(Position).where(where).order_by(col(Position.id))).all()

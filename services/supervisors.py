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
    held = [one for one in _positions(session, Position.person_id == person_id) if one.held_on(day)]
    there = [one for one in held if one.library_id == library_id] or held
    if not there:
        return None
    position = min(there, key=lambda one: FIRST.index(PositionKind(one.kind)))
    if position.supervisor_id is not None and position.supervisor_id != person_id:
        head = session.get(Person, position.supervisor_id)
        if head is not None and head.deactivated_at is None:
            return _as_supervisor(head, WORDS[PositionKind.STAFF])
    return _at_library(session, position, day)


def known_by(session: Session, email: str, not_person_id: int) -> Person | None:
    """The one active person who has this address."""
    if not email:
        return None
    found = session.exec(select(Person).where(func.lower(Person.email) == email.lower())).first()
    return found if found and found.deactivated_at is None and found.id != not_person_id else None


def staff_of(session: Session, person_id: int, day: date) -> list[int]:
    """Ids of the people whom this person supervises on that day by their positions."""
    mine = [one for one in _positions(session, Position.person_id == person_id) if one.held_on(day)]
    near = or_(col(Position.library_id).in_([one.library_id for one in mine]), col(Position.supervisor_id) == person_id)
    others = dict.fromkeys(
        one.person_id for one in _positions(session, near) if one.held_on(day) and one.person_id != person_id
    )
    return [other for other in others if _is_supervised_by(session, other, person_id, day)]


def supervises(session: Session, person_id: int, other_id: int) -> bool:
    """Whether by today's positions this person supervises the other."""
    return person_id != other_id and _is_supervised_by(session, other_id, person_id, programs.current().today())


def _is_supervised_by(session: Session, other_id: int, person_id: int, day: date) -> bool:
    found = proposed(session, other_id, day)
    return found is not None and found.person_id == person_id


def _at_library(session: Session, position: Position, day: date) -> Supervisor | None:
    colleagues = session.exec(
        select(Position, Person)
        .join(Person, col(Person.id) == Position.person_id)
        .where(Position.library_id == position.library_id, Position.person_id != position.person_id)
        .where(col(Person.deactivated_at).is_(None))
        .order_by(col(Position.begins_on).desc(), col(Position.id))
    ).all()
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

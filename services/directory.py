"""The directory of people for the program's office: found by name, address or library, a page at a time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, and_, col, func, or_, select

from models.errors import NotFound
from models.libraries import Library
from models.people import Person, Position, RoleGrant
from services import db, programs
from services.access import Actor, require_office
from services.search import contains, folded, words_of

PAGE = 60
WHICH = {
    "": "Everybody",
    "new": "New, not introduced",
    "coordinator": "Coordinators",
    "administrator": "Administrators",
    "closed": "Closed records",
}


@dataclass(frozen=True)
class PersonLine:
    id: int
    name: str
    email: str
    positions: list[str]
    roles: list[str]
    is_new: bool
    is_closed: bool


def page(actor: Actor, text: str = "", which: str = "", number: int = 0) -> tuple[list[PersonLine], int]:
    """That page of 60, by last name, and how many there are in all. `which` is a key of WHICH. Raises NotFound."""
    require_office(actor)
    with db.reading() as session:
        return _found(session, [*_fits(words_of(text)), _of_kind(which)], number)


def others(actor: Actor, person_id: int, text: str) -> list[PersonLine]:
    """At most ten people who may be the same one: without words those of her last name. Raises NotFound."""
    require_office(actor)
    with db.reading() as session:
        words = words_of(text)
        person = session.get(Person, person_id)
        if not words and person is not None:
            words = [person.last_name.lower()]
        lines, _ = _found(session, [*_fits(words), col(Person.id) != person_id], 0)
    return lines[:10]


def name_of(actor: Actor, person_id: int) -> str:
    """Raises NotFound."""
    require_office(actor)
    with db.reading() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotFound
        return person.name


def _found(session: Session, conditions: list[ColumnElement[bool]], number: int) -> tuple[list[PersonLine], int]:
    total = session.exec(select(func.count()).select_from(Person).where(*conditions)).one()
    people = session.exec(
        select(Person)
        .where(*conditions)
        .order_by(folded(Person.last_name), folded(Person.first_name), col(Person.id))
        .offset(number * PAGE)
        .limit(PAGE)
    ).all()
    ids = [one.id or 0 for one in people]
    positions, roles = _positions(session, ids, programs.current().today()), _roles(session, ids)
    lines = [
        PersonLine(
            one.id or 0,
            one.name,
            one.email or "",
            positions.get(one.id or 0, []),
            roles.get(one.id or 0, []),
            one.awaits_introduction,
            one.deactivated_at is not None,
        )
        for one in people
    ]
    return lines, total


def _fits(words: list[str]) -> list[ColumnElement[bool]]:
    """Every word is in the name, the address or the name of a library where she holds a position."""

    def at_library(word: str) -> ColumnElement[bool]:
        held = and_(Position.person_id == Person.id, Position.library_id == Library.id, contains(word, Library.name))
        return exists(select(Position.id).where(held))

    return [or_(contains(word, Person.first_name, Person.last_name, Person.email), at_library(word)) for word in words]


def _of_kind(which: str) -> ColumnElement[bool]:
    closed = col(Person.deactivated_at).is_not(None)
    if which == "closed":
        return closed
    if which == "new":
        return and_(~closed, col(Person.awaits_introduction))
    if which in {"coordinator", "administrator"}:
        return exists(select(RoleGrant.person_id).where(RoleGrant.person_id == Person.id, RoleGrant.role == which))
    return ~closed


def _positions(session: Session, ids: list[int], today: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = session.exec(
        select(Position, Library.name)
        .join(Library, col(Library.id) == Position.library_id)
        .where(col(Position.person_id).in_(ids))
        .order_by(col(Position.begins_on))
    )
    for at, library in rows:
        if at.held_on(today):
            found.setdefault(at.person_id, []).append(f"{at.title or at.kind.capitalize()}, {library}")
    return found


def _roles(session: Session, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for grant in session.exec(select(RoleGrant).where(col(RoleGrant.person_id).in_(ids)).order_by(col(RoleGrant.role))):
        found.setdefault(grant.person_id, []).append(str(grant.role))
    return found

"""Libraries: found, added, renamed and closed by the administrator."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from models.errors import NotFound, Problems, WrongState
from models.libraries import Library
from models.people import Position
from services import audit, clock, db, programs
from services.access import Actor, require_administrator
from services.profile import read_line
from services.search import contains, folded, words_of

PAGE = 60
WHICH = {"": "Open ones", "closed": "Closed ones"}


@dataclass(frozen=True)
class LibraryLine:
    """`people` is how many hold a position there today."""

    id: int
    name: str
    city: str
    kind: str
    people: int
    is_closed: bool


def page(actor: Actor, text: str = "", which: str = "", number: int = 0) -> tuple[list[LibraryLine], int]:
    """That page of 60 by name, and how many there are; `which` is a key of WHICH. Raises NotFound."""
    require_administrator(actor)
    state = col(Library.deactivated_at)
    conditions = [contains(word, Library.name, Library.city, Library.kind) for word in words_of(text)]
    conditions.append(state.is_not(None) if which == "closed" else state.is_(None))
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(Library).where(*conditions)).one()
        rows = session.exec(
            select(Library).where(*conditions).order_by(folded(Library.name)).offset(number * PAGE).limit(PAGE)
        ).all()
        people = _people(session, [one.id or 0 for one in rows])
    return [_line(one, people) for one in rows], total


def show(actor: Actor, library_id: int) -> LibraryLine:
    """Raises NotFound."""
    require_administrator(actor)
    with db.reading() as session:
        library = session.get(Library, library_id)
        if library is None:
            raise NotFound
        return _line(library, _people(session, [library_id]))


def save(actor: Actor, library_id: int | None, values: Mapping[str, object]) -> int:
    """Adds a library, or changes its `name`, `city` and `kind`; returns its id. Raises NotFound, Problems by field."""
    require_administrator(actor)
    problems: dict[str, str] = {}
    wanted = {name: read_line(values, name, 120, problems) for name in ("name", "city", "kind")}
    if not wanted["name"]:
        problems["name"] = "Enter the library's name."
    if problems:
        raise Problems(problems)
    try:
        with db.writing() as session:
            library = _found(session, library_id) if library_id else Library(name="")
            was = library.name
            library.name, library.city, library.kind = wanted["name"], wanted["city"], wanted["kind"]
            session.add(library)
            session.flush()
            deed = "library:changed" if library_id else "library:added"
            audit.record(session, actor.person_id, deed, library.id or 0, title=library.name, was=was)
            return library.id or 0
    except IntegrityError as error:
        raise Problems({"name": "There is a library of this name already."}) from error


def set_closed(actor: Actor, library_id: int, closed: bool) -> None:
    """A closed library is offered nowhere; what people were there stays. Raises NotFound, WrongState."""
    require_administrator(actor)
    with db.writing() as session:
        library = _found(session, library_id)
        if closed == (library.deactivated_at is not None):
            raise WrongState("It is so already.")
        library.deactivated_at = clock.now() if closed else None
        deed = "library:closed" if closed else "library:opened"
        audit.record(session, actor.person_id, deed, library_id, title=library.name)


def _found(session: Session, library_id: int) -> Library:
    library = session.get(Library, library_id, with_for_update=True)
    if library is None:
        raise NotFound
    return library


def _people(session: Session, ids: list[int]) -> dict[int, int]:
    today, found = programs.current().today(), dict[int, set[int]]()
    for at in session.exec(select(Position).where(col(Position.library_id).in_(ids))):
        if at.held_on(today):
            found.setdefault(at.library_id, set()).add(at.person_id)
    return {library_id: len(people) for library_id, people in found.items()}


def _line(one: Library, people: dict[int, int]) -> LibraryLine:
    return LibraryLine(
        one.id or 0, one.name, one.city, one.kind, people.get(one.id or 0, 0), one.deactivated_at is not None
    )

"""Positions that people hold at libraries: added, changed and taken out by the program's office."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from models.errors import NotFound, Problems
from models.libraries import Library
from models.people import Person, Position, PositionKind
from models.texts import typed, typed_id
from models.times import shown_day
from services import audit, db, interim, live, new_directors, supervisors
from services.access import Actor, require_office

KINDS = {
    PositionKind.STAFF: "Staff",
    PositionKind.DIRECTOR: "Director",
    PositionKind.TRUSTEE: "Trustee",
    PositionKind.BOARD_CHAIR: "Board chair",
}
LONGEST_TITLE = 120
EARLIEST, LATEST = date(1940, 1, 1), date(2100, 1, 1)


def save(actor: Actor, person_id: int, position_id: int | None, values: Mapping[str, object]) -> int:
    """Adds a position, or changes one: `library` (id), `kind`, `title`, `begins` and `ends` (ISO days), and
    `supervisor`, the e-mail of who verifies instead of the director; empty for nobody.

    Returns its id. Raises NotFound, Problems by field.
    """
    require_office(actor)
    try:
        with db.writing() as session:
            if session.get(Person, person_id, with_for_update=True) is None:
                raise NotFound
            position = _found(session, person_id, position_id) if position_id else _blank(person_id)
            leaves = position_id is not None and position.ends_on is None
            library = _read(session, position, values)
            _refuse_overlap(session, position)
            session.add(position)
            session.flush()
            deed = "position:changed" if position_id else "position:added"
            _record(session, actor, deed, position, library.name)
            if leaves and position.ends_on is not None:
                interim.ask_within(session, position, actor.person_id)
            new_directors.welcome(session, position)
            return position.id or 0
    except IntegrityError as error:
        raise Problems({"begins": "This position is there already."}) from error


def remove(actor: Actor, person_id: int, position_id: int) -> None:
    """Takes out a position that was entered by mistake. Raises NotFound."""
    require_office(actor)
    with db.writing() as session:
        position = _found(session, person_id, position_id)
        library = session.get_one(Library, position.library_id)
        _record(session, actor, "position:removed", position, library.name)
        session.delete(position)


def libraries(actor: Actor) -> dict[int, str]:
    """The libraries that are open, by name."""
    require_office(actor)
    with db.reading() as session:
        query = select(Library).where(col(Library.deactivated_at).is_(None)).order_by(func.lower(Library.name))
        return {one.id or 0: one.name for one in session.exec(query)}


def _blank(person_id: int) -> Position:
    return Position(person_id=person_id, library_id=0, kind=PositionKind.STAFF, begins_on=EARLIEST)


def _found(session: Session, person_id: int, position_id: int) -> Position:
    position = session.get(Position, position_id, with_for_update=True)
    if position is None or position.person_id != person_id:
        raise NotFound
    return position


def _read(session: Session, position: Position, values: Mapping[str, object]) -> Library:
    problems: dict[str, str] = {}
    library_id = typed_id(values.get("library"))
    library = session.get(Library, library_id) if library_id else None
    closed = library is not None and library.deactivated_at is not None and library.id != position.library_id
    if library is None or closed:
        problems["library"] = "Choose a library."
    try:
        kind = PositionKind(str(values.get("kind") or ""))
    except ValueError:
        problems["kind"] = "Choose the kind of position."
    title = " ".join(str(values.get("title") or "").split())
    if len(title) > LONGEST_TITLE or not title.isprintable():
        problems["title"] = f"At most {LONGEST_TITLE} characters that can be seen."
    begins = _read_day(values, "begins", problems, required=True)
    ends = _read_day(values, "ends", problems, required=False)
    if begins and ends and ends < begins:
        problems["ends"] = "It ends before it begins."
    supervisor = _read_supervisor(session, position, values, problems)
    if problems or library is None or begins is None:
        raise Problems(problems)
    position.library_id, position.kind, position.title = library.id or 0, kind, title
    position.begins_on, position.ends_on, position.supervisor_id = begins, ends, supervisor
    return library


def _read_supervisor(
    session: Session, position: Position, values: Mapping[str, object], problems: dict[str, str]
) -> int | None:
    email = typed(values.get("supervisor"))
    if not email:
        return None
    found = supervisors.known_by(session, email, position.person_id)
    if found is None:
        problems["supervisor"] = "Nobody else with this address is known. Add the person first, or leave it empty."
    return found.id if found else None


def _read_day(values: Mapping[str, object], name: str, problems: dict[str, str], *, required: bool) -> date | None:
    text = typed(values.get(name))
    if not text and not required:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        problems[name] = "Enter the day."
        return None
    if not EARLIEST <= day <= LATEST:
        problems[name] = "Enter a day between 1940 and 2100."
    return day


def _refuse_overlap(session: Session, position: Position) -> None:
    """The same position twice at one time would be a mistake; two kinds at one library are not."""
    others = session.exec(
        select(Position).where(
            Position.person_id == position.person_id,
            Position.library_id == position.library_id,
            Position.kind == position.kind,
            Position.id != (position.id or 0),
        )
    )
    for other in others:
        if (position.ends_on or LATEST) >= other.begins_on and (other.ends_on or LATEST) >= position.begins_on:
            until = f" to {shown_day(other.ends_on)}" if other.ends_on else ""
            raise Problems({"begins": f"This position is held already, from {shown_day(other.begins_on)}{until}."})


def _record(session: Session, actor: Actor, action: str, position: Position, library: str) -> None:
    title = f"{KINDS[PositionKind(position.kind)]}, {library}"
    person_id = position.person_id
    audit.record(session, actor.person_id, action, position.id or 0, person_id=person_id, title=title)
    db.tell(session, lambda: live.record_changed.publish(key=person_id))

"""Import of libraries, events and people from CSV files; a bad row stops the whole file, naming line and column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, func, select

from models.events import Event, EventState
from models.libraries import Library
from models.people import Person, Position, PositionKind
from services import audit, clock, db, event_files
from services.csv_rows import Row, rows_of, text_of
from services.event_rows import COLUMNS, from_row


@dataclass(frozen=True)
class Imported:
    new: int
    known: int


Importer = Callable[[Path], "Imported"]


def import_libraries(path: Path) -> Imported:
    """`library,city,kind`; the name is the key. Raises BadFile."""
    return _import(path, ("library", "city", "kind"), _library)


def import_events(path: Path) -> Imported:
    """Times are local; the key is `source`, else title and begins. Raises BadFile."""
    return _import(path, COLUMNS, _event)


def import_people(path: Path) -> Imported:
    """`last_name,first_name,email,library,position,begins,ends`; the e-mail is the key of a person. Raises BadFile."""
    return _import(path, ("last_name", "first_name", "email", "library", "position", "begins", "ends"), _person)


def _import(path: Path, columns: tuple[str, ...], write: Callable[[Session, Row], bool]) -> Imported:
    rows = list(rows_of(path.name, text_of(path), columns))
    with db.writing() as session:
        new = sum(write(session, row) for row in rows)
    return Imported(new, len(rows) - new)


def _library(session: Session, row: Row) -> bool:
    name = row.required("library")
    if session.exec(select(Library.id).where(Library.name == name)).first():
        return False
    session.add(Library(name=name, city=row["city"], kind=row["kind"]))
    session.flush()
    return True


def _event(session: Session, row: Row) -> bool:
    told = from_row(row)
    if session.exec(select(Event.id).where(Event.source_key == told.key)).first():
        return False
    event_files.add(session, told, EventState.PUBLISHED)
    return True


def _person(session: Session, row: Row) -> bool:
    email = row.required("email").lower()
    if email.count("@") != 1:
        raise row.bad("email", f"{email} is not an e-mail address.")
    library_id = session.exec(select(Library.id).where(Library.name == row.required("library"))).first()
    if library_id is None:
        raise row.bad("library", f"{row['library']} is not a known library: import libraries first.")
    if row["position"] not in set(PositionKind):
        raise row.bad("position", f"write one of {', '.join(PositionKind)}.")
    begins, ends = _day(row, "begins"), _day(row, "ends") if row["ends"] else None
    if ends and ends < begins:
        raise row.bad("ends", "the position ends before it begins.")
    person = session.exec(select(Person).where(func.lower(Person.email) == email)).first()
    if person is None:
        person = Person(
            first_name=row.required("first_name"),
            last_name=row.required("last_name"),
            email=email,
            phone=row.cells.get("phone", ""),
            created_at=clock.now(),
        )
        session.add(person)
        session.flush()
        audit.record(session, None, "person:imported", person.id or 0, person_id=person.id)
    return _position(session, person.id or 0, library_id, PositionKind(row["position"]), begins=begins, ends=ends)


def _position(
    session: Session, person_id: int, library_id: int, kind: PositionKind, *, begins: date, ends: date | None
) -> bool:
    known = session.exec(
        select(Position.id).where(
            Position.person_id == person_id,
            Position.library_id == library_id,
            Position.kind == kind,
            col(Position.begins_on) == begins,
        )
    ).first()
    if known:
        return False
    session.add(Position(person_id=person_id, library_id=library_id, kind=kind, begins_on=begins, ends_on=ends))
    session.flush()
    return True


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(row.required(column))
    except ValueError as error:
        raise row.bad(column, f"{row[column]} is not a date such as 2026-09-17.") from error

"""Import of libraries, events and people from CSV files; a bad row stops the whole file, naming line and column."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sqlmodel import Session, col, func, select

from models.base import HALF
from models.entries import MOST_CREDITS
from models.errors import Refusal
from models.events import Event, EventCreditLine, EventKind
from models.libraries import Library
from models.people import Person, Position, PositionKind
from models.times import from_local, is_zone
from services import audit, clock, db, programs


class BadFile(Refusal):
    """One sentence that names file, line and column."""


@dataclass(frozen=True)
class Imported:
    new: int
    known: int


@dataclass(frozen=True)
class Row:
    """One line of the file, by column."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def bad(self, column: str, sentence: str) -> BadFile:
        return BadFile(f"{self.file}, line {self.line}, column {column}: {sentence}")

    def required(self, column: str) -> str:
        if not self[column]:
            raise self.bad(column, "must not be empty.")
        return self[column]


Importer = Callable[[Path], "Imported"]


def import_libraries(path: Path) -> Imported:
    """`library,city,kind`; the name is the key. Raises BadFile."""
    return _import(path, ("library", "city", "kind"), _library)


def import_events(path: Path) -> Imported:
    """Times are local; the key is `source`, else title and begins. Raises BadFile."""
    return _import(path, EVENT_COLUMNS, _event)


def import_people(path: Path) -> Imported:
    """`last_name,first_name,email,library,position,begins,ends`; the e-mail is the key of a person. Raises BadFile."""
    return _import(path, ("last_name", "first_name", "email", "library", "position", "begins", "ends"), _person)


def _import(path: Path, columns: tuple[str, ...], write: Callable[[Session, Row], bool]) -> Imported:
    rows = list(_rows(path, columns))
    with db.writing() as session:
        new = sum(write(session, row) for row in rows)
    return Imported(new, len(rows) - new)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterable[Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadFile(f"There is no file {path}.") from error
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not UTF-8; save it as “CSV UTF-8”.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in reader.fieldnames or ()]
        if missing := [column for column in columns if column not in header]:
            raise BadFile(f"{path.name}, line 1: the column {missing[0]} is missing.")
        reader.fieldnames = header
        for cells in reader:
            if None in cells or None in cells.values():
                raise BadFile(f"{path.name}, line {reader.line_num}: it does not have {len(header)} columns.")
            yield Row(path.name, reader.line_num, {name: cells[name].strip() for name in header})
    except csv.Error as error:
        raise BadFile(f"{path.name}, line {reader.reader.line_num}: {error}.") from error


def _library(session: Session, row: Row) -> bool:
    name = row.required("library")
    if session.exec(select(Library.id).where(Library.name == name)).first():
        return False
    session.add(Library(name=name, city=row["city"], kind=row["kind"]))
    session.flush()
    return True


EVENT_COLUMNS = (
    "title",
    "begins",
    "ends",
    "time_zone",
    "sponsor",
    "presenter",
    "category",
    "credits",
    "location",
    "online",
    "source",
)


def _event(session: Session, row: Row) -> bool:
    title, zone = row.required("title"), row.required("time_zone")
    if not is_zone(zone):
        raise row.bad("time_zone", f"{zone} is not a time zone such as America/Denver.")
    begins, ends = _moment(row, "begins", zone), _moment(row, "ends", zone)
    if ends <= begins:
        raise row.bad("ends", "the event ends before it begins.")
    if row["online"].lower() not in {"yes", "no", ""}:
        raise row.bad("online", "write yes or no.")
    line = _credit_line(row)
    key = row["source"] or f"{title} {row['begins']}"
    if session.exec(select(Event.id).where(Event.source_key == key)).first():
        return False
    event = Event(
        kind=EventKind.SPONSORED,
        title=title,
        begins_at=begins,
        ends_at=ends,
        time_zone=zone,
        sponsor=row["sponsor"],
        presenter=row["presenter"],
        location=row["location"],
        online=row["online"].lower() == "yes",
        source_key=key,
        created_at=clock.now(),
    )
    session.add(event)
    session.flush()
    if line:
        session.add(EventCreditLine(event_id=event.id or 0, category_id=line[0], credits=line[1]))
    return True


def _credit_line(row: Row) -> tuple[int, Decimal] | None:
    if not row["category"] or not row["credits"]:
        return None
    names = {category.name.lower(): category.id for category in programs.current().categories.values()}
    category_id = names.get(row["category"].lower())
    if category_id is None:
        raise row.bad("category", f"{row['category']} is not a category of this program.")
    try:
        value = Decimal(row["credits"])
    except InvalidOperation as error:
        raise row.bad("credits", f"{row['credits']} is not a number.") from error
    if not value.is_finite() or not 0 < value <= MOST_CREDITS or value % HALF:
        raise row.bad("credits", f"must be a positive multiple of .5, at most {MOST_CREDITS}.")
    return category_id, value


def _moment(row: Row, column: str, zone: str) -> datetime:
    try:
        local = datetime.fromisoformat(row.required(column))
        if local.tzinfo is not None:
            raise ValueError("an offset beside the time zone")
        return from_local(local.date(), local.time(), zone)
    except ValueError as error:
        raise row.bad(column, f"{row[column]} is not a local time such as 2026-09-17 10:00.") from error


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

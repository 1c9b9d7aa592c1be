"""Import of libraries, events and people from CSV files."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from models.events import Event, EventCreditLine
from models.libraries import Library
from models.people import Person
from models.programs.files import FOLDER
from services import db, events, imports, people
from services.access import Actor
from services.imports import Imported

SAMPLES = FOLDER / "demo"
EVENT = {
    "title": "Weeding", "begins": "2026-09-17 10:00", "ends": "2026-09-17 12:30", "time_zone": "America/Denver",
    "sponsor": "State Library", "presenter": "Pat", "category": "Technology", "credits": "2.5", "location": "",
    "online": "yes", "source": "ASPeN event 1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def written(folder: Path, *rows: dict[str, str], begins_with: str = "") -> Path:
    """A CSV file of these rows, the header taken from the first one."""
    lines = [",".join(rows[0]), *(",".join(f'"{cell}"' for cell in row.values()) for row in rows)]
    path = folder / "file.csv"
    path.write_text(begins_with + "\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    return path


def test_the_sample_files_are_imported_once_and_again_they_change_nothing() -> None:
    for read, name in (
        (imports.import_libraries, "libraries.csv"),
        (imports.import_events, "events.csv"),
        (imports.import_people, "people.csv"),
    ):
        first = read(SAMPLES / name)
        assert first.new > 0
        assert read(SAMPLES / name) == Imported(0, first.new + first.known)


def test_the_sample_events_stand_on_the_calendar_with_their_credits() -> None:
    imports.import_events(SAMPLES / "events.csv")
    found = {view.event.title: view for view in events.past().events}
    view = found["NEW Strategic Track to MSL Certification: what librarians need to know"]
    assert view.event.begins_at == datetime(2021, 6, 2, 20, 0, tzinfo=UTC)
    assert (view.event.sponsor, view.event.online) == ("Montana State Library", True)
    assert view.credits == (("Library Administration", Decimal("0.5")),)
    assert found["Public Library Director's Institute"].credits == ()


def test_columns_may_stand_in_any_order_in_any_case_and_beside_others(tmp_path: Path) -> None:
    mixed = {f" {key.title()} ": value for key, value in reversed(EVENT.items())} | {"Remark": "ours"}
    assert imports.import_events(written(tmp_path, mixed)) == Imported(1, 0)
    with db.reading() as session:
        event = session.exec(select(Event)).one()
        line = session.exec(select(EventCreditLine)).one()
    assert (event.title, event.ends_at) == ("Weeding", datetime(2026, 9, 17, 18, 30, tzinfo=UTC))
    assert line.credits == Decimal("2.5")


def test_a_byte_order_mark_as_spreadsheets_write_it_is_no_part_of_the_header(tmp_path: Path) -> None:
    assert imports.import_events(written(tmp_path, EVENT, begins_with="\ufeff")) == Imported(1, 0)


def test_empty_lines_and_line_breaks_within_a_cell_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, EVENT | {"title": "Two\nLines"})
    path.write_bytes(path.read_bytes() + b"\r\n\r\n")
    assert imports.import_events(path) == Imported(1, 0)


def test_an_event_without_category_or_credits_gives_no_credit(tmp_path: Path) -> None:
    path = written(tmp_path, EVENT | {"credits": ""}, EVENT | {"category": "", "source": "other"})
    assert imports.import_events(path) == Imported(2, 0)
    with db.reading() as session:
        assert session.exec(select(EventCreditLine)).all() == []


def test_the_key_of_an_event_is_its_source_else_title_and_begin(tmp_path: Path) -> None:
    unnamed = EVENT | {"source": ""}
    path = written(tmp_path, EVENT, EVENT | {"title": "Renamed"}, unnamed, unnamed,
                   unnamed | {"begins": "2026-09-17 09:00"})  # fmt: skip
    assert imports.import_events(path) == Imported(3, 2)


def test_a_header_alone_is_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "libraries.csv"
    path.write_text("library,city,kind\n", encoding="utf-8")
    assert imports.import_libraries(path) == Imported(0, 0)


def test_a_person_keeps_one_record_through_several_positions(tmp_path: Path) -> None:
    with db.writing() as session:
        session.add_all([Library(name="Butte"), Library(name="Helena")])
    one = {"last_name": "Ames", "first_name": "Ann", "email": "Ann@Example.org", "library": "Butte",
           "position": "staff", "begins": "2010-01-01", "ends": "2015-12-31"}  # fmt: skip
    two = one | {"email": "ann@example.ORG", "library": "Helena", "position": "director", "begins": "2016-01-01",
                 "ends": ""}  # fmt: skip
    assert imports.import_people(written(tmp_path, one, two)) == Imported(2, 0)
    with db.reading() as session:
        person = session.exec(select(Person)).one()
    page = people.user_page(Actor(person.id or 0, "Ann", "Ann Ames"))
    assert [(at.library, at.kind, at.begins_on, at.ends_on) for at in page.positions] == [
        ("Helena", "director", date(2016, 1, 1), None),
        ("Butte", "staff", date(2010, 1, 1), date(2015, 12, 31)),
    ]
    assert imports.import_people(written(tmp_path, one, two)) == Imported(0, 2)

"""Files with mistakes: the sentence names file, line and column, and nothing of the file is saved."""

from pathlib import Path

import pytest
from sqlmodel import func, select

from models.audit import AuditLine
from models.events import Event
from models.libraries import Library
from models.people import Person, Position
from services import db, imports
from services.csv_rows import BadFile
from tests.services.test_imports import EVENT, written

PERSON = {"last_name": "Ames", "first_name": "Ann", "email": "ann@example.org", "library": "Butte",
          "position": "staff", "begins": "2020-01-01", "ends": ""}  # fmt: skip


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def rows_of(*tables: type) -> list[int]:
    with db.reading() as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("title", "", "must not be empty"),
        ("time_zone", "", "must not be empty"),
        ("time_zone", "Denver", "is not a time zone"),
        ("time_zone", "../Denver", "is not a time zone"),
        ("begins", "", "must not be empty"),
        ("begins", "17.9.2026", "is not a local time"),
        ("begins", "2026-03-08 02:30", "is not a local time"),
        ("begins", "2026-09-17 10:00+02:00", "is not a local time"),
        ("ends", "2026-09-17T16:30Z", "is not a local time"),
        ("ends", "2026-09-17 10:00", "ends before it begins"),
        ("online", "maybe", "write yes or no"),
        ("category", "Cooking", "is not a category of this program"),
        ("credits", "two", "is not a number"),
        ("credits", "0", "must be a positive multiple of .5"),
        ("credits", "-1", "must be a positive multiple of .5"),
        ("credits", "1.3", "must be a positive multiple of .5"),
        ("credits", "NaN", "must be a positive multiple of .5"),
        ("credits", "Infinity", "must be a positive multiple of .5"),
        ("credits", "1e30", "must be a positive multiple of .5"),
    ],
)
def test_a_bad_cell_of_an_event_names_line_and_column_and_saves_nothing(
    tmp_path: Path, column: str, cell: str, sentence: str
) -> None:
    path = written(tmp_path, EVENT, EVENT | {"source": "other"} | {column: cell})
    with pytest.raises(BadFile) as refused:
        imports.import_events(path)
    assert str(refused.value).startswith(f"file.csv, line 3, column {column}: ")
    assert sentence in str(refused.value)
    assert rows_of(Event) == [0]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("first_name", "", "must not be empty"),
        ("email", "", "must not be empty"),
        ("email", "ann", "is not an e-mail address"),
        ("library", "Nowhere", "import libraries first"),
        ("position", "king", "write one of staff, director, trustee, board chair"),
        ("begins", "", "must not be empty"),
        ("begins", "1/1/2020", "is not a date"),
        ("ends", "soon", "is not a date"),
        ("ends", "2019-12-31", "ends before it begins"),
    ],
)
def test_a_bad_cell_of_a_person_names_line_and_column_and_saves_nothing(
    tmp_path: Path, column: str, cell: str, sentence: str
) -> None:
    with db.writing() as session:
        session.add(Library(name="Butte"))
    path = written(tmp_path, PERSON, PERSON | {"email": "bob@example.org"} | {column: cell})
    with pytest.raises(BadFile) as refused:
        imports.import_people(path)
    assert str(refused.value).startswith(f"file.csv, line 3, column {column}: ")
    assert sentence in str(refused.value)
    assert rows_of(Person, Position, AuditLine) == [0, 0, 0]


def test_a_library_needs_a_name(tmp_path: Path) -> None:
    good = {"library": "Butte", "city": "Butte", "kind": "public"}
    with pytest.raises(BadFile, match=r"file\.csv, line 3, column library: must not be empty"):
        imports.import_libraries(written(tmp_path, good, good | {"library": " "}))
    assert rows_of(Library) == [0]


@pytest.mark.parametrize("empty", ["", "\n", "\n\n"])
def test_the_line_is_the_files_own_also_after_empty_lines_and_line_breaks_in_cells(tmp_path: Path, empty: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f'library,city,kind\n"Two\nLines",Butte,public\n{empty},Butte,public\n', encoding="utf-8")
    with pytest.raises(BadFile, match=rf"file\.csv, line {4 + len(empty)}, column library"):
        imports.import_libraries(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, {key: value for key, value in EVENT.items() if key != "ends"})
    with pytest.raises(BadFile, match=r"file\.csv, line 1: the column ends is missing"):
        imports.import_events(path)


@pytest.mark.parametrize("line", ["Butte,Butte", "Butte,Butte,public,more"])
def test_a_line_with_too_few_or_too_many_cells_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"library,city,kind\nHelena,Helena,public\n{line}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r"file\.csv, line 3: it does not have 3 columns"):
        imports.import_libraries(path)
    assert rows_of(Library) == [0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the column library is missing"),
        (b"library,city,kind\n\xff\xfe", "is not UTF-8"),
        ("library,city,kind\nButte\n".encode("utf-16"), "is not UTF-8"),
        (b'library,city,kind\n"Butte,Butte,public\n', "line 2: unexpected end of data"),
        (b'"library,city,kind\n', "unexpected end of data"),
        (b'library,city,kind\n"Butte"x,Butte,public\n', "line 2: "),
    ],
)
def test_what_is_no_csv_file_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        imports.import_libraries(path)
    assert str(refused.value).startswith("file.csv")
    assert sentence in str(refused.value)


def test_a_file_that_is_missing_or_a_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="There is no file"):
        imports.import_libraries(tmp_path / "none.csv")
    with pytest.raises(BadFile):
        imports.import_libraries(tmp_path)

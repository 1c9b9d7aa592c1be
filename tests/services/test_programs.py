"""The program file: imported once, then the database is the truth, and what is published never changes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from models.errors import CannotStart
from models.programs import ProgramImport, TrackVersion, files
from services import db, programs

Editor = Callable[..., None]


@pytest.fixture
def edit(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Replaces text in this installation's copy of Montana's program file."""
    folder = tmp_path / "programs"
    folder.mkdir()
    path = folder / "montana.toml"
    path.write_bytes((files.FOLDER / "montana.toml").read_bytes())
    monkeypatch.setattr(files, "FOLDER", folder)

    def replace(*pairs: tuple[str, str]) -> None:
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    return replace


def raised(edit: Editor) -> tuple[str, str]:
    """The edit that gives the file a new version."""
    version = files.read_program("montana").version
    return (f'version = "{version}"', f'version = "{version}-next"')


def imports() -> list[str]:
    with db.reading() as session:
        return [one.version for one in session.exec(select(ProgramImport))]


def test_the_program_is_imported_once(edit: Editor) -> None:
    before = imports()
    assert not programs.import_program("montana")
    assert imports() == before


def test_the_program_is_read_as_plain_data(edit: Editor) -> None:
    program = programs.current()
    assert (program.key, program.time_zone) == ("montana", "America/Denver")
    assert [track.key for track in program.tracks.values()] == ["administrator", "staff", "trustee"]
    staff = next(id_ for id_, track in program.tracks.items() if track.key == "staff")
    version = program.version_for(staff, program.today())
    assert version is not None
    assert (version.version, version.years) == ("2023-07", 4)
    assert sum((part.minimum for part in version.initial.requirements), Decimal(0)) == 60
    before = program.version_for(staff, date(2023, 6, 30))
    assert before is not None
    assert before.version == "2009"
    assert program.version_for(staff, date(2009, 6, 30)) is None


def test_a_changed_file_with_the_same_version_stops_the_start(edit: Editor) -> None:
    edit(("claim_window_days = 365", "claim_window_days = 30"))
    with pytest.raises(CannotStart, match="was changed but is still version"):
        programs.import_program("montana")
    assert programs.current().settings["claim_window_days"] == 365


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('minimum = "30"', 'minimum = "20"'),
        ("effective = 2023-07-01", "effective = 2022-07-01"),
        ("  years = 4", "  years = 5"),
        ('version = "2023-07"', 'version = "2023-08"'),
        ('categories = ["administration"]', 'categories = ["technology"]'),
    ],
)
def test_a_published_version_that_differs_stops_the_start_whatever_the_files_version(
    edit: Editor, old: str, new: str
) -> None:
    edit(raised(edit))
    edit((old, new))
    before = imports()
    with pytest.raises(CannotStart, match="is published and cannot change"):
        programs.import_program("montana")
    assert imports() == before


def test_a_new_version_of_the_file_is_imported_and_used_at_once(edit: Editor) -> None:
    edit(raised(edit), ("claim_window_days = 365", "claim_window_days = 30"))
    assert programs.import_program("montana")
    assert programs.current().settings["claim_window_days"] == 30
    assert len(imports()) == 2
    assert not programs.import_program("montana")


def test_ids_of_tracks_categories_and_versions_outlive_an_import(edit: Editor) -> None:
    def ids() -> tuple[list[int], list[int], list[int]]:
        program = programs.current()
        return list(program.tracks), list(program.categories), sorted(program.versions)

    before = ids()
    edit(raised(edit), ('name = "Library Staff"', 'name = "Library Workers"'))
    programs.import_program("montana")
    assert ids() == before
    assert "Library Workers" in {track.name for track in programs.current().tracks.values()}


def test_an_unpublished_draft_may_still_change_and_be_published(edit: Editor) -> None:
    edit(raised(edit), ("effective = 2026-07-01\n  published = false", "effective = 2026-08-01\n  published = false"))
    assert programs.import_program("montana")
    with db.reading() as session:
        draft = session.exec(select(TrackVersion).where(TrackVersion.published == False)).first()  # noqa: E712 -- SQL
    assert draft is not None
    assert draft.effective_on == date(2026, 8, 1)


@pytest.mark.parametrize("key", ["atlantis", "../montana", "montana.toml", ""])
def test_an_unknown_program_is_refused_and_the_known_ones_named(edit: Editor, key: str) -> None:
    with pytest.raises(CannotStart, match=r"There is no program .*ASPEN_PROGRAM may be: montana\."):
        programs.import_program(key)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('key = "montana"', "key = ", "not a readable TOML file"),
        ("America/Denver", "America/Butte", "America/Butte is not a time zone"),
        ('minimum = "30"', 'minimum = "30.3"', "a minimum is a positive multiple of 0.5"),
        ('categories = ["administration"]', 'categories = ["cooking"]', "unknown category cooking"),
        ("claim_window_days", "claim_window_weeks", "claim_window_weeks"),
    ],
)
def test_a_mistake_in_the_file_stops_the_start_with_one_sentence(
    edit: Editor, old: str, new: str, sentence: str
) -> None:
    edit((old, new))
    with pytest.raises(CannotStart) as refused:
        programs.import_program("montana")
    assert str(refused.value).startswith("montana.toml")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)

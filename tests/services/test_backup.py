"""Backup and restore, on both databases: under load, in one verified file, and back again."""

import os
import shutil
import sqlite3
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
from models.people import Role
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


pytestmark = pytest.mark.usefixtures("pg_programs")


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


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "copies"
    monkeypatch.setattr(backup_files, "check", lambda _: (_ for _ in ()).throw(backup_files.Damaged("The disk lies.")))
    with pytest.raises(Refusal, match="The disk lies"):
        backup.back_up(installation.settings(), folder)
    assert list(folder.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="cannot be written"):
        backup.back_up(installation.settings(), tmp_path / "file")


def test_when_the_nightly_one_fails_administrators_read_it_in_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    make.person("Ada Admin", roles=(Role.ADMINISTRATOR,))
    monkeypatch.setattr(backup_files, "check", lambda _: (_ for _ in ()).throw(backup_files.Damaged("The disk lies.")))
    for _ in range(2):
        with pytest.raises(Refusal):
            backup.nightly()
    with db.reading() as session:
        (letter,) = session.exec(select(Letter)).all()
    assert "The disk lies." in letter.body


def test_old_ones_go_and_the_newest_stays_however_old() -> None:
    settings, now = installation.settings(), datetime(2026, 11, 23, 12, tzinfo=UTC)
    folder = backup.folder_of(settings)
    folder.mkdir(exist_ok=True)
    names = [f"aspen-{now - timedelta(days=days):%Y%m%d-%H%M%S-%f}{backup_files.SUFFIX}" for days in (90, 31, 29, 0)]
    for name in names:
        (folder / name).touch()
    (folder / "aspen-of-mine.aspen-backup").touch()
    for name, days in ((".unfinished-old", 2), (".unfinished-now", 0)):
        (folder / name / "part").mkdir(parents=True)
        os.utime(folder / name, ((now - timedelta(days=days)).timestamp(),) * 2)
    assert {path.name for path in backup.prune(settings, now)} == set(names[:2])
    assert (folder / ".unfinished-now").exists()
    assert {path.name for path in backup.prune(settings, now + timedelta(days=400))} == {names[2]}
    assert (folder / "aspen-of-mine.aspen-backup").exists()
    assert not (folder / ".unfinished-old").exists()


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

"""Migrating: after a verified backup, never backwards, whole or not at all."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from models.errors import CannotStart
from services import db, drafts, installation, migrations, people
from services.settings import Settings
from tests import make
from tests.conftest import SECRET
from tests.services import schemas

NEXT = '''"""A later migration."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{down}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    {deed}
'''
Later = Callable[[str], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Later:
    """Gives this program one more migration that does this deed."""

    def add(deed: str = 'op.add_column("draft", sa.Column("remark", sa.String()))') -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        newest = max(path.name for path in (folder / "versions").glob("*.py"))
        (folder / "versions" / "9999_later.py").write_text(NEXT.format(down=newest[:4], deed=deed), encoding="utf-8")
        monkeypatch.setattr(migrations, "FOLDER", folder)

    return add


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def test_a_new_database_is_migrated_without_a_backup_and_the_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key=SECRET)
    installation.connect(settings)
    assert (migrations.is_current(), migrations.migrate(settings)) == (False, True)
    assert (migrations.is_current(), migrations.migrate(settings)) == (True, False)
    assert not (tmp_path / "backups").exists()
    installation.close()


@pytest.mark.sqlite
def test_before_a_migration_a_whole_backup_is_put_beside_the_database(database: Path, later: Later) -> None:
    ann = make.person()
    make.own_entry(ann)
    later()

    assert migrations.migrate(installation.settings())

    (backup,) = (database.parent / "backups").iterdir()
    assert backup.suffix == ".sqlite3"
    assert asked(backup, "PRAGMA integrity_check") == [("ok",)]
    assert asked(backup, "SELECT title FROM event") == [("Story Hours in Small Places",)]
    assert asked(backup, "SELECT count(*) FROM audit_line") == [(1,)]
    assert "remark" not in {row[1] for row in asked(backup, "PRAGMA table_info(draft)")}
    assert "remark" in {row[1] for row in asked(database, "PRAGMA table_info(draft)")}
    assert make.deeds_on(1)


@pytest.mark.sqlite
def test_the_backup_has_what_was_written_last_and_still_lies_in_the_log(database: Path, later: Later) -> None:
    before = database.stat().st_size
    for number in range(50):
        make.event(f"Event {number}")
    assert database.with_name("aspen.sqlite3-wal").stat().st_size > before / 10
    later()
    migrations.migrate(installation.settings())
    (backup,) = (database.parent / "backups").iterdir()
    assert asked(backup, "SELECT count(*) FROM event") == [(50,)]


@pytest.mark.parametrize(
    "failing",
    [
        'op.add_column("draft", sa.Column("remark", sa.String())); op.execute("SELECT * FROM nowhere")',
        'op.execute("DELETE FROM draft"); op.drop_table("draft"); op.execute("SELECT * FROM nowhere")',
        'with op.batch_alter_table("draft", reflect_kwargs={"resolve_fks": False}) as table: '
        'table.alter_column("kept_at", nullable=True)\n    op.execute("INSERT INTO nowhere VALUES (1)")',
    ],
)
def test_a_migration_that_fails_leaves_the_database_as_it_was(database: Path, later: Later, failing: str) -> None:
    ann, before = make.person(), schemas.present()
    drafts.keep(ann, "independent event", "title", "Half a sentence")
    later(failing)
    with pytest.raises(DBAPIError, match="nowhere"):
        migrations.migrate(installation.settings())
    assert schemas.present() == before
    assert drafts.kept(ann, "independent event") == {"title": "Half a sentence"}
    assert not migrations.is_current()


def test_a_migration_may_rebuild_a_table_that_others_refer_to(database: Path, later: Later) -> None:
    """SQLite changes a column by making the table anew; the rows that point to it must outlive that."""
    ann = make.person(library="Butte Public Library")
    later('with op.batch_alter_table("library", recreate="auto") as table: table.alter_column("city", nullable=True)')
    assert migrations.migrate(installation.settings())
    assert [at.library for at in people.user_page(ann).positions] == ["Butte Public Library"]
    with db.engine().connect() as connection:
        assert schemas.foreign_keys_broken(connection) == 0


def test_a_database_of_a_newer_program_is_refused(
    database: Path, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = migrations.FOLDER
    later()
    migrations.migrate(installation.settings())
    monkeypatch.setattr(migrations, "FOLDER", present)
    for start in (migrations.require_current, migrations.migrate, installation.open_with):
        with pytest.raises(CannotStart, match="written by a newer version of the program"):
            start(installation.settings())
    assert not installation.is_ready()


def test_the_start_migrates_and_is_then_ready(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "folder", secret_key=SECRET)
    installation.connect(settings)
    assert not installation.is_ready()
    installation.open_with(settings)
    assert installation.is_ready()
    installation.close()
    assert not installation.is_ready()

"""Restoring a backup: checked in every byte, put in place of nothing or with the old one kept aside."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlmodel import col, select, update

from models.errors import Refusal
from models.letters import Letter, LetterState
from models.sessions import SignInSession
from services import audit_chain, backup_databases, backup_files, clock, db, installation, migrations, serving
from services.backup_files import DATABASE, Damaged, Manifest
from services.settings import Settings


@dataclass(frozen=True)
class Restored:
    """From when it was, what was kept aside, and how many letters wait to be sent (again, if they went out since).

    `problem` is what is wrong with the chain over its audit lines, in a sentence; empty if nothing is.
    """

    made_at: str
    aside: str
    letters: int
    problem: str


def restore(settings: Settings, file: Path, *, replace: bool = False) -> Restored:
    """Puts the installation back as it was; everybody signs in anew. Raises Refusal, and nothing is changed then."""
    manifest = backup_files.check(file)
    _check_fit(settings, manifest, file)
    with serving.alone(settings):
        _refuse_company()
        if not replace and _is_filled():
            raise Refusal("There is a database already. Say --replace to put it aside for the backup.")
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".restoring-", dir=settings.data_dir))
        try:
            backup_files.unpack(file, lambda name: work / name)
            aside = _put_in_place(settings, manifest, work, stamp)
        except OSError as error:
            raise Refusal(f"The backup could not be restored: {error.strerror or error}.") from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
        installation.connect(settings)
        migrations.migrate(settings)
        audit_chain.seal()
        return Restored(manifest.made_at, aside, _settle(), audit_chain.verify(manifest.head).problem)


def _check_fit(settings: Settings, manifest: Manifest, file: Path) -> None:
    if manifest.demo != settings.demo:
        whose, here = ("demo's", "a real installation") if manifest.demo else ("real installation's", "the demo")
        raise Refusal(f"{file.name} is a {whose} backup, and this is {here}.")
    dialect = "sqlite" if settings.sqlite_path() else "postgresql"
    if manifest.dialect != dialect:
        raise Refusal(f"{file.name} is a backup of {manifest.dialect}, and ASPEN_DATABASE_URL names {dialect}.")
    if manifest.head and not audit_chain.ANCHOR.fullmatch(manifest.head):
        raise Damaged(f"{file.name} is damaged: it does not say how its audit lines end.")
    if not migrations.is_known(manifest.migration):
        raise Refusal(f"{file.name} was made by a newer version of the program: install that one.")


def _refuse_company() -> None:
    """On PostgreSQL another host may serve."""
    if db.engine().dialect.name == "sqlite":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with db.engine().connect() as connection:
        if connection.execute(text(others)).scalar_one():
            raise Refusal("Somebody else is connected to this database: stop the app first, on every machine.")


def _is_filled() -> bool:
    return bool(inspect(db.engine()).get_table_names())


def _put_in_place(settings: Settings, manifest: Manifest, work: Path, stamp: str) -> str:
    """Database first, then the documents; returns where the old ones lie."""
    path = settings.sqlite_path()
    if path is not None:
        _verify(backup_databases.verify_sqlite(work / DATABASE), manifest)
        aside = _swap_sqlite(path, work / DATABASE, stamp)
    else:
        aside = _swap_postgresql(settings, manifest, work / DATABASE, stamp)
    documents, old = settings.data_dir / "documents", settings.data_dir / f"documents-replaced-{stamp}"
    if documents.exists():
        documents.rename(old)
    if (work / "documents").exists():
        (work / "documents").rename(documents)
    return aside


def _verify(rows: dict[str, int], manifest: Manifest) -> None:
    """A backup of an earlier version knows fewer tables."""
    if any(rows.get(name) != number for name, number in manifest.rows.items()):
        raise Damaged("The backup is damaged: its database does not hold as many rows as it says.")


def _swap_sqlite(path: Path, restored: Path, stamp: str) -> str:
    filled = _is_filled()
    db.disconnect()
    aside = path.with_name(f"{path.stem}-replaced-{stamp}.sqlite3")
    if path.exists():
        with closing(sqlite3.connect(path)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if filled:
            path.rename(aside)
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    backup_files.settle(restored, path)
    return str(aside) if filled else ""


def _swap_postgresql(settings: Settings, manifest: Manifest, dump: Path, stamp: str) -> str:
    """The old tables are kept under another schema; if the new ones cannot be made, they come back."""
    aside = f"replaced_{stamp.replace('-', '_')}"
    filled = _is_filled()
    if filled:
        _ddl(f"ALTER SCHEMA public RENAME TO {aside}", "CREATE SCHEMA public")
    try:
        arguments = ("--single-transaction", "--exit-on-error", "--no-owner", "--schema=public")
        backup_databases.run(settings, "pg_restore", *arguments, f"--dbname={_database(settings)}", str(dump))
        with db.engine().connect() as connection:
            _verify({name: _count(connection, name) for name in manifest.rows}, manifest)
    except Refusal:
        if filled:
            _ddl("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {aside} RENAME TO public")
        else:
            _ddl("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        raise
    return f"schema {aside}" if filled else ""


def _database(settings: Settings) -> str:
    return backup_databases.environment(settings)["PGDATABASE"]


def _ddl(*statements: str) -> None:
    with db.engine().begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())  # noqa: S608 -- our tables


def _settle() -> int:
    """Sessions of then are over; returns how many letters wait."""
    with db.writing() as session:
        now = clock.now()
        session.exec(update(SignInSession).where(col(SignInSession.ended_at).is_(None)).values(ended_at=now))
        return len(session.exec(select(Letter.id).where(Letter.state == LetterState.WAITING)).all())

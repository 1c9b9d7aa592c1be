"""Migrations: bring the database to the tables of this code, after a backup."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from models.errors import CannotStart
from services import db
from services.settings import Settings

FOLDER = Path(__file__).parents[1] / "models" / "migrations"


def migrate(settings: Settings) -> bool:
    """Upgrades to the newest tables; True if there was anything to do. Raises CannotStart for a newer database."""
    if is_current():
        return False
    if (path := settings.sqlite_path()) and _has_tables():
        _back_up(path)
    with db.engine().connect() as connection, _free_to_rebuild(connection), connection.begin():
        command.upgrade(_config(connection), "head")
    return True


def require_current(settings: Settings) -> None:
    """SQLite is migrated here; PostgreSQL is refused when behind. Raises CannotStart."""
    if settings.sqlite_path() is not None:
        migrate(settings)
    elif not is_current():
        raise CannotStart("The database is behind this version of the program: run `aspen migrate`.")


def is_known(revision: str) -> bool:
    """Whether this code has the migration: one that it has not is a newer program's."""
    try:
        return ScriptDirectory.from_config(_config(None)).get_revision(revision) is not None
    except CommandError:
        return False


def is_current() -> bool:
    return at() == ScriptDirectory.from_config(_config(None)).get_current_head()


def at() -> str | None:
    """The migration that the database is at; None before the first. Raises CannotStart."""
    try:
        with db.engine().connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
        raise CannotStart(f"The database (ASPEN_DATABASE_URL, ASPEN_DATA_DIR) cannot be opened: {reason}.") from error
    if found is not None and not is_known(found):
        raise CannotStart("The database was written by a newer version of the program: install that one.")
    return found


def _has_tables() -> bool:
    return at() is not None


def _back_up(path: Path) -> None:
    """A copy beside the database, taken in one step and put in place only when it is whole."""
    folder = path.parent / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    unfinished = folder / f"{path.stem}-{stamp}.unfinished"
    with sqlite3.connect(path) as source, sqlite3.connect(unfinished) as copy:
        source.backup(copy, pages=-1)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CannotStart(f"The backup before the migration is damaged: {unfinished}")
    source.close()
    copy.close()
    unfinished.rename(folder / f"{path.stem}-{stamp}.sqlite3")


@contextmanager
def _free_to_rebuild(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which its foreign keys would refuse; env.py checks them at the end."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config

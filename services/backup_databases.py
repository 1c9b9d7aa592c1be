"""Copies of the database as of one moment: SQLite's own backup in one step, PostgreSQL's pg_dump of one snapshot."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url, text
from sqlmodel import SQLModel

from models.errors import Refusal
from services import db
from services.settings import Settings

PATIENCE = 3600
Rows = dict[str, int]


def copy_sqlite(source: Path, target: Path) -> Rows:
    """In one step, since by pages it would begin anew at every write; counted in the copy. Raises Refusal."""
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode=DELETE")
    return verify_sqlite(target)


def verify_sqlite(path: Path) -> Rows:
    """The number of rows by table of a database that is whole, be it an earlier version's. Raises Refusal."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Refusal("The copy of the database is damaged.")
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                raise Refusal("The copy of the database has rows that point to nothing.")
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return {name: _count(connection, name) for name in tables() if name in there}
    except sqlite3.DatabaseError as error:
        raise Refusal(f"The copy of the database cannot be read: {error}.") from error


def copy_postgresql(settings: Settings, target: Path) -> Rows:
    """pg_dump and the counts see the same snapshot. Raises Refusal."""
    with db.engine().connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        snapshot = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())
        run(settings, "pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
        counts = {
            name: int(connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())  # noqa: S608 -- our tables
            for name in tables()
        }
    run(settings, "pg_restore", "--list", str(target), connect=False)
    return counts


def run(settings: Settings, tool: str, *arguments: str, connect: bool = True) -> None:
    """One of PostgreSQL's own programs, told of the database by its environment. Raises Refusal with its first line."""
    folder = str(settings.pg_bin) if settings.pg_bin else None
    found = shutil.which(tool, path=folder)
    if found is None:
        raise Refusal(f"{tool} is needed for this: install PostgreSQL's client programs, or name them by ASPEN_PG_BIN.")
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own program
        [found, *arguments],
        env=os.environ | (environment(settings) if connect else {}),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise Refusal(f"{tool} failed: {done.stderr.strip().partition(chr(10))[0]}.")


def environment(settings: Settings) -> dict[str, str]:
    """Where the database is, kept out of the list of processes."""
    url = make_url(settings.database_url)
    host = url.host or url.query.get("host") or ""
    told = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
    }
    return {name: value for name, value in told.items() if value}


def tables() -> list[str]:
    return sorted(SQLModel.metadata.tables)


def _count(connection: sqlite3.Connection, table: str) -> int:
    (number,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 -- our tables
    return int(number)

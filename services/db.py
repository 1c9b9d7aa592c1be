"""The database: connection, reading() and writing(). The only file that commits."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Insert, create_engine, event, insert, literal, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from models.texts import kept, kept_everywhere

T = TypeVar("T")
_engine: Engine | None = None
_write_lock = threading.Lock()

PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
)


@contextmanager
def reading() -> Iterator[Session]:
    """A look at the database; nothing in it is saved."""
    with Session(engine(), expire_on_commit=False) as session:
        session.connection(execution_options=_one_moment())
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """One deed: everything inside is saved together, then its news goes out."""
    with _one_writer(), Session(engine(), expire_on_commit=False) as session:
        session.connection(execution_options={"aspen_begin": "BEGIN IMMEDIATE"})
        yield session
        session.commit()
        news = session.info.pop("news", [])
    for announce in news:
        announce()


def once_more(deed: Callable[[], T]) -> T:
    """Does it, and once more when another process saved one of the same rows first (PostgreSQL)."""
    try:
        return deed()
    except IntegrityError:
        return deed()


def tell(session: Session, announce: Callable[[], None]) -> None:
    """Have this called once the deed is saved."""
    session.info.setdefault("news", []).append(announce)


def insert_now(session: Session, row: SQLModel) -> int:
    """Inserts a new row at once, at a third of the cost of the unit of work, and returns its id."""
    return insert_values(session, type(row), row.model_dump(exclude={"id"}))


def insert_values(session: Session, table: type[SQLModel], values: Mapping[str, Any]) -> int:
    """The same where nobody needs the row: columns that are left out get their defaults."""
    session.flush()
    done = session.connection().execute(_insert_into(table), values)
    key = done.inserted_primary_key
    assert key is not None  # noqa: S101 -- a single row was inserted
    return int(key[0])


def insert_unless_there(session: Session, row: SQLModel) -> bool:
    """Inserts the row unless one with its unique values is there; True if it was inserted."""
    session.flush()
    insert_ = sqlite.insert if engine().dialect.name == "sqlite" else postgresql.insert
    values = {name: value for name, value in row.model_dump().items() if name != "id" or value is not None}
    statement = insert_(type(row)).values(values).on_conflict_do_nothing().returning(literal(1))
    return session.connection().execute(statement).first() is not None


def lock_table(session: Session, table: type[SQLModel]) -> None:
    """Until the end of this deed nobody else changes the table, which SQLite's single writer sees to by itself."""
    if engine().dialect.name == "postgresql":
        session.connection().execute(text(f"LOCK TABLE {table.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


@cache
def _insert_into(table: type[SQLModel]) -> Insert:
    return insert(table)


def connect(url: str | Path) -> Engine:
    """Opens the database of this process, in place of an earlier one."""
    global _engine  # noqa: PLW0603 -- one database per process is the promise of this module
    disconnect()
    _engine = make_engine(f"sqlite:///{url}" if isinstance(url, Path) else url)
    return _engine


def disconnect() -> None:
    global _engine  # noqa: PLW0603 -- as above
    if _engine is not None:
        _engine.dispose()
    _engine = None


def engine() -> Engine:
    if _engine is None:
        raise RuntimeError("connect() first")
    return _engine


def make_engine(url: str) -> Engine:
    made = create_engine(url, pool_size=32, max_overflow=32, json_serializer=_json)
    event.listen(made, "before_cursor_execute", _keep_what_can_be_kept, retval=True)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    return made


def _one_moment() -> dict[str, Any]:
    """All statements of one look see the same moment: SQLite's own way, PostgreSQL's on demand."""
    if engine().dialect.name == "sqlite":
        return {"aspen_begin": "BEGIN"}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _one_writer() -> Any:
    """SQLite has one writer: waiting in our own line is fairer than its busy handler. PostgreSQL needs no line."""
    return _write_lock if engine().dialect.name == "sqlite" else nullcontext()


def _keep_what_can_be_kept(
    _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
) -> tuple[str, Any]:
    """The one place that every text passes: a sign that no database keeps is no fault, it is left out."""
    return statement, _kept(parameters)


def _kept(parameters: Any) -> Any:
    """Of one row by name or by place, or of a list of them."""
    if isinstance(parameters, list):
        return [_kept(row) for row in parameters]
    if isinstance(parameters, dict):
        return {name: kept(value) if isinstance(value, str) else value for name, value in parameters.items()}
    return tuple([kept(value) if isinstance(value, str) else value for value in parameters])


def _json(value: object) -> str:
    return json.dumps(kept_everywhere(value))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("folded", 1, lambda text: text and text.lower(), deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get("aspen_begin", "BEGIN IMMEDIATE")
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 -- the listener is set for SQLite only
    raw.execute(begin)

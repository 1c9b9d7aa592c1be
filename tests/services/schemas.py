"""What a database defines, told in the same words whoever made it, so that two can be compared."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from sqlalchemy import Connection
from sqlmodel import SQLModel

import models
from models import audit, certificates
from services import db

Schema = dict[str, frozenset[str]]
"""By kind and name of all that is defined, its parts."""


def of(connection: Connection) -> Schema:
    """Columns with type, nullability and default, every constraint with its name; for indexes, triggers and functions
    the whole statement. On PostgreSQL of the schema that comes first in the search path."""
    found = _of_sqlite(connection) if connection.dialect.name == "sqlite" else _of_postgresql(connection)
    return {name: parts for name, parts in found.items() if "alembic_version" not in name}


def present() -> Schema:
    """Of the database that is connected."""
    with db.engine().connect() as connection:
        return of(connection)


def from_models(connection: Connection) -> Schema:
    """What create_all and the triggers would make; PostgreSQL makes it in a schema beside and forgets it again."""
    assert models.__all__
    if connection.dialect.name == "sqlite":
        with _empty_sqlite() as beside, beside.begin():
            _create(beside)
            return of(beside)
    connection.exec_driver_sql("CREATE SCHEMA from_models; SET LOCAL search_path TO from_models")
    _create(connection)
    found = of(connection)
    connection.rollback()
    return found


def _create(connection: Connection) -> None:
    SQLModel.metadata.create_all(connection)
    for triggers in (audit.TRIGGERS, audit.SEAL_TRIGGERS, certificates.TRIGGERS):
        for statement in triggers[connection.dialect.name]:
            connection.exec_driver_sql(statement)


@contextmanager
def _empty_sqlite() -> Iterator[Connection]:
    with TemporaryDirectory() as folder:
        engine = db.make_engine(f"sqlite:///{folder}/from_models.sqlite3")
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def _of_sqlite(connection: Connection) -> Schema:
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        f"{kind} {name}": frozenset(_parts_of(sql) if kind == "table" else [_plain(sql)]) for kind, name, sql in rows
    }


def _parts_of(create_table: str) -> Iterator[str]:
    """The columns and constraints of a CREATE TABLE, and what follows them."""
    body, after = create_table[create_table.index("(") + 1 :].rsplit(")", 1)
    yield f"after the columns: {after.strip()}"
    depth, part = 0, ""
    for char in body:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and not depth:
            yield _plain(part)
            part = ""
        else:
            part += char
    yield _plain(part)


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).replace('"', "").strip()


def _of_postgresql(connection: Connection) -> Schema:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for question in POSTGRESQL:
        for name, part in connection.exec_driver_sql(question):
            found[name].add(_plain(part))
    return {name: frozenset(parts) for name, parts in found.items()}


def foreign_keys_broken(connection: Connection) -> int:
    """Rows that point to nothing, and constraints that the database does not vouch for."""
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    doubtful = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT (convalidated AND conenforced)"
    return int(connection.exec_driver_sql(doubtful).scalar_one())


POSTGRESQL = (
    """SELECT 'table ' || relname, concat_ws(' ', attname, format_type(atttypid, atttypmod),
CASE WHEN attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(adbin, adrelid), attidentity, attgenerated)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped""",
    """SELECT 'table ' || relname, conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE relnamespace = current_schema()::regnamespace AND contype <> 'n'""",
    """SELECT 'index ' || relname, pg_get_indexdef(indexrelid, 0, true) || ' ' || indisvalid
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE relnamespace = current_schema()::regnamespace""",
    """SELECT 'trigger ' || tgname, pg_get_triggerdef(pg_trigger.oid, true) || ' ' || tgenabled::text
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal""",
    """SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace""",
    """SELECT 'sequence ' || relname, 'there' FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind NOT IN ('r', 'i')""",
)

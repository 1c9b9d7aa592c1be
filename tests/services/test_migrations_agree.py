"""What the migrations make is exactly what the models say: Alembic's own check does not see all of it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import models
from models import audit, certificates
from services import db

pytestmark = pytest.mark.sqlite

Schema = dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def from_models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database made by create_all and the triggers."""
    assert models.__all__
    path = tmp_path_factory.mktemp("models") / "models.sqlite3"
    engine = db.make_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        for trigger in (
            *audit.TRIGGERS["sqlite"],
            *audit.SEAL_TRIGGERS["sqlite"],
            *certificates.TRIGGERS["sqlite"],
        ):
            connection.exec_driver_sql(trigger)
    engine.dispose()
    yield path


def schema(path: Path) -> Schema:
    """By kind and name of all that a database defines, its parts: columns with type and nullability, every
    constraint with its name, STRICT; for indexes and triggers the whole statement."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {
        f"{kind} {name}": frozenset(parts_of(sql) if kind == "table" else [plain(sql)])
        for kind, name, sql in rows
        if name != "alembic_version"
    }


def parts_of(create_table: str) -> Iterator[str]:
    """The columns and constraints of a CREATE TABLE, and what follows them."""
    body, after = create_table[create_table.index("(") + 1 :].rsplit(")", 1)
    yield f"after the columns: {after.strip()}"
    depth, part = 0, ""
    for char in body:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and not depth:
            yield plain(part)
            part = ""
        else:
            part += char
    yield plain(part)


def plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).replace('"', "").strip()


def test_models_and_migrations_agree_in_everything(from_models: Path, database: Path) -> None:
    wanted, found = schema(from_models), schema(database)
    assert found.keys() == wanted.keys()
    differences = {name: wanted[name] ^ found[name] for name in wanted if wanted[name] != found[name]}
    assert differences == {}


def test_every_table_is_strict_and_the_audit_table_is_guarded(database: Path) -> None:
    found = schema(database)
    tables = {name: parts for name, parts in found.items() if name.startswith("table ")}
    assert len(tables) >= 15
    assert all("after the columns: STRICT" in parts for parts in tables.values())
    assert len([name for name in found if name.startswith("trigger audit_line_no_")]) == 3


@pytest.mark.parametrize(
    ("what", "tampering"),
    [
        ("a column", "ALTER TABLE claim ADD COLUMN more TEXT"),
        ("a table", "DROP TABLE draft"),
        ("a trigger", "DROP TRIGGER audit_line_no_delete"),
        ("a partial unique index", "DROP INDEX uq_credit_live"),
        ("an index over an expression", "DROP INDEX uq_person_email"),
        ("the condition of an index", "UPDATE sqlite_master SET sql = replace(sql, '''DECLINED'')', '''x'')')"
                                      " WHERE name = 'uq_credit_live'"),
        ("a type", "UPDATE sqlite_master SET sql = replace(sql, 'credits INTEGER', 'credits TEXT')"),
        ("nullability", "UPDATE sqlite_master SET sql = replace(sql, 'credits INTEGER NOT NULL', 'credits INTEGER')"),
        ("a CHECK", "UPDATE sqlite_master SET sql = replace(sql, 'credits > 0', 'credits > 1')"),
        ("STRICT", "UPDATE sqlite_master SET sql = replace(sql, ' STRICT', '') WHERE name = 'claim'"),
        ("a foreign key", "UPDATE sqlite_master SET sql = replace(sql, 'REFERENCES claim', 'REFERENCES person')"),
        ("a unique constraint", "UPDATE sqlite_master SET sql = replace(sql, 'UNIQUE (event_id, category_id)',"
                                " 'UNIQUE (event_id)')"),
    ],
)  # fmt: skip
def test_the_comparison_sees_a_difference_in(what: str, tampering: str, from_models: Path, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(tampering)
    assert schema(database) != schema(from_models), what

"""From every earlier migration, with rows in every table: all of them are there afterwards, and everything works."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Row, inspect
from sqlalchemy.exc import IntegrityError

from services import claims, clock, db, installation, migrations, review
from services.access import Actor
from tests import make
from tests.services import old_rows, schemas
from tests.services.old_rows import ANN, BEA, BY_MIGRATION, CEM, PROGRAM

Table = list[Row[Any]]
REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(migrations._config(None)).walk_revisions("base", "heads")
][::-1]
COORDINATOR = Actor(CEM, "Cem", "Cem Coole", frozenset({"coordinator"}))


@pytest.fixture(params=REVISIONS)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def newest(database: Path) -> schemas.Schema:
    """What a new installation has."""
    return schemas.present()


@pytest.fixture(autouse=True)
def old(newest: schemas.Schema, revision: str) -> dict[str, Table]:
    """The database is at this migration now, with rows in every table, which are returned."""
    with db.engine().connect() as connection:
        program = {table: rows_of(connection, table) for table in PROGRAM}
    make_anew(revision)
    with db.engine().begin() as connection:
        for table, rows in program.items():
            for row in rows:
                insert(connection, table, row._asdict())
        for number in REVISIONS[: REVISIONS.index(revision) + 1]:
            for table, made in BY_MIGRATION[number].items():
                for one in made:
                    insert(connection, table, one)
        count_on(connection)
        return {table: rows_of(connection, table) for table in tables(connection)}


def make_anew(revision: str) -> None:
    """An empty database, brought to this migration as the program of that time did it."""
    if path := installation.settings().sqlite_path():
        db.disconnect()
        for file in path.parent.glob("aspen.sqlite3*"):
            file.unlink()
    else:
        with db.engine().begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connect()
    with db.engine().connect() as connection, migrations._free_to_rebuild(connection), connection.begin():
        command.upgrade(migrations._config(connection), revision)


def connect() -> None:
    installation.connect(installation.settings())
    clock.fix(make.NOON)


def tables(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_table_names() if name != "alembic_version"]


def rows_of(connection: Connection, table: str, columns: str = "*") -> Table:
    """In an order that says nothing of where they lie."""
    return sorted(connection.exec_driver_sql(f'SELECT {columns} FROM "{table}"'), key=repr)  # noqa: S608 -- our tables


def insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join([mark] * len(row))
    if mark == "%s":
        row = {name: as_written(value) for name, value in row.items()}
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 -- our tables
    connection.exec_driver_sql(statement, tuple(row.values()))


def as_written(value: Any) -> Any:
    from psycopg.types.json import Json  # noqa: PLC0415 -- PostgreSQL's only

    return Json(value) if isinstance(value, dict) else value


def count_on(connection: Connection) -> None:
    """PostgreSQL's counters go on after the rows that brought their own number."""
    if connection.dialect.name == "postgresql":
        for table in tables(connection):
            if any(column["name"] == "id" for column in inspect(connection).get_columns(table)):
                newest = f'(SELECT max(id) FROM "{table}")'  # noqa: S608 -- our tables
                connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {newest})")


def test_every_table_of_that_version_had_rows(old: dict[str, Table]) -> None:
    """Whoever adds a table adds rows to `old_rows`, too."""
    assert [table for table, rows in old.items() if not rows] == []


def test_all_rows_are_there_and_the_tables_are_those_of_a_new_installation(
    old: dict[str, Table], newest: schemas.Schema, revision: str
) -> None:
    assert migrations.migrate(installation.settings()) is (revision != REVISIONS[-1])
    assert schemas.present() == newest
    with db.engine().connect() as connection:
        assert schemas.foreign_keys_broken(connection) == 0
        for table, rows in old.items():
            columns = ", ".join(f'"{name}"' for name in rows[0]._fields)
            assert rows_of(connection, table, columns) == rows, table


GUARDED = {
    "audit_line": "UPDATE audit_line SET action = 'nothing:happened'",
    "certificate": "UPDATE certificate SET number = 'MT-2026-999999'",
    "bound_credit": "DELETE FROM bound_credit",
    "certificate_file": "UPDATE certificate_file SET sha256 = 'x'",
    "audit_seal": "DELETE FROM audit_seal",
    "a credit that is bound": "UPDATE credit SET credits = 40 WHERE id IN (SELECT credit_id FROM bound_credit)",
}


def refusals() -> Iterator[str]:
    for what, statement in GUARDED.items():
        try:
            with db.engine().begin() as connection:
                changed = connection.exec_driver_sql(statement).rowcount
        except IntegrityError:
            yield what
        else:
            assert changed == 0, f"{what} was changed"


def test_what_is_guarded_is_guarded_on_old_rows(revision: str) -> None:
    migrations.migrate(installation.settings())
    expected = [what for what in GUARDED if what == "audit_line"
                or (revision >= "0002" and what != "audit_seal") or revision >= "0003"]  # fmt: skip
    assert list(refusals()) == expected


def test_the_app_goes_on_with_old_rows() -> None:
    migrations.migrate(installation.settings())
    installation.open_with(installation.settings())
    clock.fix(make.NOON)
    assert review.approve(COORDINATOR, [3]).titles == ("My Own Course",)
    assert claims.claim_event(Actor(ANN, "Ann", "Ann Ames"), 4).is_new
    again = claims.claim_event(Actor(BEA, "Bea", "Bea Board"), 1)
    assert (again.is_new, make.status_of(again.claim_id)) == (True, "PENDING")
    assert not claims.claim_event(Actor(ANN, "Ann", "Ann Ames"), 1).is_new
    assert [row.action for row in make.deeds_on(3)] == ["claim:approved"]
    assert len(make.deeds_on(1)) == len([row for row in old_rows.MAIN_JOB["audit_line"] if row["subject_id"] == 1])

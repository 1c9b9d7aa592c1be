"""The installations of `_data` on a PostgreSQL server of their own, which writes as carefully as one that is used."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlmodel import SQLModel

from services import db, installation, migrations
from services.settings import Settings
from tests.benchmarks import _data
from tests.benchmarks._rows import World
from tests.postgresql import PostgreSQL

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@contextmanager
def world(wanted: World) -> Iterator[Path]:
    """The folder of an installation with these people, whose rows are in PostgreSQL."""
    place = Path(tempfile.mkdtemp(prefix="aspen-pg-"))
    with _data.world(wanted) as folder:
        server = PostgreSQL(place)
        server.wait_for_the_disk()
        address = server.address(server.template)
        settings = Settings(data_dir=folder, secret_key=_data.SECRET, database_url=address, pg_bin=server.programs)
        installation.connect(settings)
        migrations.migrate(settings)
        _move(folder / _data.FILE, address)
        installation.open_with(settings)
        try:
            _require_durable()
            yield folder
        finally:
            installation.close()
            server.stop()
            shutil.rmtree(place, ignore_errors=True)


def _move(source: Path, address: str) -> None:
    """All rows from SQLite's file, in the order in which they refer to each other."""
    with closing(sqlite3.connect(source)) as reading, psycopg.connect(address.replace("+psycopg", "")) as writing:
        for table in SQLModel.metadata.sorted_tables:
            names = [column.name for column in table.columns]
            quoted = ", ".join(f'"{name}"' for name in names)
            rows = reading.execute(f'SELECT {quoted} FROM "{table.name}"')  # noqa: S608 -- our tables
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
            )
            with writing.cursor() as cursor:
                with cursor.copy(into) as copy:
                    for row in rows:
                        copy.write_row(row)
                if "id" in names:
                    cursor.execute(
                        sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}").format(
                            sql.Literal(table.name), sql.Identifier(table.name)
                        )
                    )
        writing.commit()
        writing.autocommit = True
        writing.execute("VACUUM ANALYZE")


def _require_durable() -> None:
    with db.engine().connect() as connection:
        for name, wanted in DURABLE.items():
            found = connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            assert found == wanted, f"{name} is {found}"

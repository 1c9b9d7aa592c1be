"""Installations of any size for the figures, opened in this process and gone afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from models.people import Role
from services import installation, participations, programs
from services.access import Actor
from services.demo_calendar import read_topics
from services.settings import Settings
from tests.benchmarks import _rows
from tests.benchmarks._rows import World

SECRET = "a secret of at least thirty-two characters"
LIBRARIAN, COORDINATOR, COLLEAGUE = 1, 2, 3
FILE = "aspen.sqlite3"
FILLING = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000")


@contextmanager
def world(wanted: World) -> Iterator[Path]:
    """The folder of an installation with these people; the librarian has taken up a track."""
    with TemporaryDirectory(prefix="aspen-bench-") as name:
        folder = Path(name)
        installation.open_with(Settings(data_dir=folder, secret_key=SECRET))
        topics, categories = read_topics(), sorted(programs.current().categories)
        installation.close()
        _fill(folder / FILE, wanted, [(topic.title, topic.sponsor, topic.presenter) for topic in topics], categories)
        installation.open_with(Settings(data_dir=folder, secret_key=SECRET))
        participations.add(actor(LIBRARIAN), min(programs.current().tracks))
        try:
            yield folder
        finally:
            installation.close()


def actor(person_id: int) -> Actor:
    """A person who acts; the two coordinators have their role."""
    roles = frozenset({str(Role.COORDINATOR)}) if person_id in {COORDINATOR, COLLEAGUE} else frozenset()
    return Actor(person_id, f"First{person_id}", f"First{person_id} Last{person_id}", roles)


def _fill(path: Path, wanted: World, topics: list[_rows.Topic], categories: list[int]) -> None:
    """In one transaction and without waiting for the disk, since nobody would miss this file."""
    now = datetime.now(UTC)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in FILLING:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        _rows.write_people(connection, wanted, now, coordinators=(COORDINATOR, COLLEAGUE))
        _rows.write_events(connection, topics, categories, now)
        _rows.write_history(connection, wanted, now)
        _rows.write_waiting(connection, wanted, categories, now)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")

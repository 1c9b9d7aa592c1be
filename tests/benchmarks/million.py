"""The Control Panel of the same person, among 5,000 people with 1,000,000 credits in all."""

import time
from collections.abc import Iterator

from sqlmodel import col, func, select

from models.credits import Credit
from services import db
from tests.benchmarks._data import LIBRARIAN, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import served
from tests.benchmarks._table import Figure
from tests.benchmarks.control_panel import MARK, PATH, statements

MILLION = World(people=5000, credits_each=200)


def measure() -> Iterator[Figure]:
    began = time.monotonic()
    with world(MILLION) as folder:
        built = time.monotonic() - began
        with db.reading() as session:
            credits = session.exec(select(func.count(col(Credit.id)))).one()
        assert credits == 1_000_000
        with served(folder) as server:
            found = server.time(PATH, LIBRARIAN, MARK)
            yield Figure("/ce GET, 1,000,000 credits", found.medians, "ms", "5,000 people x 200, else as above")
            yield Figure("/ce GET, 1,000,000, p95", found.marks, "ms", "as above")
            yield Figure(
                "/ce GET, 1,000,000, server CPU", found.cpu, "ms", "process time of the server for each request"
            )
            yield statements(server, "/ce statements, 1,000,000")
    yield Figure(
        "1,000,000 credits written", [built], "s", "claims and credits, executemany into the migrated tables", 60
    )

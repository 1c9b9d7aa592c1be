"""Coming due, the planner and the random audit in an installation of 20,000 people."""

from collections.abc import Iterator
from functools import partial

from sqlmodel import select

from models.participations import Participation
from services import db, evidence_draws, expirations, planner
from services.expirations import ExpiryFilter
from tests.benchmarks._data import COORDINATOR, LIBRARIAN, actor, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import served
from tests.benchmarks._table import Figure
from tests.benchmarks.reminders import come_due
from tests.benchmarks.review import timed

PEOPLE, CREDITS = 20_000, 10
ALONE = "the service alone, in process, 5 runs of 10"


def measure() -> Iterator[Figure]:
    with world(World(people=PEOPLE, credits_each=CREDITS)) as folder:
        come_due(PEOPLE)
        coordinator, librarian = actor(COORDINATOR), actor(LIBRARIAN)
        everybody = ExpiryFilter(within="all")
        assert expirations.page(coordinator, everybody)[1] == PEOPLE - 1
        with served(folder) as server:
            found = server.time("/review/expiring?within=all", COORDINATOR)
        yield Figure("/review/expiring GET, 20,000 due", found.medians, "ms", "as /ce GET; 60 lines of it")
        yield Figure("expirations.page", timed(partial(expirations.page, coordinator, everybody)), "ms", ALONE)
        with db.reading() as session:
            mine = session.exec(select(Participation.id).where(Participation.person_id == LIBRARIAN)).first() or 0
        yield Figure("planner.outlook", timed(partial(planner.outlook, librarian, mine)), "ms", ALONE)
        order = {"since": "2000-01-01", "until": "2099-12-31", "size": "200", "seed": "bench"}
        credits = evidence_draws.available(coordinator, order)
        runs = timed(partial(evidence_draws.available, coordinator, order), 2)
        yield Figure("evidence_draws.available", runs, "ms", f"{credits:,} credits to draw from, 5 runs of 2")

"""Reminders of 20,000 participations that come due, and the Control Panel meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

from sqlmodel import insert

from models.jobs import Job
from models.participations import Participation
from services import db, programs
from tests.benchmarks._data import LIBRARIAN, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import Server, _get, served
from tests.benchmarks._table import Figure

PEOPLE, CREDITS = 20_000, 10
JOBS = ("remind of due days", "welcome new directors", "remind supervisors")
PATH = "/ce"


def measure() -> Iterator[Figure]:
    with world(World(people=PEOPLE, credits_each=CREDITS)) as folder:
        _write()
        with served(folder) as server:
            quiet = server.time(PATH, LIBRARIAN)
            server.helper.call("start_reminding")
            busy = _busy(server)
            told, seconds = server.helper.call("reminded")
            assert told == PEOPLE - 1, told
    method = f"{PEOPLE:,} participations with {CREDITS} credits each, in the served app, /ce asked without a pause"
    yield Figure("reminders", [seconds], "s", method, 60)
    yield Figure("/ce GET while reminding, p95", [quantiles(busy, n=20)[-1]], "ms", f"{len(busy)} requests")
    ratio = quantiles(busy, n=20)[-1] / median(quiet.marks)
    yield Figure("/ce p95 while reminding against quiet", [ratio], "", "against the median of 5 quiet runs of 40", 1.5)


def _write() -> None:
    """Everybody but the librarian comes due within the program's days; the jobs themselves are done for today."""
    program, now = programs.current(), datetime.now(UTC)
    track_id = min(program.tracks)
    version = program.version_for(track_id, program.today())
    assert version is not None
    rows = [
        {
            "person_id": one,
            "track_id": track_id,
            "track_version_id": version.id,
            "begins_on": program.today() - timedelta(days=1000),
            "due_on": program.today() + timedelta(days=one % 360),
            "created_at": now,
        }
        for one in range(1, PEOPLE + 1)
        if one != LIBRARIAN
    ]
    with db.writing() as session:
        session.connection().execute(insert(Participation), rows)
        for name in JOBS:
            session.add(Job(name=name, done_at=now))


def _busy(server: Server) -> list[float]:
    """Milliseconds of each request until the reminders are done."""
    times = []
    with server.client(LIBRARIAN) as client:
        while server.helper.call("reminded") is None:
            times.append(_get(client, PATH))
    return times

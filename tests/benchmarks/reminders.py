"""Reminders of 20,000 participations that come due, and the Control Panel meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import quantiles

from sqlmodel import insert

from models.jobs import Job
from models.participations import Participation
from services import db, programs
from tests.benchmarks._data import LIBRARIAN, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import Server, _get, served
from tests.benchmarks._table import Figure

PEOPLE, CREDITS, QUIET = 20_000, 10, 600
JOBS = ("remind of due days", "welcome new directors", "remind supervisors")
PATH = "/ce"


def measure() -> Iterator[Figure]:
    with world(World(people=PEOPLE, credits_each=CREDITS)) as folder:
        come_due(PEOPLE)
        _jobs_are_done()
        with served(folder) as server:
            quiet = _quiet(server)
            server.helper.call("start_reminding")
            busy = _busy(server)
            told, seconds = server.helper.call("reminded")
            assert told == PEOPLE - 1, told
    method = f"{PEOPLE:,} participations with {CREDITS} credits each, in the served app, /ce asked without a pause"
    yield Figure("reminders", [seconds], "s", method, 60)
    yield Figure("/ce GET while reminding, p95", [_p95(busy)], "ms", f"{len(busy)} requests")
    yield Figure("/ce GET quiet, p95", [_p95(quiet)], "ms", f"{len(quiet)} requests, the same way, just before")
    yield Figure("/ce p95 while reminding against p95 quiet", [_p95(busy) / _p95(quiet)], "", "the two above", 1.5)


def come_due(people: int) -> None:
    """All of so many people but the librarian have a track that comes due within the program's days."""
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
        for one in range(1, people + 1)
        if one != LIBRARIAN
    ]
    with db.writing() as session:
        session.connection().execute(insert(Participation), rows)


def _jobs_are_done() -> None:
    """For today, so that none of them begins by itself."""
    with db.writing() as session:
        for name in JOBS:
            session.add(Job(name=name, done_at=datetime.now(UTC)))


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _quiet(server: Server) -> list[float]:
    """Milliseconds of each request while nothing else goes on."""
    with server.client(LIBRARIAN) as client:
        _get(client, PATH)
        return [_get(client, PATH) for _ in range(QUIET)]


def _busy(server: Server) -> list[float]:
    """Milliseconds of each request until the reminders are done."""
    times = []
    with server.client(LIBRARIAN) as client:
        while server.helper.call("reminded") is None:
            times.append(_get(client, PATH))
    return times

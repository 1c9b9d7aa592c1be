"""Jobs that come round, done off the event loop by one thread of each process; a lease in the database lets one win."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlmodel import col, update

from models.jobs import Job
from services import clock, db, programs
from services.errands import errand

LEASE = timedelta(minutes=10)
TICK = 2.0

Due = Callable[[datetime | None, datetime], bool]
"""Whether a job that was last done at that moment (None: never) is due at this one."""

log = logging.getLogger("aspen")


@dataclass(frozen=True)
class Task:
    name: str
    due: Due
    deed: Callable[[], object]


def run_due(tasks: list[Task]) -> list[str]:
    """Does what is due; returns what was done. A job that fails is told to the log and tried again after its lease."""
    done = []
    for task in tasks:
        if _take(task):
            try:
                with errand(f"job {task.name}"):
                    task.deed()
            except Exception as fault:  # the next job is none the worse for it
                log.exception("job failed", extra={"job": task.name})
                _note(task.name, problem=f"{type(fault).__name__}: {fault}"[:500])
            else:
                _note(task.name, problem="")
                done.append(task.name)
    return done


def every(span: timedelta) -> Due:
    return lambda last, now: last is None or now - last >= span


def nightly(hour: int) -> Due:
    """Once a day, from this hour on by the program's clock."""

    def due(last: datetime | None, now: datetime) -> bool:
        zone = ZoneInfo(programs.current().time_zone)
        local = now.astimezone(zone)
        today = datetime.combine(local.date(), time(hour), zone)
        begun = today if local >= today else today - timedelta(days=1)
        return last is None or last < begun

    return due


class Worker:
    """The thread that looks every two seconds for what is due, until it is stopped."""

    def __init__(self, tasks: list[Task]) -> None:
        self._tasks = tasks
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="aspen jobs", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _work(self) -> None:
        while not self._stop.wait(TICK):
            try:
                run_due(self._tasks)
            except Exception:  # the database may be away for a while
                log.exception("jobs cannot be looked up")


def _take(task: Task) -> bool:
    """Due, and nobody else is at it: from now on it is ours for the time of the lease."""
    now = clock.now()
    with db.reading() as session:
        job = session.get(Job, task.name)
        if job is not None and (not task.due(job.done_at, now) or (job.leased_until or now) > now):
            return False
        if job is None and not task.due(None, now):
            return False
    with db.writing() as session:
        db.insert_unless_there(session, Job(name=task.name))
        last = job.done_at if job else None
        mine = session.exec(
            update(Job)
            .where(col(Job.name) == task.name, or_(col(Job.leased_until).is_(None), col(Job.leased_until) <= now))
            .where(col(Job.done_at).is_(None) if last is None else col(Job.done_at) == last)
            .values(leased_until=now + LEASE)
        )
        return mine.rowcount == 1


def _note(name: str, *, problem: str) -> None:
    with db.writing() as session:
        job = session.get_one(Job, name)
        job.problem = problem
        if not problem:
            job.done_at, job.leased_until = clock.now(), None

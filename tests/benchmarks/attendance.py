"""An event with 300 people: its attendance list read, one mark, and the end of it with 300 letters and credits."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlmodel import col, insert, select, update

from models.events import Event, EventCreditLine, RegistrationMode
from models.registrations import Registration
from services import attendance, attendance_sheet, clock, db
from services.attendance import Mark
from tests.benchmarks._data import COORDINATOR, actor, world
from tests.benchmarks._rows import World
from tests.benchmarks._table import Figure

PEOPLE, RUNS = 300, 5


def measure() -> Iterator[Figure]:
    with world(World(people=PEOPLE + 10, credits_each=2)):
        joanna = actor(COORDINATOR)
        ids = _held()
        sheets = [_ms(lambda one=one: attendance_sheet.sheet(joanna, one)) for one in ids]
        yield Figure("attendance list of 300", sheets, "ms", "the service, in process, an event each")
        first = [attendance_sheet.sheet(joanna, one).rows[0].registration.id or 0 for one in ids]
        marks = [_ms(lambda one=one: attendance.mark(joanna, one, Mark("absent"))) for one in first]
        yield Figure("one mark", marks, "ms", "with its audit line, synchronous=FULL")
        lines = [_ms(lambda one=one: attendance_sheet.line(joanna, one)) for one in first]
        yield Figure("one mark, seen in another window", lines, "ms", "the line and the counts, read again")
        for one in ids:
            attendance.mark_rest(joanna, one, "present")
        closed = [_ms(lambda one=one: attendance.close(joanna, one)) for one in ids]
        yield Figure("attendance of 300 closed", closed, "ms", "299 claims, credits, letters and audit lines, one deed")


def _ms(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def _held() -> list[int]:
    """Events that are over, each with so many who have a seat and no credit of it."""
    now = clock.now().replace(microsecond=0)
    with db.writing() as session:
        ids = session.exec(
            select(EventCreditLine.event_id).order_by(col(EventCreditLine.event_id).desc()).limit(RUNS)
        ).all()
        over = {"begins_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=1)}
        session.exec(update(Event).where(col(Event.id).in_(ids)).values(registration=RegistrationMode.HERE, **over))
        rows = [
            {"event_id": event_id, "person_id": person_id, "registered_at": now - timedelta(days=3), "answers": {}}
            for event_id in ids
            for person_id in range(11, PEOPLE + 11)
        ]
        session.execute(insert(Registration), rows)
    return [one or 0 for one in ids]

"""Figures without a bound: the calendar, the list, the evaluation and the search of the drop-down."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlmodel import col, insert

from models.events import Event, EventCreditLine, EventKind
from services import claims, db, participations, programs, records
from tests.benchmarks._data import LIBRARIAN, actor, world
from tests.benchmarks._rows import World
from tests.benchmarks._server import RUNS, served
from tests.benchmarks._table import Figure
from tests.benchmarks.review import timed

CREDITS, MONTH_OF = 500, 2000


def measure() -> Iterator[Figure]:
    with world(World(people=20, credits_each=200)) as folder:
        with served(folder) as server:
            _fill_a_month(MONTH_OF)
            found = server.time(f"/events?show=month&month={datetime.now(UTC):%Y-%m}", 0, "ASPeN")
            yield Figure("/events, a month of 2,000", found.medians, "ms", "signed out, 5 runs of 40", 45)
            found = server.time("/events.ics", 0, "BEGIN:VEVENT")
            yield Figure("/events.ics of 2,400", found.medians, "ms", "whole, each event rendered once per change")
            for path, person in (("/events", 0), ("/events?show=past", 0), ("/ce/credits", LIBRARIAN)):
                found = server.time(path, person, "ASPeN")
                who = "a person with 200 credits" if person else "signed out"
                yield Figure(f"{path} GET", found.medians, "ms", f"{who}, kept-alive HTTP, 5 runs of 40")
        librarian = actor(LIBRARIAN)
        for words in ("", "library", "budget basics"):
            runs = timed(partial(claims.search_claimable, librarian, words))
            yield Figure(f"claimable “{words}”", runs, "ms", "search_claimable, 400 events in the window, 5 runs of 10")
    with world(World(people=5, credits_each=CREDITS)):
        yield Figure("evaluate() of 500 credits", _worked(_evaluation()), "ms CPU", "on loaded rows, 5 runs of 10")


def _fill_a_month(number: int) -> None:
    """So many events of this month, with a credit line each."""
    first = datetime.now(UTC).replace(day=2, hour=15)
    category = min(programs.current().categories)
    rows = [
        {
            "kind": EventKind.SPONSORED,
            "title": f"Event {one} of this month",
            "begins_at": first + timedelta(hours=one % 600),
            "ends_at": first + timedelta(hours=one % 600 + 1),
            "time_zone": "America/Denver",
            "created_at": first,
        }
        for one in range(number)
    ]
    with db.writing() as session:
        ids = session.scalars(insert(Event).returning(col(Event.id)), rows).all()
        lines = [{"event_id": id_, "category_id": category, "credits": Decimal(1)} for id_ in ids]
        session.execute(insert(EventCreditLine), lines)


def _evaluation() -> Callable[[], object]:
    with db.reading() as session:
        rows = records.credits_of(session, LIBRARIAN)
        one = participations.of_person(session, LIBRARIAN)[0]
    assert len(rows) == CREDITS
    return lambda: records.evaluated(one, rows, programs.current())


def _worked(deed: Callable[[], object], times: int = 10) -> list[float]:
    """Process time in ms of one deed, the mean of each run."""
    runs = []
    for _ in range(RUNS):
        began = time.process_time()
        for _ in range(times):
            deed()
        runs.append((time.process_time() - began) / times * 1000)
    return runs

"""The calendar is searched, filtered and shown by months, each by the query."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from models.events import Event
from models.times import local_day
from services import clock, db, events, programs
from services.events import EventFilter
from tests import make

ZONES = ("America/Denver", "America/New_York", "Pacific/Honolulu", "Pacific/Kiritimati", "Europe/London")


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def titles(**wanted: object) -> list[str]:
    return [view.event.title for view in events.listing(EventFilter(**wanted)).events]  # type: ignore[arg-type]


def coming(title: str, days: int = 2, **parts: object) -> int:
    return make.event(title, ended=-timedelta(days=days), **parts)  # type: ignore[arg-type]


def test_words_category_and_place_are_all_asked_for() -> None:
    coming("Budgets for Boards", 2, credits={"administration": "1"})
    online = coming("Robots", 3, credits={"technology": "1"}, sponsor="100% Library")
    with db.writing() as session:
        session.get_one(Event, online).online = True
    technology = next(id_ for id_, one in programs.current().categories.items() if one.key == "technology")
    assert titles() == ["Budgets for Boards", "Robots"]
    assert titles(text="BOARDS budgets") == ["Budgets for Boards"]
    assert titles(text="100%") == ["Robots"]
    assert titles(text="100_") == []
    assert titles(category_id=technology) == titles(place="online") == ["Robots"]
    assert titles(place="here") == ["Budgets for Boards"]
    assert titles(text="boards", place="online") == []


def test_past_and_since() -> None:
    make.event("Last week", ended=timedelta(days=7))
    make.event("Yesterday", ended=timedelta(days=1))
    coming("Soon", 2)
    assert titles(past=True) == ["Yesterday", "Last week"]
    assert titles(since=date(2026, 11, 22)) == ["Yesterday", "Soon"]


def test_an_event_of_somebody_is_on_nobodys_calendar() -> None:
    make.own_entry(make.person(), "Story Hours in Small Places")
    assert titles(past=True) == []
    assert not any(day.events for day in events.month(EventFilter(), date(2026, 11, 1)))


@settings(max_examples=20, deadline=None)
@given(
    moments=st.lists(st.tuples(st.integers(0, 24 * 61), st.sampled_from(ZONES)), min_size=1, max_size=12),
)
def test_every_event_stands_on_the_local_day_of_its_own_zone(moments: list[tuple[int, str]]) -> None:
    clock.fix(datetime(2026, 11, 23, 19, tzinfo=UTC))
    begin = datetime(2026, 11, 1, tzinfo=UTC) - timedelta(hours=24)
    for hours, zone in moments:
        make.event("Drawn", ended=clock.now() - begin - timedelta(hours=hours + 1), zone=zone)
    expected: dict[date, int] = {}
    with db.reading() as session:
        rows = session.exec(select(Event)).all()
        for row in rows:
            day = local_day(row.begins_at, row.time_zone)
            expected[day] = expected.get(day, 0) + 1
    november, december = (events.month(EventFilter(), date(2026, month, 17)) for month in (11, 12))
    found = {one.day: len(one.events) + one.more for one in [*november, *december] if one.events}
    assert found == {day: count for day, count in expected.items() if date(2026, 11, 1) <= day <= date(2026, 12, 31)}
    assert all(len(one.events) <= events.A_DAY_SHOWS for one in [*november, *december])

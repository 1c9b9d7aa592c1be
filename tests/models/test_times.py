"""Moments in words, local clocks that jump, and anniversaries."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.times import (
    day_begins,
    from_local,
    is_zone,
    local_day,
    shown,
    shown_clock,
    shown_day,
    shown_since,
    shown_span,
    years_after,
)

DENVER = "America/Denver"
TEN = datetime(2026, 9, 17, 16, 0, tzinfo=UTC)


def test_a_moment_reads_as_people_write_it() -> None:
    assert shown(TEN, DENVER) == "Thu, Sep 17, 2026, 10:00 AM"
    assert shown(TEN, "Asia/Tokyo") == "Fri, Sep 18, 2026, 1:00 AM"
    assert shown_day(date(2026, 3, 1)) == "Sun, Mar 1, 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "12:00 AM"), (0, 5, "12:05 AM"), (11, 59, "11:59 AM"), (12, 0, "12:00 PM"), (13, 30, "1:30 PM")],
)
def test_noon_is_pm_and_midnight_is_am(hour: int, minute: int, words: str) -> None:
    assert shown_clock(datetime(2026, 9, 17, hour, minute, tzinfo=UTC)) == words


def test_a_span_names_its_day_once_if_there_is_only_one() -> None:
    assert shown_span(TEN, TEN + timedelta(minutes=90), DENVER) == "Thu, Sep 17, 2026, 10:00 AM to 11:30 AM"
    assert shown_span(TEN, TEN + timedelta(days=1), DENVER) == (
        "Thu, Sep 17, 2026, 10:00 AM to Fri, Sep 18, 2026, 10:00 AM"
    )


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_how_long_ago_is_told_in_the_largest_whole_measure(gone: timedelta, words: str) -> None:
    assert shown_since(TEN, TEN + gone) == words


def test_the_local_day_is_that_of_the_place_not_of_the_server() -> None:
    evening = datetime(2026, 9, 18, 0, 30, tzinfo=UTC)
    assert local_day(evening, DENVER) == date(2026, 9, 17)


def test_a_wall_clock_time_becomes_the_moment_in_that_zone() -> None:
    assert from_local(date(2026, 9, 17), time(10), DENVER) == TEN
    assert from_local(date(2026, 12, 17), time(10), DENVER) == datetime(2026, 12, 17, 17, 0, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"^2:30 AM does not exist on Sun, Mar 8, 2026: the clocks go forward\.$"):
        from_local(date(2026, 3, 8), time(2, 30), DENVER)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    assert from_local(date(2026, 11, 1), time(1, 30), DENVER) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


def test_a_day_begins_where_midnight_is_skipped_too() -> None:
    """Havana's clocks go from midnight to one o'clock."""
    assert day_begins(date(2026, 3, 8), "America/Havana") == datetime(2026, 3, 8, 5, 0, tzinfo=UTC)
    assert day_begins(date(2026, 9, 17), DENVER) == datetime(2026, 9, 17, 6, 0, tzinfo=UTC)


def test_the_last_day_of_the_calendar_is_a_mistake_not_a_fault() -> None:
    with pytest.raises(ValueError, match="9999"):
        from_local(date(9999, 12, 31), time(23), DENVER)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from([DENVER, "UTC", "Asia/Kathmandu"]))  # noqa: DTZ001
def test_a_local_time_comes_back_as_it_was_or_did_not_exist(typed: datetime, zone: str) -> None:
    try:
        moment = from_local(typed.date(), typed.time(), zone)
    except ValueError:
        assert not any(
            candidate.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == typed
            for candidate in (typed.replace(tzinfo=UTC) - timedelta(hours=hours) for hours in range(-14, 15))
        )
    else:
        assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == typed


@pytest.mark.parametrize(
    ("anchor", "years", "day"),
    [
        (date(2026, 5, 16), 4, date(2030, 5, 16)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
    ],
)
def test_an_anniversary_is_the_same_day_of_the_year(anchor: date, years: int, day: date) -> None:
    assert years_after(anchor, years) == day


@given(st.dates(date(2010, 1, 1), date(2040, 12, 31)), st.integers(1, 10))
def test_over_thirty_years_only_a_29th_of_february_ever_moves_and_by_one_day(anchor: date, years: int) -> None:
    day = years_after(anchor, years)
    assert day.year == anchor.year + years
    if (day.month, day.day) != (anchor.month, anchor.day):
        assert (anchor.month, anchor.day, day.month, day.day) == (2, 29, 2, 28)


def test_from_the_anchor_not_in_steps() -> None:
    anchor = step = date(2024, 2, 29)
    for _ in range(4):
        step = years_after(step, 1)
    assert step == date(2028, 2, 28)
    assert years_after(anchor, 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "name", ["", "Denver", "America/Nowhere", "../../etc/passwd", "/etc/passwd", "a\0b", "America"]
)
def test_what_is_no_zone_is_told_apart(name: str) -> None:
    assert is_zone(DENVER)
    assert not is_zone(name)

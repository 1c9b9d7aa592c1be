"""What a person types for an independent event, read field by field."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from models.entries import EventEntry, read_entry
from models.errors import Problems

NOON = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
CATEGORIES = {"administration": "Library Administration", "technology": "Technology"}
TYPED = {
    "title": "Story Hours", "begin_date": "2026-11-20", "begin_time": "09:00", "end_date": "2026-11-20",
    "end_time": "11:00", "sponsor": "Wyoming State Library", "presenter": "Kim Lee", "category": "technology",
    "credits": "2", "description": "", "location": "", "link": "", "email": False,
}  # fmt: skip


def read(zone: str = "America/Denver", now: datetime = NOON, **changed: object) -> EventEntry:
    return read_entry({**TYPED, **changed}, zone=zone, now=now, categories=CATEGORIES)


def problems(**changed: object) -> dict[str, str]:
    with pytest.raises(Problems) as refused:
        read(**changed)
    return refused.value.by_field


def test_a_complete_entry_becomes_an_event_with_moments_in_utc() -> None:
    entry = read(title="  Story Hours ", email=True, link="https://example.org/a?b=c", location="Online")
    assert entry == EventEntry(
        "Story Hours", datetime(2026, 11, 20, 16, 0, tzinfo=UTC), datetime(2026, 11, 20, 18, 0, tzinfo=UTC),
        "America/Denver", "Wyoming State Library", "Kim Lee", "technology", Decimal(2),
        location="Online", link="https://example.org/a?b=c", email_on_assigned=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("title", "Enter the title of the event."),
        ("begin_date", "Enter the day it began."),
        ("begin_time", "Enter the time it began."),
        ("end_date", "Enter the day it ended."),
        ("end_time", "Enter the time it ended."),
        ("sponsor", "Enter who offered it."),
        ("presenter", "Enter who trained or presented."),
        ("category", "Choose the category that fits best."),
        ("credits", "Enter the credit value, for example 1.5."),
    ],
)
@pytest.mark.parametrize("nothing", ["", "   ", None])
def test_a_required_field_left_empty_is_told_at_that_field(field: str, sentence: str, nothing: object) -> None:
    assert problems(**{field: nothing}) == {field: sentence}


def test_an_empty_form_tells_everything_at_once_in_the_order_of_the_form() -> None:
    with pytest.raises(Problems) as refused:
        read_entry({}, zone="America/Denver", now=NOON, categories=CATEGORIES)
    assert list(refused.value.by_field) == [
        "title", "begin_date", "begin_time", "end_date", "end_time", "sponsor", "presenter", "category", "credits",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "value"), [(".5", "0.5"), ("0,5", "0.5"), ("3", "3"), ("3.50", "3.5"), (" 1.5 ", "1.5"), ("200", "200")]
)
def test_credits_come_in_halves_with_point_or_comma(typed: str, value: str) -> None:
    assert read(credits=typed).credits == Decimal(value)


@pytest.mark.parametrize("typed", ["1.25", "0.7", "2.4999999999999999999999999999999999"])
def test_credits_between_two_halves_are_refused(typed: str) -> None:
    assert problems(credits=typed) == {"credits": "Credit Value must be a multiple of .5, for example 3 or 3.5."}


@pytest.mark.parametrize("typed", ["nan", "sNaN", "inf", "-Infinity", "0", "-1", "0.25", "200.5", "1e9", "1e999999"])
def test_credits_out_of_reach_are_refused_with_the_range(typed: str) -> None:
    assert problems(credits=typed) == {"credits": "Credit Value lies between 0.5 and 200."}


@pytest.mark.parametrize("typed", ["two", "1 hour", "1.5.5", "1,000.5", "--1", "½"])
def test_credits_that_are_no_number_are_refused(typed: str) -> None:
    assert problems(credits=typed) == {"credits": "Credit Value is a number, for example 3 or 3.5."}


@pytest.mark.parametrize("end", ["08:59", "09:00"])
def test_an_event_ends_after_it_begins(end: str) -> None:
    assert problems(end_time=end) == {"ends": "The event ends before it begins. Check the End Date and Time."}


def test_an_event_counts_from_the_minute_it_has_ended() -> None:
    today = {"begin_date": "2026-11-23", "end_date": "2026-11-23"}
    assert read(**today, end_time="12:00").ends_at == NOON
    assert problems(**today, end_time="12:01") == {
        "ends": "The event has not ended yet. Credits cannot be claimed in advance."
    }


def test_ended_is_ended_in_the_zone_of_the_program() -> None:
    assert (
        read(begin_date="2026-11-23", end_date="2026-11-23", zone="America/New_York", end_time="14:00").ends_at == NOON
    )


def test_a_time_that_the_clocks_skip_is_told_at_its_field() -> None:
    skipped = "2:30 AM does not exist on Sun, Mar 8, 2026: the clocks go forward."
    day = {"begin_date": "2026-03-08", "end_date": "2026-03-08"}
    assert problems(**day, begin_time="02:30") == {"begin_time": skipped}
    assert problems(**day, begin_time="01:00", end_time="02:30") == {"end_time": skipped}


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    entry = read(begin_date="2026-11-01", end_date="2026-11-01", begin_time="01:15", end_time="01:45")
    assert entry.begins_at == datetime(2026, 11, 1, 7, 15, tzinfo=UTC)
    assert entry.ends_at == datetime(2026, 11, 1, 7, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("begin_date", "11/20/2026", "Enter a date such as 09/17/2026."),
        ("end_date", "2026-02-30", "Enter a date such as 09/17/2026."),
        ("begin_time", "nine", "Enter a time such as 10:00 AM."),
        ("end_time", "25:00", "Enter a time such as 10:00 AM."),
        ("begin_date", "0026-11-20", "Check the year."),
        ("end_date", "1926-11-20", "Check the year."),
        ("category", "cooking", "Choose a category from the list."),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(field: str, typed: str, sentence: str) -> None:
    assert problems(**{field: typed}) == {field: sentence}


def test_the_last_day_of_the_calendar_is_a_mistake_not_a_fault() -> None:
    assert set(problems(end_date="9999-12-31", end_time="23:00")) <= {"end_date", "end_time", "ends"}


@pytest.mark.parametrize("link", ["http://example.org", "HTTPS://example.org/x", "https://example.org:8080/?q=ä"])
def test_a_link_leads_to_the_web(link: str) -> None:
    assert read(link=link).link == link


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "example.org",
        "ftp://example.org",
        "//example.org",
        "data:text/html,x",
        "http://[x",
        "https:",
        "https:///x",
    ],
)
def test_any_other_link_is_refused(link: str) -> None:
    assert problems(link=link) == {"link": "A link begins with https://"}


@pytest.mark.parametrize("field", ["title", "sponsor", "presenter", "location", "link"])
def test_short_fields_hold_200_characters(field: str) -> None:
    fits = "https://example.org/".ljust(200, "x")
    assert getattr(read(**{field: fits}), field) == fits
    assert set(problems(**{field: fits + "x"})) == {field}


def test_the_description_holds_4000() -> None:
    assert len(read(description="x" * 4000).description) == 4000
    assert problems(description="x" * 4001) == {"description": "At most 4000 characters, please."}


def test_more_credit_than_the_event_is_long_is_remarked_not_refused() -> None:
    assert read(credits="2").remark == ""
    assert read(credits="2.5").remark == (
        "2.5 credits is more than the event is long (2 hours). Save it if that is right."
    )
    assert "(1 hour)" in read(end_time="10:00", credits="1.5").remark

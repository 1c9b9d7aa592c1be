"""iCalendar files as other calendars write them: what recurs, what has no end, and what nobody should have written."""

import pytest

from models.errors import Problems
from models.events import Event
from models.times import shown
from services import (
    event_calendar,
    event_forms,
    event_imports,
    installation,
    registrations,
)
from services.access import Actor
from tests import certified, registered

TUESDAYS = "DTSTART;TZID=America/Denver:20270302T100000\r\nDTEND;TZID=America/Denver:20270302T110000\r\n"


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own; it is noon in Denver on November 23, 2026."""


def calendar(*events: str) -> str:
    parts = "".join(f"BEGIN:VEVENT\r\nDTSTAMP:20261101T000000Z\r\n{one}END:VEVENT\r\n" for one in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\n{parts}END:VCALENDAR\r\n"


def event(lines: str, uid: str = "42", title: str = "Story Hour") -> str:
    return f"UID:{uid}@example.org\r\nSUMMARY:{title}\r\n{lines}"


def imported(cem: Actor, *events: str) -> list[str]:
    """When what stands on the calendar after the import begins."""
    event_imports.apply(cem, "file.ics", calendar(*events), publish=True)
    found = sorted((one.begins_at, one.time_zone) for one in certified.rows(Event))
    return [shown(at, zone).replace(", 2027", "") for at, zone in found]


def refusal(cem: Actor, *events: str) -> str:
    with pytest.raises(Problems) as refused:
        event_imports.preview(cem, "file.ics", calendar(*events))
    return refused.value.by_field["file"].replace("file.ics, event 1, “Story Hour”: ", "")


def test_what_recurs_comes_as_its_dates_at_the_same_hour_of_the_clock(cem: Actor) -> None:
    rule = "RRULE:FREQ=WEEKLY;COUNT=5\r\nEXDATE;TZID=America/Denver:20270309T100000\r\n"
    other = (
        "RECURRENCE-ID;TZID=America/Denver:20270316T100000\r\nDTSTART;TZID=America/Denver:20270317T140000\r\n"
        "DURATION:PT2H\r\n"
    )
    events = event(TUESDAYS + rule), event(other, title="Story Hour, longer")
    assert imported(cem, *events) == [
        "Tue, Mar 2, 10:00 AM", "Wed, Mar 17, 2:00 PM", "Tue, Mar 23, 10:00 AM", "Tue, Mar 30, 10:00 AM",
    ]  # fmt: skip
    assert {one.kind for one in event_imports.preview(cem, "file.ics", calendar(*events))} == {"same"}
    first = next(one for one in certified.rows(Event) if one.begins_at.day == 2)
    assert event_forms.show(cem, first.id or 0).later == 3


def test_what_recurs_without_end_is_taken_for_a_year(cem: Actor) -> None:
    monthly = "RRULE:FREQ=MONTHLY;BYDAY=1TU\r\n"
    assert len(imported(cem, event(TUESDAYS + monthly))) == 9
    assert "more than 120 times" in refusal(cem, event(TUESDAYS + "RRULE:FREQ=DAILY\r\n", uid="43"))


def test_until_a_day_and_other_dates(cem: Actor) -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20270309\r\nRDATE;TZID=America/Denver:20270312T090000\r\n"
    assert imported(cem, event(TUESDAYS + rule)) == [
        "Tue, Mar 2, 10:00 AM", "Tue, Mar 9, 10:00 AM", "Fri, Mar 12, 9:00 AM",
    ]  # fmt: skip


def test_what_has_only_a_begin_is_short_and_seconds_are_cut(cem: Actor) -> None:
    imported(cem, event("DTSTART;TZID=America/Denver:20270302T100059\r\n"))
    (one,) = certified.rows(Event)
    assert ((one.ends_at - one.begins_at).total_seconds(), one.begins_at.second) == (900, 0)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (TUESDAYS + "RRULE:FREQ=SECONDLY\r\n", "it recurs in a way that is not read here"),
        (TUESDAYS + "RRULE:FREQ=DAILY;BYHOUR=1,2,3\r\n", "it recurs in a way that is not read here"),
        ("DTSTART;TZID=America/Denver:20270314T023000\r\nDURATION:PT1H\r\n", "2:30 AM does not exist on Sun, Mar 14"),
        ("DTSTART;VALUE=DATE:00010101\r\n", "check the year"),
        ("DTSTART:00010101T000000Z\r\n", "check the year"),
        ("DTSTART;VALUE=DATE:99991231\r\n", "cannot be read"),
        ("DTSTART;TZID=America/Denver:99991231T200000\r\n", "cannot be read"),
        ("DTSTART;TZID=Asia/Tokyo:00010101T000000\r\n", "cannot be read"),
        (TUESDAYS.partition("DTEND")[0] + "DURATION:P99999999D\r\n", "cannot be read"),
        ("DTSTART;TZID=America:20270302T100000\r\n", "that can be read"),
        (f"DTSTART;TZID={'A' * 5000}:20270302T100000\r\n", "that can be read"),
        ("DURATION:PT1H\r\n", "cannot be read"),
    ],
)
def test_odd_ones_are_told_in_a_sentence(cem: Actor, lines: str, sentence: str) -> None:
    assert sentence in refusal(cem, event(lines))


def test_what_no_database_keeps_is_left_out_and_changes_nothing_again(cem: Actor) -> None:
    odd = event(TUESDAYS + "DESCRIPTION:Bring\x00 a book\ud800\r\n", title="Story\x00 Hour " + "x" * 300)
    imported(cem, odd)
    (one,) = certified.rows(Event)
    assert (one.title[:10], len(one.title), one.description) == ("Story Hour", 200, "Bring a book")
    assert [one.kind for one in event_imports.preview(cem, "file.ics", calendar(odd))] == ["same"]


def test_a_letters_entry_tells_nobody_the_link_to_the_meeting_and_cancels_nothing(ann: Actor, cem: Actor) -> None:
    number = registered.event(cem, online=True, location="Helena", meeting_link="https://meet.example.org/42")
    registrations.register(ann, number, {})
    registrations.cancel(ann, registered.of(ann, number).id or 0)
    for letter in certified.letters_to(ann):
        assert [one.kind for one in event_imports.preview(cem, "letter.ics", letter.calendar)] == ["same"]


def test_an_entry_of_ours_that_is_not_here_is_new_once(cem: Actor) -> None:
    base = installation.settings().base_url
    strange = calendar(f"UID:{event_calendar.uid('event-999', base)}\r\nSUMMARY:From the past\r\n{TUESDAYS}")
    for kind in ("new", "same"):
        assert [one.kind for one in event_imports.apply(cem, "file.ics", strange, publish=True)] == [kind]

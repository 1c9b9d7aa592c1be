"""Events from a file: first what would change, then the change; again it changes nothing."""

from decimal import Decimal

import pytest

from models.errors import NotFound, Problems
from models.events import Event
from services import (
    claims,
    event_calendar,
    event_changes,
    event_forms,
    event_imports,
    event_pages,
    event_states,
    events,
    installation,
    registrations,
)
from services.access import Actor
from tests import certified, registered

CSV = (
    "title,begins,ends,time_zone,sponsor,presenter,category,credits,location,online,source\n"
    "Weeding,2026-12-01 10:00,2026-12-01 12:00,America/Denver,State Library,Pat,Technology,2,Helena,no,w1\n"
    "Budgets,2026-12-02 10:00,2026-12-02 11:00,America/Denver,State Library,Kim,,,,yes,b1\n"
)
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nBEGIN:VEVENT\r\nUID:42@example.org\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART;TZID=America/New_York:20261201T120000\r\nDTEND;TZID=America/New_York:"
    "20261201T133000\r\nSUMMARY:Mending Books\\, with glue\r\nDESCRIPTION:Bring a book \r\n that needs it.\r\n"
    "LOCATION:https://meet.example.org/42\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:43@example.org\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261205\r\n"
    "SUMMARY:Statistics are due\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def kinds(cem: Actor, text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.title, one.what) for one in event_imports.preview(cem, "file", text)]


def credits_of(event_id: int) -> dict[str, Decimal]:
    return dict(event_pages.page(event_id).view.credits)


def found(title: str) -> Event:
    return next(one for one in certified.rows(Event) if one.title == title)


def test_a_preview_changes_nothing_and_the_import_is_done_once(ann: Actor, cem: Actor) -> None:
    assert kinds(cem, CSV) == [("new", "Weeding", ""), ("new", "Budgets", "")]
    assert certified.rows(Event) == []
    event_imports.apply(cem, "file", CSV, publish=True)
    assert [view.event.title for view in events.coming().events] == ["Weeding", "Budgets"]
    assert kinds(cem, CSV) == [("same", "Weeding", ""), ("same", "Budgets", "")]
    with pytest.raises(NotFound):
        event_imports.preview(ann, "file", CSV)


def test_new_ones_are_drafts_unless_they_are_to_be_published(cem: Actor) -> None:
    event_imports.apply(cem, "file", CSV, publish=False)
    assert {str(one.state) for one in certified.rows(Event)} == {"DRAFT"}


def test_what_is_another_in_the_file_is_shown_done_and_told(ann: Actor, cem: Actor) -> None:
    event_imports.apply(cem, "file", CSV, publish=True)
    event_id = found("Weeding").id or 0
    event_changes.change(cem, event_id, {**event_forms.show(cem, event_id).values, "registration": "here"})
    registrations.register(ann, event_id, {})
    moved = CSV.replace("2026-12-01 12:00", "2026-12-01 13:00").replace("Helena", "Butte")
    assert kinds(cem, moved)[0] == ("changed", "Weeding", "end, location")
    event_imports.apply(cem, "file", moved, publish=False)
    assert (found("Weeding").location, str(found("Weeding").state)) == ("Butte", "PUBLISHED")
    assert certified.letters_to(ann)[-1].kind == "event changed"


def test_an_event_in_two_rows_has_two_credit_lines_and_other_credits_are_taken_over_until_somebody_has_them(
    ann: Actor, cem: Actor
) -> None:
    two = CSV + CSV.splitlines()[1].replace("Technology,2", "Library Administration,.5") + "\n"
    event_imports.apply(cem, "file", two, publish=True)
    event_id = found("Weeding").id or 0
    assert credits_of(event_id) == {"Technology": Decimal(2), "Library Administration": Decimal("0.5")}
    assert kinds(cem, CSV)[0] == ("changed", "Weeding", "credits")
    event_imports.apply(cem, "file", CSV, publish=True)
    assert credits_of(event_id) == {"Technology": Decimal(2)}
    registered.over(event_id)
    claims.claim_event(ann, event_id)
    kind, _, why = kinds(cem, two)[0]
    assert (kind, why.startswith("It stays as it is. Somebody has credits of this event")) == ("same", True)
    event_imports.apply(cem, "file", two, publish=True)
    assert credits_of(event_id) == {"Technology": Decimal(2)}


def test_an_icalendar_file_with_zones_folded_lines_and_whole_days(cem: Actor) -> None:
    assert [kind for kind, _, _ in kinds(cem, ICS)] == ["new", "new"]
    event_imports.apply(cem, "file.ics", ICS, publish=True)
    mending = found("Mending Books, with glue")
    assert (mending.begins_at.isoformat(), mending.time_zone) == ("2026-12-01T17:00:00+00:00", "America/New_York")
    assert (mending.description, mending.online) == ("Bring a book that needs it.", True)
    day = found("Statistics are due")
    assert ((day.ends_at - day.begins_at).total_seconds(), day.time_zone) == (86400, "America/Denver")
    assert {kind for kind, _, _ in kinds(cem, ICS)} == {"same"}


def test_an_event_that_is_cancelled_there_is_cancelled_here(ann: Actor, cem: Actor) -> None:
    event_imports.apply(cem, "file.ics", ICS, publish=True)
    gone = ICS.replace("SUMMARY:Mending", "STATUS:CANCELLED\r\nSUMMARY:Mending")
    assert kinds(cem, gone)[0][0] == "cancelled"
    event_imports.apply(cem, "file.ics", gone, publish=True)
    assert str(found("Mending Books, with glue").state) == "CANCELLED"
    assert kinds(cem, gone)[0][:1] == ("same",)


def test_a_conference_that_is_cancelled_there_takes_its_sessions_along(ann: Actor, cem: Actor) -> None:
    event_imports.apply(cem, "file.ics", ICS, publish=True)
    conference = found("Mending Books, with glue").id or 0
    session = event_changes.add(cem, registered.typed("Session"), conference)
    event_states.publish(cem, session)
    registrations.register(ann, session, {})
    event_imports.apply(
        cem, "f.ics", ICS.replace("SUMMARY:Mending", "STATUS:CANCELLED\r\nSUMMARY:Mending"), publish=True
    )
    assert str(found("Session").state) == "CANCELLED"
    assert certified.letters_to(ann)[-1].kind == "event cancelled"


def test_our_own_calendar_read_again_changes_nothing(cem: Actor) -> None:
    registered.event(cem)
    text = event_calendar.calendar(installation.settings().base_url).decode()
    assert [kind for kind, _, _ in kinds(cem, text)] == ["same"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: the column title is missing"),
        (CSV.replace(",2,Helena", ",1.3,Helena"), "line 2, column credits"),
        (CSV + CSV.splitlines()[1] + "\n", "“Weeding” is in it twice"),
        (ICS.replace("UID:42@example.org\r\n", ""), "it has no UID"),
        (ICS.replace("SUMMARY:Statistics", "RRULE:FREQ=DAILY\r\nSUMMARY:Statistics"), "it recurs"),
        (ICS.replace("T133000", "T100000"), "it ends before it begins"),
        ("BEGIN:VCALENDAR\r\nnonsense", "is not an iCalendar file"),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "there is no event in it"),
        (CSV + "x" * 400_001, "too large"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_as_a_whole(cem: Actor, text: str, sentence: str) -> None:
    for deed in (event_imports.preview, lambda *told: event_imports.apply(*told, publish=True)):
        with pytest.raises(Problems) as refused:
            deed(cem, "file", text)  # type: ignore[operator]
        assert sentence in refused.value.by_field["file"]
    assert certified.rows(Event) == []

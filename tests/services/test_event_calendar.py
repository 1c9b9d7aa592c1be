"""The calendar as a file: any title comes through, and no line is longer than other calendars read."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from models.errors import NotFound
from models.texts import typed
from services import (
    clock,
    event_calendar,
    event_changes,
    event_forms,
    event_states,
    letter_post,
    registrations,
)
from services.access import Actor
from services.settings import Settings
from tests import certified, make, registered
from tests.conftest import SECRET

BASE = "https://ce.example.gov"
SENDER = Settings(secret_key=SECRET, base_url=BASE, mail_from="ce@example.gov", smtp_url="smtp://localhost")
NUMBERS = count()
TITLES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120).map(typed).filter(bool)


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def test_one_event_has_its_times_its_address_and_a_lasting_name() -> None:
    event_id = make.event("Boards; Budgets, and “Bonds”", ended=-timedelta(days=9), zone="America/New_York")
    (part,) = Calendar.from_ical(event_calendar.of_one(BASE, event_id)).walk("VEVENT")
    assert part["summary"] == "Boards; Budgets, and “Bonds”"
    assert part["uid"] == f"event-{event_id}@ce.example.gov"
    assert part["url"] == f"{BASE}/events/{event_id}"
    assert part["dtend"].dt == clock.now() + timedelta(days=9)
    assert part["dtend"].dt - part["dtstart"].dt == timedelta(hours=1)


def test_somebodys_own_event_is_not_to_be_had() -> None:
    make.own_entry(make.person())
    for event_id in (1, 999):
        with pytest.raises(NotFound):
            event_calendar.of_one(BASE, event_id)


@settings(max_examples=40, deadline=None)
@given(title=TITLES)
def test_any_title_comes_through_and_lines_are_folded(title: str) -> None:
    body = event_calendar.of_one(BASE, make.event(title, ended=-timedelta(days=next(NUMBERS) % 90 + 1)))
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    (part,) = Calendar.from_ical(body).walk("VEVENT")
    assert str(part["summary"]) == title


def test_times_are_those_of_the_events_zone_and_the_zone_is_in_the_file(cem: Actor) -> None:
    event_id = registered.event(
        cem, time_zone="America/New_York", begin_date="2027-03-13", begin_time="09:00", end_date="2027-03-14",
        end_time="09:00",
    )  # fmt: skip
    text = event_calendar.of_one(BASE, event_id)
    assert b"DTSTART;TZID=America/New_York:20270313T090000" in text
    read = Calendar.from_ical(text)
    assert [str(one["tzid"]) for one in read.walk("VTIMEZONE")] == ["America/New_York"]
    (part,) = read.walk("VEVENT")
    assert part["dtend"].dt - part["dtstart"].dt == timedelta(hours=24), "by the clock, though the day has 23 hours"
    assert part["dtend"].dt.utcoffset() != part["dtstart"].dt.utcoffset()


def test_a_change_and_a_cancelling_raise_the_sequence(cem: Actor) -> None:
    event_id, found = registered.event(cem), []
    values = event_forms.show(cem, event_id).values
    make.later(minutes=5)
    for deed in (
        lambda: event_changes.change(cem, event_id, {**values, "location": "Butte"}),
        lambda: event_states.cancel(cem, event_id, "Snow."),
    ):
        deed()
        (part,) = Calendar.from_ical(event_calendar.calendar(BASE)).walk("VEVENT")
        found.append((int(part["sequence"]), str(part["status"]), part["last-modified"].dt == clock.now()))
    assert found == [(2, "CONFIRMED", True), (3, "CANCELLED", True)]


def test_a_letter_brings_the_entry_as_a_file_that_calendars_open(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, "Größe – 日本, “quoted”; and long " + "x" * 100)
    registrations.register(ann, event_id, {})
    (letter,) = certified.letters_to(ann)
    sent = message_from_bytes(letter_post.compose(letter, SENDER).as_bytes(), policy=default)
    (attached,) = sent.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "event.ics")
    assert attached.get_param("method") == "PUBLISH"
    (part,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert str(part["summary"]).startswith("Größe – 日本, “quoted”; and long xxx")
    assert sent.get_body(("plain",)) is not None

"""The calendar as a file: any title comes through, and no line is longer than other calendars read."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from models.errors import NotFound
from models.texts import typed
from services import clock, event_calendar
from tests import make

BASE = "https://ce.example.gov"
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

"""Letters about seats: confirmed, changed, reminded of, each with the entry for one's calendar, in the right order."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from services import (
    clock,
    event_changes,
    event_reminders,
    event_states,
    registrations,
)
from services.access import Actor
from tests import certified, make, registered


@pytest.fixture(autouse=True)
def _installation(database: object) -> None:
    """Every test here has a database of its own."""


def test_those_who_have_a_seat_are_reminded_once(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, capacity="1")
    (late,) = registered.people(1)
    for one in (ann, late):
        registrations.register(one, event_id, {})
    assert event_reminders.remind() == 0
    clock.fix(clock.now() + timedelta(days=6, hours=2))
    assert (event_reminders.remind(), event_reminders.remind()) == (1, 0)
    assert certified.letters_to(ann)[-1].subject == "Soon: Story Hours"
    assert certified.letters_to(late)[-1].kind == "waiting list"


def test_a_moved_event_is_reminded_of_anew(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem)
    registrations.register(ann, event_id, {})
    make.later(days=6, hours=2)
    assert event_reminders.remind() == 1
    moved = registered.typed(starts=timedelta(days=9))
    assert event_changes.change(cem, event_id, moved) == 1
    assert event_reminders.remind() == 0
    make.later(days=8, hours=2)
    assert (event_reminders.remind(), event_reminders.remind()) == (1, 0)
    assert [one.kind for one in certified.letters_to(ann)] == [
        "registered", "event reminder", "event changed", "event reminder",
    ]  # fmt: skip


def test_only_who_has_a_seat_gets_the_link_to_the_meeting(ann: Actor, cem: Actor) -> None:
    typed = registered.typed(capacity="1", online=True, location="Helena", meeting_link="https://meet.example.org/42")
    event_id = event_changes.add(cem, typed)
    event_states.publish(cem, event_id)
    (late,) = registered.people(1)
    for one in (ann, late):
        registrations.register(one, event_id, {})
    event_changes.change(cem, event_id, {**typed, "location": "Butte"})
    told = [f"{one.body}{one.calendar}" for one in certified.letters_to(late)]
    assert [one.kind for one in certified.letters_to(late)] == ["waiting list", "event changed"]
    assert not any("meet.example.org" in one for one in told)
    assert "Butte\nOnline: https://meet.example.org/42" in certified.letters_to(ann)[-1].body
    registrations.cancel(ann, registered.of(ann, event_id).id or 0)
    assert "meet.example.org" not in certified.letters_to(ann)[-1].body
    assert "https://meet.example.org/42" in certified.letters_to(late)[-1].body


def test_who_registers_the_day_before_needs_no_reminder(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem, starts=timedelta(hours=20))
    registrations.register(ann, event_id, {})
    assert event_reminders.remind() == 0
    assert [one.kind for one in certified.letters_to(ann)] == ["registered"]


def test_a_calendar_takes_over_whatever_was_sent_last(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem)
    registrations.register(ann, event_id, {})
    make.later(minutes=5)
    registrations.cancel(ann, registered.of(ann, event_id).id or 0)
    make.later(minutes=5)
    registrations.register(ann, event_id, {})
    sent = [Calendar.from_ical(one.calendar) for one in certified.letters_to(ann)]
    entries = [one.walk("VEVENT")[0] for one in sent]
    assert [str(one["method"]) for one in sent] == ["PUBLISH", "CANCEL", "PUBLISH"]
    assert len({str(one["uid"]) for one in entries}) == 1
    stamps = [one["dtstamp"].dt for one in entries]
    assert stamps == sorted(set(stamps))
    assert str(entries[0]["organizer"]) == "mailto:no-reply@localhost"
    assert entries[0]["organizer"].params["CN"] == "Montana State Library"


def test_a_change_is_told_before_the_cancellation(ann: Actor, cem: Actor) -> None:
    event_id = registered.event(cem)
    registrations.register(ann, event_id, {})
    event_changes.change(cem, event_id, registered.typed(location="Butte"))
    event_states.cancel(cem, event_id, "Snow.")
    letters = certified.letters_to(ann)
    assert [one.kind for one in letters] == ["registered", "event changed", "event cancelled"]
    assert letters[1].send_after <= letters[2].send_after
